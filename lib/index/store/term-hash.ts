/**
 * A term as a number: FNV-1a over its UTF-16 units, 32 bits. Of a passage's hundred terms one is taken
 * for a question's in one passage of some four million.
 */
export function hashTerm(term: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < term.length; i++) hash = Math.imul(hash ^ term.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}

export function hashTerms(terms: readonly string[]): Uint32Array {
  return Uint32Array.from(terms, hashTerm);
}

/** How often each term occurs in an article, for looking terms up: hashes ascending, a count for each. */
export interface TermCounts {
  hashes: Uint32Array;
  counts: Uint32Array;
  /** Terms in all, repetitions included. */
  length: number;
}

export function countTerms(hashed: Iterable<number>): TermCounts {
  const byHash = new Map<number, number>();
  for (const hash of hashed) byHash.set(hash, (byHash.get(hash) ?? 0) + 1);
  const hashes = Uint32Array.from(byHash.keys()).sort();
  const counts = hashes.map((hash) => byHash.get(hash) ?? 0);
  return { hashes, counts, length: counts.reduce((sum, count) => sum + count, 0) };
}

/** How often a term occurs. */
export function countOf({ hashes, counts }: TermCounts, hash: number): number {
  let low = 0;
  let high = hashes.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((hashes[middle] as number) < hash) low = middle + 1;
    else high = middle;
  }
  return hashes[low] === hash ? (counts[low] as number) : 0;
}

export function encodeCounts({ hashes, counts }: TermCounts): Buffer {
  return Buffer.concat([hashes, counts].map(({ buffer, byteOffset, byteLength }) => Buffer.from(buffer, byteOffset, byteLength)));
}

export function decodeCounts(blob: Buffer): TermCounts {
  const numbers = new Uint32Array(new Uint8Array(blob).buffer);
  const half = numbers.length / 2;
  const counts = numbers.subarray(half);
  return { hashes: numbers.subarray(0, half), counts, length: counts.reduce((sum, count) => sum + count, 0) };
}
