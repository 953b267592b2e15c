import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { addSources, ArticleReader, readSource, SourceSet, type Article } from '../../lib/article';
import { loadTokenizer, modelSpecSchema } from '../../lib/embedding';
import { splitArticle, titleContext, withContext, type TokenLimits } from '../../lib/passage';

let limits: TokenLimits;

beforeAll(async () => {
  const tokenizer = await loadTokenizer(modelSpecSchema.parse({}));
  limits = { countTokens: (text) => tokenizer.countTokens(text), maxTokens: 256 };
}, 60_000);

async function sampleArticles(): Promise<Article[]> {
  const articles: Article[] = [];
  const reader = new ArticleReader();
  const set = new SourceSet(addSources([], ['articles'], join(import.meta.dirname, '../..')));
  for (const source of set.sources) {
    for await (const outcome of readSource(set, source, reader)) if (outcome.kind === 'read') articles.push(...outcome.articles);
  }
  reader.close();
  return articles;
}

test('every passage of the sample articles fits the built-in model with its title', async () => {
  const articles = await sampleArticles();
  expect(articles.length).toBeGreaterThan(0);
  for (const article of articles) {
    for (const passage of splitArticle(article, limits)) {
      expect(limits.countTokens(withContext(titleContext(article.title, limits), passage.text))).toBeLessThanOrEqual(256);
    }
  }
}, 60_000);

test('Chinese, Japanese and Thai without a space fit as well', async () => {
  const [sample] = await sampleArticles();
  if (sample === undefined) throw new Error('no sample article');
  const text = '今天下了一整天的雨，我们没有出门。ぼくは猫である。ประเทศไทย'.repeat(200);
  const article = { ...sample, paragraphs: [{ text, section: null, page: null }] };
  const passages = splitArticle(article, limits);
  expect(passages.map((passage) => passage.text).join('')).toBe(text);
  for (const passage of passages) expect(limits.countTokens(withContext(titleContext(article.title, limits), passage.text))).toBeLessThanOrEqual(256);
}, 60_000);
