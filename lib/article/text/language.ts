import { eld } from 'eld/extrasmall';
import type { ArticleDraft } from '../types';
import { chineseScript, dominantScript, type Script } from './language-script';

/** Places of a text that are looked at, and characters at each; the detector itself reads 350 bytes. */
const PLACES = 2;
const PLACE_LENGTH = 250;
/** Letters below which a text is names and numbers. An ideograph counts as three. */
const FEWEST_LETTERS = 24;
/** Letters from which one can be certain: two sentences. */
const ENOUGH_LETTERS = 100;
/** How much better the best language scores than the second, of 1, to be certain: more in the alphabet that most share. */
const MARGIN = { latin: 0.025, other: 0.01 };
/** Score below which a text is in none of the detector's languages: its own have 0.75 to 0.88 on average. */
const LEAST_SCORE = 0.62;

/** Scripts of which each is one language's, as far as articles go. */
const ONE_LANGUAGE: Partial<Record<Script, string>> = { Kana: 'ja', Hangul: 'ko', Thai: 'th', Hebrew: 'he', Greek: 'el' };
/** Letters of languages that the detector takes for their neighbours: Yiddish, Macedonian, Kazakh, Mongolian, Tatar. */
const UNKNOWN_LETTERS = /[װױײѓќѕәғқңөұүһҗ]/i;
/** No other language has these. */
const VIETNAMESE = /[\u1EA0-\u1EF9ơư]/gi;
/** Words of one and not of the other; the detector knows them as one language. */
const INDONESIAN = /\b(?:bahwa|karena|bisa|anda|mereka|oleh|saat|sejak|uang|desa|kini|namun|tetapi|jika|perusahaan)\b/gi;
const MALAY = /\b(?:bahawa|kerana|ialah|iaitu|wang|syarikat|sahaja|hendaklah|mahu|beliau|tetapi|jika)\b/gi;

/** Languages that the detector knows as one, and other names for one: what a page says of these stays. */
const SAME = ['no nb nn', 'hr bs sr sh cnr', 'id ms in', 'he iw', 'tl fil', 'ku ckb', 'sq als', 'fa prs', 'zh yue cmn'].map((codes) => codes.split(' '));
const KNOWN = new Set([...Object.values(eld.info().Languages), 'id', ...SAME.flat()]);

/** As much of a string as is needed: nothing else is made of a book in paragraphs. */
export type Sliceable = Pick<string, 'length'> & { slice(start: number, end: number): string };

export interface DetectedLanguage {
  /** BCP 47 tag. */
  language: string;
  /** Whether to believe it more than what a page says of itself. */
  certain: boolean;
}

/**
 * The language of a text, by its script where that is enough and by its n-grams where it is not. A few places of it are
 * looked at, however long it is.
 *
 * @returns null where there is too little text, or in several languages
 */
export function detectLanguage(text: Sliceable): DetectedLanguage | null {
  const places = placesOf(text);
  const sample = places.join('\n');
  const { script, share, letters } = dominantScript(sample);
  if (script === null || letters < FEWEST_LETTERS) return null;
  const certain = letters >= ENOUGH_LETTERS && share >= 0.8;
  if (script === 'Han') return { language: chineseScript(sample), certain };
  const ofScript = ONE_LANGUAGE[script];
  if (ofScript !== undefined) return UNKNOWN_LETTERS.test(sample) ? null : { language: ofScript, certain };
  if (script === 'Latin' && (sample.match(VIETNAMESE)?.length ?? 0) > letters / 20) return { language: 'vi', certain };
  const found = byGrams(places, script === 'Latin' ? MARGIN.latin : MARGIN.other);
  if (found === null || UNKNOWN_LETTERS.test(sample) && script === 'Cyrillic') return null;
  if (found.language === 'ms') return indonesianOrMalay(sample, certain && found.certain);
  return { language: found.language, certain: certain && found.certain };
}

/**
 * The language of an article: what it says, unless its text is certainly in another one, as where a template names the
 * site's language. A language that cannot be detected is believed. Code says nothing.
 *
 * @returns BCP 47 tag, or null where it is neither said nor certain
 */
export function languageOf({ language, paragraphs }: Pick<ArticleDraft, 'language' | 'paragraphs'>): string | null {
  const said = language === null ? null : (/^[a-z]{2,3}(?![a-z])/i.exec(language)?.[0].toLowerCase() ?? null);
  if (said !== null && said !== 'und' && !KNOWN.has(said)) return language;
  const detected = detectLanguage(new Lines(paragraphs.filter(({ kind }) => kind !== 'code').map(({ text }) => text)));
  if (detected?.certain !== true) return said === 'und' ? null : language;
  const [found = ''] = detected.language.split('-');
  const isSame = said === found || SAME.some((codes) => said !== null && codes.includes(said) && codes.includes(found));
  return isSame ? language : detected.language;
}

/** Lines as if they were joined by line ends. */
class Lines implements Sliceable {
  readonly length: number;

  constructor(private readonly lines: readonly string[]) {
    this.length = lines.reduce((sum, line) => sum + line.length + 1, 0) - (lines.length > 0 ? 1 : 0);
  }

  slice(start: number, end: number): string {
    const parts: string[] = [];
    let at = 0;
    for (const line of this.lines) {
      if (at > end) break;
      if (at + line.length >= start) parts.push(line.slice(Math.max(0, start - at), end - at));
      at += line.length + 1;
    }
    return parts.join('\n');
  }
}

/** Parts of the text from beginning to end, from word to word, without addresses and numbers. */
function placesOf(text: Sliceable): string[] {
  const between = Math.max(PLACE_LENGTH, Math.ceil(text.length / PLACES));
  const places: string[] = [];
  for (let at = 0; at < text.length; at += between) {
    const part = text.slice(at, at + PLACE_LENGTH);
    const whole = at === 0 ? part : part.replace(/^\S{0,40}\s/, '');
    places.push(whole.replace(/[!-~]+/g, (word) => (/[/@_\d\\]/.test(word) ? ' ' : word)));
  }
  return places;
}

function byGrams(places: readonly string[], leastMargin: number): DetectedLanguage | null {
  const sums = new Map<string, number>();
  const firsts = new Set<string>();
  let weight = 0;
  for (const place of places) {
    const result = eld.detect(place);
    // what is left of a place at the end says little
    const own = Math.min(1, place.length / PLACE_LENGTH);
    if (result.language !== '' && own > 0.5) firsts.add(result.language);
    weight += own;
    for (const [language, score] of Object.entries(result.getScores())) sums.set(language, (sums.get(language) ?? 0) + score * own);
  }
  const [best, second] = [...sums].sort((a, b) => b[1] - a[1]);
  if (best === undefined) return null;
  const margin = (best[1] - (second?.[1] ?? 0)) / weight;
  return { language: best[0], certain: firsts.size <= 1 && margin >= leastMargin && best[1] / weight >= LEAST_SCORE };
}

function indonesianOrMalay(sample: string, certain: boolean): DetectedLanguage {
  const [indonesian, malay] = [INDONESIAN, MALAY].map((words) => sample.match(words)?.length ?? 0) as [number, number];
  return { language: malay > indonesian ? 'ms' : 'id', certain: certain && indonesian !== malay };
}
