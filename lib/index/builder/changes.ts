import type { Article } from '../../article';
import { articleHash } from '../store/article-hash';
import type { PassageStore } from '../store/passage-store';
import type { ArticleName, MovedArticle } from '../types';

/** What a run that reads everything found, against the generation before it. Holds names of what changed only. */
export class Changes {
  private readonly fresh: (ArticleName & { hash: string })[] = [];
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
    const gone = new Map<string, ArticleName[]>();
    for (const { row, id, source, hash } of this.before?.knownArticles() ?? []) {
      if (this.seen.has(row)) continue;
      const key = hash.toString('hex');
      const same = gone.get(key);
      if (same === undefined) gone.set(key, [{ id, source }]);
      else same.push({ id, source });
    }
    const added: ArticleName[] = [];
    const moved: MovedArticle[] = [];
    for (const { id, source, hash } of this.fresh) {
      const from = gone.get(hash)?.shift();
      if (from === undefined) added.push({ id, source });
      else moved.push({ id, source, from });
    }
    return { added, changed: this.changedArticles, moved, removed: [...gone.values()].flat(), unchanged: this.unchangedCount };
  }
}

/** Added, changed, moved and removed articles by name, the others by number. */
export interface ChangeSummary {
  added: ArticleName[];
  changed: ArticleName[];
  moved: MovedArticle[];
  removed: ArticleName[];
  unchanged: number;
}
