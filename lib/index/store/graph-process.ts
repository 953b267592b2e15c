import type { ChildProcess } from 'node:child_process';
import { PilcrowError, unpackError } from '../../errors';
import { builtScript, startProcess, type Ending } from '../../own-process';
import type { GraphAnswer, GraphTask, GraphTasks } from './graph-messages';
import type { Neighbour } from './vectors';

/** Insertions under way at most, each of a batch: enough that the process never waits, some megabytes at most. */
const AHEAD = 8;

interface Waiting {
  resolve: (found: GraphTasks[GraphTask]['found']) => void;
  reject: (reason: PilcrowError) => void;
}

/**
 * A graph in the making, in a process of its own: a passage takes a millisecond to insert, as long as all else that is
 * done for it beside the model. A full run of 59,734 passages with their embeddings at hand took 168 s on one thread,
 * the graph 65 of them. What is asked is done in the order it was asked.
 *
 * A process, not a thread: hnswlib-node ends the whole process when a thread is ended that is at work in it.
 */
export class GraphProcess {
  private readonly child: ChildProcess;
  private readonly gone: Promise<void>;
  private readonly waiting = new Map<number, Waiting>();
  /** What nobody waits for, oldest first. */
  private readonly underWay: Promise<unknown>[] = [];
  /** Rows to remove before anything else is done. */
  private removed: number[] = [];
  private lastId = 0;
  private ended: PilcrowError | null = null;

  /**
   * @param path of a graph to go on with, a file that has been verified; null for an empty one
   * @throws PilcrowError `internal` where what runs in the process has not been built
   */
  constructor(
    path: string | null,
    readonly dimensions: number,
  ) {
    const { child, ended } = startProcess(builtScript('graph-worker'));
    this.child = child;
    this.child.on('message', (answer: GraphAnswer) => { this.settle(answer); });
    this.gone = ended.then((cause) => { this.end(cause); });
    this.later(this.ask('begin', { path, dimensions }));
  }

  /**
   * Resolves as soon as another batch may come.
   * @param vectors shape [rows, dimensions], L2-normalised
   * @throws PilcrowError of what failed since the last call
   */
  async add(rows: Uint32Array, vectors: Float32Array): Promise<void> {
    this.later(this.ask('add', { rows, vectors }));
    while (this.underWay.length > AHEAD) await this.underWay.shift();
  }

  /** Marks vectors as deleted, see `VectorIndex.remove`. */
  remove(rows: readonly number[]): void {
    for (const row of rows) this.removed.push(row);
  }

  /** The `k` nearest of the vector at each row, best first. @throws PilcrowError */
  nearest(rows: Uint32Array, k: number): Promise<Neighbour[][]> {
    return this.ask('nearest', { rows, k });
  }

  /**
   * Writes the graph once all is inserted.
   * @returns its vectors, those marked as deleted included
   * @throws PilcrowError of what failed since the last call
   */
  async save(path: string): Promise<number> {
    const saved = this.ask('save', { path });
    saved.catch(() => undefined);
    while (this.underWay.length > 0) await this.underWay.shift();
    return saved;
  }

  /** Ends the process, whatever it does; it holds nothing that could be lost. */
  async close(): Promise<void> {
    this.child.kill('SIGKILL');
    await this.gone;
  }

  private ask<Task extends GraphTask>(task: Task, asked: GraphTasks[Task]['asked']): Promise<GraphTasks[Task]['found']> {
    const { removed } = this;
    if (removed.length > 0) {
      this.removed = [];
      this.later(this.ask('remove', { rows: Uint32Array.from(removed) }));
    }
    if (this.ended !== null) return Promise.reject(this.ended);
    const id = ++this.lastId;
    return new Promise((resolve, reject) => {
      // Who asked for a task gets what that task finds.
      this.waiting.set(id, { resolve, reject });
      // A request that does not arrive means a process that is ending, which `gone` takes care of.
      this.child.send({ id, task, asked }, () => undefined);
    });
  }

  /** Awaited before the next that is; a failure until then is no unhandled one. */
  private later(work: Promise<unknown>): void {
    work.catch(() => undefined);
    this.underWay.push(work);
  }

  private settle(answer: GraphAnswer): void {
    const waiting = this.waiting.get(answer.id);
    this.waiting.delete(answer.id);
    if ('error' in answer) waiting?.reject(unpackError(answer.error));
    else waiting?.resolve(answer.found);
  }

  private end(cause: Ending): void {
    this.ended ??= new PilcrowError('index-unwritable', 'the process that makes the graph has ended', 'free some memory and run it again: nothing is embedded twice', { cause });
    for (const { reject } of this.waiting.values()) reject(this.ended);
    this.waiting.clear();
  }
}
