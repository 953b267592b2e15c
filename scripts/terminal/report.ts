import { extensionOf, UNKNOWN_REASON } from '../../lib/article';
import type { PilcrowError } from '../../lib/errors';
import type { ArticleName, BuildReport } from '../../lib/index';
import type { Style } from './colour';
import { count, counted, duration } from './numbers';
import { printable, shellQuoted } from './text';

/** Kinds of unknown files that a summary names. */
const KINDS = 6;
/** Files named one by one in a summary; `--json` has them all. */
const NAMED = 20;

const FORGET = 'its articles are kept; if they are to go: pilcrow index --forget';

/** What a dry run found, one article a line: added (+), changed (~), moved (>), removed (-). */
export function renderChanges({ articles }: BuildReport): string[] {
  const marked = (sign: string, names: readonly ArticleName[]) => names.map(({ source }) => `${sign} ${printable(source)}`);
  const moved = articles.moved.map(({ source, from }) => `> ${printable(from.source)} → ${printable(source)}`);
  return [...marked('+', articles.added), ...marked('~', articles.changed), ...moved, ...marked('-', articles.removed)];
}

/** What `pilcrow index --json` prints. */
export function documentOf(report: BuildReport): unknown {
  const failed = report.failed.map(({ path, error }) => ({ path, error: { code: error.code, message: error.line } }));
  return { ...report, failed };
}

/** The lines at the end of `pilcrow index`. */
export function renderSummary(report: BuildReport, style: Style): string[] {
  return [...renderNotes(report, style), outcome(report)];
}

/**
 * What to know of what was read, and of what was not.
 *
 * @param most warnings, and files that could not be read, that are named one by one
 */
export function renderNotes({ failed, warnings, skipped, copies }: Pick<BuildReport, 'failed' | 'warnings' | 'skipped' | 'copies'>, { colours }: Style, most = NAMED): string[] {
  return [
    ...named(warnings.map((warning) => `${colours.yellow('warning:')} ${printable(warning)}`), most),
    ...(skipped.length === 0 ? [] : [`passed over ${counted(skipped.length, 'file')}: ${reasons(skipped)}`]),
    ...(copies.length === 0 ? [] : [`${counted(copies.length, 'article')} found again, indexed once: ${printable(examples(copies))}`]),
    ...(failed.length === 0 ? [] : [colours.red(`${counted(failed.length, 'file')} could not be read:`)]),
    ...named(failed.map(({ path, error }) => `  ${printable(failureLine(path, error))}`), most),
  ];
}

function outcome(report: BuildReport): string {
  const { articles, passages, generation, published, dryRun, pruned } = report;
  const all = `${counted(articles.total, 'article')}, ${counted(passages.total, 'passage')}`;
  const { added, changed, moved, removed, unchanged } = articles;
  const changes = `${count(added.length)} added, ${count(changed.length)} changed, ${count(moved.length)} moved, ${count(removed.length)} removed, ${count(unchanged)} unchanged`;
  if (dryRun) return `would index ${all} (${changes}); nothing was written`;
  if (!published) return `nothing has changed: ${all} in generation ${generation ?? 'none'}`;
  const embedded = `${count(passages.embedded)} embedded, ${count(passages.fromCache)} from the cache`;
  const older = pruned.length === 0 ? '' : `, ${counted(pruned.length, 'older one')} removed`;
  return `indexed ${all} in ${duration(report.tookMs)} (${changes}; ${embedded}): generation ${generation ?? 'none'}${older}`;
}

/** Errors name their file as a rule; one that does not gets it put in front. */
function failureLine(path: string, { code, hint, line }: PilcrowError): string {
  const named = line.includes(path) ? line : `${path}: ${line}`;
  // A remembered source that is gone. It may be a drive that is not mounted: forgetting it is for people to decide.
  return code === 'source-not-found' && hint === null ? `${named}; ${FORGET} ${shellQuoted(path)}` : named;
}

function named(lines: readonly string[], most: number): string[] {
  return lines.length <= most ? [...lines] : [...lines.slice(0, most), `  and ${count(lines.length - most)} more (--json names them all)`];
}

/** `posts/b.html is posts/a.html, twice in posts/all.csv (12)`, for the first few. */
function examples(copies: BuildReport['copies']): string {
  const shown = [...counts(copies.map(({ source, of }) => (source === of ? `twice in ${source}` : `${source} is ${of}`)))].slice(0, 3);
  const more = copies.length - shown.reduce((sum, [, times]) => sum + times, 0);
  return [...shown.map(([example, times]) => (times === 1 ? example : `${example} (${count(times)})`)), ...(more > 0 ? [`and ${count(more)} more`] : [])].join(', ');
}

/** `its format is unknown (3: .xyz 2, .abc); a link that leads nowhere`: each reason once. */
function reasons(skipped: BuildReport['skipped']): string {
  const paths = new Map<string, string[]>();
  for (const { path, reason } of skipped) {
    const all = paths.get(reason) ?? [];
    all.push(path);
    paths.set(reason, all);
  }
  return [...paths].map(([reason, all]) => {
    const times = all.length === 1 ? [] : [count(all.length)];
    const details = [...times, ...(reason === UNKNOWN_REASON ? [kinds(all)] : [])].join(': ');
    return printable(details === '' ? reason : `${reason} (${details})`);
  }).join('; ');
}

/** `.xyz 9, .abc 3, without an ending`: what files are by their names, the most frequent first. */
function kinds(paths: readonly string[]): string {
  const found = counts(paths.map(extensionOf).map((extension) => (extension === '' ? 'without an ending' : shortened(extension))));
  const all = [...found].sort(([a, times], [b, others]) => others - times || (a < b ? -1 : 1));
  // One more kind takes no more room than the words that there is one.
  const shown = all.slice(0, all.length === KINDS + 1 ? all.length : KINDS);
  const more = all.length - shown.length;
  return [...shown.map(([kind, times]) => (times === 1 ? kind : `${kind} ${count(times)}`)), ...(more === 0 ? [] : [`${count(more)} other kinds`])].join(', ');
}

/** How often each occurs, in the order of the first. */
function counts(each: readonly string[]): Map<string, number> {
  const times = new Map<string, number>();
  for (const one of each) times.set(one, (times.get(one) ?? 0) + 1);
  return times;
}

/** Not every dot in a name is before an ending. */
function shortened(extension: string): string {
  return extension.length > 12 ? `${extension.slice(0, 11)}…` : extension;
}
