/** A resource with many users at once: when it is retired, the last of them closes it. */
export class Lent<T> {
  /** Resolves when it is closed. */
  readonly closed: Promise<void>;
  private tellClosed!: () => void;
  private users = 0;
  private retired = false;

  constructor(
    private readonly value: T | Promise<T>,
    private readonly dispose: (value: T) => void | Promise<void>,
  ) {
    this.closed = new Promise((resolve) => { this.tellClosed = resolve; });
  }

  /** It stays open until `work` is done, whatever becomes of it meanwhile. */
  async use<R>(work: (value: T) => R | Promise<R>): Promise<R> {
    if (this.retired && this.users === 0) throw new Error('used after it was closed');
    this.users++;
    try {
      return await work(await this.value);
    } finally {
      this.users--;
      if (this.retired) await this.closeIfUnused();
    }
  }

  /** Lends it to nobody any more, and closes it now if nobody uses it. Waits for no user. */
  async retire(): Promise<void> {
    if (this.retired) return;
    this.retired = true;
    await this.closeIfUnused();
  }

  private async closeIfUnused(): Promise<void> {
    if (this.users > 0) return;
    try {
      // What could not be opened needs no closing; its users were told why.
      const value = await Promise.resolve(this.value).catch(() => null);
      if (value !== null) await this.dispose(value);
    } finally {
      this.tellClosed();
    }
  }
}

/**
 * Holds the latest of a series of resources, opened once for all who ask together. When another takes
 * its place, the older one stays open for those still using it, and the last of them closes it.
 */
export class Latest<T> {
  private held: { key: string; lent: Lent<T> } | null = null;
  private closed = false;

  constructor(private readonly dispose: (value: T) => void | Promise<void>) {}

  /**
   * @param key which of the series is wanted
   * @param open makes it, if it is not the one that is held; tried again by the next use if it fails
   */
  async use<R>(key: string, open: () => Promise<T>, work: (value: T) => R | Promise<R>): Promise<R> {
    if (this.closed) throw new Error('used after it was closed');
    return (this.held?.key === key ? this.held.lent : this.hold(key, open())).use(work);
  }

  /** Closes what is held once its last user is done; nothing can be used afterwards. */
  async close(): Promise<void> {
    this.closed = true;
    const { held } = this;
    this.held = null;
    await held?.lent.retire();
  }

  private hold(key: string, value: Promise<T>): Lent<T> {
    // Whoever still uses the older one waits for nothing, and nobody waits for its end.
    this.held?.lent.retire().catch(() => undefined);
    const held = { key, lent: new Lent(value, this.dispose) };
    value.catch(() => {
      if (this.held === held) this.held = null;
    });
    this.held = held;
    return held.lent;
  }
}
