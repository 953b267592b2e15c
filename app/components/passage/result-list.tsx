import type { SearchResult } from '../../../lib/search';
import { resultAnchor } from '../../links';
import type { Trail } from '../../trail';
import { MoreInArticle } from './more-in-article';
import { Result } from './result';
import styles from './result-list.module.css';

interface Props {
  results: SearchResult[];
  /** What they were found for. */
  to: 'question' | 'passage';
  /** The same asked of one article. */
  hrefWithin: (articleId: string) => string;
  /** The way here, this page included. */
  trail: Trail;
}

export function ResultList({ results, to, hrefWithin, trail }: Props) {
  const last = new Map(results.map(({ article, passage }) => [article.id, passage.id]));
  return (
    <ol className={styles.list}>
      {results.map((result) => (
        // Only what answers a question is counted through: a page may have several lists of related passages.
        <li key={result.passage.id} id={to === 'question' ? resultAnchor(result.rank) : undefined}>
          <Result result={result} to={to} trail={trail}>
            {last.get(result.article.id) === result.passage.id ? <MoreInArticle result={result} href={hrefWithin(result.article.id)} /> : null}
          </Result>
        </li>
      ))}
    </ol>
  );
}
