import { readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import ignore, { type Ignore } from 'ignore';
import { isIgnoredName } from './ignored';

/** In any folder: what is not to be read in it and below, written as in .gitignore. */
export const IGNORE_FILE = '.pilcrowignore';

/** The ignore files of one walk, each read once. */
export class IgnoreFiles {
  private readonly byFolder = new Map<string, Ignore | null>();

  /**
   * Whether something is passed over in silence: by its name or a rule of a folder around it.
   * @param root folder in which the walk began; no rule from above it counts
   * @param path absolute, below `root`
   */
  passesOver(root: string, path: string, isFolder: boolean | (() => boolean)): boolean {
    if (isIgnoredName(path.slice(path.lastIndexOf(sep) + 1))) return true;
    // The nearest folder that has a rule for it decides.
    for (let folder = dirname(path); folder.length >= root.length; folder = dirname(folder)) {
      const rules = this.rulesOf(folder);
      if (rules !== null) {
        const below = relative(folder, path).split(sep).join('/');
        const { ignored, unignored } = rules.test(isFolder === true || (isFolder !== false && isFolder()) ? `${below}/` : below);
        if (ignored) return true;
        if (unignored) return false;
      }
      if (folder === dirname(folder)) break;
    }
    return false;
  }

  private rulesOf(folder: string): Ignore | null {
    const known = this.byFolder.get(folder);
    if (known !== undefined) return known;
    const rules = read(folder);
    this.byFolder.set(folder, rules);
    return rules;
  }
}

function read(folder: string): Ignore | null {
  let text: string;
  try {
    text = readFileSync(join(folder, IGNORE_FILE), 'utf8');
  } catch {
    // Hardly any folder has one.
    return null;
  }
  return ignore().add(text);
}
