import { existsSync, statSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { addSources, ArticleReader, readInParts, SourceSet, type Article } from '../article';
import { loadTokenizer, type ModelSpec } from '../embedding';
import { PilcrowError } from '../errors';
import { articlesOf, readCorpus } from '../evaluation';
import { prepareArticle, randomNumbers, textMeasure } from '../index';
import { packageRoot } from '../package-root';
import { sampleOf } from './choose';

/** What is measured on. */
export interface BenchCorpus {
  /** For people. */
  label: string;
  articles(): AsyncIterable<Article>;
  /** Of text, about. */
  bytes: number;
  /** File with questions about it, in the form of queries.jsonl; null where there is none. */
  questions: string | null;
}

/**
 * The articles of a BEIR folder or of a file like its corpus.jsonl; without a path, the sample articles.
 * @throws PilcrowError `dataset-not-found`, and as `readCorpus`
 */
export async function openCorpus(path: string | undefined): Promise<BenchCorpus> {
  if (path === undefined) return sampleArticles();
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats === undefined) throw new PilcrowError('dataset-not-found', `there is no corpus ${path}`, 'name a BEIR folder, or a .jsonl or .jsonl.gz with a document {"_id", "title", "text"} on each line');
  const file = stats.isDirectory() ? packedOrNot(path, 'corpus.jsonl') : path;
  if (file === null) throw new PilcrowError('dataset-not-found', `${path} lacks corpus.jsonl`, 'a BEIR folder has a document {"_id", "title", "text"} on each line of it');
  const corpus = await readCorpus(file);
  if (corpus.ids.size === 0) throw new PilcrowError('nothing-to-index', `there is no text in ${file}`);
  const questions = stats.isDirectory() ? packedOrNot(path, 'queries.jsonl') : null;
  return { label: basename(resolve(path)), articles: () => articlesOf(corpus, ''), bytes: corpus.bytes, questions };
}

/**
 * A part of a corpus: articles with at most `most` passages between them, each as likely as any other, in the corpus's
 * order. No more than `most` articles are ever held.
 */
export async function partOf(corpus: BenchCorpus, most: number, seed: number, spec: ModelSpec): Promise<BenchCorpus> {
  const measure = textMeasure(await loadTokenizer(spec));
  const chosen: { article: Article; place: number }[] = [];
  let left = most;
  const candidates = await sampleOf(numbered(corpus.articles()), most, randomNumbers(seed));
  for (const candidate of candidates) {
    if (left === 0) break;
    const { passages } = prepareArticle(candidate.article, candidate.article.source, measure);
    if (passages.length > left) continue;
    left -= passages.length;
    chosen.push(candidate);
  }
  if (chosen.length === 0) throw new PilcrowError('usage', `--passages ${most} is less than any of the articles has`, 'give more');
  // Read as it is asked for: held, it would make every collection of garbage a long one, which benches would measure, too.
  if (chosen.length === candidates.length && candidates.length < most) return corpus;
  const articles = chosen.sort((a, b) => a.place - b.place).map(({ article }) => article);
  return { ...inHand(`${corpus.label}, ${(most - left).toLocaleString('en')} passages of it`, articles), questions: corpus.questions };
}

async function sampleArticles(): Promise<BenchCorpus> {
  const sources = addSources([], [join(packageRoot(), 'articles')], process.cwd());
  const set = new SourceSet(sources);
  const reader = new ArticleReader();
  const articles: Article[] = [];
  try {
    for (const source of sources) {
      for await (const outcome of readInParts(set.list(source), reader)) {
        if (outcome.kind === 'failed') throw outcome.error;
        if (outcome.kind === 'read' || outcome.kind === 'part') articles.push(...outcome.articles);
      }
    }
  } finally {
    reader.close();
  }
  return inHand('the sample articles', articles);
}

function inHand(label: string, articles: readonly Article[]): BenchCorpus {
  const bytes = articles.reduce((sum, { paragraphs }) => sum + paragraphs.reduce((size, { text }) => size + Buffer.byteLength(text), 0), 0);
  return { label, articles: () => each(articles), bytes, questions: null };
}

async function* each<T>(items: readonly T[]): AsyncGenerator<T> {
  yield* items;
}

async function* numbered(articles: AsyncIterable<Article>): AsyncGenerator<{ article: Article; place: number }> {
  let place = 0;
  for await (const article of articles) yield { article, place: place++ };
}

function packedOrNot(folder: string, name: string): string | null {
  return [name, `${name}.gz`].map((file) => join(folder, file)).find(existsSync) ?? null;
}
