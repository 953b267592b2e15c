import type { Article } from '../article/types';
import { PilcrowError } from '../errors';
import { MIN_TOKENS, titleContext, withContext, type TokenLimits } from './context';
import { fit } from './fit';
import { groupParagraphs } from './group';
import type { Passage } from './types';

/** Goes into manifests: whoever changes what passages come out of an article, or their context, raises it. */
export const SPLITTER_VERSION = 2;

/**
 * Splits an article into passages: its paragraphs, short neighbours joined, long ones split at sentence
 * ends, each with its title within `maxTokens`.
 *
 * Every character that is not white space lies in exactly one passage, in order. The same article and
 * limits give the same passages.
 *
 * @throws PilcrowError `config-invalid` for a `maxTokens` that leaves no room, `text-too-long` when a single
 *   character has more tokens than that
 */
export function splitArticle(article: Article, limits: TokenLimits): Passage[] {
  if (!(limits.maxTokens >= MIN_TOKENS)) {
    throw new PilcrowError('config-invalid', `maxTokens is ${limits.maxTokens}`, `it must be at least ${MIN_TOKENS}`);
  }
  const context = titleContext(article.title, limits);
  const hasRoom = (text: string): boolean => limits.countTokens(withContext(context, text)) <= limits.maxTokens;
  const passages: Passage[] = [];
  const { text, groups } = groupParagraphs(article);
  for (const group of groups) {
    for (const { start, end } of fit(text, group, hasRoom)) {
      const ordinal = passages.length + 1;
      passages.push({
        id: `${article.id}.p${ordinal}`,
        articleId: article.id,
        ordinal,
        text: text.slice(start, end),
        start,
        end,
        section: group.section,
        page: group.page(start),
      });
    }
  }
  return passages;
}
