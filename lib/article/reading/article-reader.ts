import { fork, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { PilcrowError, unpackError } from '../../errors';
import { packageRoot } from '../../package-root';
import { placeOf, type Failed, type Skipped, type SourceFile } from '../sources/walk';
import type { Article } from '../types';
import type { ReadingAnswer, ReadingRequest } from './messages';
import { reasonToPassOver } from './passed-over';
import type { ReadNotes } from './registry';

/** A file with all of its articles. */
export interface FileRead {
  kind: 'read';
  file: SourceFile;
  /** SHA-256 of its bytes and of how they are read. */
  hash: Buffer;
  articles: Article[];
  notes: ReadNotes;
  /** Reading ended before the file did: what is missing may still be in it. */
  isCut: boolean;
}

/** What a file may take before reading it is ended. */
export interface ReadingLimits {
  /** Longest time without an article or an entry that has been read, ms. */
  silenceMs: number;
  /** Longest time for one file, ms. */
  fileMs: number;
  /** JavaScript heap of the reading process, MiB. */
  heapMiB: number;
}

const LIMITS: ReadingLimits = { silenceMs: 30_000, fileMs: 15 * 60_000, heapMiB: 256 };

interface Waiting {
  request: ReadingRequest;
  articles: Article[];
  resolve: (outcome: FileRead | Failed | Skipped) => void;
}

/**
 * Reads files in a process of its own, which is ended when a file takes too long or too much memory, or crashes it;
 * the next file gets a new one. A process, not a thread: when a thread runs out of memory it may take all others
 * with it.
 */
export class ArticleReader {
  private child: ChildProcess | null = null;
  private readonly waiting: Waiting[] = [];
  private lastId = 0;
  private silence: NodeJS.Timeout | undefined;
  private limit: NodeJS.Timeout | undefined;
  /** Why the process was ended, where it was. */
  private endedBy: PilcrowError | null = null;

  constructor(private readonly limits: ReadingLimits = LIMITS) {}

  /** The articles in one file, or the one reason why there are none. Several may be asked for at once. */
  async read(file: SourceFile): Promise<FileRead | Failed | Skipped> {
    return new Promise((resolve) => {
      const entry = { request: { id: ++this.lastId, file }, articles: [], resolve };
      this.waiting.push(entry);
      this.send(entry.request);
      if (this.waiting.length === 1) this.startClock();
    });
  }

  /** Ends the process; what is being read is given up. */
  close(): void {
    this.stopClock();
    this.waiting.length = 0;
    this.child?.removeAllListeners();
    // Its channel may still have something to say.
    this.child?.on('error', () => undefined);
    this.child?.kill('SIGKILL');
    this.child = null;
  }

  private send(request: ReadingRequest): void {
    this.child ??= this.start();
    // A request that does not arrive means a process that is ending, which `onExit` takes care of.
    this.child.send(request, () => undefined);
  }

  private start(): ChildProcess {
    const child = startProcess(builtWorker(), this.limits.heapMiB);
    child.on('message', (answer: ReadingAnswer) => { this.take(answer); });
    child.once('exit', (code, signal) => { this.onExit(String(signal ?? code)); });
    // Without a process there will be no exit.
    child.on('error', () => { if (child.pid === undefined) this.onExit('no process could be started'); });
    return child;
  }

  private take(answer: ReadingAnswer): void {
    const head = this.waiting[0];
    if (head?.request.id !== answer.id) return;
    this.restartSilence();
    if (answer.type === 'alive') return;
    if (answer.type === 'articles') {
      head.articles.push(...answer.articles);
      return;
    }
    this.waiting.shift();
    this.stopClock();
    if (this.waiting.length > 0) this.startClock();
    if (answer.type === 'failed') return this.fail(head, unpackError(answer.error));
    const failed = answer.notes.failed.map(({ source, error }) => ({ source, error: unpackError(error) }));
    head.resolve({ kind: 'read', file: head.request.file, hash: Buffer.from(answer.hash), articles: head.articles, notes: { ...answer.notes, failed }, isCut: false });
  }

  private fail({ request: { file }, articles, resolve }: Waiting, error: PilcrowError): void {
    const { source } = file;
    const path = placeOf(file);
    // What lies around among articles is nobody's mistake.
    const reason = file.isNamed === true ? null : error.code === 'source-not-found' ? 'it is gone since its folder was listed' : reasonToPassOver(error, file.name);
    if (articles.length > 0) {
      const notes = { warnings: [], skipped: [], failed: [{ source, error }] };
      resolve({ kind: 'read', file, hash: Buffer.alloc(32), articles, notes, isCut: true });
    } else if (reason !== null) {
      resolve({ kind: 'skipped', path, source, reason, ...(error.code === 'source-not-found' ? {} : { error }) });
    } else {
      resolve({ kind: 'failed', path, source, error });
    }
  }

  private onExit(how: string): void {
    this.child = null;
    this.stopClock();
    const head = this.waiting.shift();
    const { endedBy } = this;
    this.endedBy = null;
    if (head !== undefined) {
      const { name } = head.request.file;
      this.fail(head, endedBy ?? new PilcrowError('reading-ended', `${name} takes more than the ${this.limits.heapMiB} MiB of memory there are to read a file`, 'split it into smaller files', { cause: `the reading process ended with ${how}` }));
    }
    for (const { request } of this.waiting) this.send(request);
    if (this.waiting.length > 0) this.startClock();
  }

  private startClock(): void {
    this.restartSilence();
    this.limit = setTimeout(() => { this.end(this.limits.fileMs); }, this.limits.fileMs);
  }

  private restartSilence(): void {
    clearTimeout(this.silence);
    this.silence = setTimeout(() => { this.end(this.limits.silenceMs); }, this.limits.silenceMs);
  }

  private stopClock(): void {
    clearTimeout(this.silence);
    clearTimeout(this.limit);
  }

  private end(afterMs: number): void {
    const name = this.waiting[0]?.request.file.name ?? 'it';
    this.endedBy = new PilcrowError('reading-timeout', `${name} could not be read within ${afterMs / 1000} s`, 'split it into smaller files or save it in another format');
    this.child?.kill('SIGKILL');
  }
}

function startProcess(script: string, heapMiB: number): ChildProcess {
  return fork(script, [], {
    execArgv: [`--max-old-space-size=${heapMiB}`, '--max-semi-space-size=8'],
    // Bytes go as they are, not as JSON.
    serialization: 'advanced',
    // What V8 has to say of a heap that is full is not for people.
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
}

function builtWorker(): string {
  const path = join(packageRoot(), 'dist', 'reading-worker.mjs');
  if (!existsSync(path)) throw new PilcrowError('internal', `${path} is missing`, 'run `npm run build`');
  return path;
}
