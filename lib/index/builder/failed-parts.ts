import type { ReadNotes } from '../../article';

/** The parts of a file that could not be read, to tell what was indexed of them before. */
export class FailedParts {
  private readonly parts: ReadonlySet<string>;
  private readonly around: ReadonlySet<string>;

  constructor(failed: ReadNotes['failed']) {
    this.parts = new Set(failed.map(({ source }) => source));
    this.around = new Set([...this.parts].flatMap(foldersOf));
  }

  /**
   * Whether an article that was not found again may have been in one of them: it is the part or below it, or it is of a
   * file in which a part failed. Nobody can tell which record a broken line was.
   */
  mayHold(source: string): boolean {
    return this.around.has(source) || this.parts.has(source) || foldersOf(source).some((folder) => this.parts.has(folder));
  }
}

/**
 * What is told of a file, with the parts of it that held articles before and hold none now among those that failed, as it is
 * with whole files.
 *
 * @param knownIn finds what was indexed of the file before; most files have no need of it
 */
export function withLostParts(notes: ReadNotes, knownIn: () => readonly { source: string }[]): ReadNotes {
  if (notes.skipped.every(({ error }) => error === undefined)) return notes;
  const held = new Set(knownIn().flatMap(({ source }) => [source, ...foldersOf(source)]));
  const lost = notes.skipped.flatMap(({ source, error }) => (error !== undefined && held.has(source) ? [{ source, error }] : []));
  return { ...notes, failed: [...notes.failed, ...lost], skipped: notes.skipped.filter(({ source, error }) => error === undefined || !held.has(source)) };
}

/** `a/b` and `a` of `a/b/c`. */
function foldersOf(source: string): string[] {
  const folders: string[] = [];
  for (let end = source.lastIndexOf('/'); end > 0; end = source.lastIndexOf('/', end - 1)) folders.push(source.slice(0, end));
  return folders;
}
