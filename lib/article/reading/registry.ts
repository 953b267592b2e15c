import { asPilcrowError, PilcrowError } from '../../errors';
import { articleId } from '../identity';
import type { Article, ArticleDraft, ReadContext, ReadInput } from '../types';
import { detectFormat, formatUnknown } from './detect';
import type { FormatName } from './formats';
import { READERS } from './readers';

/** Archives in archives in archives: deeper than any export. */
const MAX_NESTING = 3;

/** What is known of each takes memory until the file has been read; exports of forums have a tenth. */
const MAX_ARTICLES = 500_000;

/** The longest novels have fewer all in all. */
const MAX_PARAGRAPH = 8_388_608;

/** A part of a file that could not be read, or was passed over; `source` as in `Article`. */
export interface PartFailed {
  source: string;
  error: PilcrowError;
}
export interface PartSkipped {
  source: string;
  reason: string;
  /** What it would be told as, had it held articles before. */
  error?: PilcrowError | undefined;
}

/** What is told of a file beside its articles. */
export interface ReadNotes {
  warnings: string[];
  failed: PartFailed[];
  skipped: PartSkipped[];
  /** Called while something goes on. */
  onAlive?: (() => void) | undefined;
  /** Called when an entry of an archive has been read, and nothing holds it any more. */
  onEntryRead?: (() => Promise<void>) | undefined;
}

/** A file to be read: its `source` is label and path, from which ids are made. */
export interface ReadRequest extends ReadInput {
  source: string;
  /** Where it is not to be found out. */
  format?: FormatName | undefined;
}

/**
 * Reads the articles in one file.
 *
 * @param notes gets what is told beside them
 * @throws PilcrowError of kind `input`, `format-unknown` and `article-without-text` among them
 */
export async function* readArticles(request: ReadRequest, notes: ReadNotes): AsyncGenerator<Article, void, undefined> {
  const ids = new Set<string>();
  let number = 0;
  let found = false;
  for await (const draft of drafts(request, request.format, request.source, notes, 0)) {
    number++;
    const { key, path, format, ...rest } = draft;
    if (rest.paragraphs.length === 0) continue;
    const source = path === undefined ? request.source : `${request.source}/${path}`;
    if (rest.paragraphs.some(({ text }) => text.length > MAX_PARAGRAPH)) {
      notes.failed.push({ source, error: new PilcrowError('limit-exceeded', `${path ?? request.name} has a paragraph of more than ${MAX_PARAGRAPH} characters`, 'break its lines') });
      continue;
    }
    if (ids.size >= MAX_ARTICLES) throw new PilcrowError('limit-exceeded', `${request.name} has more than ${MAX_ARTICLES} articles`, 'split it into several files');
    found = true;
    yield { id: uniqueId(source, key ?? (number === 1 || path !== undefined ? null : String(number)), ids), source, format: format ?? 'text', ...rest, language: (await import('../text/language')).languageOf(rest) };
  }
  if (found || notes.failed.length > 0) return;
  throw new PilcrowError('article-without-text', `${request.name} has no paragraph in it`, 'write some text below its title');
}

/** Two entries of a feed may have the same guid, two rows the same id. */
function uniqueId(source: string, key: string | null, taken: Set<string>): string {
  let id = articleId(source, key);
  for (let again = 2; taken.has(id); again++) id = articleId(source, `${key ?? ''} ${again}`);
  taken.add(id);
  return id;
}

async function* drafts(input: ReadInput, given: FormatName | undefined, source: string, notes: ReadNotes, depth: number): AsyncGenerator<ArticleDraft, void, undefined> {
  const format = given ?? detectFormat(input.name, input.bytes);
  if (format === null) throw input.bytes.length === 0 ? new PilcrowError('file-empty', `${input.name} is empty`, 'write something into it or leave it out') : formatUnknown(input.name);
  if (depth >= MAX_NESTING && (format === 'zip' || format === 'gzip')) throw new PilcrowError('limit-exceeded', `${input.name} is an archive within ${MAX_NESTING} others`, 'unpack it and name the folder');
  notes.onAlive?.();
  const reader = await READERS[format]();
  const context: ReadContext = {
    warn: (message) => void notes.warnings.push(message),
    fail: (path, error) => void notes.failed.push({ source: `${source}/${path}`, error: asPilcrowError(error) }),
    alive: () => notes.onAlive?.(),
    skip: (path, reason, error) => void notes.skipped.push({ source: `${source}/${path}`, reason, error }),
    nested: async function* (inner) {
      yield* drafts(inner, undefined, `${source}/${inner.name}`, notes, depth + 1);
      await notes.onEntryRead?.();
    },
  };
  try {
    for await (const draft of reader.read(input, context)) yield { format, ...draft };
  } catch (thrown) {
    // A stack, a string or an array that cannot grow any further, in whatever library.
    if (thrown instanceof RangeError) throw new PilcrowError('limit-exceeded', `${input.name} is nested deeper, or has longer parts, than can be read`, 'divide it, or save it in another format', { cause: thrown });
    throw thrown;
  }
}
