import type { Evidence } from '../../lib/search';

/** A passage with the sentence that answers best marked. */
export function PassageText({ text, evidence }: { text: string; evidence?: Evidence }) {
  if (evidence === undefined || evidence.end <= evidence.start) return <p dir="auto">{text}</p>;
  return (
    <p dir="auto">
      {text.slice(0, evidence.start)}
      <mark>{text.slice(evidence.start, evidence.end)}</mark>
      {text.slice(evidence.end)}
    </p>
  );
}
