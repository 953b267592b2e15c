import styles from './keys-help.module.css';

/** Keys as they are written on them, and what they do; client/keys.ts does it. */
const KEYS: readonly (readonly [readonly string[], string])[] = [
  [['/'], 'to the question box'],
  [['j', 'k'], 'next, previous passage'],
  [['Enter', 'o'], 'open the passage in its article'],
  [['r'], 'related passages'],
  [['c'], 'copy the quotation with its citation'],
  [['[', ']'], 'previous, next result, in an article'],
  [['Ctrl K', '⌘ K'], 'go to an article, a question asked, a page'],
  [['Esc'], 'close what is open, leave the question box'],
  [['?'], 'this list'],
];

export function KeysHelp() {
  return (
    <dialog id="keys-help" className={styles.dialog} aria-labelledby="keys-help-title">
      {/* It has the focus first, or the dialog would open scrolled to what has it at its end. */}
      <h2 id="keys-help-title" tabIndex={-1} autoFocus>Keys</h2>
      <dl className={styles.keys}>
        {KEYS.map(([keys, words]) => (
          <div key={words}>
            <dt>{keys.map((key) => <kbd key={key}>{key}</kbd>)}</dt>
            <dd>{words}</dd>
          </div>
        ))}
      </dl>
      <div className={styles.choice}>
        <label><input type="checkbox" defaultChecked aria-describedby="keys-help-always" data-single-keys /> Single letters and signs work in this browser</label>
        <p id="keys-help-always" className="note">Enter, Ctrl K, ⌘ K and Esc always do.</p>
      </div>
      <form method="dialog"><button className="button">Close</button></form>
    </dialog>
  );
}
