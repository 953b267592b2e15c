import { judgementOf, parseQuestion, type SearchResponse } from '../../../lib/search';
import { mapQuestionHref, searchHref } from '../../links';
import { filtersOf, modeOf, withoutFilters, withParameter } from '../../query';
import type { Trail } from '../../trail';
import { count, UNSURE_WORDS } from '../../words';
import styles from './answers.module.css';

interface Props {
  response: SearchResponse;
  query: URLSearchParams;
  trail: Trail;
}

/** How much was found, and honestly so: what does not answer the question is not called an answer. */
export function Found({ response, query, trail }: Props) {
  const { results } = response;
  const judgement = judgementOf(response);
  switch (judgement) {
    case 'nothing': return <NothingFound query={query} trail={trail} />;
    case 'may-answer':
    case 'nearest': return <p>{UNSURE_WORDS[judgement]}</p>;
    case 'answers': return (
      <p className="note">
        {count(results.length, 'passage')}
        <span className={styles.elsewhere}> · <a href={mapQuestionHref(query, trail)}>See {results.length === 1 ? 'it' : 'them'} on the map</a></span>
      </p>
    );
  }
}

/** Why there is nothing, as far as it can be told, and what else to ask. */
function NothingFound({ query, trail }: Omit<Props, 'response'>) {
  const isFiltered = filtersOf(query).length > 0;
  const byWords = modeOf(query) === 'lexical';
  const where = isFiltered ? 'in the articles chosen' : 'here';
  const { text, unquoted, quoted, excluded } = parseQuestion(query.get('q') ?? '');
  const phrases = [...new Set(quoted)];
  const hasMore = excluded.length > 0 || text !== quoted.join(' ');
  return (
    <>
      {phrases.length > 0 ? <p>No passage {where} has {phrases.map((phrase, i) => <span key={phrase}>{i > 0 ? ' and ' : ''}“<bdi>{phrase}</bdi>”</span>)} as it stands{hasMore ? ' and meets the rest of the question' : ''}.</p> : (
        <p>{byWords ? `No passage ${where} has these words.` : `Nothing ${where} answers this.`}</p>
      )}
      <ul>
        {phrases.length > 0 ? <li><a href={searchHref(withParameter(query, 'q', unquoted), trail)}>Ask without the quotation marks</a></li> : null}
        {isFiltered ? <li><a href={searchHref(withoutFilters(query), trail)}>Ask all articles</a></li> : null}
        {byWords ? <li><a href={searchHref(withParameter(query, 'mode', 'hybrid'), trail)}>Search by meaning too</a></li> : null}
      </ul>
    </>
  );
}
