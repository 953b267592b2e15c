import { engine } from '../engine';
import { toPilcrowError } from '../errors';
import { searchHref } from '../links';
import { filtersOf } from '../query';
import { dateWords } from '../words';
import styles from './active-filters.module.css';

/** What narrows the search down, each with a link to the same search without it. */
export async function ActiveFilters({ query }: { query: URLSearchParams }) {
  const filters = await Promise.all(filtersOf(query).map(async ({ name, value }) => ({ name, value, words: await wordsFor(name, value) })));
  if (filters.length === 0) return null;
  return (
    <ul className={styles.filters} aria-label="Only articles with">
      {filters.map(({ name, value, words }) => (
        <li key={name + value}>
          <span dir="auto">{words}</span>{' '}
          <a href={searchHref(without(query, name, value))}>remove<span className="unseen"> {words}</span></a>
        </li>
      ))}
    </ul>
  );
}

async function wordsFor(name: string, value: string): Promise<string> {
  if (name === 'article') return `article “${await titleOf(value)}”`;
  return `${name} ${name === 'from' || name === 'to' ? dateWords(value) : value}`;
}

/** The title, or the id where there is no such article or no index; what else there is to say of that the page says. */
async function titleOf(articleId: string): Promise<string> {
  try {
    return (await engine().article(articleId)).article.title;
  } catch (thrown) {
    if (toPilcrowError(thrown).code === 'internal') throw thrown;
    return articleId;
  }
}

function without(query: URLSearchParams, name: string, value: string): URLSearchParams {
  return new URLSearchParams([...query].filter(([n, v]) => n !== name || v !== value));
}
