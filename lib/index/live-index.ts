import { currentId, indexMissing, openCurrent, type Generation } from './generation';

interface Held {
  generation: Generation;
  users: number;
  retired: boolean;
}

/**
 * The index as a long-running reader sees it: every use gets the generation that is current then,
 * keeps it to its end, and the last user of an older one closes it.
 */
export class LiveIndex {
  private held: Held | null = null;
  private opening: Promise<Held> | null = null;

  constructor(readonly indexDir: string) {}

  /** @throws PilcrowError `index-missing`, `index-damaged`, `index-format` */
  async use<T>(work: (generation: Generation) => Promise<T> | T): Promise<T> {
    const held = await this.acquire();
    try {
      return await work(held.generation);
    } finally {
      held.users--;
      if (held.retired && held.users === 0) held.generation.close();
    }
  }

  close(): void {
    this.retire();
  }

  private async acquire(): Promise<Held> {
    const id = await currentId(this.indexDir);
    if (id === null) throw indexMissing(this.indexDir);
    if (this.held?.generation.id !== id) {
      // Requests that arrive together share one opening.
      this.opening ??= this.open().finally(() => (this.opening = null));
      await this.opening;
    }
    if (this.held === null) throw indexMissing(this.indexDir);
    this.held.users++;
    return this.held;
  }

  private async open(): Promise<Held> {
    const generation = await openCurrent(this.indexDir);
    this.retire();
    return (this.held = { generation, users: 0, retired: false });
  }

  private retire(): void {
    if (this.held === null) return;
    this.held.retired = true;
    if (this.held.users === 0) this.held.generation.close();
    this.held = null;
  }
}

