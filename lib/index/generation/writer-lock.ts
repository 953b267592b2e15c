import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import { PilcrowError } from '../../errors';
import { FileLock } from '../store/file-lock';
import { indexLayout } from './layout';

const writerSchema = z.object({
  pid: z.int(),
  host: z.string(),
  /** What it does, e.g. `pilcrow index`. */
  command: z.string(),
  /** ISO 8601, UTC. */
  since: z.string(),
  /** How far it is, as last told; null before the first word of it. */
  progress: z.object({ phase: z.string(), done: z.number(), etaMs: z.number().nullable() }).nullable(),
});

/** Whoever is changing an index. */
export type Writer = z.output<typeof writerSchema>;
export type WriterProgress = NonNullable<Writer['progress']>;

export interface LockOptions {
  /** Told to whoever comes while the lock is held, e.g. `pilcrow index`. */
  command: string;
  /** Wait for another writer to end instead of refusing. */
  wait?: boolean | undefined;
  /** Called once when waiting begins. */
  onWait?: ((writer: Writer | null) => void) | undefined;
  signal?: AbortSignal | undefined;
}

/** Others may look at the lock for a moment to see whether it is held: that is no reason to give up. */
const PATIENCE_MS = 400;
const ASKED_AGAIN_MS = 250;
const TOLD_EVERY_MS = 500;

/** The right to change an index, held by one process at a time, and the word of who that is. */
export class WriterLock {
  private toldAt = 0;

  private constructor(
    private readonly held: FileLock,
    private readonly path: string,
    private readonly writer: Writer,
  ) {}

  /** @throws PilcrowError `index-busy` when another writer is at work, `interrupted`, `index-unwritable` */
  static async take(indexDir: string, options: LockOptions): Promise<WriterLock> {
    const layout = indexLayout(indexDir);
    for (let attempt = 0; ; attempt++) {
      // Who waits anyway need not stand still for it.
      const held = FileLock.take(layout.lock, attempt === 0 ? PATIENCE_MS : 0);
      if (held !== null) {
        const writer: Writer = { pid: process.pid, host: hostname(), command: options.command, since: new Date().toISOString(), progress: null };
        const lock = new WriterLock(held, layout.writer, writer);
        lock.write();
        return lock;
      }
      const holder = readWriter(layout.writer);
      if (options.wait !== true) throw busy(layout.directory, holder);
      if (attempt === 0) options.onWait?.(holder);
      await delay(ASKED_AGAIN_MS, undefined, { signal: options.signal }).catch(() => {
        throw new PilcrowError('interrupted', 'interrupted while waiting for another run');
      });
    }
  }

  /** Lets others know how far the work is; now and then, however often it is called. */
  tell(progress: WriterProgress): void {
    const now = performance.now();
    if (now - this.toldAt < TOLD_EVERY_MS && progress.phase === this.writer.progress?.phase) return;
    this.toldAt = now;
    this.writer.progress = progress;
    this.write();
  }

  release(): void {
    try {
      rmSync(this.path, { force: true });
    } catch {
      // A word that is out of date: whoever takes the lock next writes its own.
    } finally {
      this.held.release();
    }
  }

  private write(): void {
    const temporary = `${this.path}.${process.pid}-${randomBytes(3).toString('hex')}`;
    try {
      writeFileSync(temporary, `${JSON.stringify(this.writer)}\n`);
      renameSync(temporary, this.path);
    } catch {
      // A courtesy: a disk that is full shows where it matters, and going back must be possible on one.
      rmSync(temporary, { force: true });
    }
  }
}

/** Holds the lock while `work` is done. @throws as `WriterLock.take`, and what `work` throws */
export async function withWriterLock<T>(indexDir: string, options: LockOptions, work: (lock: WriterLock) => Promise<T>): Promise<T> {
  const lock = await WriterLock.take(indexDir, options);
  try {
    return await work(lock);
  } finally {
    lock.release();
  }
}

/** @returns who is changing the index right now, or null when nobody is */
export function currentWriter(indexDir: string): Writer | null {
  const { lock, writer } = indexLayout(indexDir);
  if (!existsSync(lock)) return null;
  try {
    return FileLock.isHeld(lock) ? readWriter(writer) : null;
  } catch {
    // A lock that cannot be looked at is nobody's that this process could tell of.
    return null;
  }
}

function readWriter(path: string): Writer | null {
  try {
    return writerSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    return null;
  }
}

function busy(directory: string, writer: Writer | null): PilcrowError {
  return new PilcrowError('index-busy', `another run is at work on the index at ${directory}: ${describeWriter(writer)}`, 'let it finish, or wait for it with --wait');
}

/** `pilcrow index (process 812 on laptop, since 14:03:20 UTC, embedding, 41 % done)` */
export function describeWriter(writer: Writer | null): string {
  if (writer === null) return 'it has only just begun';
  const { command, pid, host, since, progress } = writer;
  const far = progress === null ? '' : `, ${progress.phase}, ${Math.floor(progress.done * 100)} % done`;
  return `${command} (process ${pid} on ${host}, since ${since.slice(11, 19)} UTC${far})`;
}
