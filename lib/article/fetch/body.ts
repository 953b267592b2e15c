import { PassThrough, pipeline, type Readable, type Transform } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import { FetchError } from './failure';

const UNPACKERS: Partial<Record<string, () => Transform>> = {
  '': () => new PassThrough(),
  'identity': () => new PassThrough(),
  'gzip': createGunzip,
  'x-gzip': createGunzip,
  'deflate': createInflate,
  'br': createBrotliDecompress,
};

/** What is said to be understood, as a header. */
export const ACCEPT_ENCODING = 'gzip, br, deflate';

/**
 * All of a body, unpacked. It is unpacked as it arrives and no further than the limit: what a few kilobytes unfold to
 * is never held.
 *
 * @param coding value of Content-Encoding; one at most, since servers that pack twice do it by mistake
 * @param maxBytes limit, unpacked
 * @param shown the address, for messages
 * @throws FetchError for a coding that is unknown, and for what is larger than the limit; what the stream or zlib throw
 */
export async function readBody(body: Readable, coding: string, maxBytes: number, shown: string): Promise<Buffer> {
  const unpacker = UNPACKERS[coding.trim().toLowerCase()];
  if (unpacker === undefined) {
    body.destroy();
    throw new FetchError(`${shown} is packed in a way that is not known (${coding})`, 'save the page and index the file');
  }
  // What goes wrong with the body goes on to who reads, and who stops reading stops both.
  const unpacked = pipeline(body, unpacker(), () => undefined);
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of unpacked as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > maxBytes) throw tooLarge(shown, maxBytes);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** For a body over the limit. */
function tooLarge(shown: string, maxBytes: number): FetchError {
  const size = maxBytes < 1024 * 1024 ? `${Math.floor(maxBytes / 1024)} KiB` : `${Math.floor(maxBytes / 1024 / 1024)} MiB`;
  return new FetchError(`${shown} is larger than ${size}`, 'download it, split it into smaller files and index those');
}
