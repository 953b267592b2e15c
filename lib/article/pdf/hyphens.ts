import { joinLines } from '../text/lines';

/** Characters looked at where two lines meet: a line may be megabytes long. */
const SEAM = 80;
const WORD = /\p{L}[\p{L}\p{M}\u2010\u00AD-]*/gu;
/** A hyphen after two letters at least: one alone is never divided (`e-mail`, `x-axis`). */
const BROKEN = /([\p{L}\p{M}]{2,})([-\u2010\u00AD])$/u;
const STARTS_LOWER = /^\p{Ll}[\p{L}\p{M}]*/u;
/** After these, a hyphen stands for the end of the next word: `Vor- und Nachteile`. */
const BETWEEN_SUSPENDED = new Set('und oder bzw sowie bis and or to et ou e o y u en of och og i и или'.split(' '));
/** Dashes and slashes set close to the word before are as close to the next. */
const CLOSE = /[^\s—/][—/\u2010-]$/u;

/** The words of a document, from which it can be seen how one that is broken at a line's end is written. */
export class Words {
  private readonly known = new Set<string>();
  /** Words are broken with U+2010, so that every hyphen that a keyboard has was written. */
  private breaksTell = false;

  /** Takes the words of lines that follow one another; those broken at an end are none. */
  add(lines: readonly string[]): void {
    let broken = false;
    for (const line of lines) {
      const words = line.match(WORD) ?? [];
      const ends = BROKEN.test(line.slice(-SEAM));
      for (const word of words.slice(broken ? 1 : 0, ends ? -1 : undefined)) this.known.add(plain(word));
      broken = ends;
      this.breaksTell ||= line.endsWith('\u2010');
    }
  }

  /**
   * One line of a paragraph's lines. A hyphen at a line's end goes where the next line goes on in lower case, unless
   * the document writes the word with a hyphen elsewhere, or both of its parts as words of their own and never as one.
   */
  join(lines: readonly string[]): string {
    const joined: string[] = [];
    for (const line of lines) {
      const last = joined.at(-1);
      if (last === undefined) joined.push(line);
      else {
        const glued = this.glue(last, line.trimStart());
        if (glued === null) joined.push(line);
        else joined[joined.length - 1] = glued;
      }
    }
    return joinLines(joined);
  }

  /** @returns null where a space, or none, is up to the scripts of both */
  private glue(last: string, next: string): string | null {
    const end = last.slice(-SEAM);
    const [, left = '', hyphen] = BROKEN.exec(end) ?? [];
    const right = STARTS_LOWER.exec(next)?.[0];
    if (hyphen === '\u00AD') return last.slice(0, -1) + next;
    if (hyphen === undefined || right === undefined) return CLOSE.test(end) && /^[\p{L}\p{N}]/u.test(next) ? last + next : null;
    if (BETWEEN_SUSPENDED.has(right) && !this.has(left + right)) return `${last} ${next}`;
    return this.isDivided(end, left, right, hyphen) ? last.slice(0, -1) + next : last + next;
  }

  private isDivided(end: string, left: string, right: string, hyphen: string): boolean {
    if (hyphen === '\u2010') return true;
    if (this.has(left + right)) return true;
    if (this.breaksTell || this.has(`${left}-${right}`)) return false;
    if (this.has(left) && this.has(right)) return false;
    // state-of-the-⏎art has another part to add; Nord-Süd-Verbin-⏎dung is in the middle of one
    const isCompound = end.slice(0, -left.length - 1).endsWith('-');
    return !isCompound || /^\p{Lu}/u.test(left);
  }

  private has(word: string): boolean {
    return this.known.has(plain(word));
  }
}

function plain(word: string): string {
  return word.toLowerCase().replaceAll('\u2010', '-').replaceAll('\u00AD', '');
}
