import { PilcrowError } from '../../errors';
import { articleId } from '../identity';
import { markdownReader } from '../formats/markdown';
import { textReader } from '../formats/text';
import type { Article, Reader, ReadInput } from '../types';

/** Raised whenever the same bytes would be read as another article: files are then read anew, changed or not. */
export const READING_VERSION = 2;

/** Every format there is: a new one is one file beside this and one line here. */
const READERS: readonly Reader[] = [textReader, markdownReader];

const BY_EXTENSION: ReadonlyMap<string, Reader> = new Map(
  READERS.flatMap((reader) => reader.extensions.map((extension) => [extension, reader] as const)),
);

/** Extensions that can be read, lower case, with the dot. */
export const KNOWN_EXTENSIONS: readonly string[] = [...BY_EXTENSION.keys()];

/** The reader for a file of this name, or null where there is none. */
export function readerFor(name: string): Reader | null {
  const extension = /\.[^./\\]+$/.exec(name)?.[0].toLowerCase();
  return (extension === undefined ? null : BY_EXTENSION.get(extension)) ?? null;
}

/** The error for a file that {@link readerFor} has no reader for. */
export function formatUnknown(name: string): PilcrowError {
  return new PilcrowError(
    'format-unknown',
    `${name} is in a format that cannot be read`,
    `known are ${KNOWN_EXTENSIONS.join(', ')}`,
  );
}

/**
 * Reads the articles in one file.
 *
 * @param input its bytes, its name, and its `source`: label and path, from which ids are made
 * @throws PilcrowError of kind `input`, `format-unknown` and `article-without-text` among them
 */
export async function readArticles(input: ReadInput & { source: string }): Promise<Article[]> {
  const reader = readerFor(input.name);
  if (reader === null) throw formatUnknown(input.name);
  const drafts = await reader.read(input);
  const articles = drafts.map((draft, index) => ({
    id: articleId(input.source, index === 0 ? null : String(index + 1)),
    source: input.source,
    format: reader.format,
    ...draft,
  }));
  const withText = articles.filter((article) => article.paragraphs.length > 0);
  if (withText.length === 0) {
    throw new PilcrowError('article-without-text', `${input.name} has no paragraph in it`, 'write some text below its title');
  }
  return withText;
}
