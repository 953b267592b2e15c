import { expect, test } from 'vitest';
import { publicGeneration, publicStatus, publicWriter } from '../../app/public-status';
import type { GenerationSummary, IndexStatus } from '../../lib/index';

const WRITER = { pid: 812, host: 'laptop', command: 'pilcrow index', since: '2026-03-10T12:00:00Z', phase: 'reading', done: 0.5, etaMs: null };
const STATUS: IndexStatus = {
  generation: 'g1', createdAt: '2026-03-10T12:00:00Z', articles: 1, passages: 2, model: { id: '/home/ines/models/bge', dimensions: 384 },
  bytes: { passages: 1, vectors: 1, embeddingCache: 1, total: 3 }, sources: [{ label: 'clippings', path: '/home/ines/clippings' }], fallback: null, writer: WRITER,
};
const GENERATION: GenerationSummary = {
  id: 'g1', current: true, createdAt: null, parent: null, articles: null, passages: null, bytes: 1, model: STATUS.model, changes: null, state: 'damaged', problem: null, beingRead: null,
};

test('neither where things lie nor what runs on this machine is shown', () => {
  const shown = publicStatus(STATUS);
  expect(JSON.stringify(shown)).not.toMatch(/home|812|laptop/);
  expect(shown).toMatchObject({ model: { id: 'bge' }, sources: [{ label: 'clippings' }], writer: { command: 'pilcrow index', done: 0.5 } });
  expect(publicWriter(null)).toBeNull();
});

test.each([
  ['damaged', 'generation g1 is damaged: vectors.hnsw is missing', 'vectors.hnsw is missing'],
  ['damaged', "EACCES: permission denied, stat '/home/ines/index'", 'it cannot be read'],
  ['other-format', 'generation g1 has index format 3, this Pilcrow reads format 4', 'made by another version of Pilcrow'],
] as const)('what is wrong with a generation is said without a path: %s, %s', (state, problem, said) => {
  expect(publicGeneration({ ...GENERATION, state, problem })).toMatchObject({ problem: said, model: { id: 'bge' } });
});
