import { createHash } from 'node:crypto';
import type { Article } from '../article';

/** SHA-256 over all that is kept of an article but its id: equal hash, nothing to do. */
export function articleHash(article: Article): Buffer {
  const { source, format, title, author, published, updated, language, url, tags, paragraphs } = article;
  const kept = [source, format, title, author, published, updated, language, url, tags, paragraphs.map((p) => [p.text, p.section, p.page])];
  return createHash('sha256').update(JSON.stringify(kept)).digest();
}

/** What a run found, against the generation before it. Holds ids only. */
export class Changes {
  readonly added: string[] = [];
  readonly changed: string[] = [];
  unchanged = 0;
  private readonly before: Map<string, string>;

  /** @param before article id → hash (hex) of the parent generation */
  constructor(before: ReadonlyMap<string, string>) {
    this.before = new Map(before);
  }

  record(article: Article): void {
    const known = this.before.get(article.id);
    this.before.delete(article.id);
    if (known === undefined) this.added.push(article.id);
    else if (known === articleHash(article).toString('hex')) this.unchanged++;
    else this.changed.push(article.id);
  }

  /** Articles not seen again: meaningful once the run has seen everything. */
  get removed(): string[] {
    return [...this.before.keys()];
  }

  get none(): boolean {
    return this.added.length === 0 && this.changed.length === 0 && this.before.size === 0;
  }
}
