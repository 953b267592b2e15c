import type { Evidence } from '../../../lib/search';
import styles from './passage-text.module.css';

/** A passage by its paragraphs, with the sentence that answers best marked. */
export function PassageText({ text, evidence }: { text: string; evidence?: Evidence }) {
  return paragraphsOf(text).map(({ start, end }) => {
    const from = Math.min(Math.max(evidence?.start ?? start, start), end);
    const to = Math.min(Math.max(evidence?.end ?? start, from), end);
    return (
      <p key={start} className={styles.paragraph} dir="auto">
        {text.slice(start, from)}
        {from < to ? <mark>{text.slice(from, to)}</mark> : null}
        {text.slice(to, end)}
      </p>
    );
  });
}

/** Where the paragraphs are that a passage joins, by blank lines. */
function paragraphsOf(text: string): { start: number; end: number }[] {
  let start = 0;
  return text.split('\n\n').map(({ length }) => {
    const range = { start, end: start + length };
    start = range.end + 2;
    return range;
  });
}
