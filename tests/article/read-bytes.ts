import { readArticles } from '../../lib/article/reading/registry';
import type { Article, ReadNotes } from '../../lib/article';

/** What is read of a file: each article under its place in the file, and what is told beside them. */
export interface BytesRead {
  articles: Article[];
  /** Places, without the file's own. */
  places: string[];
  warnings: string[];
  failed: [place: string, code: string][];
  skipped: [place: string, reason: string][];
}

export async function readBytes(name: string, bytes: Uint8Array): Promise<BytesRead> {
  const notes: ReadNotes = { warnings: [], failed: [], skipped: [] };
  const articles: Article[] = [];
  for await (const article of readArticles({ name, bytes, source: name }, notes)) articles.push(article);
  const place = (source: string): string => source.slice(name.length + 1);
  return {
    articles,
    places: articles.map(({ source }) => place(source)),
    warnings: notes.warnings,
    failed: notes.failed.map(({ source, error }) => [place(source), error.code]),
    skipped: notes.skipped.map(({ source, reason }) => [place(source), reason]),
  };
}
