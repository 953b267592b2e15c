import mammoth from 'mammoth';
import { PilcrowError } from '../../errors';
import { styleMap } from './styles';
import type { WordPackage } from './package';

/** What a reader of the page would miss; of other elements and styles mammoth says the same, and nothing is lost. */
const LOSES_TEXT = /^An unrecognised element was ignored: (w:altChunk)$/;

const NOTE_MARK = /<sup><a href="#(?:footnote|endnote)-[^"]*" id="(?:footnote|endnote)-ref-[^"]*">\[\d+\]<\/a><\/sup>/g;
const BACK_LINK = / ?<a href="#(?:footnote|endnote)-ref-[^"]*">↑<\/a>/g;

/** A document as HTML: its text with tables, lists and notes, without images, comments and what was deleted in it. */
export interface WordHtml {
  html: string;
  /** Whether it embeds other documents, which are not read. */
  hasEmbedded: boolean;
}

/** @throws PilcrowError `file-damaged`, or what opening its parts throws */
export async function convertWord(word: WordPackage, name: string): Promise<WordHtml> {
  const styles = await word.part('word/styles.xml');
  try {
    const { value, messages } = await mammoth.convertToHtml(
      // Beside what its types tell, it takes a file that is unpacked already.
      { file: word.file } as unknown as Parameters<typeof mammoth.convertToHtml>[0],
      { styleMap: styles === null ? [] : styleMap(styles), includeEmbeddedStyleMap: false, convertImage: mammoth.images.imgElement(async () => ({ src: '' })) },
    );
    return { html: textual(value), hasEmbedded: messages.some(({ message }) => LOSES_TEXT.test(message)) };
  } catch (cause) {
    if (cause instanceof PilcrowError) throw cause;
    throw new PilcrowError('file-damaged', `${name} is no whole Word document`, 'open it in a word processor and save it again', { cause });
  }
}

/** Marks of notes cling to words, and line breaks in code are lost as elements. */
function textual(html: string): string {
  return html
    .replace(NOTE_MARK, '')
    .replace(BACK_LINK, '')
    .replace(/<pre>[^]*?<\/pre>/g, (code) => code.replaceAll('<br />', '\n'));
}
