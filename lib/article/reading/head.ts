import { closeSync, openSync, readSync } from 'node:fs';

/** A file's first bytes, to tell what it is; none where it cannot be read: why is said when it is to be. */
export function headOf(path: string, most: number): Uint8Array {
  const head = new Uint8Array(most);
  let descriptor: number | null = null;
  try {
    descriptor = openSync(path, 'r');
    return head.subarray(0, readSync(descriptor, head));
  } catch {
    return new Uint8Array();
  } finally {
    if (descriptor !== null) closeSync(descriptor);
  }
}
