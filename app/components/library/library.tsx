import type { ArticlePage, Facets } from '../../../lib/search';
import { engine } from '../../engine';
import { attempt, publicLine } from '../../errors';
import { answerWith } from '../../http-status';
import { articlesInput, soundQuery } from '../../library-query';
import { libraryHref, libraryPageHref } from '../../links';
import { filtersInput } from '../../query';
import { ActiveFilters } from '../filters/active-filters';
import { LibraryFound } from './library-found';
import { LibraryIndex } from './library-index';
import { LibraryTools } from './library-tools';
import styles from './library.module.css';
import { NarrowDown } from '../filters/narrow-down';
import { Pagination } from './pagination';
import { Unavailable } from '../shell/unavailable';
import { UnknownFilters } from '../filters/unknown-filters';

/** The library, or why there is none. What is wrong in the address is said, and left out of what is shown. */
export async function Library({ query }: { query: URLSearchParams }) {
  const asked = await attempt(() => look(query));
  if (asked.value) return <Shelf {...asked.value} query={query} />;
  if (asked.error.kind !== 'usage') return <Unavailable error={asked.error} />;
  const sound = soundQuery(query);
  const { value, error } = await attempt(() => look(sound));
  return error ? <Unavailable error={error} /> : <Shelf {...value} query={sound} refused={publicLine(asked.error)} />;
}

async function look(query: URLSearchParams): Promise<{ found: ArticlePage; facets: Facets }> {
  const [found, facets] = await Promise.all([engine().articles(articlesInput(query)), engine().facets(filtersInput(query))]);
  return { found, facets };
}

interface Props {
  query: URLSearchParams;
  found: ArticlePage;
  facets: Facets;
  /** What was wrong in the address. */
  refused?: string;
}

function Shelf({ query, found, facets, refused }: Props) {
  if (found.page > found.pages) answerWith(404);
  const note = query.has('q') ? 'The figures count all articles, whatever their titles and authors.' : undefined;
  return (
    <div className="beside">
      <div className={styles.head}>
        <h1>Library</h1>
        <LibraryTools query={query} sort={found.sort} />
      </div>
      <NarrowDown facets={facets} query={query} hrefOf={libraryPageHref} action={libraryHref} note={note} beside="found" />
      <div id="found" tabIndex={-1}>
        <div className={styles.summary}>
          {refused === undefined ? null : <p role="alert">That cannot be shown: {refused}. Here is the library without it.</p>}
          <UnknownFilters filters={found.unknownFilters} query={query} hrefOf={libraryPageHref} again="Leave it out" />
          <LibraryFound query={query} found={found} />
          <ActiveFilters query={query} hrefOf={libraryPageHref} />
        </div>
        <LibraryIndex page={found} />
        <Pagination page={found.page} pages={found.pages} query={query} />
      </div>
    </div>
  );
}
