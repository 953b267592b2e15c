import { setImmediate as nextTurn } from 'node:timers/promises';

/** Longest time without a turn for timers and signals, ms. */
const TURN_MS = 15;

/** Lets long work be watched and ended: told of every piece, it gives others their turn now and then. */
export class Pace {
  private turnedAt = performance.now();
  private done = 0;

  /**
   * @param total pieces of work in all
   * @param onShare called with the share done, 0 to 1, before others get their turn; what it throws ends the work
   */
  constructor(
    private readonly total: number,
    private readonly onShare: (share: number) => void,
  ) {}

  /** Whether it is time to `rest`: asking costs too much to be done for every number. */
  isDue(): boolean {
    return performance.now() - this.turnedAt > TURN_MS;
  }

  add(pieces: number): void {
    this.done += pieces;
  }

  async rest(): Promise<void> {
    this.onShare(this.total === 0 ? 1 : Math.min(1, this.done / this.total));
    await nextTurn();
    this.turnedAt = performance.now();
  }
}
