import type { SearchResponse } from '../../../lib/search';
import { mapQuestionHref, searchHref } from '../../links';
import { filtersOf, modeOf, withoutFilters, withParameter } from '../../query';
import type { Trail } from '../../trail';
import { count } from '../../words';
import styles from './answers.module.css';

/**
 * Between an answer and none: the fit of the first passage from which it may be one. Of 24 questions that share no
 * content word with their answer 23 lie above it, of 80 about everything under the sun half do (sample articles).
 */
const MAY_ANSWER_FROM = 0.35;

interface Props {
  response: SearchResponse;
  query: URLSearchParams;
  trail: Trail;
}

/** How much was found, and honestly so: what does not answer the question is not called an answer. */
export function Found({ response: { answerable, results }, query, trail }: Props) {
  if (results.length === 0) return <NothingFound query={query} trail={trail} />;
  if (answerable) {
    return (
      <p className="note">
        {count(results.length, 'passage')}
        <span className={styles.elsewhere}> · <a href={mapQuestionHref(query, trail)}>See {results.length === 1 ? 'it' : 'them'} on the map</a></span>
      </p>
    );
  }
  const mayAnswer = (results[0]?.fit ?? 0) >= MAY_ANSWER_FROM;
  return <p>{mayAnswer ? 'This may be answered here, though not in plain words:' : 'Nothing here seems to answer this; the nearest there is:'}</p>;
}

/** Why there is nothing, as far as it can be told, and what else to ask. */
function NothingFound({ query, trail }: Omit<Props, 'response'>) {
  const isFiltered = filtersOf(query).length > 0;
  const byWords = modeOf(query) === 'lexical';
  const where = isFiltered ? 'in the articles chosen' : 'here';
  return (
    <>
      <p>{byWords ? `No passage ${where} has these words.` : `Nothing ${where} answers this.`}</p>
      <ul>
        {isFiltered ? <li><a href={searchHref(withoutFilters(query), trail)}>Ask all articles</a></li> : null}
        {byWords ? <li><a href={searchHref(withParameter(query, 'mode', 'hybrid'), trail)}>Search by meaning too</a></li> : null}
      </ul>
    </>
  );
}
