import type { IndexStatus } from '../../../lib/index';
import type { ArticleRef, Facets } from '../../../lib/search';
import { homeHref, libraryHref, searchHref, statusHref } from '../../links';
import type { Trail } from '../../trail';
import { count, dateWords } from '../../words';
import { ActiveFilters } from '../filters/active-filters';
import { AskForm } from '../shell/ask-form';
import { Beginnings } from './beginnings';
import styles from './front.module.css';
import { IndexNotice } from '../shell/index-notice';
import { Nameplate } from '../shell/nameplate';
import { NarrowDown } from '../filters/narrow-down';
import { Nav } from '../shell/nav';

interface Props {
  query: URLSearchParams;
  trail: Trail;
  status: IndexStatus;
  recent: ArticleRef[];
  /** Questions to try. */
  examples: string[];
  facets: Facets;
}

/** The front page: what this is, what is in it, and the question box. */
export function Front({ query, trail, status, recent, examples, facets }: Props) {
  const hrefOf = (other: URLSearchParams) => searchHref(other, trail);
  return (
    <>
      <Nav current={homeHref} />
      <Nameplate />
      <Folio status={status} />
      <AskForm query={query} withMode autoFocus />
      <div className={styles.below}>
        <ActiveFilters query={query} hrefOf={hrefOf} />
        <NarrowDown facets={facets} query={query} hrefOf={hrefOf} action={homeHref} />
        <IndexNotice status={status} here={hrefOf(query)} again="Show it" />
      </div>
      <Beginnings examples={examples} recent={recent} query={query} />
    </>
  );
}

function Folio({ status: { articles, passages, createdAt } }: Pick<Props, 'status'>) {
  return (
    <p className={styles.folio}>
      <a href={libraryHref}>{count(articles, 'article')}</a>
      <a href={statusHref}>{count(passages, 'passage')}</a>
      <a href={statusHref}>Indexed <time dateTime={createdAt}>{dateWords(createdAt)}</time></a>
    </p>
  );
}
