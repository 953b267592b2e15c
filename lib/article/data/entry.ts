import { articleTitle } from './headline';
import { contentParagraphs, visibleLength, type Content } from './content';
import { isSameLine } from '../text/sections';
import type { ArticleDraft, Metadata } from '../types';

/** What data says of one article. */
export interface Entry extends Omit<Metadata, 'title'> {
  /** On one line; null where it says none. */
  title: string | null;
  /** What it is known by in its file, wherever it stands there; null for its title, undefined for its number. */
  key: string | null | undefined;
  /** All texts that it has, the one that is most likely the article first. */
  contents: Content[];
  /** A date that is none, as it is written. */
  oddDate: string | null;
}

/**
 * The article in an entry: of its texts the fullest.
 *
 * @returns null where there is no text beside the title: many feeds repeat it where a text should be
 * @throws PilcrowError `limit-exceeded` as `readFragment`
 */
export function entryDraft({ key, contents, oddDate: _, ...entry }: Entry): ArticleDraft | null {
  const written = fullest(contents);
  const found = written === null ? [] : contentParagraphs(written, entry.title);
  const [first] = found;
  if (first === undefined || (found.length === 1 && entry.title !== null && isSameLine(first.text, entry.title))) return null;
  const { title, paragraphs } = articleTitle(entry.title, found);
  return { ...entry, title, paragraphs, key: key === null ? title : key };
}

function fullest(contents: readonly Content[]): Content | null {
  let best: Content | null = null;
  let most = 0;
  for (const content of contents) {
    const length = contents.length === 1 ? Infinity : visibleLength(content);
    if (length > most) [best, most] = [content, length];
  }
  return best;
}
