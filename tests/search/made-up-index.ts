import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Article } from '../../lib/article';
import type { Generation } from '../../lib/index';
import { PassageStore } from '../../lib/index/store/passage-store';
import { PassageWriter } from '../../lib/index/store/passage-writer';
import { quantise } from '../../lib/index/store/sentences';
import { VectorIndex } from '../../lib/index/store/vectors';
import { splitSentences } from '../../lib/passage';
import { temporaryFolder } from '../index/support';

export interface MadeUpArticle {
  title: string;
  passages: string[];
}

/** A generation whose vectors mean nothing, for what is asked of words alone. */
export async function madeUpIndex(articles: readonly MadeUpArticle[]): Promise<Generation> {
  const path = join(await temporaryFolder(), 'passages.sqlite');
  const writer = PassageWriter.create(path);
  const vectors = VectorIndex.create(2);
  for (const [i, { title, passages }] of articles.entries()) {
    const article: Article = {
      id: `a${i}`, source: `notes/${i}.txt`, format: 'txt', title, author: null, published: null, updated: null, language: null, url: null, tags: [],
      paragraphs: passages.map((text) => ({ text, section: null, page: null })),
    };
    const made = passages.map((text, j) => ({ id: `a${i}.p${j + 1}`, articleId: article.id, ordinal: j + 1, text, start: 0, end: text.length, section: null, page: null }));
    const { articleRow, written } = writer.add(article, made);
    for (const [j, text] of passages.entries()) {
      const sentences = splitSentences(text).map(({ start, end }) => ({ start, end, text: text.slice(start, end) }));
      const vector = Float32Array.of(1, 0);
      writer.addDetails(written[j]!.row, articleRow, title, sentences, Buffer.alloc(16), { vector, sentences: quantise(Float32Array.from(sentences.flatMap(() => [...vector])), 2) });
      vectors.add(written[j]!.row, vector);
    }
  }
  writer.complete();
  writer.finish();
  const store = new PassageStore(path);
  const close = () => {
    store.close();
    vectors.close();
  };
  onTestFinished(close);
  return { id: 'made-up', manifest: { counts: store.counts() } as Generation['manifest'], store, vectors, close };
}
