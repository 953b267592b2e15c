import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { cacheFolder } from '../embedding/cache-folder';
import { PilcrowError } from '../errors';
import { currentId, hasIndex, openCurrent, type Generation } from '../index';

/** Indexes kept: the development sets with and without distractors; padded ones take some 200 MB each. */
const KEPT = 12;

const NAME = /^[0-9a-f]{32}$/;

/** Written when an index is finished: what its build had to say, for every run that opens it. */
const notesSchema = z.strictObject({ dataset: z.string(), documents: z.int(), padded: z.int(), warnings: z.array(z.string()) });
export type Notes = z.output<typeof notesSchema>;

export interface Shelved {
  generation: Generation;
  notes: Notes;
}

/** Where a new index goes. */
export interface Place {
  indexDir: string;
  /** File of the embedding cache that all evaluations share. */
  embeddings: string;
  /** The generation that is current there, or null. */
  parent: string | null;
}

/** The folder of evaluation indexes unless another is named. */
export function defaultShelf(): string {
  return join(cacheFolder(), 'evaluation');
}

/**
 * The indexes that evaluations have built, one folder each, named by a fingerprint of all that decides
 * what is in it; and one embedding cache for all of them, so that a pool of distractors is embedded once.
 */
export class Shelf {
  /** @throws PilcrowError `usage` for a folder that holds somebody's index */
  constructor(private readonly folder: string) {
    if (hasIndex(folder)) throw new PilcrowError('usage', `${folder} holds an index of articles`, 'name another folder for the indexes of evaluations');
  }

  /**
   * Opens the index with this fingerprint, building it where it is not there whole.
   * @param build writes it to the place it is given
   * @throws what `build` throws
   */
  async open(fingerprint: readonly unknown[], build: (place: Place) => Promise<Notes>): Promise<Shelved> {
    const name = createHash('sha256').update(JSON.stringify(fingerprint)).digest('hex').slice(0, 32);
    const indexDir = join(this.folder, 'indexes', name);
    const found = await openFinished(indexDir);
    if (found !== null) return found;
    const parent = await currentId(indexDir).catch(() => null);
    const notes = await build({ indexDir, embeddings: join(this.folder, 'embeddings.sqlite'), parent });
    await finish(indexDir, notes);
    await this.removeOldest();
    return { generation: await openCurrent(indexDir), notes };
  }

  /** An index that is being built by another run counts as new: its folder was made just now. */
  private async removeOldest(): Promise<void> {
    const indexes = join(this.folder, 'indexes');
    const names = (await readdir(indexes)).filter((name) => NAME.test(name));
    const used = await Promise.all(names.map(async (name) => ({ path: join(indexes, name), at: await lastUse(join(indexes, name)) })));
    const oldest = used.sort((a, b) => b.at - a.at).slice(KEPT);
    // What cannot be removed costs space and nothing else.
    for (const { path } of oldest) await rm(path, { recursive: true, force: true }).catch(() => undefined);
  }
}

/** @returns null where there is none, or one that is not whole or not of this version */
async function openFinished(indexDir: string): Promise<Shelved | null> {
  const path = notesPath(indexDir);
  try {
    const notes = notesSchema.parse(JSON.parse(await readFile(path, 'utf8')));
    const generation = await openCurrent(indexDir);
    const now = new Date();
    await utimes(path, now, now).catch(() => undefined);
    return { generation, notes };
  } catch {
    return null;
  }
}

async function finish(indexDir: string, notes: Notes): Promise<void> {
  const path = notesPath(indexDir);
  await mkdir(indexDir, { recursive: true });
  await writeFile(`${path}.${process.pid}`, `${JSON.stringify(notes, null, 2)}\n`);
  await rename(`${path}.${process.pid}`, path);
}

async function lastUse(indexDir: string): Promise<number> {
  const { mtimeMs } = await stat(notesPath(indexDir)).catch(() => stat(indexDir));
  return mtimeMs;
}

function notesPath(indexDir: string): string {
  return join(indexDir, 'evaluation.json');
}
