import { PilcrowError } from '../../errors';
import { elementsOf, textOf, type XmlElement } from '../archive/xml';
import { isoDate } from '../date';
import { convertWord } from '../docx/convert';
import { openWordPackage } from '../docx/package';
import { languageTag } from '../epub/metadata';
import { readFragment } from '../html/fragment';
import { cleanLine, isBlank } from '../text/clean';
import { canBeTitle, titleFromName } from '../title';
import type { ArticleDraft, Metadata, ReadContext, Reader, ReadInput } from '../types';

/** The container of Word 97, and of documents of today that have a password. */
const COMPOUND_FILE = Buffer.from('d0cf11e0a1b11ae1', 'hex');

/** Titles that programs give to what has none. */
const NO_TITLE = /^(?:(?:microsoft )?word\b.*|document ?\d*|dokument ?\d*|untitled.*|\(?no title\)?|title|.*\.(?:docx?|dotx?|odt|rtf))$/i;

/**
 * Documents of word processors. The title is the one in the properties, else the paragraph set as title, else the first
 * heading of the first level, else the file's name. Tracked changes are taken as accepted.
 */
export const docxReader = { read: readDocx } satisfies Reader;

async function* readDocx(input: ReadInput, context: ReadContext): AsyncGenerator<ArticleDraft, void, undefined> {
  assertNotCompound(input);
  const word = await openWordPackage(input);
  const properties = await word.part('docProps/core.xml');
  const { html, hasEmbedded } = await convertWord(word, input.name);
  if (hasEmbedded) context.warn(`${input.name} embeds other documents, which are not read`);
  const { title: given, ...metadata } = coreProperties(properties);
  const title = given ?? headingText(html, ' class="title"') ?? headingText(html, '') ?? titleFromName(input.name);
  yield { title, ...metadata, paragraphs: readFragment(html, title) };
}

/** @throws PilcrowError `file-encrypted` or `format-unknown` */
function assertNotCompound({ bytes, name }: ReadInput): void {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (!file.subarray(0, COMPOUND_FILE.length).equals(COMPOUND_FILE)) return;
  if (file.includes(Buffer.from('EncryptedPackage', 'utf16le'))) {
    throw new PilcrowError('file-encrypted', `${name} is protected by a password`, 'save it without one');
  }
  throw new PilcrowError('format-unknown', `${name} is a document of Word 97 to 2003, whatever its name says`, 'open it in a word processor and save it as DOCX');
}

function coreProperties(properties: XmlElement | null): Omit<Metadata, 'title'> & { title: string | null } {
  const text = (name: string): string | null => {
    const found = properties === null ? undefined : elementsOf(properties, name)[0];
    const line = found === undefined ? '' : cleanLine(textOf(found));
    return isBlank(line) ? null : line;
  };
  const title = text('title');
  return {
    title: title === null || NO_TITLE.test(title) || !canBeTitle(title) ? null : title,
    author: text('creator')?.split(';').map((name) => name.trim()).filter((name) => name !== '').join('; ') ?? null,
    published: isoDate(text('created') ?? ''),
    updated: isoDate(text('modified') ?? ''),
    language: languageTag(text('language')),
    url: null,
    tags: [...new Set((text('keywords') ?? '').split(/[,;，；、]/).map((tag) => tag.trim()).filter((tag) => tag !== ''))],
  };
}

/** The first heading of the first level that has these attributes and can be a title. */
function headingText(html: string, attributes: string): string | null {
  const start = html.indexOf(`<h1${attributes}>`);
  if (start < 0) return null;
  const [text] = readFragment(`<p>${html.slice(start, html.indexOf('</h1>', start)).replace(/^<h1[^>]*>/, '')}</p>`, null);
  return text === undefined || !canBeTitle(text.text) ? null : text.text;
}
