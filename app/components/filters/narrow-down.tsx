import type { Facets } from '../../../lib/search';
import type { HrefOf } from '../../links';
import { type Chosen, chosenFilters, type FacetName } from '../../query';
import { languageWords } from '../../words';
import { DateRange } from './date-range';
import { Facet, offersChoice } from './facet';
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
  /** Id of what it stands before, or beside where there is room for that. */
  beside?: string;
}

/** All by which a search can be narrowed down, each value a link. */
export function NarrowDown({ facets, query, hrefOf, action, note, beside }: Props) {
  const chosen = chosenFilters(query);
  const isChosen = (...names: Chosen['name'][]) => chosen.some(({ name }) => names.includes(name));
  const offered = FACETS.filter(({ name }) => offersChoice(facets[name], facets.articles, isChosen(name)));
  const hasDates = facets.year.length > 0 || isChosen('from', 'to', 'year');
  if (offered.length === 0 && !hasDates) return null;
  return (
    <>
      {beside === undefined ? null : <a className="pass" href={`#${beside}`}>Past the filters</a>}
      <details className={`${styles.narrow} ${beside === undefined ? '' : styles.beside}`} data-remember="narrow-down" data-stays-open>
        <summary className={styles.summary}>Narrow down{chosen.length === 0 ? null : <> ({chosen.length} chosen)</>}</summary>
        <nav aria-label="Narrow down" className={styles.facets}>
          {offered.map(({ name, heading, words }) => (
            <Facet key={name} name={name} heading={heading} words={words} values={facets[name]} query={query} hrefOf={hrefOf} />
          ))}
          {hasDates ? <DateRange query={query} action={action} /> : null}
          {note === undefined ? null : <p className="note">{note}</p>}
        </nav>
      </details>
    </>
  );
}
