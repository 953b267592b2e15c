import { setTimeout as delay } from 'node:timers/promises';
import { PilcrowError, type ErrorCode } from '../../errors';
import { isDamagedDatabase } from '../store/storage-errors';
import { generationDirectory, indexMissing, openGeneration, verifyLargeFiles, type Generation } from './generation';
import { Lent } from './latest';
import { damaged, otherTerms } from './manifest';
import { isAsBefore, isWhole, keyOf, lookAt, missingOf, type Sight, type Stamp } from './sight';

/** `current` and the files it leads to are looked at this often when nobody asks. */
const LOOK_EVERY_MS = 500;
/** A use that finds a new generation waits this long for it: a small one is open by then, for a large one nobody waits. */
const PATIENCE_MS = 250;
/** A single question is answered and gone by then. */
const VERIFY_AFTER_MS = 3_000;
/** What may be over without a change here (too many open files, a drive that hung, another model) is tried again after this time. */
const SHORTAGE_MS = 10_000;
/** A third generation is not opened while two are, unless a user of the first seems to hang. */
const RETIRED_WITHIN_MS = 10_000;

/** Why another generation answers than the one that should. No path of this machine stands in it. */
export interface Fallback {
  /** The one that should; null when `current` names none. */
  generation: string | null;
  code: ErrorCode;
  reason: string;
  /** The one that answers: the same, when its files were removed while it was open. */
  served: string;
}

export interface LiveIndexOptions {
  /** Called when another generation begins to answer than the one that should, and with null when that is over. */
  onFallback?: ((fallback: Fallback | null) => void) | undefined;
}

/** A generation that is open. */
interface Served {
  id: string;
  key: string;
  stamp: Stamp;
  generation: Generation;
  lent: Lent<Generation>;
  /** Aborted when it is served no longer. */
  over: AbortController;
}

interface Candidate {
  id: string;
  stamp: Stamp;
}

interface Refusal {
  error: PilcrowError;
  /** On the clock of `performance.now()`. */
  until: number;
}

/**
 * The index as a long-running reader sees it: every use gets one generation and keeps it to its end. That is the
 * current one, or, while that cannot be opened, the newest that can. What is published is opened beside the one
 * in use, which serves on until then.
 */
export class LiveIndex {
  private served: Served | null = null;
  private fallback: Fallback | null = null;
  /** Why nothing is served. */
  private error: PilcrowError | null = null;
  /** What the choice was made from. */
  private settled: Sight | null = null;
  private choosing: Promise<void> | null = null;
  /** What is not to be opened again as long as its files are the same, by key. */
  private readonly refused = new Map<string, Refusal>();
  private retired: Promise<void> = Promise.resolve();
  private timer: NodeJS.Timeout | null = null;
  private closed = false;

  constructor(
    readonly indexDir: string,
    private readonly options: LiveIndexOptions = {},
  ) {}

  /** The generation that the next use gets if nothing happens until then; null before the first. */
  get servedId(): string | null {
    return this.served?.id ?? null;
  }

  /**
   * @param work when it throws that the generation cannot be used (a PilcrowError of kind `unavailable`, or what
   *   SQLite finds corrupt), that one is given up, and the work done once more with the next that can be opened
   * @throws PilcrowError `index-missing`, `index-damaged`, `index-format`: what is wrong with the current one, when
   *   no other can be used either
   */
  async use<T>(work: (generation: Generation, fallback: Fallback | null) => Promise<T> | T): Promise<T> {
    const tried = new Map<Served, PilcrowError>();
    for (;;) {
      await this.follow();
      // From here to its being lent nothing else can run.
      const { served, fallback } = this;
      if (served === null || tried.has(served)) throw [...tried.values()][0] ?? this.error ?? indexMissing(this.indexDir);
      try {
        return await served.lent.use((generation) => work(generation, fallback));
      } catch (thrown) {
        const error = refusalOf(served.id, thrown);
        if (error === null) throw thrown;
        tried.set(served, error);
        await this.refuse(served, error);
      }
    }
  }

  /** Closes what is open once its last user is done; nothing can be used afterwards. */
  async close(): Promise<void> {
    this.closed = true;
    if (this.timer !== null) clearInterval(this.timer);
    await this.choosing?.catch(() => undefined);
    await this.replaceBy(null);
  }

