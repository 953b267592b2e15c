import { existsSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import process from 'node:process';
import { buildEngine, isStale, root } from '../build-engine.mjs';
import { runNode } from './child.mjs';
import { Refusal } from './settings.mjs';

export async function ensureEngine() {
  if (!isStale()) return;
  try {
    await buildEngine();
  } catch (error) {
    throw new Refusal(`dist/ could not be built: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** Indexes articles/ when there is no index. A failure is no reason not to serve: the page says what to do. */
export async function ensureIndex() {
  const indexDir = resolve(process.env.PILCROW_INDEX_DIR || join(root, 'index'));
  if (hasIndex(indexDir)) return;
  console.error('pilcrow: there is no index yet: indexing articles/');
  const code = await runNode(join(root, 'scripts', 'bin.mjs'), ['index', '--index-dir', indexDir, join(root, 'articles')]);
  if (hasIndex(indexDir)) return;
  console.error(`pilcrow: no index was made (exit code ${code}): the app starts without one and says what to do`);
}

/** An index that has lost its `current` is not to be replaced: the app answers from its newest generation. */
function hasIndex(indexDir) {
  const generations = join(indexDir, 'generations');
  return existsSync(join(indexDir, 'current')) || (existsSync(generations) && readdirSync(generations).some((name) => !name.startsWith('.')));
}
