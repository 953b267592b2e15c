import process from 'node:process';
import type { FetchProgress } from '../../lib/article';
import type { BuildProgress } from '../../lib/index';
import { clock, count, counted } from './numbers';
import { columns, printable } from './text';

const BAR_COLUMNS = 20;
/** Back to the first column and clear to the end of the line. */
const CLEAR = '\r\u001b[K';

/** One line that is rewritten in place; silent where there is no terminal. */
export interface ProgressLine {
  show(progress: BuildProgress): void;
  /** The same of pages that are fetched. */
  showPages(progress: FetchProgress): void;
  erase(): void;
}

export function createProgressLine(stream: NodeJS.WriteStream): ProgressLine {
  if (!stream.isTTY || process.env.TERM === 'dumb') return { show: () => undefined, showPages: () => undefined, erase: () => undefined };
  let shown = false;
  // The last column stays free: some terminals wrap as soon as it is written.
  const width = (): number => (stream.columns || 80) - 1;
  const write = (line: string): void => {
    stream.write(`${CLEAR}${line}`);
    shown = true;
  };
  return {
    show: (progress) => { write(renderProgress(progress, width())); },
    showPages: (progress) => { write(renderFetching(progress, width())); },
    erase() {
      if (shown) stream.write(CLEAR);
      shown = false;
    },
  };
}

/**
 * `embedding  ████████░░░░░░░░░░░░  41%  1,240 passages · 412/s · 1m 20s left`; on a narrow terminal as
 * much of it as fits, nothing cut in the middle.
 */
export function renderProgress({ phase, passages, done, rate, etaMs }: BuildProgress, width: number): string {
  const share = Math.min(Math.max(done, 0), 1);
  const filled = Math.round(share * BAR_COLUMNS);
  const bar = '█'.repeat(filled) + '░'.repeat(BAR_COLUMNS - filled);
  const all = {
    phase: phase.padEnd('publishing'.length),
    bar,
    share: `${String(Math.floor(share * 100)).padStart(3)}%`,
    passages: counted(passages, 'passage'),
    rate: rate === null ? '' : `${count(rate)}/s`,
    left: etaMs === null ? '' : `${clock(etaMs)} left`,
  };
  return fitted(all, width);
}

/** As much of it as fits. */
function fitted(all: Parts, width: number): string {
  let line = arranged(all);
  for (const name of LEFT_OUT) {
    if (columns(line) <= width) return line;
    all[name] = '';
    line = arranged(all).trim();
  }
  return columns(line) <= width ? line : '';
}

/** `fetching   ██████░░░░░░░░░░░░░░  30%  12 of 40 pages · example.org · 28s left` */
export function renderFetching({ done, total, host, etaMs }: FetchProgress, width: number): string {
  const share = total === 0 ? 0 : done / total;
  const filled = Math.round(share * BAR_COLUMNS);
  const all = {
    phase: 'fetching'.padEnd('publishing'.length),
    bar: '█'.repeat(filled) + '░'.repeat(BAR_COLUMNS - filled),
    share: `${String(Math.floor(share * 100)).padStart(3)}%`,
    passages: `${count(done)} of ${count(total)} pages`,
    rate: host === null ? '' : printable(host),
    left: etaMs === null ? '' : `${clock(etaMs)} left`,
  };
  return fitted(all, width);
}

/** What is left out on a narrow terminal, in this order; the share stays. */
const LEFT_OUT = ['rate', 'passages', 'bar', 'left', 'phase'] as const;

type Parts = Record<(typeof LEFT_OUT)[number] | 'share', string>;

function arranged({ phase, bar, share, passages, rate, left }: Parts): string {
  const words = (parts: string[], between: string) => parts.filter(Boolean).join(between);
  return words([words([phase, bar, share], ' '), words([passages, rate, left], ' · ')], '  ');
}
