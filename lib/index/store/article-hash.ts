import { createHash } from 'node:crypto';
import type { Article } from '../../article';

/** SHA-256 over all that is kept of an article but its place (source and id): one that moved keeps its hash. */
export function articleHash(article: Article): Buffer {
  const { format, title, author, published, updated, language, url, tags, paragraphs } = article;
  // What is set as running text is hashed as it was before there was another way: such articles are known again.
  const kept = [format, title, author, published, updated, language, url, tags, paragraphs.map(({ text, section, page, kind, mark }) => [text, section, page, ...(kind === undefined ? [] : [kind, mark ?? null])])];
  return createHash('sha256').update(JSON.stringify(kept)).digest();
}
