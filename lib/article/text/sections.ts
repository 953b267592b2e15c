import { cleanLine, isBlank } from './clean';
import { canBeTitle } from '../title';

/** Out here, since a pattern with Unicode classes takes a millisecond to be made. */
const NO_WORD = /[^\p{L}\p{N}]+/gu;

/** Headings on the way through a text, of which each paragraph gets the nearest. */
export class Sections {
  private section: string | null = null;
  /** Headings above that have no text of their own yet, outermost first. */
  private bare: { depth: number; text: string }[] = [];

  /** @param title of the article: a heading that says the same again is none */
  constructor(private readonly title: string | null) {}

  /** @returns false for what is too long to be a heading: it is a paragraph */
  heading(depth: number, written: string): boolean {
    const text = cleanLine(written);
    if (!isBlank(text) && !canBeTitle(text)) return false;
    this.bare = this.bare.filter((above) => above.depth < depth);
    if (!isBlank(text) && !(this.title !== null && isSameLine(text, this.title))) this.bare.push({ depth, text });
    this.section = this.bare.length === 0 ? null : this.bare.map((heading) => heading.text).join(' › ');
    return true;
  }

  /** The section of a paragraph that stands here. */
  take(): string | null {
    this.bare = [];
    return this.section;
  }
}

/** Whether two lines say the same, but for case and punctuation. */
export function isSameLine(a: string, b: string): boolean {
  const plain = (text: string): string => text.toLowerCase().replace(NO_WORD, ' ').trim();
  return a === b || (plain(a) !== '' && plain(a) === plain(b));
}
