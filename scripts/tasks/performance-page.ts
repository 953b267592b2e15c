import type { BenchReport, BenchResult, Figure, Series } from '../../lib/benchmark';
import { PilcrowError } from '../../lib/errors';
import { linePlot, numberText } from './line-plot';

const BEGIN = '<!-- bench:begin -->';
const END = '<!-- bench:end -->';

/** A file for docs/performance/. */
export interface Plot {
  bench: string;
  file: string;
  alt: string;
  svg: string;
}

/** Series of a bench with the same axes are drawn together. */
export function plotsOf({ benches }: BenchReport): Plot[] {
  return benches.flatMap(({ name, title, series }) => {
    const groups = new Map<string, [Series, ...Series[]]>();
    for (const one of series) {
      if (one.points.length === 0) continue;
      const axes = JSON.stringify([one.x, one.y]);
      const group = groups.get(axes);
      if (group === undefined) groups.set(axes, [one]);
      else group.push(one);
    }
    return [...groups.values()].map((group): Plot => {
      const [first] = group;
      const alt = `${title}: ${first.y.label} by ${first.x.label}`;
      return { bench: name, file: `${name}-${first.key}.svg`, alt, svg: linePlot(group, alt) };
    });
  });
}

/** The page with what stands between its marks made anew. @throws PilcrowError `file-damaged` when it has not both of them, once and in order */
export function withReport(page: string, report: BenchReport, plots: readonly Plot[]): string {
  const [begin, end] = [page.indexOf(BEGIN), page.indexOf(END)];
  if (begin < 0 || end < begin || page.lastIndexOf(BEGIN) !== begin || page.lastIndexOf(END) !== end) {
    throw new PilcrowError('file-damaged', 'docs/performance.md lacks the marks that tables go between', `it must have ${BEGIN} and, after it, ${END}, each once`);
  }
  return `${page.slice(0, begin)}${BEGIN}\n\n${renderReport(report, plots)}\n\n${page.slice(end)}`;
}

function renderReport({ date, version, machine, seed, corpus, benches }: BenchReport, plots: readonly Plot[]): string {
  const { processor, cores, memoryGb, platform, node, load } = machine;
  const taken = `Taken on ${date.slice(0, 10)} with pilcrow ${version} on ${processor}, ${cores} ${cores === 1 ? 'core' : 'cores'}, ${memoryGb} GB, ${platform}, Node ${node}, load ${load} before; corpus: ${corpus}; seed ${seed}.`;
  return [escapeMarkdown(taken), ...benches.map((bench) => renderBench(bench, plots))].join('\n\n');
}

function renderBench({ name, title, date, figures, checks, notes }: BenchResult, plots: readonly Plot[]): string {
  const table = figures.length === 0 ? [] : [['| | | range | runs |', '|---|--:|--:|--:|', ...figures.map(renderFigure)].join('\n')];
  const remarks = [...checks.map(({ label, passed, detail }) => `${passed ? '✓' : '✗'} ${label}: ${detail}`), ...notes, `begun on ${date.slice(0, 16).replace('T', ' at ')} UTC`];
  return [
    `### ${escapeMarkdown(title)} (\`${name}\`)`,
    ...table,
    ...plots.filter(({ bench }) => bench === name).map(({ alt, file }) => `![${escapeMarkdown(alt)}](performance/${file})`),
    ...(remarks.length === 0 ? [] : [remarks.map((remark) => `- ${escapeMarkdown(remark)}`).join('\n')]),
  ].join('\n\n');
}

function renderFigure({ label, unit, value, range, runs }: Figure): string {
  const of = unit === 'share' || unit === 'count' ? '' : ` ${unit}`;
  const shown = range === undefined || runs < 2 ? '' : `${numberText(range[0])} to ${numberText(range[1])}`;
  return `| ${escapeMarkdown(label)} | ${numberText(value)}${of} | ${shown} | ${numberText(runs)} |`;
}

/** One line of text that is nothing but text. */
function escapeMarkdown(text: string): string {
  return text.replace(/\s+/g, ' ').trim().replace(/[\\`*_{}[\]<>()#|~&!$]/g, '\\$&');
}
