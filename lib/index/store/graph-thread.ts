import { Worker } from 'node:worker_threads';
import { builtScript } from '../../built-script';
import { PilcrowError, unpackError } from '../../errors';
import type { GraphAnswer, GraphTask, GraphTasks } from './graph-messages';
import type { Neighbour } from './vectors';

/** Insertions under way at most, each of a batch: enough that the thread never waits, some megabytes at most. */
const AHEAD = 8;

interface Waiting {
  resolve: (found: GraphTasks[GraphTask]['found']) => void;
  reject: (reason: PilcrowError) => void;
}

/**
 * A graph in the making, in a thread of its own: a passage takes a millisecond to insert, as long as all else that is
 * done for it beside the model. A full run of 59,734 passages with their embeddings at hand took 168 s on one thread,
 * the graph 65 of them. What is asked is done in the order it was asked.
 */
export class GraphThread {
  private readonly worker: Worker;
  private readonly waiting = new Map<number, Waiting>();
  /** What nobody waits for, oldest first. */
  private readonly underWay: Promise<unknown>[] = [];
  private lastId = 0;
  private ended: PilcrowError | null = null;

  /**
   * @param path of a graph to go on with, a file that has been verified; null for an empty one
   * @throws PilcrowError `internal` where what runs in the thread has not been built
   */
  constructor(
    path: string | null,
    readonly dimensions: number,
  ) {
    this.worker = new Worker(builtScript('graph-worker'), { execArgv: [] });
    this.worker.on('message', (answer: GraphAnswer) => { this.settle(answer); });
    this.worker.on('error', (cause) => { this.end(cause); });
    this.worker.on('exit', (code) => { this.end(code); });
    this.later(this.ask('begin', { path, dimensions }));
  }

  /**
   * Resolves as soon as another batch may come.
   * @param vectors shape [rows, dimensions], L2-normalised; given away
   * @throws PilcrowError of what failed since the last call
   */
  async add(rows: Uint32Array, vectors: Float32Array<ArrayBuffer>): Promise<void> {
    this.later(this.ask('add', { rows, vectors }, [vectors.buffer]));
    while (this.underWay.length > AHEAD) await this.underWay.shift();
  }

  /** Marks vectors as deleted, see `VectorIndex.remove`. */
  remove(rows: Uint32Array): void {
    this.later(this.ask('remove', { rows }));
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
    while (this.underWay.length > 0) await this.underWay.shift();
    return this.ask('save', { path });
  }

  /** Ends the thread, whatever it does. */
  async close(): Promise<void> {
    await this.worker.terminate();
  }

  private ask<Task extends GraphTask>(task: Task, asked: GraphTasks[Task]['asked'], given: ArrayBuffer[] = []): Promise<GraphTasks[Task]['found']> {
    if (this.ended !== null) return Promise.reject(this.ended);
    const id = ++this.lastId;
    return new Promise((resolve, reject) => {
      // Who asked for a task gets what that task finds.
      this.waiting.set(id, { resolve: resolve, reject });
      this.worker.postMessage({ id, task, asked }, given);
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

  private end(cause: unknown): void {
    this.ended ??= new PilcrowError('internal', 'the thread that makes the graph has ended', 'free some memory and run it again: nothing is embedded twice', { cause });
    for (const { reject } of this.waiting.values()) reject(this.ended);
    this.waiting.clear();
  }
}
