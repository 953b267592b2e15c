import { homeHref, mapHref } from '../../links';
import { modeOf, onlyFilters } from '../../query';
import { MODES } from '../../../lib/search/request';
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
  /** What it asks for: the passages that answer, or where on the map they lie. */
  purpose?: keyof typeof PURPOSES;
}

const PURPOSES = {
  read: { action: homeHref, label: 'Your question', placeholder: 'Ask in your own words', button: 'Ask' },
  map: { action: mapHref, label: 'Question to find on the map', placeholder: 'Where is it answered?', button: 'Find' },
};

const NOTHING_ASKED = new URLSearchParams();

/** A plain form: asking is a link, with JavaScript or without. What is too long is refused with a reason, never cut. */
export function AskForm({ query = NOTHING_ASKED, withMode = false, autoFocus = false, purpose = 'read' }: AskFormProps) {
  const { action, label, placeholder, button } = PURPOSES[purpose];
  return (
    <form role="search" action={action} method="get" className={styles.form}>
      <label htmlFor={QUESTION_ID} className="unseen">{label}</label>
      <input
        id={QUESTION_ID}
        className={styles.box}
        type="search"
        name="q"
        defaultValue={query.get('q') ?? ''}
        placeholder={placeholder}
        required
        autoComplete="off"
        enterKeyHint="search"
        autoFocus={autoFocus}
        dir="auto"
      />
      <button className={styles.ask}>{button}</button>
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
