import type { SearchResult } from '../../../lib/search';
import type { Trail } from '../../trail';
import { MoreInArticle } from './more-in-article';
import { Result } from './result';
import styles from './result-list.module.css';

interface Props {
  results: SearchResult[];
  /** What they were found for. */
  to: 'question' | 'passage';
  /** What each is found by in an address, by its rank; a page may have several lists of related passages. */
  idOf: (rank: number) => string;
  /** The same asked of one article. */
  hrefWithin: (articleId: string) => string;
  /** The way here, this page included. */
  trail: Trail;
}

export function ResultList({ results, to, idOf, hrefWithin, trail }: Props) {
  const last = new Map(results.map(({ article, passage }) => [article.id, passage.id]));
  return (
    <ol className={styles.list}>
      {results.map((result) => (
        <li key={result.passage.id} id={idOf(result.rank)}>
          <Result result={result} to={to} trail={trail}>
            {last.get(result.article.id) === result.passage.id ? <MoreInArticle result={result} href={hrefWithin(result.article.id)} /> : null}
          </Result>
        </li>
      ))}
    </ol>
  );
}
