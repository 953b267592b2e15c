import { asPilcrowError, PilcrowError } from '../../errors';
import { MAX_UNPACKED_BYTES, openArchive, type Archive } from '../archive/archive';
import { authorsOf } from '../authors';
import { isoDate } from '../date';
import { readContents } from '../epub/contents';
import { readDocument, type BookDocument } from '../epub/document';
import { bookMetadata, languageTag } from '../epub/metadata';
import { readPackage, type Package, type SpineItem } from '../epub/package';
import { assertUnprotected } from '../epub/protection';
import { readFragment } from '../html/fragment';
import { isBlank } from '../text/clean';
import { decodeText } from '../text/decode';
import { isSameLine } from '../text/sections';
import { canBeTitle } from '../title';
import type { ArticleDraft, Metadata, Paragraph, ReadContext, Reader, ReadInput } from '../types';

const DOCUMENT_TYPE = /^(?:application\/xhtml\+xml|text\/html|text\/x-oeb1-document)$/;
const DOCUMENT_NAME = /\.x?html?$/i;
const COVER = new Set(['cover', 'titlepage', 'title-page', 'halftitlepage']);
/** A page with the book's name on it has fewer; one that is called so and has more holds text to be read. */
const COVER_CHARACTERS = 400;
const CONTENTS = new Set(['toc', 'landmarks', 'page-list', 'loi', 'lot']);
const MOSTLY = 0.5;

interface Chapter {
  path: string;
  /** As the table of contents has it, else as the document begins; null where neither says. */
  title: string | null;
  language: string | null;
  paragraphs: Paragraph[];
}

/**
 * Books, EPUB 2 and 3: each document in the order of reading is an article, what is out of that order last. Covers,
 * title pages and tables of contents are left out.
 *
 * A chapter's title begins with that of its book (`Moby-Dick: Loomings`): without it `Chapter 3` would tell nobody
 * anything, neither in a list of results nor as context of a passage.
 */
export const epubReader = { read: readEpub } satisfies Reader;

async function* readEpub(input: ReadInput, context: ReadContext): AsyncGenerator<ArticleDraft, void, undefined> {
  const archive = await openArchive(input);
  const book = await readPackage(archive, input.name);
  await assertUnprotected(archive, book.spine, input.name);
  const metadata = bookMetadata(book.metadata, input.name);
  let first: Chapter | null = null;
  let number = 0;
  for await (const chapter of chapters(archive, book, metadata, input.name, context)) {
    number++;
    // A book of one chapter goes by its own title: whether there is another is known when it comes.
    if (number === 1) {
      first = chapter;
      continue;
    }
    if (first !== null) yield toDraft(first, 1, metadata);
    first = null;
    yield toDraft(chapter, number, metadata);
  }
  if (first !== null) yield { ...toDraft(first, 1, metadata), title: metadata.title };
}

async function* chapters(archive: Archive, book: Package, metadata: Metadata, name: string, context: ReadContext): AsyncGenerator<Chapter, void, undefined> {
  const documents = book.spine.filter(({ path, type, isNavigation }) => !isNavigation && (DOCUMENT_TYPE.test(type) || DOCUMENT_NAME.test(path)));
  const total = documents.reduce((sum, { path }) => sum + (archive.find(path)?.size ?? 0), 0);
  if (total > MAX_UNPACKED_BYTES) throw new PilcrowError('limit-exceeded', `${name} unpacks to more than ${MAX_UNPACKED_BYTES / 1024 ** 3} GiB`);
  const titles = await contentsOf(archive, book, name, context);
  for (const item of documents) {
    try {
      const chapter = await readChapter(archive, book, item, titles.get(item.path) ?? null);
      if (chapter !== null && !isTitlePage(chapter, metadata)) yield chapter;
    } catch (thrown) {
      const error = asPilcrowError(thrown);
      // an empty page
      if (error.code !== 'file-empty') context.fail(item.path, error);
    }
  }
}

/** Without its table a book can be read all the same. */
async function contentsOf(archive: Archive, book: Package, name: string, context: ReadContext): Promise<ReadonlyMap<string, string>> {
  try {
    return await readContents(archive, book.contents);
  } catch (thrown) {
    context.warn(`${name}: its chapters go without titles, since its table of contents cannot be read: ${asPilcrowError(thrown).message}`);
    return new Map();
  }
}

/** @returns null for what is no text of the book */
async function readChapter(archive: Archive, book: Package, { path }: SpineItem, label: string | null): Promise<Chapter | null> {
  const entry = archive.find(path);
  if (entry === undefined) throw new PilcrowError('file-damaged', `${path} is missing in the book`, 'fetch or export it again');
  const document = readDocument(decodeText({ bytes: await archive.unpack(entry), name: path }), path);
  const title = label ?? plainText(document.heading) ?? plainText(document.title);
  const paragraphs = withoutTitle(readFragment(document.html, title), title);
  const kinds = new Set([...document.types, book.guide.get(path) ?? '']);
  if (paragraphs.length === 0 || isApparatus(document, kinds, paragraphs)) return null;
  return { path, title, language: languageTag(document.language), paragraphs };
}

function isApparatus({ linked }: BookDocument, kinds: ReadonlySet<string>, paragraphs: readonly Paragraph[]): boolean {
  const is = (names: ReadonlySet<string>): boolean => [...kinds].some((kind) => names.has(kind));
  if (is(COVER)) return paragraphs.reduce((sum, { text }) => sum + text.length, 0) < COVER_CHARACTERS;
  return is(CONTENTS) && linked > MOSTLY;
}

/** Some programs write headings as paragraphs. */
function withoutTitle(paragraphs: Paragraph[], title: string | null): Paragraph[] {
  const [first] = paragraphs;
  return paragraphs.length > 1 && first?.text === title ? paragraphs.slice(1) : paragraphs;
}

/** Whether a chapter says no more than what is known of the book. */
function isTitlePage({ paragraphs }: Chapter, { title, author }: Metadata): boolean {
  const known = [title, author ?? '', ...authorsOf(author)];
  return paragraphs.every(({ text }) => isoDate(text) !== null || known.some((line) => isSameLine(line, text)));
}

function plainText(html: string | null): string | null {
  const text = html === null ? '' : readFragment(`<p>${html}</p>`, null).map((paragraph) => paragraph.text).join(' ');
  return isBlank(text) || !canBeTitle(text) ? null : text;
}

function toDraft({ path, title, language, paragraphs }: Chapter, number: number, metadata: Metadata): ArticleDraft {
  return { ...metadata, key: path, title: chapterTitle(title, number, metadata.title), language: language ?? metadata.language, paragraphs };
}

function chapterTitle(title: string | null, number: number, book: string): string {
  if (title === null || isSameLine(title, book)) return `${book}: ${number}`;
  return title.startsWith(book) || !canBeTitle(`${book}: ${title}`) ? title : `${book}: ${title}`;
}
