import { isSame, keysOf, MOST_AT_ONE_ADDRESS, SeenArticles, type Article, type ArticleKeys } from '../../article';
import type { KnownArticle, PassageStore } from '../store/passage-store';
import type { ArticleName } from '../types';

/** Of articles that are the same, the one that is indexed: in a generation that is being changed. */
export class Originals {
  private readonly taken = new SeenArticles<ArticleName>();
  /** Rows of the generation whose articles are decided on anew: they count once they are taken again. */
  private readonly open = new Set<number>();
  /** Of these, the ones whose articles are gone or others now. */
  private readonly lost = new Set<number>();

  /** Addresses that too many articles name. */
  private readonly shared = new Set<string>();

  constructor(private readonly before: PassageStore) {}

  /** The article in the index that one with these keys is again; null for one of its own. */
  of(keys: ArticleKeys): ArticleName | null {
    const taken = this.taken.find(keys);
    if (taken !== null) return taken;
    const [same] = keys.text === null ? [] : this.before.withText(keys.text).filter(({ row }) => !this.open.has(row));
    if (same !== undefined) return same;
    for (const known of keys.url === null ? [] : this.atAddress(keys.url)) {
      if (this.open.has(known.row)) continue;
      const stored = this.before.article(known.id);
      if (stored !== null && isSame(keysOf(stored), keys)) return known;
    }
    return null;
  }

  take({ id, source }: Article, keys: ArticleKeys): void {
    this.taken.add({ id, source }, keys);
  }

  reopen(row: number): void {
    this.open.add(row);
  }

  lose(row: number): void {
    this.lost.add(row);
  }

  /** Files with articles that were not indexed because of those that are lost. */
  filesInNeed(): Set<string> {
    return this.before.copiesOf(this.lost);
  }

  private atAddress(url: string): KnownArticle[] {
    if (this.shared.has(url)) return [];
    const known = this.before.withUrl(url, MOST_AT_ONE_ADDRESS + 1);
    if (known.length <= MOST_AT_ONE_ADDRESS) return known;
    this.shared.add(url);
    return [];
  }
}
