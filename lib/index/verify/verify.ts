import { existsSync } from 'node:fs';
import type Database from 'better-sqlite3';
import { modelHash } from '../../embedding';
import { asPilcrowError, PilcrowError } from '../../errors';
import { generationNamed, SEE_GENERATIONS } from '../generation/ids';
import { currentId, generationDirectory, indexMissing } from '../generation/generation';
import { listGenerations } from '../generation/generations';
import { generationLayout, type GenerationFile } from '../generation/layout';
import { readManifest, type Manifest } from '../generation/manifest';
import { checkDatabase, openDatabase } from './database';
import { checkFiles } from './files';
import type { Check, CheckName, Finding } from './findings';
import { checkGraph } from './graph';
import { checkMap } from './map';
import { checkPassages } from './passages';
import { checkRecall } from './recall';
import { directoryRemarks } from './surroundings';

export interface GenerationReport {
  id: string;
  /** Whether no check has failed. */
  ok: boolean;
  /** Every check there is, in the order in which they are made. */
  checks: Check[];
}

/** `verify --json` prints this. */
export interface IndexReport {
  /** Whether `current` names a generation and all that were checked are whole. */
  ok: boolean;
  /** Null where `current` names nothing that could be one. */
  current: string | null;
  generations: GenerationReport[];
  /** What is wrong beside generations. */
  failures: string[];
  /** Beside generations, too: worth knowing, and no harm. */
  remarks: string[];
}

export interface VerifyOptions {
  /** Called before each check of a generation, and before what lies around them is looked at. */
  onStep?: ((id: string | null, check: CheckName | 'index') => void) | undefined;
  signal?: AbortSignal | undefined;
}

export interface VerifyIndexOptions extends VerifyOptions {
  /** Generations by id, or by the beginning of one; none for the current one. */
  ids?: readonly string[] | undefined;
  /** Every generation there is. */
  all?: boolean | undefined;
}

/**
 * Whether an index is whole: generations, and what lies around them. Changes nothing. Not for a process that
 * has one of the generations open: hashing a file lets go of every lock the process has on it.
 *
 * @throws PilcrowError `index-missing`, `index-damaged` when `current` names nothing and nothing else was
 *   asked for, `generation-not-found`, `interrupted`
 */
export async function verifyIndex(indexDir: string, options: VerifyIndexOptions = {}): Promise<IndexReport> {
  const { ids = [], all = false } = options;
  const isCurrentOnly = ids.length === 0 && !all;
  const failures: string[] = [];
  let current: string | null = null;
  try {
    current = await currentId(indexDir);
    if (current === null && isCurrentOnly) throw indexMissing(indexDir);
    if (current === null) failures.push('no generation is in use: there is no file `current`');
  } catch (error) {
    if (isCurrentOnly) throw error;
    failures.push(asPilcrowError(error).message);
  }
  const present = (await listGenerations(indexDir)).map(({ id }) => id);
  const wanted = isCurrentOnly ? present.filter((id) => id === current) : all ? present : [...new Set(ids.map((beginning) => generationNamed(present, beginning)))];
  const generations: GenerationReport[] = [];
  for (const id of wanted) {
    const wasThere = existsSync(generationDirectory(indexDir, id));
    const report = await verifyGeneration(indexDir, id, options);
    // Another process may have removed it under our hands: then it is no damage.
    if (!report.ok && wasThere && !existsSync(generationDirectory(indexDir, id))) {
      if (isCurrentOnly) return verifyIndex(indexDir, options);
      if (all) continue;
      throw notFound(`generation ${id} has been removed meanwhile`);
    }
    generations.push(report);
  }
  options.onStep?.(null, 'index');
  return { ok: failures.length === 0 && generations.every(({ ok }) => ok), current, generations, failures, remarks: await directoryRemarks(indexDir) };
}

/**
 * Whether a generation is what was once published, down to every byte, and holds together. What it finds
 * is in the report; a file that is not as it was written is not opened. While the checks run nobody removes
 * the generation, once its files have been hashed.
 *
 * @throws PilcrowError `interrupted`
 */
