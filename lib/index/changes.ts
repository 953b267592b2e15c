import { createHash } from 'node:crypto';
import type { Article } from '../article';

/** SHA-256 over all that is kept of an article but its id: equal hash, nothing to do. */
export function articleHash(article: Article): Buffer {
  const { source, format, title, author, published, updated, language, url, tags, paragraphs } = article;
  const kept = [source, format, title, author, published, updated, language, url, tags, paragraphs.map((p) => [p.text, p.section, p.page])];
  return createHash('sha256').update(JSON.stringify(kept)).digest();
}

/** Enough to tell an article by: its id and where it came from. */
export interface ArticleName {
  id: string;
  source: string;
}

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
