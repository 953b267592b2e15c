import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { onTestFinished } from 'vitest';
import { buildIndex, type BuildOptions, type BuildReport } from '../../lib/index';

/** A folder for one test, removed when the test is over. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'pilcrow-test-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** Writes files below a folder; null removes one. */
export async function write(folder: string, files: Record<string, string | Uint8Array | null>): Promise<void> {
  for (const [name, content] of Object.entries(files)) {
    const path = join(folder, name);
    await mkdir(dirname(path), { recursive: true });
    if (content === null) await rm(path, { recursive: true });
    else await writeFile(path, content);
  }
}

/** What FTS5 gives each row that matches, greater is better: what ranks of rows are checked against. */
export function bm25ByRow(path: string, expression: string): Map<number, number> {
  const db = new Database(path, { readonly: true });
  const rows = db.prepare<[string], [number, number]>('SELECT rowid, -bm25(lexical) FROM lexical WHERE lexical MATCH ?').raw().all(expression);
  db.close();
  return new Map(rows);
}

/** Three articles of one passage each, on subjects that no model confuses. */
export const THREE = {
  'bees.txt': 'The hive in winter\nA colony of bees keeps its queen warm through the cold months by shivering in a tight ball around her.',
  'bridge.txt': 'The bridge at Orley\nThe old stone bridge fell into the river after the flood had washed the gravel from under its piers.',
  'bread.txt': 'Baking rye\nRye dough is sticky because its flour holds little gluten, so the baker shapes it with wet hands.',
};

export interface Workspace {
  articles: string;
  indexDir: string;
  build(options?: Partial<BuildOptions>): Promise<BuildReport>;
}

/** Articles and an index directory, ready to be built. */
export async function workspace(files: Record<string, string | Uint8Array> = THREE): Promise<Workspace> {
  const folder = await temporaryFolder();
  const articles = join(folder, 'articles');
  const indexDir = join(folder, 'index');
  await write(articles, files);
  const build = (options: Partial<BuildOptions> = {}) =>
    buildIndex({ indexDir, named: [articles], cwd: folder, workers: 1, ...options });
  return { articles, indexDir, build };
}
