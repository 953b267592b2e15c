/** Text of which a stretch is marked; what of the stretch lies beyond the text is not there to be marked. */
export function MarkedText({ text, start, end }: { text: string; start: number; end: number }) {
  const from = Math.min(Math.max(start, 0), text.length);
  const to = Math.min(Math.max(end, from), text.length);
  if (from === to) return text;
  return <>{text.slice(0, from)}<mark>{text.slice(from, to)}</mark>{text.slice(to)}</>;
}
