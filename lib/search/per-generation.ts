import type { Generation } from '../index';

/**
 * What was found out about a generation, for whoever asks the same again. It goes with the generation: nobody who
 * holds another can get it, however they are named.
 */
export class PerGeneration<T> {
  private readonly kept = new WeakMap<Generation, Map<string, { value: T; until: number }>>();

  /** @param limits entries of one generation, the latest used stay, and for how many milliseconds one is good */
  constructor(private readonly limits: { most: number; forMs: number }) {}

  get(generation: Generation, key: string): T | undefined {
    const entries = this.kept.get(generation);
    const entry = entries?.get(key);
    if (entries === undefined || entry === undefined) return undefined;
    entries.delete(key);
    if (entry.until <= performance.now()) return undefined;
    entries.set(key, entry);
    return entry.value;
  }

  set(generation: Generation, key: string, value: T): void {
    const entries = this.kept.get(generation) ?? new Map<string, { value: T; until: number }>();
    this.kept.set(generation, entries);
    entries.delete(key);
    entries.set(key, { value, until: performance.now() + this.limits.forMs });
    const [oldest] = entries.keys();
    if (entries.size > this.limits.most && oldest !== undefined) entries.delete(oldest);
  }

  /** @param find called where it is not known yet */
  of(generation: Generation, key: string, find: () => T): T {
    const known = this.get(generation, key);
    if (known !== undefined) return known;
    const value = find();
    this.set(generation, key, value);
    return value;
  }
}
