import { createHash } from 'node:crypto';
import type { Stats } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { Source } from './source';
import { listFiles } from './walk';

/**
 * Tells whether there is another file or folder at a path than before. Of a file, whether it was written to,
 * too; of a folder, not what goes on below it.
 */
export async function fingerprint(path: string): Promise<string> {
  try {
    const stats = await stat(path);
    // A folder that is made anew may get the number of the one before.
    return stats.isDirectory() ? `folder ${stats.dev} ${stats.ino} ${stats.birthtimeMs}` : fileState(stats);
  } catch (thrown) {
    return thrown instanceof Error && 'code' in thrown ? String(thrown.code) : 'unknown';
  }
}

/** The same of a source and all files in it, without reading one. */
export async function deepFingerprint(source: Source, signal: AbortSignal): Promise<string> {
  const hash = createHash('sha256').update(await fingerprint(source.path));
  for await (const listed of listFiles(source)) {
    if (signal.aborted) break;
    if (listed.kind === 'skipped') continue;
    const path = listed.kind === 'file' ? listed.file.path : listed.path;
    hash.update(`\n${path}\n${await fingerprint(path)}`);
  }
  return hash.digest('hex');
}

/** With ctime, since tools that unpack or synchronise set the time a file was modified to that of the original. */
function fileState({ dev, ino, size, mtimeMs, ctimeMs }: Stats): string {
  return `file ${dev} ${ino} ${size} ${mtimeMs} ${ctimeMs}`;
}
