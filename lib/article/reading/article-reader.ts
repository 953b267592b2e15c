import { fork, type ChildProcess } from 'node:child_process';
import { PilcrowError, unpackError } from '../../errors';
import { builtScript } from '../../own-process';
import { placeOf, type Failed, type Skipped, type SourceFile } from '../sources/walk';
import type { Article } from '../types';
import { MESSAGES_AHEAD, type ArticlesAnswer, type PackedNotes, type ReadingAnswer, type ReadingRequest } from './messages';
import { reasonToPassOver } from './passed-over';
import type { ReadNotes } from './registry';
import { Stopwatch, type TimeLimits } from './stopwatch';

/** A file with all of its articles, or with the rest of them where others were handed on before. */
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

/** What a file may take before reading it is ended: `silenceMs` without an article or an entry that has been read. */
export interface ReadingLimits extends TimeLimits {
  /** All memory of the reading process (resident set), MiB. */
  memoryMiB: number;
}

/** With the process that started it, which has some 100 MiB, reading stays below 512 MiB. */
const LIMITS: ReadingLimits = { silenceMs: 30_000, fileMs: 15 * 60_000, memoryMiB: 360 };
/** Of a process's memory, what is not JavaScript's heap: the file's bytes, and what Node itself takes. MiB. */
const BESIDE_HEAP_MIB = 128;

/** Takes articles of a file whose reading goes on; resolves when there is room for more. */
export type TakeArticles = (articles: Article[]) => Promise<void>;

interface Waiting {
  request: ReadingRequest & { type: 'read' };
  articles: Article[];
  /** The last of them is not whole yet. */
  isOpen: boolean;
  take: TakeArticles | undefined;
  handedOn: boolean;
  resolve: (outcome: FileRead | Failed | Skipped) => void;
}

/**
 * Reads files in a process of its own, which is ended when a file takes too long or too much memory, or crashes it;
 * the next file gets a new one. A process, not a thread: when a thread runs out of memory it may take all others
 * with it.
 *
 * @throws PilcrowError `internal` where what runs in it has not been built
 */
export class ArticleReader {
  private readonly script = builtScript('reading-worker');
  private child: ChildProcess | null = null;
  private readonly waiting: Waiting[] = [];
  private lastId = 0;
  /** Messages of articles that nobody has taken yet. */
  private untaken = 0;
  private readonly stopwatch: Stopwatch;
  /** Why the process was ended, where it was. */
  private endedBy: PilcrowError | null = null;

  constructor(private readonly limits: ReadingLimits = LIMITS) {
    this.stopwatch = new Stopwatch(limits, (afterMs) => { this.end(afterMs); });
  }

  /**
   * The articles in one file, or the one reason why there are none. Several may be asked for at once.
   *
   * @param take is handed articles as they are read, so that there never are more of them in memory than a few; else
   *   all are in what this resolves to
   */
  async read(file: SourceFile, take?: TakeArticles): Promise<FileRead | Failed | Skipped> {
    return new Promise((resolve) => {
      const entry: Waiting = { request: { type: 'read', id: ++this.lastId, file }, articles: [], isOpen: false, take, handedOn: false, resolve };
      this.waiting.push(entry);
      this.send(entry.request);
      if (this.waiting.length === 1) this.stopwatch.start();
    });
  }

  /** Ends the process; what is being read is given up. */
  close(): void {
    this.stopwatch.pause();
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
    const child = startProcess(this.script, this.limits.memoryMiB);
    this.untaken = 0;
    child.on('message', (answer: ReadingAnswer) => { this.receive(answer, child); });
    child.once('exit', (code, signal) => { this.onExit(String(signal ?? code)); });
    // Without a process there will be no exit.
    child.on('error', () => { if (child.pid === undefined) this.onExit('no process could be started'); });
    return child;
  }

