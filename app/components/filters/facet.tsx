import type { FacetValue } from '../../../lib/search';
import type { HrefOf } from '../../links';
import { chosenFilters, type Chosen, type FacetName, withFilter, withoutParameters } from '../../query';
import { count } from '../../words';
import styles from './narrow-down.module.css';

/** Values shown at once; the others a step away. */
const SHOWN = 8;

interface Props {
  name: FacetName;
  heading: string;
  words?: ((label: string) => string) | undefined;
  values: FacetValue[];
  query: URLSearchParams;
  hrefOf: HrefOf;
}

/** Whether a facet's values would narrow anything down, or let it be widened again. */
export function offersChoice(values: FacetValue[], all: number, isChosen: boolean): boolean {
  return isChosen || values.length > 1 || values.some(({ articles }) => articles !== all);
}

/** The values of one filter with the articles that each would leave. */
export function Facet({ name, heading, words = (label) => label, values, query, hrefOf }: Props) {
  const chosen = chosenFilters(query).filter((one) => one.name === name);
  // One more takes no more room than the door it would stand behind.
  const most = values.length === SHOWN + 1 ? values.length : SHOWN;
  const shown = values.filter((value, i) => i < most || chosenAs(value, chosen));
  const others = values.filter((value) => !shown.includes(value));
  const links = (some: FacetValue[]) => (
    <ul>
      {some.map((value) => <li key={value.value}><Value value={value} words={words(value.label)} chosen={chosenAs(value, chosen)} name={name} query={query} hrefOf={hrefOf} /></li>)}
    </ul>
  );
  return (
    <section className={styles.facet}>
      <h2>{heading}{chosen.length > 0 && name !== 'year' ? ', any of' : ''}</h2>
      {links(shown)}
      {others.length === 0 ? null : (
        <details data-remember={`facet-${name}`}>
          <summary>{count(others.length, 'more', 'more')}<span className="unseen"> under {heading}</span></summary>
          {links(others)}
        </details>
      )}
    </section>
  );
}

interface ValueProps extends Pick<Props, 'name' | 'query' | 'hrefOf'> {
  value: FacetValue;
  words: string;
  chosen: Chosen | undefined;
}

function Value({ name, query, hrefOf, value: { label, articles }, words, chosen }: ValueProps) {
  // By the label, which reads better in the address: the engine takes it for the value.
  const href = hrefOf(chosen ? withoutParameters(query, chosen.parameters) : withFilter(query, name, label));
  return (
    <a href={href} className={styles.value} aria-current={chosen ? 'true' : undefined}>
      <bdi>{words}</bdi>{' '}
      <span className={styles.count}>{articles.toLocaleString('en')}<span className="unseen"> {articles === 1 ? 'article' : 'articles'}{chosen ? '; chosen, remove' : ''}</span></span>
    </a>
  );
}

/** As the engine has it: `Ines Karlsen` and `ines karlsen` are one, `articles/` is `articles`. */
function chosenAs({ label }: FacetValue, chosen: Chosen[]): Chosen | undefined {
  return chosen.find(({ value }) => fold(value) === fold(label));
}

function fold(text: string): string {
  return text.normalize('NFKC').toLowerCase().replace(/\/+$/, '');
}
