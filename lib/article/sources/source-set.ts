import { listFiles, type Listed } from './walk';
import { isAddress, type Source } from './source';
import { listWeb } from './web';
import type { Refreshed } from '../fetch/refresh';

/** The sources of an index: a file that several of them contain belongs to the first. */
export class SourceSet {
  /** @param web what the addresses among them, and files that list addresses, lead to, by their paths */
  constructor(
    readonly sources: readonly Source[],
    private readonly web: ReadonlyMap<string, Refreshed> = new Map(),
  ) {}

  /** What there is to read in one of them. */
  async *list(source: Source): AsyncGenerator<Listed, void, undefined> {
    const refreshed = this.web.get(source.path);
    if (refreshed !== undefined) yield* listWeb(source, refreshed);
    else if (!isAddress(source.path)) yield* listFiles(source, this.sources.slice(0, this.sources.indexOf(source)));
  }
}
