import type { Tokenizer } from '../embedding';
import { fitQuestion, readQuestions, withoutOperators } from '../evaluation';
import { randomNumbers } from '../index';
import { splitSentences } from '../passage';
import { sampleOf, shuffled } from './choose';

/** Words of a made question: what people type has three to ten. */
const WORDS = 8;
/** A sentence of fewer says too little to be asked for. */
const FEWEST_WORDS = 4;
/** Shorter words are mostly those that carry no subject. */
const WORD = /\p{L}{4,}/gu;

/**
 * Questions of a file in the form of queries.jsonl, as they would be asked: without operators, as much as fits.
 * @returns at most `count`, all different
 * @throws PilcrowError as `readQuestions`
 */
export async function questionsOf(file: string, count: number, tokenizer: Tokenizer, seed: number): Promise<string[]> {
  const { questions } = await readQuestions(file);
  const asked = new Set(questions.map(({ text }) => withoutOperators(fitQuestion(text, tokenizer))));
  return sampleOf(asked, count, randomNumbers(seed));
}

/**
 * Questions made of words of sentences, as somebody asks who half remembers one.
 * @param texts of passages
 * @returns at most `count`, all different; fewer when there are fewer sentences
 */
export async function questionsFrom(texts: AsyncIterable<string> | Iterable<string>, count: number, seed: number): Promise<string[]> {
  const random = randomNumbers(seed);
  const made = new Set<string>();
  // Of each text one sentence first, so that questions are about as many texts as there are.
  let left = (await sampleOf(texts, count, random)).map((text) => shuffled(splitSentences(text).map(({ start, end }) => text.slice(start, end)), random));
  while (left.length > 0 && made.size < count) {
    for (const sentences of left) {
      const words = sentences.pop()?.match(WORD)?.slice(0, WORDS) ?? [];
      if (words.length >= FEWEST_WORDS && made.size < count) made.add(words.join(' ').toLowerCase());
    }
    left = left.filter((sentences) => sentences.length > 0);
  }
  return [...made];
}
