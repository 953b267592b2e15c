import process from 'node:process';
import type { BuildProgress } from '../../lib/index';
import { clock, count } from './numbers';
import { columns } from './text';

const BAR_COLUMNS = 20;
/** Back to the first column and clear to the end of the line. */
const CLEAR = '\r\u001b[K';

/** One line that is rewritten in place; silent where there is no terminal. */
export interface ProgressLine {
  show(progress: BuildProgress): void;
  erase(): void;
}

export function createProgressLine(stream: NodeJS.WriteStream): ProgressLine {
  if (!stream.isTTY || process.env.TERM === 'dumb') return { show: () => undefined, erase: () => undefined };
  let shown = false;
  return {
    show(progress) {
      // The last column stays free: some terminals wrap as soon as it is written.
      stream.write(`${CLEAR}${renderProgress(progress, (stream.columns || 80) - 1)}`);
      shown = true;
    },
    erase() {
      if (shown) stream.write(CLEAR);
      shown = false;
    },
  };
}

/** `embedding  ████████░░░░░░░░░░░░  41%  1,240 passages · 412/s · 1m 20s left`, as much of it as fits. */
export function renderProgress({ phase, passages, done, rate, etaMs }: BuildProgress, width: number): string {
  const share = Math.min(Math.max(done, 0), 1);
  const filled = Math.round(share * BAR_COLUMNS);
  const bar = '█'.repeat(filled) + '░'.repeat(BAR_COLUMNS - filled);
  const parts = [
    `${phase.padEnd('publishing'.length)} ${bar} ${String(Math.floor(share * 100)).padStart(3)}%  ${count(passages)} passages`,
    ...(rate === null ? [] : [`${count(rate)}/s`]),
    ...(etaMs === null ? [] : [`${clock(etaMs)} left`]),
  ];
  while (parts.length > 1 && columns(parts.join(' · ')) > width) parts.splice(parts.length - 2, 1);
  return parts.join(' · ').slice(0, Math.max(width, 0));
}
