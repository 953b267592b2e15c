import type { SearchResult } from '../../lib/search';
import { Result } from './result';
import styles from './result-list.module.css';

export function ResultList({ results }: { results: SearchResult[] }) {
  return (
    <ol className={styles.list}>
      {results.map((result) => <li key={result.passage.id}><Result result={result} /></li>)}
    </ol>
  );
}
