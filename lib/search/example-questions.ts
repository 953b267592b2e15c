import type { Generation, StoredPassage } from '../index';
import { contentTerms } from './stop-words';
import { isEnglish, isUnspaced, questionIn, questionMadeOf, standsAlone, type QuestionKind } from './question-forms';

/** Passages looked at: some 60 ms, however many there are. */
const LOOKED_AT = 1_200;
/** Content words beyond which a question is no clearer for having more. */
const ENOUGH_WORDS = 4;
/** "The door", "the hours": most such things were named before. Counts as much as two words less. */
const DEFINITE = { pattern: /\bthe\b/iu, words: 2 };
/** Titles that can be asked for as they stand, in words. */
const TITLE_WORDS = { least: 3, most: 9 };

interface Example {
  text: string;
  kind: QuestionKind | 'title';
  article: number;
  /** The more, the better. */
  clarity: number;
}

/** Kinds take turns in this order, so that no list is all of one form. */
const TURNS: readonly Example['kind'][] = ['asked', 'why', 'what-is', 'what-does', 'who', 'where'];

/**
 * Questions to try, each answered by a passage: those that stand in the articles with their answer behind them, and
 * those that an article's sentence answers when it is turned into one ("A heat pump is a refrigerator seen from
 * behind": "What is a heat pump?"). Where there are too few, titles stand in. The same for the same articles; at
 * most one of each article.
 */
export function exampleQuestions(generation: Generation, limit: number): string[] {
  const passages = generation.store.sampleRows(LOOKED_AT).flatMap((row) => generation.store.passage(row) ?? []);
  const found = passages.flatMap((passage) => examplesIn(generation, passage));
  const chosen = inTurns(found, limit);
  const taken = new Set(chosen.map(({ article }) => article));
  for (const title of passages.flatMap(titleOf)) {
    if (chosen.length >= limit) break;
    if (taken.has(title.article) || chosen.some(({ text }) => text === title.text)) continue;
    taken.add(title.article);
    chosen.push(title);
  }
  return chosen.map(({ text }) => text);
}

/** Best of each kind in turn, no article twice and no question twice. */
function inTurns(found: readonly Example[], limit: number): Example[] {
  const queues = TURNS.map((kind) => found.filter((example) => example.kind === kind).sort((a, b) => b.clarity - a.clarity));
  const articles = new Set<number>();
  const texts = new Set<string>();
  const chosen: Example[] = [];
  while (chosen.length < limit && queues.some(({ length }) => length > 0)) {
    for (const queue of queues) {
      for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
        if (articles.has(next.article) || texts.has(next.text.toLowerCase())) continue;
        articles.add(next.article);
        texts.add(next.text.toLowerCase());
        chosen.push(next);
        break;
      }
      if (chosen.length === limit) break;
    }
  }
  return chosen;
}

function examplesIn({ store }: Generation, { row, text, section, article }: StoredPassage): Example[] {
  const english = isEnglish(article.language);
  const ranges = store.details(row)?.ranges ?? new Uint32Array();
  const examples: Example[] = [];
  const add = (found: { text: string; kind: QuestionKind } | null) => {
    const clarity = found === null ? 0 : clarityOf(found.text);
    if (found !== null && clarity > 0) examples.push({ ...found, article: article.row, clarity });
  };
  if (section !== null) add(questionIn(section));
  for (let i = 0; i < ranges.length; i += 2) {
    const sentence = text.slice(ranges[i], ranges[i + 1]);
    // The last one's answer, if there is one, stands in another passage.
    if (i + 2 < ranges.length) add(questionIn(sentence));
    if (english) add(questionMadeOf(sentence));
  }
  return examples;
}

/** 0 for what hardly says what it is about. */
function clarityOf(question: string): number {
  const words = contentTerms(question).length;
  return words < 2 ? 0 : Math.max(0, Math.min(words, ENOUGH_WORDS) - (DEFINITE.pattern.test(question) ? DEFINITE.words : 0));
}

function titleOf({ article: { row, title } }: StoredPassage): Example[] {
  const length = title.split(/\s+/).length;
  const fits = isUnspaced(title) ? title.length >= 4 && title.length <= 40 : length >= TITLE_WORDS.least && length <= TITLE_WORDS.most;
  return fits && standsAlone(title) ? [{ text: title, kind: 'title', article: row, clarity: 0 }] : [];
}
