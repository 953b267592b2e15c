/** Scripts written without spaces between words; Hangul has spaces. */
const UNSPACED = '\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Thai}\\p{Script=Lao}\\p{Script=Khmer}\\p{Script=Myanmar}\u3000-\u303F\uFF00-\uFF65';
const ENDS_UNSPACED = new RegExp(`[${UNSPACED}]$`, 'u');
const STARTS_UNSPACED = new RegExp(`^[${UNSPACED}]`, 'u');
const ENDS_IN_HYPHEN = /\p{L}-$/u;
const STARTS_LOWER = /^\p{Ll}/u;

/**
 * Makes one line of a paragraph that was wrapped over several: with a space, but without one between
 * two characters of a script that has none, and after a hyphen inside a word (`well-⏎known`).
 */
export function joinLines(lines: readonly string[]): string {
  const parts: string[] = [];
  let last = '';
  for (const line of lines) {
    const next = line.trim();
    if (next === '') continue;
    if (last !== '') parts.push(separator(last, next));
    parts.push(next);
    last = next;
  }
  return parts.join('');
}

/** Only the characters at the seam are looked at: a line may be megabytes long. */
function separator(last: string, next: string): '' | ' ' {
  const end = last.slice(-2);
  const start = next.slice(0, 2);
  if (ENDS_UNSPACED.test(end) && STARTS_UNSPACED.test(start)) return '';
  if (ENDS_IN_HYPHEN.test(end) && STARTS_LOWER.test(start)) return '';
  return ' ';
}
