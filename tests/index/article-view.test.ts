import { expect, test } from 'vitest';
import { articleView, openCurrent, type ArticleView } from '../../lib/index';
import { workspace } from './support';

async function viewOf(text: string): Promise<ArticleView> {
  const { indexDir, build } = await workspace({ 'one.txt': text });
  const { articles } = await build();
  const generation = await openCurrent(indexDir);
  const view = articleView(generation, articles.added[0]?.id ?? '');
  generation.close();
  if (view === null) throw new Error('the article is not there');
  return view;
}

const sentence = (n: number) => `Sentence number ${n} tells how the keeper of the lighthouse climbed its stairs once more that night.`;

test('a long paragraph is cut where passages begin, and keeps the white space between them', async () => {
  const text = Array.from({ length: 20 }, (_, i) => sentence(i)).join('  ');
  const { paragraphs, passages, article } = await viewOf(`The keeper\n${text}`);
  expect(passages.length).toBeGreaterThan(1);
  expect(paragraphs).toHaveLength(1);
  expect(paragraphs[0]?.parts.map(({ ordinal }) => ordinal)).toEqual(passages.map(({ ordinal }) => ordinal));
  expect(paragraphs[0]?.parts.map((part) => part.text).join('')).toBe(article.paragraphs[0]?.text);
  expect(paragraphs[0]?.parts.map((part) => part.text.trimEnd())).toEqual(passages.map((passage) => passage.text));
});

test('short paragraphs of one passage name it each', async () => {
  const { paragraphs, passages } = await viewOf('Talk\n“Are you there?”\n“I am.”\n“Then come down.”');
  expect(passages).toHaveLength(1);
  expect(paragraphs.map(({ parts }) => parts)).toEqual(['“Are you there?”', '“I am.”', '“Then come down.”'].map((text) => [{ ordinal: 1, text }]));
});
