import { PilcrowError } from '../errors';
import { phraseOf, type Phrase } from '../index';

/** What a person typed, taken apart. */
export interface Question {
  /** The words without operators and without what is excluded: what is embedded, and whose words count. */
  text: string;
  /** As typed, but for the quotation marks around what is required. */
  unquoted: string;
  /** Must stand in the title or the text of a passage; as typed. */
  quoted: string[];
  /** The same, as terms. */
  phrases: Phrase[];
  /** Must not stand in either; as terms. */
  excluded: Phrase[];
}

/** Opening quotes and what may close them. */
const QUOTES: Record<string, string> = { '"': '"', '＂': '＂', '“': '”“"', '„': '“”"', '”': '”', '«': '»', '»': '«', '「': '」', '『': '』' };
/** Look the same at both ends, or serve as closing quotes elsewhere: they open only where a word may begin. */
const AMBIGUOUS = new Set(['"', '＂', '”', '»']);
/** A quote after these does not open: 5'10", 12" pipe, foo"bar. Han and kana need no space before one. */
const INSIDE_WORD = /(?![\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー])[\p{L}\p{N}\p{M}"'’”]/u;
const EXCLUDED_WORD = /-(\p{L}\S*)/uy;

/**
 * Takes a question apart: "quoted phrases" are required, -word and -"a phrase" are excluded.
 *
 * A hyphen excludes only where a word begins and where a letter or a quote follows: `well-known`,
 * `- dash`, `–` and `--x` are words and punctuation, and so is `-40`: a number may be negative
 * (-"40" excludes it). A quote that does not close or holds no word is an ordinary character.
 *
 * @throws PilcrowError `query-empty` when only exclusions are left
 */
export function parseQuestion(q: string): Question {
  const text: string[] = [];
  const unquoted: string[] = [];
  const quoted: string[] = [];
  const phrases: Phrase[] = [];
  const excluded: Phrase[] = [];
  for (let i = 0; i < q.length; ) {
    const before = q[i - 1] ?? ' ';
    const exclusion = q[i] === '-' && /\s/.test(before) ? (quotationAt(q, i + 1, ' ') ?? excludedWordAt(q, i)) : null;
    const quotation = exclusion === null ? quotationAt(q, i, before) : null;
    if (exclusion !== null) {
      excluded.push(exclusion.phrase);
      unquoted.push(q.slice(i, exclusion.end));
      i = exclusion.end;
    } else if (quotation !== null) {
      phrases.push(quotation.phrase);
      quoted.push(quotation.content);
      text.push(' ', quotation.content, ' ');
      unquoted.push(' ', quotation.content, ' ');
      i = quotation.end;
    } else {
      text.push(q[i] ?? '');
      unquoted.push(q[i] ?? '');
      i += 1;
    }
  }
  const words = text.join('').replace(/\s+/g, ' ').trim();
  if (excluded.length > 0 && !/[\p{L}\p{N}\p{So}]/u.test(words)) {
    throw new PilcrowError('query-empty', 'the question says only what to leave out', 'add what to look for beside it');
  }
  return { text: words, unquoted: unquoted.join('').replace(/\s+/g, ' ').trim(), quoted, phrases, excluded };
}

interface Part {
  content: string;
  phrase: Phrase;
  end: number;
}

function quotationAt(q: string, start: number, before: string): Part | null {
  const opening = q[start] ?? '';
  const closing = QUOTES[opening];
  if (closing === undefined || (AMBIGUOUS.has(opening) && INSIDE_WORD.test(before))) return null;
  let end = start + 1;
  while (end < q.length && !closing.includes(q[end] ?? '')) end += 1;
  if (end === q.length) return null;
  return part(q.slice(start + 1, end), end + 1);
}

function excludedWordAt(q: string, start: number): Part | null {
  EXCLUDED_WORD.lastIndex = start;
  const [whole, word] = EXCLUDED_WORD.exec(q) ?? [];
  return whole === undefined || word === undefined ? null : part(word, start + whole.length);
}

function part(content: string, end: number): Part | null {
  const phrase = phraseOf(content);
  return phrase === null ? null : { content, phrase, end };
}
