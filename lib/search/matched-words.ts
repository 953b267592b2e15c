import { analyze, isPlainWord, type StoredPassage } from '../index';
import type { LexicalQuery, QueryTerm } from './lexical-query';

/** What may be one word with what joins its parts: AT&T, e-mail, l'eau, 1,000; of U.S. the last point too. */
const JOINED = /\p{L}(?:\.\p{L})+(?![.,'’‘ʼ&\-‐]?[\p{L}\p{N}\p{M}])\.?|[\p{L}\p{N}\p{M}]+(?:[.,'’‘ʼ&\-‐][\p{L}\p{N}\p{M}]+)*/gu;
const PART = /[\p{L}\p{N}\p{M}]+(?:['’‘ʼ][\p{L}\p{M}]+)*/gu;
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}ー]+/gu;
const APOSTROPHE = /['’‘ʼ]/u;
const POSSESSIVE = /['’‘ʼ]s$/iu;

/** A stretch of text that has some of the question's words. */
interface Match {
  written: string;
  /** Places in the question's terms. */
  terms: number[];
}

/** Finds which of a question's words stand in a passage, as they are written there. Remembers every word it has met. */
export class MatchedWords {
  private readonly terms = new Map<string, number>();
  private readonly prefixes: { term: string; place: number }[] = [];
  private readonly beginnings: ReadonlySet<string>;
  private readonly idf: number[];
  private readonly met = new Map<string, Match[]>();

  /** @param most that are named */
  constructor({ terms }: LexicalQuery, private readonly most: number) {
    this.beginnings = new Set(terms.map(({ term }) => beginningOf(term)));
    this.idf = terms.map(({ idf }) => idf);
    for (const [place, term] of terms.entries()) this.add(term, place);
  }

  /** @returns the weightiest first, each of the question's words once */
  in({ text, article: { title } }: StoredPassage): string[] {
    const found = new Map<number, Match>();
    for (const part of [text, title]) {
      for (const joined of part.match(JOINED) ?? []) {
        // Spares analysing most words.
        if (!this.beginnings.has(beginningOf(joined)) && isPlainWord(joined)) continue;
        for (const match of this.matches(joined)) for (const term of match.terms) if (isBetter(match, found.get(term))) found.set(term, match);
      }
    }
    const matches = [...new Set(found.values())].sort((a, b) => this.weight(b) - this.weight(a));
    const forms = new Map(matches.map(({ written }) => [written.toLowerCase(), written]));
    return [...forms.values()].slice(0, this.most);
  }

  private add({ term, isPrefix }: QueryTerm, place: number): void {
    if (isPrefix) this.prefixes.push({ term, place });
    else this.terms.set(term, place);
  }

  private weight({ terms }: Match): number {
    return terms.reduce((sum, term) => sum + (this.idf[term] ?? 0), 0);
  }

  private matches(joined: string): Match[] {
    const known = this.met.get(joined);
    if (known !== undefined) return known;
    const matches = this.matchesIn(joined);
    this.met.set(joined, matches);
    return matches;
  }

  private matchesIn(joined: string): Match[] {
    const runs = [...joined.matchAll(UNSPACED)].flatMap(([run]) => this.inRun(run));
    return [...joined.split(UNSPACED).flatMap((rest) => this.spaced(rest)), ...runs];
  }

  /** A word as a whole where it makes one term, else its parts. */
  private spaced(joined: string): Match[] {
    const whole = analyze(joined);
    if (whole.length <= 1) return this.match(joined, whole);
    return [...joined.matchAll(PART)].flatMap(([part]) => {
      const terms = analyze(part);
      return terms.length === 1 ? this.match(part, terms) : part.split(APOSTROPHE).flatMap((piece) => this.match(piece, analyze(piece)));
    });
  }

  private match(written: string, terms: readonly string[]): Match[] {
    const places = terms.flatMap((term) => this.terms.get(term) ?? []);
    return places.length === 0 ? [] : [{ written: written.replace(POSSESSIVE, ''), terms: places }];
  }

  /** Pairs of characters that overlap are one stretch. */
  private inRun(run: string): Match[] {
    const characters = [...run];
    const stretches: { start: number; end: number; terms: number[] }[] = [];
    for (let at = 0; at + 1 < characters.length; at++) {
      const [pair = ''] = analyze(characters.slice(at, at + 2).join(''));
      const term = this.terms.get(pair);
      if (term === undefined) continue;
      const last = stretches.at(-1);
      if (last === undefined || at >= last.end) stretches.push({ start: at, end: at + 2, terms: [term] });
      else Object.assign(last, { end: at + 2, terms: [...last.terms, term] });
    }
    const singles = this.prefixes.flatMap(({ term, place }) => {
      const at = characters.findIndex((character) => analyze(character)[0] === term);
      return at < 0 ? [] : [{ start: at, end: at + 1, terms: [place] }];
    });
    return [...stretches, ...singles].map(({ start, end, terms }) => ({ written: characters.slice(start, end).join(''), terms }));
  }
}

/** What a word and its term have in common whatever the inflection: two letters, but for dying and die. */
function beginningOf(word: string): string {
  return word.slice(0, 2).toLowerCase().replace('y', 'i');
}

/** The stretch with more of the question's words, of equals the first. */
function isBetter(match: Match, known: Match | undefined): boolean {
  return known === undefined || match.terms.length > known.terms.length;
}
