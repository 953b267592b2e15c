import { createHash, webcrypto } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';

const CHUNK_BYTES = 1 << 20;
/** Hashed in well under a millisecond: whoever waits for the event loop hardly notices. */
const SMALL_CHUNK_BYTES = 1 << 18;
const PAUSE_MS = 2;

export interface DigestOptions {
  signal?: AbortSignal | undefined;
  /** In small chunks with pauses between them, which takes several times as long: for whoever has others to answer meanwhile. */
  unhurried?: boolean;
}

/** SHA-256 in hexadecimal, computed beside the event loop. */
export async function digestOf(bytes: Uint8Array): Promise<string> {
  return Buffer.from(await webcrypto.subtle.digest('SHA-256', bytes)).toString('hex');
}

/**
 * SHA-256 of a file of any size, in hexadecimal.
 * @throws the signal's AbortError when it is told to stop
 */
export async function digestOfFile(path: string, { signal, unhurried = false }: DigestOptions = {}): Promise<string> {
  const hash = createHash('sha256');
  const highWaterMark = unhurried ? SMALL_CHUNK_BYTES : CHUNK_BYTES;
  for await (const chunk of createReadStream(path, { highWaterMark, signal })) {
    hash.update(chunk as Buffer);
    if (unhurried) await delay(PAUSE_MS, undefined, { ref: false });
  }
  return hash.digest('hex');
}
