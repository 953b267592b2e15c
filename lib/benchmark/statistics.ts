import type { Figure } from './types';

/** @param share 0 to 1 */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? NaN;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? (sorted[middle] ?? NaN) : ((sorted[middle - 1] ?? NaN) + (sorted[middle] ?? NaN)) / 2;
}

/** The median of measurements with the least and the greatest of them. */
export function figureOf(measured: readonly number[], about: Pick<Figure, 'key' | 'label' | 'unit' | 'better'>): Figure {
  return { ...about, value: median(measured), range: [Math.min(...measured), Math.max(...measured)], runs: measured.length };
}