  private receive(answer: ReadingAnswer, from: ChildProcess): void {
    const head = this.waiting[0];
    if (head?.request.id !== answer.id) return;
    this.stopwatch.signOfLife();
    if (answer.type === 'alive') return;
    if (answer.type === 'articles') return void this.handOn(head, answer, from);
    this.waiting.shift();
    this.stopwatch.pause();
    if (this.waiting.length > 0) this.stopwatch.start();
    if (answer.type === 'failed') return this.fail(head, unpackError(answer.error));
    const { file } = head.request;
    head.resolve({ kind: 'read', file, hash: Buffer.from(answer.hash), articles: head.articles, notes: unpackNotes(answer.notes), isCut: false });
  }

  /** The process is told when articles have been taken; as long as it waits for that, its time stands still. */
  private async handOn(head: Waiting, { articles, isOpen }: ArticlesAnswer, from: ChildProcess): Promise<void> {
    if (++this.untaken >= MESSAGES_AHEAD) this.stopwatch.pause();
    const open = head.isOpen ? head.articles.at(-1) : undefined;
    const [first, ...others] = articles;
    if (open !== undefined && first !== undefined) for (const paragraph of first.paragraphs) open.paragraphs.push(paragraph);
    for (const article of open === undefined ? articles : others) head.articles.push(article);
    head.isOpen = isOpen;
    if (head.take !== undefined) {
      const whole = head.articles.splice(0, head.articles.length - (isOpen ? 1 : 0));
      head.handedOn ||= whole.length > 0;
      if (whole.length > 0) await head.take(whole);
    }
    if (this.child !== from) return;
    this.untaken--;
    if (this.waiting.length > 0) this.stopwatch.resume();
    this.send({ type: 'taken' });
  }

  private fail({ request: { file }, articles, isOpen, handedOn, resolve }: Waiting, error: PilcrowError): void {
    const { source } = file;
    const path = placeOf(file);
    // What lies around among articles is nobody's mistake.
    const reason = file.isNamed === true ? null : error.code === 'source-not-found' ? 'it is gone since its folder was listed' : reasonToPassOver(error, file.name);
    if (articles.length > 0 || handedOn) {
      const notes = { warnings: [], skipped: [], failed: [{ source, error }] };
      resolve({ kind: 'read', file, hash: Buffer.alloc(32), articles: isOpen ? articles.slice(0, -1) : articles, notes, isCut: true });
    } else if (reason !== null) {
      resolve({ kind: 'skipped', path, source, reason, ...(error.code === 'source-not-found' ? {} : { error }) });
    } else {
      resolve({ kind: 'failed', path, source, error });
    }
  }

  private onExit(how: string): void {
    this.child = null;
    this.stopwatch.pause();
    const head = this.waiting.shift();
    const { endedBy } = this;
    this.endedBy = null;
    if (head !== undefined) {
      const { name } = head.request.file;
      this.fail(head, endedBy ?? new PilcrowError('reading-ended', `${name} takes more than the ${this.limits.memoryMiB} MiB of memory there are to read a file`, /\.zip$/i.test(name) ? 'unpack it and name the folder' : 'split it into smaller files', { cause: `the reading process ended with ${how}` }));
    }
    for (const { request } of this.waiting) this.send(request);
    if (this.waiting.length > 0) this.stopwatch.start();
  }

  private end(afterMs: number): void {
    const name = this.waiting[0]?.request.file.name ?? 'it';
    this.endedBy = new PilcrowError('reading-timeout', `${name} could not be read within ${afterMs / 1000} s`, 'split it into smaller files or save it in another format');
    this.child?.kill('SIGKILL');
  }
}

function unpackNotes({ warnings, failed, skipped }: PackedNotes): ReadNotes {
  return {
    warnings,
    failed: failed.map(({ source, error }) => ({ source, error: unpackError(error) })),
    skipped: skipped.map(({ error, ...part }) => (error === undefined ? part : { ...part, error: unpackError(error) })),
  };
}

function startProcess(script: string, memoryMiB: number): ChildProcess {
  return fork(script, [String(memoryMiB * 1024 ** 2)], {
    execArgv: [`--max-old-space-size=${memoryMiB - BESIDE_HEAP_MIB}`, '--max-semi-space-size=8'],
    // Bytes go as they are, not as JSON.
    serialization: 'advanced',
    // What V8 has to say of a heap that is full is not for people.
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
}
