import type { Article } from '../../article';
import { articleHash } from '../store/article-hash';
import type { PassageStore } from '../store/passage-store';
import type { ArticleName, MovedArticle } from '../types';

/** What a run that reads everything found, against the generation before it. Holds names of what changed only. */
export class Changes {
  private readonly fresh: HashedName[] = [];
  private readonly changedArticles: ArticleName[] = [];
  private unchangedCount = 0;
  /** By row of the parent generation: which articles were seen again. */
  private readonly seen = new Set<number>();

  /** @param before the parent generation, or null for none */
  constructor(private readonly before: PassageStore | null) {}

  record(article: Article): void {
    const { id, source } = article;
    const known = this.before?.known(id) ?? null;
    const hash = articleHash(article);
    if (known === null) {
      this.fresh.push({ id, source, hash: hash.toString('hex') });
      return;
    }
    this.seen.add(known.row);
    if (known.hash.equals(hash)) this.unchangedCount++;
    else this.changedArticles.push({ id, source });
  }

  /** Meaningful once the run has seen everything: only then is it known what is gone and what has moved. */
  summary(): ChangeSummary {
    const gone: HashedName[] = [];
    for (const { row, id, source, hash } of this.before?.knownArticles() ?? []) {
      if (!this.seen.has(row)) gone.push({ id, source, hash: hash.toString('hex') });
    }
    return { ...movedAmong(this.fresh, gone), changed: this.changedArticles, unchanged: this.unchangedCount };
  }
}

/** With the hash of what is in it, hex. */
export type HashedName = ArticleName & { hash: string };

/** Tells what has moved from what is new and what is gone. */
export function movedAmong(fresh: readonly HashedName[], gone: readonly HashedName[]): Pick<ChangeSummary, 'added' | 'moved' | 'removed'> {
  const byHash = new Map<string, ArticleName[]>();
  for (const { id, source, hash } of gone.toReversed()) {
    const same = byHash.get(hash);
    if (same === undefined) byHash.set(hash, [{ id, source }]);
    else same.push({ id, source });
  }
  const added: ArticleName[] = [];
  const moved: MovedArticle[] = [];
  const left = new Set(gone.map(({ id }) => id));
  for (const { id, source, hash } of fresh) {
    const from = byHash.get(hash)?.pop();
    if (from === undefined) {
      added.push({ id, source });
      continue;
    }
    moved.push({ id, source, from });
    left.delete(from.id);
  }
  return { added, moved, removed: gone.filter(({ id }) => left.has(id)).map(({ id, source }) => ({ id, source })) };
}

/** Added, changed, moved and removed articles by name, the others by number. */
export interface ChangeSummary {
  added: ArticleName[];
  changed: ArticleName[];
  moved: MovedArticle[];
  removed: ArticleName[];
  unchanged: number;
}
