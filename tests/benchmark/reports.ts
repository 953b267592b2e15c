import type { BenchReport, BenchResult, Figure, Series } from '../../lib/benchmark';

export function figure(differing: Partial<Figure> = {}): Figure {
  return { key: 'ratio', label: 'pool ÷ plain', unit: '×', value: 2, runs: 3, better: 'higher', ...differing };
}

export function series(differing: Partial<Series> = {}): Series {
  return { key: 'recall', label: 'recall', x: { label: 'efSearch', unit: '' }, y: { label: 'recall@10', unit: 'share' }, points: [[50, 0.9], [100, 0.95], [200, 0.99]], ...differing };
}

export function result(differing: Partial<BenchResult> = {}): BenchResult {
  return { name: 'embedding', title: 'Embedding', date: '2026-01-02T03:04:05.000Z', figures: [figure()], series: [], checks: [], notes: [], tookMs: 1, ...differing };
}

export function report(...benches: BenchResult[]): BenchReport {
  return {
    date: '2026-01-02T03:04:05.000Z',
    version: '0.1.0',
    machine: { processor: 'Some | processor', cores: 2, memoryGb: 8, platform: 'linux x64', node: 'v20.20.0', load: 0.1 },
    seed: 1,
    corpus: 'the sample articles',
    quick: false,
    benches,
  };
}
