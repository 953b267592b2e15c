import process from 'node:process';
import { MAX_FILE_BYTES } from '../../lib/article';
import { PilcrowError } from '../../lib/errors';

/** Names standard input where a source is asked for. */
export const STDIN = '-';

/** @throws PilcrowError `file-too-large`; `file-empty` where nothing came: whatever should have written it has failed */
export async function standardInput(): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of process.stdin as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > MAX_FILE_BYTES) throw new PilcrowError('file-too-large', `standard input has more than ${String(MAX_FILE_BYTES / 1024 / 1024)} MiB`, 'split it into smaller files');
    chunks.push(chunk);
  }
  if (bytes === 0) throw new PilcrowError('file-empty', 'standard input is empty', 'see what became of the command before it');
  return Buffer.concat(chunks);
}
