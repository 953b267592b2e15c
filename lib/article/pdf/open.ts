import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { PilcrowError } from '../../errors';
import type { ReadInput } from '../types';

export type Library = typeof import('pdfjs-dist/legacy/build/pdf.mjs');

const require = createRequire(import.meta.url);

/** pdf.js keeps the number of pages in one place for all documents, so there is one document at a time. */
let last: Promise<unknown> = Promise.resolve();
let loaded: Promise<Library> | null = null;

/**
 * Opens a document for as long as `use` runs, and lets go of all its memory afterwards. Nothing is fetched, run or
 * drawn: pdf.js works in this process, reads its tables of characters from its own folder, and decodes no image.
 *
 * @throws PilcrowError `file-empty`, `file-encrypted` when it opens with a password only, `file-damaged`
 */
export async function withDocument<T>(input: ReadInput, use: (document: PDFDocumentProxy, library: Library) => Promise<T>): Promise<T> {
  const turn = last.then(() => openDocument(input, use));
  last = turn.catch(() => undefined);
  return turn;
}

async function openDocument<T>({ bytes, name }: ReadInput, use: (document: PDFDocumentProxy, library: Library) => Promise<T>): Promise<T> {
  if (bytes.length === 0) throw new PilcrowError('file-empty', `${name} is empty`, 'export it again or leave it out');
  const library = await (loaded ??= load());
  const folder = dirname(require.resolve('pdfjs-dist/package.json'));
  const task = library.getDocument({
    // A copy: pdf.js takes the memory away from whoever gave it.
    data: new Uint8Array(bytes),
    cMapUrl: join(folder, 'cmaps') + '/',
    cMapPacked: true,
    standardFontDataUrl: join(folder, 'standard_fonts') + '/',
    isEvalSupported: false,
    disableFontFace: true,
    useSystemFonts: false,
    useWasm: false,
    maxImageSize: 0,
    stopAtErrors: false,
    verbosity: library.VerbosityLevel.ERRORS,
  });
  try {
    return await use(await task.promise.catch((thrown: unknown) => { throw openingError(name, thrown); }), library);
  } finally {
    await task.destroy();
  }
}

function openingError(name: string, thrown: unknown): PilcrowError {
  if (thrown instanceof Error && thrown.name === 'PasswordException') {
    return new PilcrowError('file-encrypted', `${name} opens with a password only`, 'save a copy without a password, with `qpdf --decrypt` for example', { cause: thrown });
  }
  const reason = thrown instanceof Error ? thrown.message.replace(/\.$/, '') : String(thrown);
  return new PilcrowError('file-damaged', `${name} cannot be read as PDF (${reason})`, 'export it again, or repair it with `qpdf` or `mutool clean`', { cause: thrown });
}

/**
 * For drawing, pdf.js loads 32 MB of native code when it is imported, and complains where that is not installed.
 * Nothing is drawn here, so it is given an empty module and empty objects for as long as the import takes.
 */
async function load(): Promise<Library> {
  // Node has had it since 20.16; pdf.js asks for it later, too, when it reads its own files.
  if (!('getBuiltinModule' in process)) Object.assign(process, { getBuiltinModule: (id: string): unknown => require(id.startsWith('node:') ? id : `node:${id}`) });
  const builtin = process.getBuiltinModule.bind(process);
  const borrowed = ['DOMMatrix', 'ImageData', 'Path2D', 'navigator'].filter((name) => !(name in globalThis));
  for (const name of borrowed) Object.assign(globalThis, { [name]: Object });
  process.getBuiltinModule = (id: string) => (id === 'module' ? { createRequire: () => () => ({}) } : builtin(id));
  try {
    const library = await import('pdfjs-dist/legacy/build/pdf.mjs');
    library.GlobalWorkerOptions.workerSrc = pathToFileURL(require.resolve('pdfjs-dist/legacy/build/pdf.worker.mjs')).href;
    return library;
  } finally {
    process.getBuiltinModule = builtin;
    for (const name of borrowed) Reflect.deleteProperty(globalThis, name);
  }
}
