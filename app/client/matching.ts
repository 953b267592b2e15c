/** Whether each word typed begins a word of the text (`words`), or all of it stands somewhere in it (`within`). */
type Match = 'words' | 'within' | null;

/** Case and marks do not count: `agnes` finds `Agnès`. */
function matchOf(text: string, typed: string): Match {
  const folded = fold(text);
  const wanted = fold(typed).trim();
  const words = wordsOf(folded);
  const starts = wordsOf(wanted);
  if (starts.length > 0 && starts.every((start) => words.some((word) => word.startsWith(start)))) return 'words';
  return folded.includes(wanted) ? 'within' : null;
}

/** Those that match, by words first; else in their order. */
export function matching<T>(items: readonly T[], typed: string, textOf: (item: T) => string): T[] {
  const by = (wanted: Match) => items.filter((item) => matchOf(textOf(item), typed) === wanted);
  return [...by('words'), ...by('within')];
}

function fold(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}

function wordsOf(text: string): string[] {
  return text.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '');
}
