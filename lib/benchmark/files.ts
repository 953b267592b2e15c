import { appendFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { addSources, ArticleReader, readInParts, SourceSet, type Article } from '../article';
import type { PassageText } from '../embedding';
import { prepareArticle, type textMeasure } from '../index';
import { closeContext, splitSentences } from '../passage';

type TextMeasure = ReturnType<typeof textMeasure>;

/** All that Markdown could take for markup where text is meant. */
const MARKUP = /[!-/:-@[-`{-~]/g;

/** A new paragraph, long enough to be a sentence of its own. */
export const ADDED = 'Somebody came back the year after and wrote down what had changed in the meantime, which was little.';

/**
 * Writes articles as Markdown, a file each with its title in front, until there are `most` passages in them.
 * @returns the files
 */
export async function writeArticles(articles: AsyncIterable<Article>, folder: string, most: number, measure: TextMeasure): Promise<string[]> {
  const files: string[] = [];
  const written = new Set<string>();
  let passages = 0;
  for await (const article of articles) {
    if (passages >= most) break;
    // What an index has at two places it has once.
    const text = article.paragraphs.map((paragraph) => paragraph.text).join('\n\n');
    if (written.has(text)) continue;
    written.add(text);
    const path = join(folder, `${String(files.length).padStart(6, '0')}.md`);
    await writeFile(path, markdownOf(article));
    passages += prepareArticle(article, article.source, measure).passages.length;
    files.push(path);
  }
  return files;
}

/** Changes a file as its author would who adds something at the end. */
export function addParagraph(file: string, number: number): Promise<void> {
  return appendFile(file, `\n\n${ADDED} That was visit ${number}.\n`);
}

/**
 * Reads files as an index does, and cuts them as it does: what it gives to the model for each file.
 * @param path of a file, or of a folder of them
 */
export async function passagesIn(path: string, measure: TextMeasure): Promise<PassageText[][]> {
  const sources = addSources([], [path], path);
  const set = new SourceSet(sources);
  const reader = new ArticleReader();
  const found: PassageText[][] = [];
  try {
    for (const source of sources) {
      for await (const outcome of readInParts(set.list(source), reader)) {
        if (outcome.kind === 'failed') throw outcome.error;
        if (outcome.kind !== 'read' && outcome.kind !== 'part') continue;
        for (const article of outcome.articles) found.push(textsOf(article, measure));
      }
    }
  } finally {
    reader.close();
  }
  return found;
}

function textsOf(article: Article, measure: TextMeasure): PassageText[] {
  const { passages, context } = prepareArticle(article, article.source, measure);
  return passages.map(({ text }) => ({
    context: closeContext(context),
    sentences: splitSentences(text, article.language).map(({ start, end }) => text.slice(start, end)),
  }));
}

function markdownOf({ title, paragraphs }: Article): string {
  // JSON's strings are YAML's, too.
  const front = ['---', `title: ${JSON.stringify(title)}`, '---'].join('\n');
  return [front, ...paragraphs.map(({ text }) => text.replace(/\s+/g, ' ').trim().replace(MARKUP, '\\$&'))].join('\n\n');
}
