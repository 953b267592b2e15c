import process from 'node:process';
import type { Check, CheckName, CheckState, GenerationReport, IndexReport } from '../../lib/index';
import type { Style } from './colour';
import { counted } from './numbers';
import { columns, printable, wrap } from './text';

const SIGNS = { ok: '✓', remark: '!', failed: '✗', skipped: '–' } as const satisfies Record<CheckState, string>;
/** What each check is about, where its name says too little. */
const NAMES: Partial<Record<CheckName, string>> = { recall: 'graph' };
const NAME_COLUMNS = 10;
/** Columns before what a check has found. */
const INDENT = '  ✓ '.length + NAME_COLUMNS;
/** Back to the first column and clear to the end of the line. */
const CLEAR = '\r\u001b[K';

/** A block for each generation, a line for each check; then what lies around them, and what to do. */
export function renderVerification(report: IndexReport, style: Style): string[] {
  const { generations, current, failures, remarks } = report;
  const around = [...failures.map((failure) => noted('failed', failure, style)), ...remarks.map((remark) => noted('remark', remark, style))].flat();
  return [
    ...generations.flatMap((generation) => [...renderGeneration(generation, generation.id === current, style), '']),
    ...(around.length === 0 ? [] : [...around, '']),
    ...advice(report).flatMap((line) => wrapped(line, style.width)),
  ];
}

function renderGeneration({ id, checks }: GenerationReport, isCurrent: boolean, style: Style): string[] {
  const { bold, dim } = style.colours;
  return [`${bold(printable(id))}${isCurrent ? dim(' (current)') : ''}`, ...checks.flatMap((check) => renderCheck(check, style))];
}

function renderCheck({ name, state, detail }: Check, style: Style): string[] {
  const heading = `  ${sign(state, style)} ${(NAMES[name] ?? name).padEnd(NAME_COLUMNS)}`;
  const [first = '', ...others] = wrapped(detail ?? '', style.width - INDENT);
  const shown = (line: string) => (state === 'ok' || state === 'skipped' ? style.colours.dim(line) : line);
  return [first === '' ? heading.trimEnd() : `${heading}${shown(first)}`, ...others.map((line) => `${' '.repeat(INDENT)}${shown(line)}`)];
}

/** Something beside generations, after its sign. */
function noted(state: CheckState, text: string, style: Style): string[] {
  return wrapped(text, style.width - 2).map((line, i) => `${i === 0 ? sign(state, style) : ' '} ${line}`);
}

/** What it comes to, and the way out. */
function advice({ ok, current, generations, failures }: IndexReport): string[] {
  if (ok) return [generations.length === 1 ? 'the generation is whole' : `all ${counted(generations.length, 'generation')} are whole`];
  const broken = generations.filter((generation) => !generation.ok);
  const isCurrentBroken = failures.length > 0 || broken.some(({ id }) => id === current);
  const others = broken.filter(({ id }) => id !== current).length;
  return [
    ...(isCurrentBroken
      ? [
          'pilcrow index repairs what is in use: it compares with the newest generation that is whole and publishes anew, with the embeddings it has in its cache',
          'pilcrow rollback goes back to an earlier generation at once',
        ]
      : []),
    ...(others > 0 ? [`${counted(others, 'generation')} that ${others === 1 ? 'is' : 'are'} not in use cannot be gone back to; a later run of pilcrow index removes what it need not keep`] : []),
  ];
}

/** What is being checked, on one line that is rewritten in place; silent where there is no terminal. */
export function createVerifyLine(stream: NodeJS.WriteStream): { show: (id: string | null, check: string) => void; erase: () => void } {
  if (!stream.isTTY || process.env.TERM === 'dumb') return { show: () => undefined, erase: () => undefined };
  return {
    show: (id, check) => {
      const line = `checking ${printable(id === null ? check : `${id}: ${check}`)}`;
      stream.write(columns(line) < (stream.columns || 80) ? `${CLEAR}${line}` : CLEAR);
    },
    erase: () => void stream.write(CLEAR),
  };
}

function sign(state: CheckState, { colours }: Style): string {
  const { green, yellow, red, dim } = colours;
  return { ok: green, remark: yellow, failed: red, skipped: dim }[state](SIGNS[state]);
}

function wrapped(text: string, width: number): string[] {
  const safe = printable(text);
  return wrap(safe, width).map(({ start, end }) => safe.slice(start, end));
}