export async function verifyGeneration(indexDir: string, id: string, options: VerifyOptions = {}): Promise<GenerationReport> {
  const verification = new Verification(generationDirectory(indexDir, id), id, options);
  try {
    await verification.run();
  } finally {
    verification.close();
  }
  const { checks } = verification;
  return { id, ok: checks.every(({ state }) => state !== 'failed'), checks };
}

/** One generation's checks. Each is made only where what it needs was found whole: hnswlib crashes on damaged files. */
class Verification {
  readonly checks: Check[] = [];
  private db: Database.Database | null = null;

  constructor(
    private readonly directory: string,
    private readonly id: string,
    private readonly options: VerifyOptions,
  ) {}

  async run(): Promise<void> {
    const manifest = await this.attempt('manifest', () => readManifest(this.directory, this.id));
    if (manifest === null) {
      this.skip('the manifest cannot be read', 'files', 'database', 'passages', 'map', 'vectors', 'recall', 'model');
      return;
    }
    this.add('manifest', manifest.id === this.id ? { state: 'ok', detail: null } : { state: 'failed', detail: `it is that of generation ${manifest.id}` });
    const files = await this.attempt('files', () => checkFiles(this.directory, manifest));
    if (files !== null) this.add('files', files.finding);
    await this.checkContent(manifest, files?.whole ?? new Set());
    await this.check('model', () => checkModel(manifest));
  }

  close(): void {
    this.db?.close();
    this.db = null;
  }

  private async checkContent(manifest: Manifest, whole: ReadonlySet<GenerationFile>): Promise<void> {
    const { passages, vectors } = generationLayout(this.directory);
    const { dimensions } = manifest.model;
    if (!whole.has('passages.sqlite')) {
      this.skip('passages.sqlite is not as it was written', 'database', 'passages', 'map', 'vectors', 'recall');
      return;
    }
    const database = await this.attempt('database', () => {
      const db = (this.db = openDatabase(passages));
      return { db, ...checkDatabase(db, manifest) };
    });
    if (database === null) {
      this.skip('passages.sqlite cannot be read', 'passages', 'map', 'vectors', 'recall');
      return;
    }
    const { db, finding, rows } = database;
    this.add('database', finding);
    await this.check('passages', () => checkPassages(db, passages, dimensions, this.step));
    await this.check('map', () => checkMap(db));
    if (!whole.has('vectors.hnsw')) {
      this.skip('vectors.hnsw is not as it was written', 'vectors', 'recall');
      return;
    }
    if (await this.check('vectors', () => checkGraph(vectors, manifest, rows, this.step))) await this.check('recall', () => checkRecall(vectors, dimensions, rows, this.step));
    else this.skip('the vectors are not as they should be', 'recall');
  }

  /** @returns whether nothing has failed */
  private async check(name: CheckName, work: () => Finding | Promise<Finding>): Promise<boolean> {
    const finding = await this.attempt(name, work);
    if (finding !== null) this.add(name, finding);
    return finding !== null && finding.state !== 'failed';
  }

  /** @returns null when it threw, which is then what the check has found */
  private async attempt<T>(name: CheckName, work: () => T | Promise<T>): Promise<T | null> {
    this.step();
    this.options.onStep?.(this.id, name);
    try {
      return await work();
    } catch (thrown) {
      const { code, message } = asPilcrowError(thrown);
      if (code === 'interrupted') throw thrown;
      this.add(name, { state: 'failed', detail: message });
      return null;
    }
  }

  private skip(reason: string, ...names: CheckName[]): void {
    for (const name of names) this.add(name, { state: 'skipped', detail: `not checked: ${reason}` });
  }

  private add(name: CheckName, finding: Finding): void {
    this.checks.push({ name, ...finding });
  }

  private readonly step = (): void => {
    if (this.options.signal?.aborted === true) throw new PilcrowError('interrupted', 'interrupted');
  };
}

async function checkModel({ model }: Manifest): Promise<Finding> {
  const hash = await modelHash(model.spec);
  if (hash === model.hash) return { state: 'ok', detail: model.id };
  const shown = (digest: string) => digest.slice(0, 12);
  return { state: 'failed', detail: `${model.spec.model} is not the model that made the embeddings: its hash begins with ${shown(hash)} instead of ${shown(model.hash)}` };
}

function notFound(message: string): PilcrowError {
  return new PilcrowError('generation-not-found', message, SEE_GENERATIONS);
}
