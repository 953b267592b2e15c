import type { ChildProcess } from 'node:child_process';
import { PilcrowError, unpackError } from '../errors';
import { builtScript, startProcess } from '../own-process';
import type { ChildAnswer, ChildTasks, TaskName } from './child-messages';

/** A process that measures, one thing at a time. What it has loaded it keeps for the next. */
export class Child {
  private readonly process: ChildProcess;

  /** @throws PilcrowError `internal` where what runs in it has not been built */
  constructor() {
    this.process = startProcess(builtScript('benchmark-child')).child;
  }

  /** @throws PilcrowError of what failed in it, or `internal` when it ends before it answers */
  ask<Name extends TaskName>(task: Name, asked: ChildTasks[Name]['asked']): Promise<ChildTasks[Name]['found']> {
    return new Promise((resolve, reject) => {
      const ended = (why: unknown) => { reject(new PilcrowError('internal', 'a process that measures ended before it had', null, { cause: why })); };
      this.process.once('exit', ended);
      this.process.once('error', ended);
      this.process.once('message', (answer: ChildAnswer) => {
        this.process.removeListener('exit', ended);
        this.process.removeListener('error', ended);
        if (answer.type === 'failed') reject(unpackError(answer.error));
        else resolve(answer.found);
      });
      this.process.send({ task, asked });
    });
  }

  /** Ends it at once; it holds nothing that could be lost. */
  async end(): Promise<void> {
    if (this.process.exitCode !== null || this.process.signalCode !== null) return;
    const gone = new Promise((resolve) => this.process.once('exit', resolve));
    this.process.kill('SIGKILL');
    await gone;
  }
}
