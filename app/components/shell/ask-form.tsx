import { homeHref } from '../../links';
import { modeOf, onlyFilters } from '../../query';
import { MAX_QUERY_LENGTH, MODES } from '../../../lib/search/request';
import { MODE_WORDS } from '../../words';
import { KeptParameters } from '../filters/kept-parameters';
import styles from './ask-form.module.css';
import { QUESTION_ID } from './question-id';

export interface AskFormProps {
  /** What was asked, to be shown again. */
  query?: URLSearchParams;
  /** Whether the way of searching can be chosen here. */
  withMode?: boolean;
  autoFocus?: boolean;
}

const NOTHING_ASKED = new URLSearchParams();

/** A plain form: asking is a link, with JavaScript or without. */
export function AskForm({ query = NOTHING_ASKED, withMode = false, autoFocus = false }: AskFormProps) {
  return (
    <form role="search" action={homeHref} method="get" className={styles.form}>
      <label htmlFor={QUESTION_ID} className="unseen">Your question</label>
      <input
        id={QUESTION_ID}
        className={styles.box}
        type="search"
        name="q"
        defaultValue={query.get('q') ?? ''}
        placeholder="Ask in your own words"
        maxLength={MAX_QUERY_LENGTH}
        required
        autoComplete="off"
        enterKeyHint="search"
        autoFocus={autoFocus}
        dir="auto"
      />
      <button className={styles.ask}>Ask</button>
      {withMode ? <ModeChoice query={query} /> : null}
      <KeptParameters query={onlyFilters(query)} />
    </form>
  );
}

function ModeChoice({ query }: { query: URLSearchParams }) {
  const chosen = modeOf(query);
  return (
    <fieldset className={styles.modes}>
      <legend>Search by</legend>
      {MODES.map((mode) => (
        <label key={mode}>
          <input type="radio" name="mode" value={mode} defaultChecked={mode === chosen} /> {MODE_WORDS[mode]}
        </label>
      ))}
    </fieldset>
  );
}
