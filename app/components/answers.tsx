import type { SearchInput, SearchResponse } from '../../lib/search';
import { engine } from '../engine';
import { attempt, publicLine } from '../errors';
import { inputFromQuery } from '../query';
import type { Trail } from '../trail';
import { count } from '../words';
import { ActiveFilters } from './active-filters';
import styles from './answers.module.css';
import { ResultList } from './result-list';
import { Unavailable } from './unavailable';

/** What is found for a question, or why nothing could be. */
export async function Answers({ query, trail }: { query: URLSearchParams; trail: Trail }) {
  const { value, error } = await attempt(async () => engine().search(inputFromQuery(query) as unknown as SearchInput));
  if (error && error.kind !== 'usage') return <Unavailable error={error} />;
  return (
    <>
      <h1 className="unseen">Passages for “{query.get('q')}”</h1>
      <div className={styles.summary}>
        {error ? <p role="alert">That cannot be asked: {publicLine(error)}.</p> : <Summary response={value} />}
        <ActiveFilters query={query} />
      </div>
      {error ? null : <ResultList results={value.results} query={query} trail={trail} />}
    </>
  );
}

function Summary({ response: { answerable, results } }: { response: SearchResponse }) {
  if (results.length === 0) return <p>Nothing here answers this.</p>;
  if (!answerable) return <p>Nothing here seems to answer this; the nearest there is:</p>;
  return <p className="note">{count(results.length, 'passage')}</p>;
}
