import type { PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { asPilcrowError, PilcrowError } from '../../errors';
import { toBlocks, type Block } from '../pdf/blocks';
import { toRegions } from '../pdf/columns';
import { Flow, type TextStyle } from '../pdf/flow';
import { toSegments, type Segment } from '../pdf/lines';
import { removeMargins } from '../pdf/margins';
import { readMetadata } from '../pdf/metadata';
import { withDocument, type Library } from '../pdf/open';
import { PageReader } from '../pdf/pieces';
import { titleFromName } from '../title';
import type { ArticleDraft, ReadContext, Reader, ReadInput } from '../types';

/** The thickest books have some 3,000 pages. */
const MAX_PAGES = 5_000;
/** Characters of a book of that many pages: what is more is no text for people. */
const MAX_CHARACTERS = 20_000_000;
/** Pages named in a warning. */
const PAGES_NAMED = 10;

/** A page as it was set. */
interface Sheet {
  page: number;
  segments: Segment[];
  /** Text that runs in other directions, each with the height of the page in it. */
  sides: { segments: Segment[]; height: number }[];
  height: number;
}

/**
 * PDF. The file says where characters stand and not what they are part of, so lines, columns, paragraphs and headings
 * are found by where they stand and what they are set in. A paragraph's page is the one it begins on; running heads,
 * page numbers and marks of notes are left out, footnotes follow the text of their page. Pictures are not looked at:
 * what was only scanned has no text.
 */
export const pdfReader = {
  async* read(input: ReadInput, context: ReadContext) {
    yield await withDocument(input, async (document, library) => readDocument(document, library, input.name, context));
  },
} satisfies Reader;

async function readDocument(document: PDFDocumentProxy, library: Library, name: string, context: ReadContext): Promise<ArticleDraft> {
  if (document.numPages > MAX_PAGES) {
    throw new PilcrowError('limit-exceeded', `${name} has ${document.numPages} pages, more than ${MAX_PAGES}`, 'split it, with `qpdf --split-pages=1000` for example');
  }
  const { title, ...metadata } = await readMetadata(document);
  const sheets = await readSheets(document, new PageReader(name, library.OPS), name, context);
  const style = textStyle(sheets);
  removeMargins(sheets, style.size);
  const flow = new Flow(toAllBlocks(sheets, style), style);
  const shown = title ?? flow.title() ?? titleFromName(name);
  return { title: shown, ...metadata, paragraphs: flow.paragraphs(shown) };
}

/** @throws PilcrowError when there is no page with text */
async function readSheets(document: PDFDocumentProxy, reader: PageReader, name: string, context: ReadContext): Promise<Sheet[]> {
  const sheets: Sheet[] = [];
  const failed: { page: number; error: PilcrowError }[] = [];
  const empty: number[] = [];
  const oblique: number[] = [];
  let characters = 0;
  for (let page = 1; page <= document.numPages; page++) {
    try {
      const proxy = await document.getPage(page);
      const { layers, ...text } = await reader.read(proxy);
      proxy.cleanup();
      context.alive();
      const [main, ...sides] = layers.map((layer) => ({ segments: toSegments(layer), height: layer.height }));
      if (text.pictured) empty.push(page);
      if (text.oblique) oblique.push(page);
      if (main !== undefined) sheets.push({ page, ...main, sides });
      characters += layers.reduce((sum, layer) => sum + layer.pieces.reduce((length, piece) => length + piece.text.length, 0), 0);
    } catch (thrown) {
      failed.push({ page, error: pageError(name, page, thrown) });
    }
    if (characters > MAX_CHARACTERS) throw new PilcrowError('limit-exceeded', `${name} has more than ${MAX_CHARACTERS} characters of text`, 'split it, with `qpdf --split-pages=1000` for example');
  }
  const [first] = failed;
  if (sheets.length === 0 && first !== undefined) throw new PilcrowError(first.error.code, `${name} cannot be read: ${first.error.message}`, first.error.hint, { cause: first.error });
  if (sheets.length === 0) throw new PilcrowError('article-without-text', `${name} has no text layer`, 'run OCR on it first, with `ocrmypdf` for example');
  for (const { page, error } of failed) context.fail(`page ${page}`, error);
  if (empty.length > 0) context.warn(`${name} has pictures and no text on ${pageList(empty)}: OCR can add it, with \`ocrmypdf --skip-text\` for example`);
  if (oblique.length > 0) context.warn(`${name} has text at an angle on ${pageList(oblique)}, which was left out`);
  return sheets;
}

function pageError(name: string, page: number, thrown: unknown): PilcrowError {
  if (thrown instanceof PilcrowError) return thrown;
  return new PilcrowError('file-damaged', `page ${page} of ${name} cannot be read (${asPilcrowError(thrown).message})`, 'export the file again, or repair it with `qpdf` or `mutool clean`', { cause: thrown });
}

function pageList(pages: readonly number[]): string {
  const more = pages.length - PAGES_NAMED;
  return `${pages.length === 1 ? 'page' : 'pages'} ${pages.slice(0, PAGES_NAMED).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

function textStyle(sheets: readonly Sheet[]): TextStyle {
  const styles = new Map<string, { weight: number; size: number; bold: boolean; mono: boolean }>();
  for (const { size, bold, mono, text } of sheets.flatMap((sheet) => sheet.segments)) {
    const rounded = Math.round(size * 4) / 4;
    const key = `${rounded} ${bold} ${mono}`;
    const found = styles.get(key) ?? { weight: 0, size: rounded, bold, mono };
    found.weight += text.length;
    styles.set(key, found);
  }
  const main = [...styles.values()].reduce((most, next) => (next.weight > most.weight ? next : most));
  // type of one width says nothing where everything is set in it
  if (main.mono) for (const sheet of sheets) for (const segment of sheet.segments) segment.mono = false;
  return main;
}

function toAllBlocks(sheets: readonly Sheet[], style: TextStyle): Block[] {
  let region = 0;
  const seen = new Map<string, number>();
  for (const { text } of sheets.flatMap((sheet) => sheet.sides).flatMap((side) => side.segments)) seen.set(text, (seen.get(text) ?? 0) + 1);
  return sheets.flatMap(({ page, segments, height, sides }) => [
    { segments, height, turned: false },
    // what a publisher stamps on the margin of every page
    ...sides.map((side) => ({ ...side, turned: true, segments: side.segments.filter(({ text }) => seen.get(text) === 1) })),
  ].flatMap(({ segments: set, ...layer }) => toRegions(set).flatMap((part) => toBlocks(part, { page, region: region++, ...layer }, style.size))));
}
