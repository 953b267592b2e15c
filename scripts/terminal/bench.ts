import type { BenchProgress, BenchReport, BenchResult, Check, Figure } from '../../lib/benchmark';
import type { Style } from './colour';
import { clock, count, duration } from './numbers';
import { columns, printable, wrap } from './text';

/** Back to the first column and clear to the end of the line. */
const CLEAR = '\r\u001b[K';
const GAP = '  ';

/** Where figures were taken. */
export function renderMachine({ machine, version, seed, corpus, quick }: Pick<BenchReport, 'machine' | 'version' | 'seed' | 'corpus' | 'quick'>, { colours }: Style): string[] {
  const { processor, cores, memoryGb, platform, node, load } = machine;
  return [
    colours.bold(printable(`${processor}, ${count(cores)} ${cores === 1 ? 'core' : 'cores'}, ${memoryGb.toFixed(1)} GB`)),
    colours.dim(printable(`pilcrow ${version} · ${platform} · Node ${node} · load ${load.toFixed(2)} before · ${corpus}, seed ${String(seed)}${quick ? ' · --quick: figures of little' : ''}`)),
  ];
}

/** One bench: its figures in columns, what was checked, and what to know of them. */
export function renderBench({ title, figures, checks, notes, tookMs }: BenchResult, style: Style): string[] {
  const { colours } = style;
  return [
    `${colours.bold(printable(title))} ${colours.dim(`(${duration(tookMs)})`)}`,
    ...renderFigures(figures, style),
    ...checks.map((check) => renderCheck(check, style)),
    ...notes.flatMap((note) => indented(printable(note), style).map((line) => colours.dim(line))),
  ];
}

function renderFigures(figures: readonly Figure[], { colours }: Style): string[] {
  const rows = figures.map((figure) => ({ label: printable(figure.label), value: shown(figure.value, figure), unit: unitOf(figure), range: rangeOf(figure) }));
  const widest = (of: (row: (typeof rows)[number]) => string) => Math.max(0, ...rows.map((row) => columns(of(row))));
  const [labels, values, units] = [widest(({ label }) => label), widest(({ value }) => value), widest(({ unit }) => unit)];
  return rows.map(({ label, value, unit, range }) =>
    `${GAP}${label}${' '.repeat(labels - columns(label))}${GAP}${value.padStart(values)} ${range === '' ? unit : `${unit.padEnd(units)}${GAP}${colours.dim(range)}`}`.trimEnd(),
  );
}

function renderCheck({ label, passed, detail }: Check, { colours }: Style): string {
  return `${GAP}${passed ? colours.green('✓') : colours.red('✗')} ${printable(label)}: ${printable(detail)}`;
}

function indented(text: string, { width }: Style): string[] {
  return wrap(text, width - 4).map(({ start, end }, i) => `${GAP}${i === 0 ? '· ' : '  '}${text.slice(start, end)}`);
}

function rangeOf({ range, runs, unit }: Figure): string {
  return range === undefined || runs < 2 ? '' : `${shown(range[0], { unit })} to ${shown(range[1], { unit })}, ${count(runs)} runs`;
}

/** Three digits that count, and no more. */
function shown(value: number, { unit }: Pick<Figure, 'unit'>): string {
  if (unit === 'share') return value.toFixed(3);
  if (unit === 'count' || Math.abs(value) >= 100) return count(value);
  return value.toFixed(Math.abs(value) >= 10 ? 1 : 2);
}

function unitOf({ unit }: Figure): string {
  return unit === 'share' || unit === 'count' ? '' : unit;
}

/** A line that is rewritten in place; silent where there is no terminal. */
export function createBenchLine(stream: NodeJS.WriteStream): { show(progress: BenchProgress): void; erase(): void } {
  const isTerminal = stream.isTTY && process.env.TERM !== 'dumb';
  let shownAt = -Infinity;
  let shown = false;
  return {
    show(progress) {
      const now = performance.now();
      if (!isTerminal || now - shownAt < INTERVAL) return;
      [shown, shownAt] = [true, now];
      stream.write(`${CLEAR}${renderBenchProgress(progress, (stream.columns || 80) - 1)}`);
    },
    erase() {
      if (shown) stream.write(CLEAR);
      shown = false;
    },
  };
}

/** Least time between two states of the line, ms: writing must not be what is measured. */
const INTERVAL = 200;

/** `embedding: warming up  40 % · 8s left`; nothing where the terminal is narrower than that. */
export function renderBenchProgress({ bench, label, done, total, etaMs }: BenchProgress, width: number): string {
  const share = total === 0 ? 0 : Math.floor((100 * done) / total);
  const line = `${printable(bench)}: ${printable(label)}  ${String(share)}%${etaMs === null ? '' : ` · ${clock(etaMs)} left`}`;
  return columns(line) <= width ? line : '';
}
