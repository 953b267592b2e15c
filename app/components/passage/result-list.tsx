import type { SearchResult } from '../../../lib/search';
import { resultAnchor } from '../../links';
import type { Trail } from '../../trail';
import { MoreInArticle } from './more-in-article';
import { Result } from './result';
import styles from './result-list.module.css';

interface Props {
  results: SearchResult[];
  /** What was asked, where the same can be asked of one article. */
  query?: URLSearchParams;
  /** The way here, this page included. */
  trail: Trail;
}

export function ResultList({ results, query, trail }: Props) {
  const last = new Map(results.map(({ article, passage }) => [article.id, passage.id]));
  return (
    <ol className={styles.list}>
      {results.map((result) => (
        // Only what answers a question is counted through: a page may have several lists of related passages.
        <li key={result.passage.id} id={query && resultAnchor(result.rank)}>
          <Result result={result} to={query ? 'question' : 'passage'} trail={trail}>
            {last.get(result.article.id) === result.passage.id ? <MoreInArticle result={result} query={query} /> : null}
          </Result>
        </li>
      ))}
    </ol>
  );
}
