import { isSame, keysOf, SeenArticles, type Article, type ArticleKeys } from '../../article';
import type { KnownArticle, PassageStore } from '../store/passage-store';
import type { ArticleName } from '../types';

/** Of articles that are the same, the one that is indexed: in a generation that is being changed. */
export class Originals {
  private readonly taken = new SeenArticles<ArticleName>();
  /** Rows of the generation whose articles are gone, or are decided on anew. */
  private readonly open = new Set<number>();

  constructor(private readonly before: PassageStore) {}

  /** The article in the index that this one is again; null for one of its own. */
  of(article: Article, keys: ArticleKeys): ArticleName | null {
    const taken = this.taken.find(keys);
    if (taken !== null) return taken;
    for (const known of this.before.withKeys(keys.url, keys.text)) {
      if (this.open.has(known.row) || known.id === article.id) continue;
      const stored = this.before.article(known.id);
      if (stored !== null && isSame(keysOf(stored), keys)) return known;
    }
    return null;
  }

  take({ id, source }: Article, keys: ArticleKeys): void {
    this.taken.add({ id, source }, keys);
  }

  reopen({ row }: KnownArticle): void {
    this.open.add(row);
  }

  /** Files with articles that were not indexed because of those that are gone or decided on anew. */
  filesToReadAgain(): Set<string> {
    return new Set([...this.open].flatMap((row) => this.before.copiesOf(row)));
  }
}
