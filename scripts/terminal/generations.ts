import type { GenerationSummary } from '../../lib/index';
import type { Style } from './colour';
import { ago, count, counted, size } from './numbers';
import { printable, wrap } from './text';

const INDENT = '  ';
/** Columns of an id. */
const ID = 26;

/**
 * A line of figures for each generation, and below it what changed and what else there is to know.
 * @param target what `pilcrow rollback` would go to
 */
export function renderGenerations(all: readonly GenerationSummary[], target: GenerationSummary | null, style: Style, now: Date): string[] {
  const { dim } = style.colours;
  const current = all.find((one) => one.current) ?? null;
  return [
    dim(`${INDENT}${row('generation', 'made', 'articles', 'passages', 'size')}`),
    ...all.flatMap((one) => renderGeneration(one, all, current, style, now)),
    '',
    ...wrapped(outlook(target, all, now), style, ''),
  ];
}

/** `12 articles, 340 passages, made 2026-07-08 22:34 UTC (3 days ago)` */
export function describeGeneration({ articles, passages, createdAt }: GenerationSummary, now: Date): string {
  if (articles === null || passages === null || createdAt === null) return 'its manifest cannot be read';
  return `${counted(articles, 'article')}, ${counted(passages, 'passage')}, made ${createdAt.slice(0, 16).replace('T', ' ')} UTC (${since(createdAt, now)})`;
}

function renderGeneration(one: GenerationSummary, all: readonly GenerationSummary[], current: GenerationSummary | null, style: Style, now: Date): string[] {
  const { bold, dim, red, yellow } = style.colours;
  const figures = row(one.id, one.createdAt === null ? '?' : since(one.createdAt, now), figure(one.articles), figure(one.passages), size(one.bytes));
  const known = [changes(one), parent(one, all), otherModel(one, current), one.beingRead === true ? 'being read' : null].filter((part) => part !== null);
  // Whoever reads the problem here sees beside what it stands.
  const problem = one.problem?.replace(`generation ${one.id} `, '') ?? null;
  return [
    one.current ? bold(`* ${figures}`) : `${INDENT}${figures}`,
    ...(problem === null ? [] : wrapped(problem, style, INDENT).map(one.state === 'damaged' ? red : yellow)),
    ...wrapped(known.join(' · '), style, INDENT).map(dim),
  ];
}

function row(id: string, made: string, articles: string, passages: string, bytes: string): string {
  return `${id.padEnd(ID)}  ${made.padEnd(14)}  ${articles.padStart(9)}  ${passages.padStart(10)}  ${bytes.padStart(8)}`;
}

function figure(value: number | null): string {
  return value === null ? '?' : count(value);
}

function since(createdAt: string, now: Date): string {
  return ago(now.getTime() - new Date(createdAt).getTime());
}

/** `3 added, 1 moved`: what is nothing is not said. */
function changes({ changes }: GenerationSummary): string | null {
  if (changes === null) return null;
  const { added, changed, moved, removed } = changes;
  const said = Object.entries({ added, changed, moved, removed }).filter(([, times]) => times > 0).map(([what, times]) => `${count(times)} ${what}`);
  return said.length === 0 ? 'the same articles' : said.join(', ');
}

function parent({ parent, createdAt }: GenerationSummary, all: readonly GenerationSummary[]): string | null {
  if (createdAt === null) return null;
  if (parent === null) return 'the first';
  return `from ${parent}${all.some(({ id }) => id === parent) ? '' : ' (removed)'}`;
}

function otherModel({ model }: GenerationSummary, current: GenerationSummary | null): string | null {
  return model === null || model.id === current?.model?.id ? null : `model ${model.id}`;
}

function outlook(target: GenerationSummary | null, all: readonly GenerationSummary[], now: Date): string {
  if (target !== null) return `pilcrow rollback goes to ${target.id}: ${describeGeneration(target, now)}`;
  const newer = all.some(({ current, state }) => !current && state === 'ok');
  return newer ? 'there is none before the current one; pilcrow rollback ID goes to another' : 'there is none that pilcrow rollback could go to';
}

function wrapped(text: string, style: Style, indent: string): string[] {
  const safe = printable(text);
  return wrap(safe, style.width - indent.length).map(({ start, end }) => `${indent}${safe.slice(start, end)}`);
}
