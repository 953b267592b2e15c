import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Article } from '../article';
import { joinLines } from '../article/text/lines';
import { jsonLines } from './lines';

/** Ids are strings in BEIR; some sets have numbers. */
export const idSchema = z.union([z.string().min(1), z.int()]).transform(String);

const documentSchema = z.looseObject({ _id: idSchema, title: z.string().nullish(), text: z.string() });

/** Goes into the fingerprint of an index: whoever changes what article comes out of a document raises it. */
export const DOCUMENT_VERSION = 1;

/** What a corpus file holds, found by reading all of it. */
export interface Corpus {
  path: string;
  ids: ReadonlySet<string>;
  /** SHA-256 over the documents, whatever file they are packed in. */
  digest: string;
  /** Bytes of text. */
  bytes: number;
  /** Documents whose _id an earlier one had; left out. */
  duplicates: number;
  /** Documents without text, whose title is indexed in its place. */
  titlesAsText: number;
  /** Documents with neither text nor title; left out. */
  empty: number;
}

/** @throws PilcrowError `dataset-invalid` for a line that is no document */
export async function readCorpus(path: string): Promise<Corpus> {
  const tally = newTally();
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const { id, title, paragraphs } of documents(path, '', tally)) {
    const texts = paragraphs.map(({ text }) => text);
    hash.update(JSON.stringify([id, title, texts]));
    bytes += texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0);
  }
  return { path, digest: hash.digest('hex'), bytes, ...tally };
}

/**
 * The documents of a corpus as articles, in the file's order.
 * @param prefix put in front of every id
 */
export function articlesOf({ path }: Pick<Corpus, 'path'>, prefix: string): AsyncIterable<Article> {
  return documents(path, prefix, newTally());
}

/** What stands in front of distractors' ids, so that none is the id of a document of the set. */
export function distractorPrefix(ids: ReadonlySet<string>): string {
  let prefix = 'pad:';
  while ([...ids].some((id) => id.startsWith(prefix))) prefix = `pad:${prefix}`;
  return prefix;
}

interface Tally {
  ids: Set<string>;
  duplicates: number;
  titlesAsText: number;
  empty: number;
}

function newTally(): Tally {
  return { ids: new Set(), duplicates: 0, titlesAsText: 0, empty: 0 };
}

async function* documents(path: string, prefix: string, tally: Tally): AsyncGenerator<Article> {
  for await (const { _id, title, text } of jsonLines(path, documentSchema)) {
    const article = toArticle(prefix + _id, title ?? '', text);
    if (tally.ids.has(_id)) tally.duplicates++;
    else if (article === null) tally.empty++;
    else {
      tally.ids.add(_id);
      if (text.trim() === '') tally.titlesAsText++;
      yield article;
    }
  }
}

/** @returns null for a document that says nothing at all */
function toArticle(id: string, title: string, text: string): Article | null {
  const paragraphs = paragraphsOf(text);
  const heading = joinLines(title.split('\n'));
  const isTitleOnly = paragraphs.length === 0;
  if (isTitleOnly && heading === '') return null;
  return {
    id,
    source: id,
    format: 'beir',
    title: isTitleOnly ? '' : heading,
    author: null,
    published: null,
    updated: null,
    language: null,
    url: null,
    tags: [],
    paragraphs: (isTitleOnly ? [heading] : paragraphs).map((paragraph) => ({ text: paragraph, section: null, page: null })),
  };
}

/** Paragraphs are parted by blank lines; a paragraph of an article has no line break inside. */
function paragraphsOf(text: string): string[] {
  return text
    .split(/\r?\n[^\S\n]*\n/)
    .map((block) => joinLines(block.split('\n')))
    .filter((paragraph) => paragraph !== '');
}
