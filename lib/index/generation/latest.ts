interface Held<T> {
  key: string;
  value: Promise<T>;
  users: number;
  retired: boolean;
}

/**
 * Holds the latest of a series of resources, opened once for all who ask together. When another takes
 * its place, the older one stays open for those still using it, and the last of them closes it.
 */
export class Latest<T> {
  private held: Held<T> | null = null;
  private closed = false;

  constructor(private readonly dispose: (value: T) => void | Promise<void>) {}

  /**
   * @param key which of the series is wanted
   * @param open makes it, if it is not the one that is held; tried again by the next use if it fails
   */
  async use<R>(key: string, open: () => Promise<T>, work: (value: T) => R | Promise<R>): Promise<R> {
    const held = this.hold(key, open);
    held.users++;
    try {
      return await work(await held.value);
    } finally {
      held.users--;
      await this.disposeIfDone(held);
    }
  }

  /** Closes what is held once its last user is done; nothing can be used afterwards. */
  async close(): Promise<void> {
    this.closed = true;
    await this.retire();
  }

  private hold(key: string, open: () => Promise<T>): Held<T> {
    if (this.closed) throw new Error('used after it was closed');
    if (this.held?.key === key) return this.held;
    // Whoever still uses the older one waits for nothing, and nobody waits for its end.
    this.retire().catch(() => undefined);
    const held: Held<T> = { key, value: open(), users: 0, retired: false };
    held.value.catch(() => {
      if (this.held === held) this.held = null;
    });
    return (this.held = held);
  }

  private async retire(): Promise<void> {
    const held = this.held;
    this.held = null;
    if (held === null) return;
    held.retired = true;
    await this.disposeIfDone(held);
  }

  private async disposeIfDone(held: Held<T>): Promise<void> {
    if (!held.retired || held.users > 0) return;
    const value = await held.value.catch(() => null);
    if (value !== null) await this.dispose(value);
  }
}