  /** Sees to it that the right generation is served, or will soon be. */
  private async follow(): Promise<void> {
    if (!this.closed) this.timer ??= setInterval(() => {
      // Whatever comes of it is for the next use to say.
      if (this.choosing === null && !this.closed) this.follow().catch(() => undefined);
    }, LOOK_EVERY_MS).unref();
    for (;;) {
      if (this.closed) throw new Error('the index was used after it was closed');
      const sight = this.look();
      if (this.settled !== null && isAsBefore(sight, this.settled) && !this.hasExpired()) return;
      const choosing = this.choose();
      const { served } = this;
      if (served !== null && isWhole(served.stamp, sight.stamps.get(served.id) ?? served.stamp)) {
        await Promise.race([choosing.catch(() => undefined), delay(PATIENCE_MS, undefined, { ref: false })]);
        return;
      }
      await choosing;
    }
  }

  private look(): Sight {
    // Where all is well, only `current` and its files can change anything.
    const isWell = this.served !== null && this.fallback === null && this.served.id === this.settled?.wanted;
    return this.lookAt(!isWell);
  }

  private lookAt(all: boolean): Sight {
    return lookAt(this.indexDir, this.served === null ? [] : [this.served.id], all);
  }

  /** One choice at a time, for all who ask together. */
  private choose(): Promise<void> {
    return (this.choosing ??= this.chooseNow().finally(() => { this.choosing = null; }));
  }

  private async chooseNow(): Promise<void> {
    for (;;) {
      for (const [key, { until }] of this.refused) if (until <= performance.now()) this.refused.delete(key);
      const sight = this.lookAt(true);
      const candidates = candidatesOf(sight);
      const wanted = candidates.find(({ id }) => id === sight.wanted);
      let found = wanted === undefined ? null : await this.open(wanted);
      // A publication may have replaced and removed it between the two steps: then the new one counts.
      if (found === null && wanted !== undefined && this.lookAt(false).wanted !== wanted.id) continue;
      found ??= await this.openFirst(candidates);
      await this.settle(sight, found, wanted ?? null);
      return;
    }
  }

  private async openFirst(candidates: readonly Candidate[]): Promise<Served | null> {
    for (const candidate of candidates) {
      const found = await this.open(candidate);
      if (found !== null) return found;
    }
    // Without its model an index can still be read, and searched by words.
    const withoutModel = candidates.filter((candidate) => this.refusalOf(candidate)?.code === 'index-model');
    for (const candidate of withoutModel) {
      const found = await this.open(candidate, true);
      if (found !== null) return found;
    }
    return null;
  }

  /** @returns null when it is refused, now or before */
  private async open({ id, stamp }: Candidate, evenIfRefused = false): Promise<Served | null> {
    if (!evenIfRefused && this.refusalOf({ id, stamp }) !== null) return null;
    if (this.isOpen({ id, stamp })) return this.served;
    await Promise.race([this.retired, delay(RETIRED_WITHIN_MS, undefined, { ref: false })]);
    const key = keyOf(id, stamp);
    try {
      const generation = await openUsable(generationDirectory(this.indexDir, id));
      const lent = new Lent(generation, (value) => { this.closeGeneration(value); });
      return { id, key, stamp, generation, lent, over: new AbortController() };
    } catch (thrown) {
      this.remember(key, refusalOf(id, thrown) ?? damaged(id, 'it cannot be opened', thrown));
      return null;
    }
  }

  /** Serves what was found. */
  private async settle(sight: Sight, found: Served | null, wanted: Candidate | null): Promise<void> {
    if (this.closed) {
      await found?.lent.retire();
      return;
    }
    const before = this.fallback;
    const refusal = sight.problem ?? (wanted === null ? null : this.refusalOf(wanted));
    this.settled = sight;
    this.error = found === null ? refusal : null;
    this.fallback = found === null ? null : fallbackOf(sight, found, refusal);
    const keys = new Set([found?.key, ...[...sight.stamps].map(([id, stamp]) => keyOf(id, stamp))]);
    for (const key of this.refused.keys()) if (!keys.has(key)) this.refused.delete(key);
    // Nobody waits for the last user of the one before.
    this.replaceBy(found).catch(() => undefined);
    if (JSON.stringify(before) !== JSON.stringify(this.fallback)) this.options.onFallback?.(this.fallback);
  }

  private async replaceBy(next: Served | null): Promise<void> {
    const before = this.served;
    if (before === next) return;
    this.served = next;
    if (next !== null) this.verifyLater(next).catch(() => undefined);
    if (before === null) return;
    before.over.abort();
    this.retired = before.lent.closed;
    await before.lent.retire();
  }

