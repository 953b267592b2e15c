import { searchHref } from '../links';
import { filtersOf } from '../query';
import { dateWords } from '../words';
import styles from './active-filters.module.css';

/** What narrows the search down, each with a link to the same search without it. */
export function ActiveFilters({ query }: { query: URLSearchParams }) {
  const filters = filtersOf(query);
  if (filters.length === 0) return null;
  return (
    <ul className={styles.filters} aria-label="Only articles with">
      {filters.map(({ name, value }) => (
        <li key={name + value}>
          <span dir="auto">{words(name, value)}</span>{' '}
          <a href={searchHref(without(query, name, value))}>remove<span className="unseen"> {words(name, value)}</span></a>
        </li>
      ))}
    </ul>
  );
}

function words(name: string, value: string): string {
  return `${name} ${name === 'from' || name === 'to' ? dateWords(value) : value}`;
}

function without(query: URLSearchParams, name: string, value: string): URLSearchParams {
  return new URLSearchParams([...query].filter(([n, v]) => n !== name || v !== value));
}
