import type { SourceOptions } from '../../lib/article';
import type { IndexStatus, IndexWriter } from '../../lib/index';
import type { Style } from './colour';
import { ago, clock, count, size } from './numbers';
import { printable, shellQuoted } from './text';

export function renderStatus(status: IndexStatus, { colours }: Style, now: Date): string[] {
  const { bytes, fallback, model, writer } = status;
  const created = new Date(status.createdAt);
  const rows: [string, string][] = [
    ['generation', status.generation],
    ...(fallback === null ? [] : [['instead of', `${fallback.generation ?? '(unnamed)'} (${fallback.code})`] satisfies [string, string]]),
    ['created', `${status.createdAt.slice(0, 16).replace('T', ' ')} UTC (${ago(now.getTime() - created.getTime())})`],
    ['model', `${model.id}, ${String(model.dimensions)} dimensions`],
    ['articles', count(status.articles)],
    ['passages', count(status.passages)],
    ['size', `${size(bytes.total)} (passages ${size(bytes.passages)}, vectors ${size(bytes.vectors)}, embedding cache ${size(bytes.embeddingCache)})`],
    ...status.sources.map(({ label, path, options = {} }, i): [string, string] => [i === 0 ? 'sources' : '', [...(label === path ? [] : [label]), path, typedOptions(options)].filter((part) => part !== '').join('  ')]),
    ...(writer === null ? [] : [['in progress', describe(writer)] satisfies [string, string]]),
  ];
  return rows.map(([name, value]) => `${colours.dim(name.padEnd(12))}${printable(value)}`);
}

/** `pilcrow index, embedding, 41 %, 2m 05s to go (process 812 on laptop, since 14:03:20 UTC)` */
function describe({ pid, host, command, since, phase, done, etaMs }: IndexWriter): string {
  const far = phase === null ? '' : `, ${phase}, ${String(Math.floor(done * 100))} %`;
  const left = etaMs === null ? '' : `, ${clock(etaMs)} to go`;
  return `${command}${far}${left} (process ${String(pid)} on ${host}, since ${since.slice(11, 19)} UTC)`;
}

/** `--map title=headline --follow`: the options of a source as one would type them. */
export function typedOptions({ format, map, match, follow, limit, allowPrivate }: SourceOptions): string {
  const fields = Object.entries(map ?? {}).map(([field, name]) => `${field}=${name}`).join(',');
  const typed: (readonly [string, string | boolean | undefined])[] = [
    ['--format', format], ['--map', fields], ['--match', match], ['--follow', follow], ['--limit', limit?.toString()], ['--allow-private', allowPrivate],
  ];
  return typed.flatMap(([name, value]) => (value === undefined || value === false || value === '' ? [] : [value === true ? name : `${name} ${shellQuoted(value)}`])).join(' ');
}
