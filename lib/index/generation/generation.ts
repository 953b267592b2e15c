import { readFileSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { digestOfFile } from '../../digest';
import { PilcrowError } from '../../errors';
import { GENERATION_FILES, generationLayout, indexLayout, type GenerationFile } from './layout';
import { damaged, readManifest, type Manifest } from './manifest';
import { PassageStore } from '../store/passage-store';
import { VectorIndex } from '../store/vectors';

/**
 * Up to this many bytes a file's hash is checked at every opening (some 0.1 s for the most); beyond,
 * its size only, so that a large archive answers soon after a start.
 */
const HASHED_AT_OPENING = 128 * 1024 * 1024;

/** One immutable, complete, published index, open for reading. */
export interface Generation {
  readonly id: string;
  readonly manifest: Manifest;
  readonly store: PassageStore;
  readonly vectors: VectorIndex;
  close(): void;
}

/**
 * @returns the id in `current`, or null when nothing has been published
 * @throws PilcrowError `index-damaged` when `current` names nothing that could be a generation
 */
export async function currentId(indexDir: string): Promise<string | null> {
  return readCurrentId(indexDir);
}

/** The same at once: it is asked before every question, and beside this thread it would take twenty times as long. */
export function readCurrentId(indexDir: string): string | null {
  const layout = indexLayout(indexDir);
  let text: string;
  try {
    text = readFileSync(layout.current, 'utf8');
  } catch (cause) {
    if (isMissing(cause)) return null;
    throw new PilcrowError('index-damaged', `the index at ${layout.directory} cannot be read`, 'check the folder’s permissions', { cause });
  }
  const id = text.trim();
  // The name becomes a path: nothing may lead out of the folder of generations.
  if (!/^[0-9A-Za-z][0-9A-Za-z._-]{0,99}$/.test(id)) throw damaged('(unnamed)', `${layout.current} does not name one`);
  return id;
}

export function generationDirectory(indexDir: string, id: string): string {
  return join(indexLayout(indexDir).generations, id);
}

/** @throws PilcrowError `index-missing` when there is none, else as `openGeneration` */
export async function openCurrent(indexDir: string): Promise<Generation> {
  for (;;) {
    const id = await currentId(indexDir);
    if (id === null) throw indexMissing(indexDir);
    try {
      return await openGeneration(generationDirectory(indexDir, id));
    } catch (error) {
      // Publications may have replaced and removed it between the two steps: then the new one counts.
      if ((await currentId(indexDir)) === id) throw error;
    }
  }
}

export function indexMissing(indexDir: string): PilcrowError {
  return new PilcrowError('index-missing', `there is no index at ${indexLayout(indexDir).directory}`, 'make one with: pilcrow index SOURCE');
}

export interface OpenOptions {
  /** Its name; that of the folder, but for one that is not published yet. */
  id?: string | undefined;
  /** Compare the hashes of all files, however large. */
  thoroughly?: boolean | undefined;
}

/**
 * Opens a generation that verifies; one that does not is refused by name, never half-read. While it is
 * open nobody removes it.
 * @throws PilcrowError `index-damaged`, `index-format`
 */
export async function openGeneration(directory: string, options: OpenOptions = {}): Promise<Generation> {
  const { id, manifest, store } = await openPassages(directory, options);
  try {
    const vectors = await VectorIndex.open(generationLayout(directory).vectors, manifest.model.dimensions);
    if (vectors.count !== manifest.rows) throw damaged(id, `vectors.hnsw holds ${vectors.count} vectors instead of ${manifest.rows}`);
    const close = () => {
      store.close();
      vectors.close();
    };
    return { id, manifest, store, vectors, close };
  } catch (cause) {
    store.close();
    throw cause instanceof PilcrowError ? cause : damaged(id, 'vectors.hnsw cannot be opened', cause);
  }
}

/**
 * The same without the vectors, which are verified all the same: for whoever only compares.
 * @throws PilcrowError `index-damaged`, `index-format`
 */
export async function openPassages(directory: string, { id = basename(directory), thoroughly = false }: OpenOptions = {}): Promise<Omit<Generation, 'vectors'>> {
  const manifest = await readManifest(directory, id);
  if (manifest.id !== id) throw damaged(id, `its manifest is that of ${manifest.id}`);
  // Before SQLite opens it: closing a file lets go of every lock this process has on it.
  for (const name of GENERATION_FILES) await verifyFile(directory, name, manifest, thoroughly);
  const { counts } = manifest;
  let store: PassageStore | null = null;
  try {
    store = new PassageStore(generationLayout(directory).passages);
    const found = store.counts();
    if (found.articles !== counts.articles || found.passages !== counts.passages) {
      throw damaged(id, `passages.sqlite holds ${found.passages} passages of ${found.articles} articles, its manifest says ${counts.passages} of ${counts.articles}`);
    }
    const opened = store;
    return { id, manifest, store: opened, close: () => { opened.close(); } };
  } catch (cause) {
    store?.close();
    throw cause instanceof PilcrowError ? cause : damaged(id, 'passages.sqlite cannot be opened', cause);
  }
}

/**
 * Compares the hashes that opening left out for the files' size, slowly, so that questions are answered meanwhile.
 * @param onRead called after each file: reading passages.sqlite lets go of this process's lock on it, see
 *   `PassageStore.renewHold`
 * @throws PilcrowError `index-damaged`, or the signal's AbortError
 */
export async function verifyLargeFiles(directory: string, manifest: Manifest, onRead: () => void, signal: AbortSignal): Promise<void> {
  for (const name of GENERATION_FILES) {
    if (manifest.files[name].bytes <= HASHED_AT_OPENING) continue;
    const digest = await digestOfFile(join(directory, name), { signal, unhurried: true });
    onRead();
    if (digest !== manifest.files[name].sha256) throw changed(manifest.id, name);
  }
}

async function verifyFile(directory: string, name: GenerationFile, manifest: Manifest, thoroughly: boolean): Promise<void> {
  const path = join(directory, name);
  const expected = manifest.files[name];
  let bytes: number;
  try {
    bytes = (await stat(path)).size;
  } catch (cause) {
    throw damaged(manifest.id, `${name} is missing`, cause);
  }
  if (bytes !== expected.bytes) throw damaged(manifest.id, `${name} has ${bytes} bytes instead of ${expected.bytes}`);
  if ((thoroughly || bytes <= HASHED_AT_OPENING) && (await digestOfFile(path)) !== expected.sha256) {
    throw changed(manifest.id, name);
  }
}

function changed(id: string, name: GenerationFile): PilcrowError {
  return damaged(id, `the content of ${name} has changed since it was written`);
}

function isMissing(thrown: unknown): boolean {
  return thrown instanceof Error && 'code' in thrown && (thrown.code === 'ENOENT' || thrown.code === 'ENOTDIR');
}
