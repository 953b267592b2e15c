import { engine } from '../../engine';
import { orElse } from '../../errors';
import type { HrefOf } from '../../links';
import { type Chosen, chosenFilters, hasTooManyFilters, withoutFilters, withoutParameters } from '../../query';
import { dateWords, languageWords } from '../../words';
import styles from './active-filters.module.css';

/** What narrows the search down, each with a link to the same search without it. */
export async function ActiveFilters({ query, hrefOf }: { query: URLSearchParams; hrefOf: HrefOf }) {
  const chosen = chosenFilters(query);
  if (chosen.length === 0) return null;
  // So many can be taken away only together.
  const filters = hasTooManyFilters(query) ? [] : await Promise.all(chosen.map(async (filter) => ({ ...filter, words: await wordsFor(filter) })));
  return (
    <ul className={styles.filters} aria-label="Only articles with">
      {filters.map(({ name, value, parameters, words }) => (
        <li key={name + value}>
          <span dir="auto">{words}</span>{' '}
          <a href={hrefOf(withoutParameters(query, parameters))}>remove<span className="unseen"> {words}</span></a>
        </li>
      ))}
      {filters.length === 1 ? null : <li><a href={hrefOf(withoutFilters(query))}>remove all</a></li>}
    </ul>
  );
}

/** A filter as a person would name it. */
async function wordsFor({ name, value }: Chosen): Promise<string> {
  if (name === 'article') return `article “${await titleOf(value)}”`;
  if (name === 'language') return `language ${languageWords(value)}`;
  return `${name} ${name === 'from' || name === 'to' ? dateWords(value) : value}`;
}

/** The title, or the id where there is no such article or no index; what else there is to say of that the page says. */
function titleOf(articleId: string): Promise<string> {
  return orElse(async () => (await engine().article(articleId)).article.title, articleId);
}
