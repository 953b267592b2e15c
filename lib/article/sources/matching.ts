import { PilcrowError } from '../../errors';
import { isAddress, matches, type Source } from './source';
import { listFiles } from './walk';

/**
 * That each glob among the sources has a file: one that was mistyped would be an index of nothing, remembered.
 * @throws PilcrowError `source-not-found`
 */
export async function assertMatching(sources: readonly Source[]): Promise<void> {
  for (const source of sources) {
    const { path, options } = source;
    if (options?.match !== undefined && !isAddress(path) && !(await hasMatch(source))) {
      throw new PilcrowError('source-not-found', `nothing in ${path} matches ${options.match}`, 'correct it: ** stands for any folders, * for any part of one name');
    }
  }
}

async function hasMatch(source: Source): Promise<boolean> {
  for await (const listed of listFiles(source)) if (listed.kind !== 'skipped' || matches(source, listed.path)) return true;
  return false;
}
