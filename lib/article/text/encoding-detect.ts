import { decodeAs } from './encoding';
import { detectEastAsian } from './encoding-east-asian';
import { FAMILIES, LANGUAGES, type Language } from './encoding-languages';

/** Bytes that are weighed: enough for any language, and few enough for twenty decodings. */
const SAMPLE_BYTES = 32_768;
/** Of longer texts, so much around each byte beyond ASCII. */
const WINDOW_BYTES = 256;
/** Below, a name or two would decide; the second is for languages that part no words. */
const FEWEST_WORDS = 8;
const FEWEST_SIGNS = 60;
/** Nats by which an encoding must be likelier than whatever reads otherwise: of 5,951 sentences and paragraphs 98 in 100 are. */
const MARGIN = 3;
/** Nats a letter by which it may be less likely than text of its language is on average; 99.5 in 100 are below. */
const EXCESS = 0.8;
/** Share of frequent words that a text in the Latin alphabet has at least: the same letters serve many languages. */
const FREQUENT_SHARE = 0.05;
/** Share of characters that may be out of place or of no language. */
const DOUBTFUL_SHARE = 0.02;

/** Natural logarithms of how likely a character is. Letters have their own. */
const QUOTE = -3.5;
const COMMON_SIGN = -5;
const RARE_SIGN = -8;
const CONTROL = -15;
/** A name from another language. */
const FOREIGN_LETTER = { latin: -7, other: -9 };
const DOUBTFUL = -7.5;
/** Added for a capital, for a word as frequent as any, for a character that does not fit between its neighbours, and for each commoner encoding. */
const CAPITAL = -2.5;
const FREQUENT_WORD = 1.5;
const MISPLACED = -6;
const RARER_ENCODING = -0.5;

