import { extensionOf } from '../reading/detect';

/** Formats of which a file is one article, those that exports keep articles in first. */
const DOCUMENTS = ['.html', '.htm', '.xhtml', '.md', '.markdown', '.txt', '.text', '.pdf', '.docx'];
/** Shorter names are numbers and words that any two files may have in common. */
const MIN_NAME = 4;
const MAX_NAME = 300;
/** What exports number their files by: `1234567.the-mill.html`. */
const NUMBER = /^\d+(?=\.)/;

/** Finds the files of an archive by what a table in it may call them. */
export class DocumentNames {
  private readonly paths = new Set<string>();
  /** Null for what several files are called. */
  private readonly byName = new Map<string, string | null>();

  constructor(paths: Iterable<string>) {
    const byExtension = DOCUMENTS.map((): string[] => []);
    for (const path of paths) byExtension[DOCUMENTS.indexOf(extensionOf(path))]?.push(path);
    // an article's notes may have its name and another ending
    for (const alike of byExtension) this.add(alike);
  }

  get size(): number {
    return this.paths.size;
  }

  /**
   * The file of a name: its path, or its own name with or without ending.
   *
   * @param folder that paths may be relative to, with `/` at its end
   */
  find(name: string, folder: string): string | null {
    if (name.length < MIN_NAME || name.length > MAX_NAME) return null;
    const path = name.replace(/^\.?\//, '');
    return [folder + path, path].find((each) => this.paths.has(each)) ?? this.byName.get(path) ?? null;
  }

  private add(paths: readonly string[]): void {
    const names = new Map<string, string | null>();
    for (const path of paths) {
      const file = path.slice(path.lastIndexOf('/') + 1);
      const stem = file.slice(0, file.lastIndexOf('.'));
      this.paths.add(path);
      for (const name of new Set([file, stem, NUMBER.exec(stem)?.[0] ?? stem])) names.set(name, names.has(name) ? null : path);
    }
    for (const [name, path] of names) if (!this.byName.has(name)) this.byName.set(name, path);
  }
}
