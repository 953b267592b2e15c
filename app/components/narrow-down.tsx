import type { Facets } from '../../lib/search';
import type { HrefOf } from '../links';
import { chosenFilters, type FacetName } from '../query';
import { languageWords } from '../words';
import { DateRange } from './date-range';
import { Facet } from './facet';
import styles from './narrow-down.module.css';

/** In the order in which people think of them. */
const FACETS: readonly { name: FacetName; heading: string; words?: (label: string) => string }[] = [
  { name: 'source', heading: 'Source' },
  { name: 'author', heading: 'Author' },
  { name: 'tag', heading: 'Tag' },
  { name: 'language', heading: 'Language', words: languageWords },
  { name: 'year', heading: 'Year' },
];

interface Props {
  facets: Facets;
  query: URLSearchParams;
  /** The address of the same page for another query. */
  hrefOf: HrefOf;
  /** The page's address without a query. */
  action: string;
  /** What there is to say of the counts. */
  note?: string | undefined;
  /** Whether it stands beside what it narrows down, where there is room for it. */
  beside?: boolean;
}

/** All by which a search can be narrowed down, each value a link. */
export function NarrowDown({ facets, query, hrefOf, action, note, beside = false }: Props) {
  const active = chosenFilters(query).length;
  return (
    <details className={`${styles.narrow} ${beside ? styles.beside : ''}`} data-remember="narrow-down">
      <summary className={styles.summary}>Narrow down{active === 0 ? null : <> ({active} chosen)</>}</summary>
      <nav aria-label="Narrow down" className={styles.facets}>
        {FACETS.map(({ name, heading, words }) => (
          <Facet key={name} name={name} heading={heading} words={words} values={facets[name]} all={facets.articles} query={query} hrefOf={hrefOf} />
        ))}
        <DateRange query={query} action={action} />
        {note === undefined ? null : <p className="note">{note}</p>}
      </nav>
    </details>
  );
}
