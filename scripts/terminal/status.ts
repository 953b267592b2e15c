import type { IndexStatus } from '../../lib/index';
import type { Style } from './colour';
import { ago, count, size } from './numbers';
import { printable } from './text';

export function renderStatus(status: IndexStatus, { colours }: Style, now: Date): string[] {
  const { bytes, model } = status;
  const created = new Date(status.createdAt);
  const rows: [string, string][] = [
    ['generation', status.generation],
    ['created', `${status.createdAt.slice(0, 16).replace('T', ' ')} UTC (${ago(now.getTime() - created.getTime())})`],
    ['model', `${model.id}, ${String(model.dimensions)} dimensions`],
    ['articles', count(status.articles)],
    ['passages', count(status.passages)],
    ['size', `${size(bytes.total)} (passages ${size(bytes.passages)}, vectors ${size(bytes.vectors)}, embedding cache ${size(bytes.embeddingCache)})`],
    ...status.sources.map(({ label, path }, i): [string, string] => [i === 0 ? 'sources' : '', label === path ? path : `${label}  ${path}`]),
  ];
  return rows.map(([name, value]) => `${colours.dim(name.padEnd(12))}${printable(value)}`);
}
