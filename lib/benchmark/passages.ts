import type { Article } from '../article';
import type { PassageText, Tokenizer } from '../embedding';
import { prepareArticle, randomNumbers, textMeasure } from '../index';
import { closeContext, splitSentences, withContext } from '../passage';
import { sampleOf, shuffled } from './choose';

/** A passage as it goes to the model. */
export interface BenchPassage {
  /** Its text alone. */
  text: string;
  /** As the index embeds it. */
  passage: PassageText;
  /** All that the model reads for it, as one text. */
  whole: string;
  /** Of `whole`, special tokens included. */
  tokens: number;
}

/** `count` passages of as many articles, cut and put together as an index has them; fewer when there are fewer. */
export async function passagesOf(articles: AsyncIterable<Article>, count: number, tokenizer: Tokenizer, seed: number): Promise<BenchPassage[]> {
  const random = randomNumbers(seed);
  const measure = textMeasure(tokenizer);
  const chosen = await sampleOf(articles, count, random);
  const passages = chosen.flatMap((article) => {
    const { passages: cut, context } = prepareArticle(article, article.source, measure);
    return cut.map(({ text }) => ({ text, context, language: article.language }));
  });
  return shuffled(passages, random).slice(0, count).map(({ text, context, language }) => {
    const sentences = splitSentences(text, language).map(({ start, end }) => text.slice(start, end));
    const whole = withContext(context, text);
    return { text, passage: { context: closeContext(context), sentences }, whole, tokens: tokenizer.countTokens(whole) };
  });
}
