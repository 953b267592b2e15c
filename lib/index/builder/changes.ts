import type { Article } from '../../article';
import { articleHash } from '../store/article-hash';
import type { ArticleName } from '../types';

/** What a run found, against the generation before it. Holds names only. */
export class Changes {
  readonly added: ArticleName[] = [];
  readonly changed: ArticleName[] = [];
  unchanged = 0;
  private readonly before: Map<string, { source: string; hash: string }>;

  /** @param before by article id: its source and its hash (hex) in the parent generation */
  constructor(before: ReadonlyMap<string, { source: string; hash: string }>) {
    this.before = new Map(before);
  }

  record(article: Article): void {
    const { id, source } = article;
    const known = this.before.get(id);
    this.before.delete(id);
    if (known === undefined) this.added.push({ id, source });
    else if (known.hash === articleHash(article).toString('hex')) this.unchanged++;
    else this.changed.push({ id, source });
  }

  /** Articles not seen again: meaningful once the run has seen everything. */
  get removed(): ArticleName[] {
    return [...this.before].map(([id, { source }]) => ({ id, source }));
  }

  get none(): boolean {
    return this.added.length === 0 && this.changed.length === 0 && this.before.size === 0;
  }
}
