import type { SearchResult } from '../../../lib/search';
import type { Place } from '../../among-results';
import { articleHref, searchHref } from '../../links';
import { before } from '../../trail';
import styles from './results-on.module.css';

/**
 * From a passage that a question found to the one found before it and the one after.
 * @param at where on the page it stands: a page has two
 */
export function ResultsOn({ place: { question, way, results, result }, at }: { place: Place; at: 'head' | 'foot' }) {
  const [previous, next] = [results[result.rank - 2], results[result.rank]];
  const words = question.get('q') ?? '';
  const hrefOf = ({ article, passage }: SearchResult) => articleHref(article.id, passage.ordinal, way);
  return (
    <nav className={`${styles.results} ${styles[at]}`} lang="en" dir="ltr" aria-label={at === 'head' ? 'Results' : 'Results, at the foot'}>
      <p className={styles.place}>
        <span>Result {result.rank} of {results.length} for </span>
        <a href={searchHref(question, before(way, { kind: 'ask', query: question }))} title={words} dir="auto">“{words}”</a>
      </p>
      <ul>
        {previous ? <li><a href={hrefOf(previous)} rel="prev" data-previous title={previous.article.title}><span aria-hidden="true">‹ </span>previous<span className="unseen"> result</span></a></li> : null}
        {next ? <li><a href={hrefOf(next)} rel="next" data-next title={next.article.title}>next<span className="unseen"> result</span><span aria-hidden="true"> ›</span></a></li> : null}
      </ul>
    </nav>
  );
}