  private closeGeneration(generation: Generation): void {
    generation.close();
    // Opened again in place, both had one lock between them, and reading for its hash had let go of that.
    if (this.served?.id === generation.id) renewHold(this.served.generation);
  }

  /** Large files are not hashed when they are opened, so that a start is quick; this makes up for it. */
  private async verifyLater(served: Served): Promise<void> {
    const { generation, over: { signal } } = served;
    try {
      await delay(VERIFY_AFTER_MS, undefined, { signal, ref: false });
      const renew = () => { if (!signal.aborted) renewHold(generation); };
      await verifyLargeFiles(generationDirectory(this.indexDir, served.id), generation.manifest, renew, signal);
    } catch (thrown) {
      if (signal.aborted) return;
      // What was put in its place meanwhile is not what is open, and noticed by looking.
      const now = this.lookAt(false).stamps.get(served.id) ?? [];
      if (thrown instanceof PilcrowError && keyOf(served.id, now) === served.key) await this.refuse(served, thrown);
    }
  }

  /** Serves another than this from now on, if there is one. */
  private async refuse(served: Served, error: PilcrowError): Promise<void> {
    this.remember(served.key, error);
    // A choice that is under way may not know of it.
    await this.choosing?.catch(() => undefined);
    if (this.served === served && !this.closed) await this.choose();
  }

  private remember(key: string, error: PilcrowError): void {
    this.refused.set(key, { error, until: isShortage(error) ? performance.now() + SHORTAGE_MS : Infinity });
  }

  private refusalOf(candidate: Candidate): PilcrowError | null {
    const { served } = this;
    const key = served !== null && this.isOpen(candidate) ? served.key : keyOf(candidate.id, candidate.stamp);
    return this.refused.get(key)?.error ?? null;
  }

  private isOpen({ id, stamp }: Candidate): boolean {
    return this.served?.id === id && isWhole(this.served.stamp, stamp);
  }

  private hasExpired(): boolean {
    return [...this.refused.values()].some(({ until }) => until <= performance.now());
  }
}

/** The current one, then the others, newest first. */
function candidatesOf({ wanted, stamps }: Sight): Candidate[] {
  const rank = (id: string) => (id === wanted ? '~' : id);
  return [...stamps].map(([id, stamp]) => ({ id, stamp })).sort((a, b) => (rank(a.id) < rank(b.id) ? 1 : -1));
}

function fallbackOf({ wanted, stamps }: Sight, { id }: Served, refusal: PilcrowError | null): Fallback | null {
  if (wanted === null) return { generation: null, code: refusal?.code ?? 'index-damaged', reason: '`current` is missing, cannot be read or names no generation', served: id };
  if (id !== wanted && refusal !== null) return { generation: wanted, code: refusal.code, reason: refusal.message, served: id };
  const missing = missingOf(stamps.get(wanted) ?? []);
  if (missing.length === 0) return null;
  const { code, message } = damaged(wanted, `removed while it was open: ${missing.join(', ')}`);
  return { generation: wanted, code, reason: message, served: id };
}

/** Without it a generation may be removed while it is read, which those who read it do not notice: no reason to fail. */
function renewHold({ store }: Generation): void {
  try {
    store.renewHold();
  } catch {
    // Somebody is removing it at this very moment.
  }
}

async function openUsable(directory: string): Promise<Generation> {
  const generation = await openGeneration(directory);
  const refused = otherTerms(generation.manifest);
  if (refused === null) return generation;
  generation.close();
  throw refused;
}

/** @returns what is wrong with the generation when that is what was thrown, else null */
function refusalOf(id: string, thrown: unknown): PilcrowError | null {
  if (thrown instanceof PilcrowError) return thrown.kind === 'unavailable' ? thrown : null;
  return isDamagedDatabase(thrown) || codeOf(thrown).startsWith('SQLITE_IOERR') ? damaged(id, `passages.sqlite cannot be read (${codeOf(thrown)})`, thrown) : null;
}

/** Whether it may be over without a change of the files. */
function isShortage(error: PilcrowError): boolean {
  if (error.code === 'index-model') return true;
  const code = codeOf(error.cause);
  return /^SQLITE_(IOERR|BUSY|CANTOPEN|NOMEM)/.test(code) || (/^E[A-Z]+$/.test(code) && code !== 'ENOENT' && code !== 'ENOTDIR');
}

function codeOf(thrown: unknown): string {
  return thrown instanceof Error && 'code' in thrown && typeof thrown.code === 'string' ? thrown.code : '';
}
