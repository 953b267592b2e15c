import type { SearchResult } from '../../lib/search';
import type { Trail } from '../trail';
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
        <li key={result.passage.id}>
          <Result result={result} trail={trail}>
            {last.get(result.article.id) === result.passage.id ? <MoreInArticle result={result} query={query} /> : null}
          </Result>
        </li>
      ))}
    </ol>
  );
}