/** Never across another `<`: each is looked at once. */
const MARKUP = /<[/?a-z][^<>]*>|<!\[CDATA\[|\]\]>|\bhttps?:[^\s<>"']+/gi;

const QUOTES = new Set('’“”„‘–—…«»‚‹›\u00A0');
const COMMON_SIGNS = new Set('§°€£©®™•·¿¡ºª½²³×№');

/** A way to read the bytes. */
interface Reading {
  encoding: string;
  text: string;
  /** Natural logarithm, of the characters beyond ASCII and of the words; comparable between readings of the same bytes. */
  likelihood: number;
  certain: boolean;
}

/**
 * The legacy encoding that a text is in: the one that makes it read like a language. Bytes that are text in no language
 * known here, or in two that read differently, have none.
 *
 * Each encoding is tried with each of the languages that were written in it. A reading is as likely as its characters
 * beyond ASCII are in that language, by the rank of their frequency (Zipf's law), and the likelier the more of that
 * language's frequent words are in it.
 */
export function detectEncoding(bytes: Uint8Array): string | null {
  const text = withoutMarkup(bytes);
  const eastAsian = detectEastAsian(text);
  if (eastAsian !== null) return eastAsian;
  const readings = readingsOf(sampleOf(text));
  const best = readings.reduce<Reading | null>((a, b) => (a === null || b.likelihood > a.likelihood ? b : a), null);
  if (best?.certain !== true) return null;
  const rivals = readings.filter(({ text }) => text !== best.text);
  return rivals.every(({ likelihood }) => likelihood <= best.likelihood - MARGIN) ? best.encoding : null;
}

/** Names of elements and addresses are words of no language; no-break spaces beside others stand there for their width. */
function withoutMarkup(bytes: Uint8Array): Uint8Array {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (!text.includes('<')) return bytes;
  return Buffer.from(text.toString('latin1').replace(MARKUP, ' ').replace(/(?<=\s)\xa0|\xa0(?=\s)/g, ' '), 'latin1');
}

/** Of a long text what stands around its first bytes beyond ASCII. */
function sampleOf(bytes: Uint8Array): Uint8Array {
  if (bytes.length <= SAMPLE_BYTES) return bytes;
  const parts: Uint8Array[] = [];
  let taken = 0;
  for (let at = 0; at < bytes.length && taken < SAMPLE_BYTES; at++) {
    if ((bytes[at] ?? 0) < 0x80) continue;
    const part = bytes.subarray(Math.max(0, at - WINDOW_BYTES / 2), at + WINDOW_BYTES / 2);
    parts.push(part);
    taken += part.length;
    at += WINDOW_BYTES;
  }
  return Buffer.concat(parts);
}

function readingsOf(bytes: Uint8Array): Reading[] {
  return FAMILIES.flatMap(({ name, encodings }) => {
    const languages = MODELS.filter(({ family }) => family === name);
    return encodings.flatMap((encoding, order) => {
      const text = decodeOrNull(bytes, encoding);
      if (text === null) return [];
      const seen = observe(text);
      return languages.map((language) => weigh(seen, language)).map((weighed) => ({
        ...weighed, encoding, text, likelihood: weighed.likelihood + order * RARER_ENCODING,
      }));
    });
  });
}

function decodeOrNull(bytes: Uint8Array, encoding: string): string | null {
  try {
    return decodeAs(bytes, encoding);
  } catch {
    return null;
  }
}

interface Sign {
  sign: string;
  /** In lower case. */
  small: string;
  /** How likely it is in a language that does not have it, but for its alphabet. */
  elsewhere: number;
  misplaced: boolean;
  count: number;
}

interface Observed {
  signs: Sign[];
  /** How often each word occurs, in lower case. */
  words: Map<string, number>;
  /** How many there are. */
  length: number;
}

function observe(text: string): Observed {
  const signs = new Map<string, Sign>();
  for (const { 0: sign, index } of text.matchAll(/[^\u0000-\u007F]/g)) {
    const misplaced = isMisplaced(sign, text[index - 1] ?? ' ', text[index + 1] ?? ' ');
    const key = misplaced ? `${sign}!` : sign;
    const known = signs.get(key);
    if (known === undefined) signs.set(key, { sign, small: sign.toLowerCase(), elsewhere: likelihoodElsewhere(sign), misplaced, count: 1 });
    else known.count++;
  }
  const words = new Map<string, number>();
  let length = 0;
  for (const [word] of text.toLowerCase().normalize('NFC').matchAll(/[\p{L}\p{M}]+/gu)) {
    words.set(word, (words.get(word) ?? 0) + 1);
    length++;
  }
  return { signs: [...signs.values()], words, length };
}

/** A capital within a word, scripts mixed in one, a sign between letters: what wrong encodings make. */
function isMisplaced(sign: string, before: string, after: string): boolean {
  if (isLetter(sign)) {
    if (/\p{Lu}/u.test(sign) && /\p{Ll}/u.test(before)) return true;
    if (sign === 'ς') return isLetter(after);
    const latin = isLatin(sign);
    return [before, after].some((neighbour) => isLetter(neighbour) && isLatin(neighbour) !== latin);
  }
  if (sign === '„' || sign === '‚') return isLetter(before);
  if (sign === '’' || sign === '·') return isLetter(after) && !isLetter(before);
  if (sign === '\u00A0') return /\s/.test(before) || /\s/.test(after);
  if (/[¼½¾¶¨´¸ˆ˜]/.test(sign)) return isLetter(before) || isLetter(after);
  return isLetter(before) && isLetter(after) && !/[–—…\p{M}]/u.test(sign);
}

function isLetter(character: string): boolean {
  return /\p{L}/u.test(character);
}

function isLatin(character: string): boolean {
  return /\p{Script=Latin}/u.test(character);
}

interface Model {
  family: Language['family'];
  latin: boolean;
  letters: ReadonlyMap<string, number>;
  words: readonly string[];
  /** Mean of a letter's negative logarithm, in nats. */
  entropy: number;
}

const MODELS: readonly Model[] = LANGUAGES.map(({ family, letters, words }) => {
  const weights = [...letters].map((_, rank) => 1 / (rank + 2));
  const sum = weights.reduce((a, b) => a + b, 0);
  const shares = weights.map((weight) => weight / sum);
  return {
    family,
    latin: isLatin(letters),
    letters: new Map([...letters].map((letter, rank) => [letter, Math.log(shares[rank] ?? 0)])),
    words: words.split(' '),
    entropy: -shares.reduce((total, share) => total + share * Math.log(share), 0),
  };
});

/** The only one that is written without a letter beyond ASCII. */
const ENGLISH = MODELS[0];

function weigh({ signs, words, length }: Observed, model: Model): Pick<Reading, 'likelihood' | 'certain'> {
  let total = 0;
  let ofLetters = 0;
  let [letters, quotes, apostrophes, doubtful] = [0, 0, 0, 0];
  for (const seen of signs) {
    const { sign, misplaced, count } = seen;
    const each = likelihoodOf(seen, model) + (misplaced ? MISPLACED : 0);
    total += count * each;
    if (each <= DOUBTFUL) doubtful += count;
    if (each === QUOTE && sign === '’') apostrophes += count;
    else if (each === QUOTE) quotes += count;
    else [letters, ofLetters] = [letters + count, ofLetters + count * each];
  }
  const frequent = model.words.reduce((sum, word) => sum + (words.get(word) ?? 0), 0);
  const certain =
    (length >= FEWEST_WORDS || letters >= FEWEST_SIGNS) &&
    -ofLetters <= (model.entropy + EXCESS) * letters &&
    doubtful <= (letters + quotes + apostrophes) * DOUBTFUL_SHARE &&
    (model.latin ? letters >= quotes || model === ENGLISH : letters > quotes + apostrophes) &&
    (frequent >= length * FREQUENT_SHARE || !model.latin);
  return { likelihood: total + frequent * FREQUENT_WORD, certain };
}

function likelihoodOf({ sign, small, elsewhere }: Sign, { letters, latin }: Model): number {
  const own = letters.get(sign);
  if (own !== undefined) return own;
  const ofSmall = letters.get(small);
  if (ofSmall !== undefined) return ofSmall + CAPITAL;
  return elsewhere === FOREIGN_LETTER.latin && !latin ? FOREIGN_LETTER.other : elsewhere;
}

function likelihoodElsewhere(sign: string): number {
  if (QUOTES.has(sign)) return QUOTE;
  if (COMMON_SIGNS.has(sign)) return COMMON_SIGN;
  if (isLetter(sign)) return FOREIGN_LETTER.latin;
  return /\p{Cc}/u.test(sign) ? CONTROL : RARE_SIGN;
}
