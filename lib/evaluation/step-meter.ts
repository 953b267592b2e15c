import type { EvaluationProgress } from './types';

/** Least time between two reports, ms. */
const INTERVAL = 100;
/** An estimate from less than this, in ms, would jump about. */
const SETTLED = 500;

/** Turns counted steps into progress with an ETA. */
export class StepMeter {
  private step: 'asking' | 'comparing' | null = null;
  private started = 0;
  private reportedAt = 0;

  constructor(
    private readonly dataset: string,
    private readonly report: ((progress: EvaluationProgress) => void) | undefined,
  ) {}

  update(step: 'asking' | 'comparing', done: number, total: number): void {
    const now = performance.now();
    if (step !== this.step) this.started = now;
    this.step = step;
    if (this.report === undefined || now - this.reportedAt < INTERVAL) return;
    this.reportedAt = now;
    const elapsed = now - this.started;
    const etaMs = done === 0 || elapsed < SETTLED ? null : (elapsed * (total - done)) / done;
    this.report({ step, dataset: this.dataset, done, total, etaMs });
  }
}
