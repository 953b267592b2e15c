import { createHash, webcrypto } from 'node:crypto';
import { createReadStream } from 'node:fs';

/** SHA-256 in hexadecimal, computed beside the event loop. */
export async function digestOf(bytes: Uint8Array): Promise<string> {
  return Buffer.from(await webcrypto.subtle.digest('SHA-256', bytes)).toString('hex');
}

/**
 * SHA-256 of a file of any size, in hexadecimal.
 * @throws the signal's AbortError when it is told to stop
 */
export async function digestOfFile(path: string, signal?: AbortSignal): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20, signal })) hash.update(chunk as Buffer);
  return hash.digest('hex');
}
