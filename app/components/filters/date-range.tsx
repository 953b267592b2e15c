import { withoutDates } from '../../query';
import { KeptParameters } from './kept-parameters';
import styles from './narrow-down.module.css';

const DAY = String.raw`\d{4}(-\d{2}(-\d{2})?)?`;

/** From one day to another, each as a year, a month or a day. */
export function DateRange({ query, action }: { query: URLSearchParams; action: string }) {
  return (
    <form action={action} method="get" className={`${styles.facet} ${styles.dates}`}>
      <KeptParameters query={withoutDates(query)} />
      <Day name="from" label="From" query={query} />
      <Day name="to" label="To" query={query} />
      <button className="button">Apply</button>
    </form>
  );
}

function Day({ name, label, query }: { name: 'from' | 'to'; label: string; query: URLSearchParams }) {
  return (
    <label>
      <span>{label}</span><input className="field" name={name} defaultValue={query.get(name) ?? ''} placeholder="2024-05" pattern={DAY} title="A year, a month or a day: 2024, 2024-05 or 2024-05-31" autoComplete="off" />
    </label>
  );
}
