/** A page with the text that a careful person would call the article's between ⟦ and ⟧. */
export interface MarkedPage {
  name: string;
  html: string;
}

const MARKED = /⟦([^⟧]*)⟧/g;

/** The page as a site would serve it. */
export function served({ html }: MarkedPage): string {
  return html.replace(/[⟦⟧]/g, '');
}

/** The words that belong to the article, with those of its headings. */
export function truth({ html }: MarkedPage): string[] {
  return [...html.matchAll(MARKED)].flatMap(([, text]) => words((text ?? '').replace(/<(?:br|\/?(?:p|div|li|h\d|tr|td|th))\b[^>]*>/g, '\n').replace(/<[^>]*>/g, '')));
}

/** Letters and digits without what stands between them; scripts without spaces by character. */
export function words(text: string): string[] {
  return decoded(text).normalize('NFKC').toLowerCase().match(/[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}]|[\p{L}\p{M}\p{N}]+/gu) ?? [];
}

function decoded(text: string): string {
  return text.replace(/&(amp|nbsp|shy|lt|gt|quot|#x27);/g, (_, name: string) => ({ amp: '&', nbsp: ' ', shy: '', lt: '<', gt: '>', quot: '"' })[name] ?? "'");
}

/** How well the words found agree with those that belong, as multisets: harmonic mean of precision and recall, and both differences. */
export function agreement(found: readonly string[], wanted: readonly string[]): { f1: number; extra: string[]; missing: string[] } {
  const left = new Map<string, number>();
  for (const word of wanted) left.set(word, (left.get(word) ?? 0) + 1);
  const extra = found.filter((word) => {
    const count = left.get(word) ?? 0;
    if (count > 0) left.set(word, count - 1);
    return count === 0;
  });
  const missing = [...left].flatMap(([word, count]) => Array.from({ length: count }, () => word));
  return { f1: (2 * (found.length - extra.length)) / Math.max(1, found.length + wanted.length), extra, missing };
}
