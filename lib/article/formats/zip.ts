import { asPilcrowError, PilcrowError } from '../../errors';
import { MAX_UNPACKED_BYTES, openArchive, type ArchiveEntry } from '../archive/archive';
import { findCompanions, type About } from '../archive/companions';
import { withAbout } from '../archive/described';
import { pathProblem } from '../archive/entry-path';
import { platformOf } from '../archive/platforms';
import { tableRows } from '../archive/tables';
import { readRecords, type Row } from '../data/records';
import { detectFormat, hasKnownExtension, KNOWN_EXTENSIONS, UNKNOWN_REASON } from '../reading/detect';
import { reasonToPassOver } from '../reading/passed-over';
import { isIgnoredName } from '../sources/ignored';
import type { ArticleDraft, ReadContext, Reader, ReadInput } from '../types';

/** What comes with saved pages and exports by the hundred; none of it could be an article. */
const ATTACHMENT = /\.(?:png|jpe?g|gif|svg|webp|avif|bmp|ico|tiff?|heic|css|s[ac]ss|m?js|map|wasm|woff2?|ttf|otf|eot|mp[34]|m4[av]|mov|webm|wav|ogg|avi|flac)$/i;

/**
 * Archives: saved pages, exports of blogs and notes. Every entry with a known extension is read as a file of its own,
 * as a folder's files are; what cannot be read is told of and the rest goes on.
 */
export const zipReader = { read: readZip } satisfies Reader;

async function* readZip(input: ReadInput, context: ReadContext): AsyncGenerator<ArticleDraft, void, undefined> {
  const archive = await openArchive(input);
  const files = archive.entries.filter(({ path }) => pathProblem(path) !== null || !path.split('/').some(isLeftOut));
  const known = files.filter(({ path, isLink }) => pathProblem(path) !== null || (!isLink && hasKnownExtension(path)));
  assertReadable(known, input.name);
  const isKnown = new Set(known);
  const platform = platformOf(known.map(({ path }) => path));
  tellOfOthers(files.filter((file) => !isKnown.has(file)), input.name, context);
  const wanted = known.filter(({ path }) => {
    if (platform?.beside.test(path) !== true) return true;
    context.skip(path, `it is no post of this export from ${platform.name}`);
    return false;
  });
  const companions = await findCompanions(archive, wanted, input.map, context);
  let told = false;
  for (const entry of wanted) {
    try {
      const bytes = await archive.unpack(entry);
      const file = { bytes, name: entry.path, map: input.map };
      const describing = companions.rows.get(entry.path);
      if (describing === undefined) yield* readEntry(file, companions.about.get(entry.path), context);
      else yield* readOthers(file, describing, context);
      // An archive in it may have told of files that cannot be read, and of nothing else.
      told = true;
    } catch (thrown) {
      const error = asPilcrowError(thrown);
      const reason = reasonToPassOver(error, entry.path);
      if (reason === null) context.fail(entry.path, error);
      else if (companions.rows.has(entry.path)) context.skip(entry.path, 'it says what other files of its archive are');
      else context.skip(entry.path, reason, error);
      told ||= reason === null;
    }
  }
  if (!told) throw new PilcrowError('not-articles', `${input.name} has no file in it that is an article`, `known are ${KNOWN_EXTENSIONS.join(', ')}`);
}

async function* readEntry(file: ReadInput, about: About | undefined, context: ReadContext): AsyncGenerator<ArticleDraft, void, undefined> {
  for await (const draft of context.nested({ ...file, title: about?.title ?? undefined })) {
    yield { ...withAbout(draft, about, file.name), path: draft.path === undefined ? file.name : `${file.name}/${draft.path}` };
  }
}

/** The rows of a table that are not about other files: what these say may be all there is of an article. */
async function* readOthers(table: ReadInput, describing: ReadonlySet<number>, context: ReadContext): AsyncGenerator<ArticleDraft, void, undefined> {
  async function* others(): AsyncGenerator<Row, void, undefined> {
    let number = 0;
    for await (const row of tableRows(table, context) ?? []) if ('error' in row || !describing.has(number++)) yield row;
  }
  const within: ReadContext = { ...context, fail: (path, error) => context.fail(`${table.name}/${path}`, error) };
  const format = detectFormat(table.name, table.bytes) ?? undefined;
  for await (const draft of readRecords(others(), table, within)) yield { ...draft, path: table.name, format };
}

/** `__MACOSX` holds what macOS knows of each file beside its bytes. */
function isLeftOut(part: string): boolean {
  return part === '__MACOSX' || isIgnoredName(part);
}

/** @throws PilcrowError about the archive where there is no use in telling of each entry */
function assertReadable(wanted: readonly ArchiveEntry[], name: string): void {
  if (wanted.length > 0 && wanted.every(({ problem }) => problem?.code === 'file-encrypted')) {
    throw new PilcrowError('file-encrypted', `${name} is protected by a password`, 'unpack it with the password and name the folder');
  }
  // What an entry says of its size is checked when it is unpacked.
  const total = wanted.reduce((sum, { size, problem }) => sum + (problem === null ? size : 0), 0);
  if (total <= MAX_UNPACKED_BYTES) return;
  throw new PilcrowError('limit-exceeded', `${name} unpacks to more than ${MAX_UNPACKED_BYTES / 1024 ** 3} GiB`, 'unpack it and name the folder');
}

function tellOfOthers(files: readonly ArchiveEntry[], name: string, context: ReadContext): void {
  let attachments = 0;
  for (const { path, isLink } of files) {
    if (isLink) context.skip(path, 'it is a link');
    else if (ATTACHMENT.test(path)) attachments++;
    else context.skip(path, UNKNOWN_REASON);
  }
  if (attachments > 0) context.warn(`${name} has ${attachments} ${attachments === 1 ? 'picture, style or the like that is' : 'pictures, styles and the like that are'} not read`);
}
