import { DEFAULT_K } from '../../../lib/search/request';
import { engine } from '../../engine';
import { attempt, publicLine } from '../../errors';
import { homeHref, resultAnchor, searchHref } from '../../links';
import { filtersInput, searchInput, withinArticle, withParameter } from '../../query';
import type { Trail as Way } from '../../trail';
import { ActiveFilters } from '../filters/active-filters';
import styles from './answers.module.css';
import { Found } from './found';
import { IndexNotice } from '../shell/index-notice';
import { MorePassages } from '../passage/more-passages';
import { NarrowDown } from '../filters/narrow-down';
import { Refused } from './refused';
import { ResultList } from '../passage/result-list';
import { Trail } from '../read/trail';
import { Unavailable } from '../shell/unavailable';
import { UnknownFilters } from '../filters/unknown-filters';

interface Props {
  query: URLSearchParams;
  /** The way to the question. */
  came: Way;
  /** The way on from it. */
  trail: Way;
}

/** What is found for a question, or why nothing could be. */
export async function Answers({ query, came, trail }: Props) {
  const { value, error } = await attempt(() => Promise.all([
    engine().search(searchInput(query)),
    engine().facets(filtersInput(query)),
    engine().status(),
  ]));
  if (error && error.kind !== 'usage') return <Unavailable error={error} />;
  if (error) return <Refused reason={publicLine(error)} query={query} came={came} />;
  const [response, facets, status] = value;
  const hrefOf = (other: URLSearchParams) => searchHref(other, came);
  const shown = response.results.length;
  return (
    <div className="beside">
      <div>
        <Trail trail={came} />
        <IndexNotice status={status} here={hrefOf(query)} again="Ask it again" />
        <h1 className={`unseen ${styles.question}`} dir="auto">Passages for “{query.get('q')}”</h1>
      </div>
      <NarrowDown facets={facets} query={query} hrefOf={hrefOf} action={homeHref} beside="found" />
      <div id="found" tabIndex={-1}>
        <div className={styles.summary}>
          <UnknownFilters filters={response.unknownFilters} query={query} hrefOf={hrefOf} again="Ask without it" />
          <Found response={response} query={query} trail={came} />
          <ActiveFilters query={query} hrefOf={hrefOf} />
        </div>
        <ResultList results={response.results} to="question" idOf={resultAnchor} hrefWithin={(id) => hrefOf(withinArticle(query, id))} trail={trail} />
        <MorePassages shown={shown} asked={Number(query.get('k') ?? DEFAULT_K)} hrefOf={(k) => `${hrefOf(withParameter(query, 'k', String(k)))}#${resultAnchor(shown + 1)}`} />
      </div>
    </div>
  );
}
