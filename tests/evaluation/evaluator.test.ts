import { existsSync } from 'node:fs';
import { readdir, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import Database from 'better-sqlite3';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createEvaluator, type DatasetReport, type EvaluationProgress, type EvaluatorOptions } from '../../lib/evaluation';
import { buildIndex, HNSW } from '../../lib/index';
import { packageRoot } from '../../lib/package-root';
import { DOCUMENTS, jsonl, QUERIES, temporaryFolder, writeDataset } from './support';

const PERFECT = { 'ndcg@10': 1, 'mrr@10': 1, 'hit@1': 1, 'recall@100': 1 };
const POOL = [
  { _id: 'bees', title: 'Harbours', text: 'Cranes in the harbour lift containers from the ships to the trains at any hour of the night.' },
  { _id: 'p2', title: 'Ink', text: 'Ink was made of oak galls and iron, and it darkened as it dried on the page.' },
];

async function evaluator(options: EvaluatorOptions) {
  const made = await createEvaluator({ workers: 1, ...options });
  onTestFinished(() => made.close());
  return made;
}

async function evaluate(directory: string, indexDir: string, options: EvaluatorOptions = {}): Promise<DatasetReport> {
  return (await evaluator({ indexDir, ...options })).evaluate(directory);
}

/** Embeddings in the cache that all evaluations in a folder share. */
function embeddings(indexDir: string): number {
  const db = new Database(join(indexDir, 'embeddings.sqlite'), { readonly: true });
  try {
    return db.prepare<[], number>('SELECT count(*) FROM embeddings').pluck().get() ?? 0;
  } finally {
    db.close();
  }
}

function indexes(indexDir: string): Promise<string[]> {
  return readdir(join(indexDir, 'indexes'));
}

/** What was embedded in a run, as its progress tells. */
function watch() {
  const seen: EvaluationProgress[] = [];
  return { seen, onProgress: (progress: EvaluationProgress) => { seen.push(progress); } };
}

describe('a data set', () => {
  test('is measured in every mode over an index of its own', async () => {
    const [directory, indexDir] = [await writeDataset(join(await temporaryFolder(), 'little')), await temporaryFolder()];
    const report = await evaluate(directory, indexDir);
    expect(report).toMatchObject({ dataset: 'little', documents: 12, passages: 12, queries: 4, padded: 0, warnings: [] });
    // By meaning each question finds its one document first: every figure is 1.
    expect(report.modes.dense).toEqual(PERFECT);
    expect(report.modes.hybrid).toEqual(PERFECT);
    // By words only the second has one of its document's ("bridge"): 1 of 4 is found, and first.
    expect(report.modes.lexical).toEqual({ 'ndcg@10': 0.25, 'mrr@10': 0.25, 'hit@1': 0.25, 'recall@100': 0.25 });
    expect(report.hnsw).toEqual({ 'recall@10': 1, efSearch: HNSW.efSearch, sampled: 4 });
    expect(report.timing.medianMs).toBeGreaterThan(0);
    expect(report.timing.p95Ms).toBeGreaterThanOrEqual(report.timing.medianMs);
    expect(report).not.toHaveProperty('answerable');
  });

  test('with graded judgements gives the figures that they make', async () => {
    // Asked for the bridge: graded 1 where it is found first, 3 for a document that the corpus lacks.
    //   nDCG = 1 / (3 + 1/log2(3)) = 1 / 3.63093 = .27541; MRR and hit are 1, recall is 1 of 2.
    const directory = await writeDataset(await temporaryFolder(), { 'qrels/test.tsv': 'query-id\tcorpus-id\tscore\nq2\tbridge\t1\nq2\tgone\t3\nq2\towl\t-1\nq1\towl\t0\n' });
    const report = await evaluate(directory, await temporaryFolder());
    expect(report.queries).toBe(1);
    expect(report.modes.dense).toEqual({ 'ndcg@10': expect.closeTo(0.2754116, 6) as number, 'mrr@10': 1, 'hit@1': 1, 'recall@100': 0.5 });
    expect(report.warnings).toEqual([expect.stringMatching(/^1 of the judgements name a document/)]);
  });

  test('is indexed once: a second run opens what the first has built', async () => {
    const [directory, indexDir] = [await writeDataset(await temporaryFolder()), await temporaryFolder()];
    const first = await evaluate(directory, indexDir);
    const before = await indexes(indexDir);
    const { seen, onProgress } = watch();
    const second = await evaluate(directory, indexDir, { onProgress });
    expect(second).toEqual({ ...first, timing: second.timing });
    expect(seen.filter(({ step }) => step === 'building')).toEqual([]);
    expect(await indexes(indexDir)).toEqual(before);
    expect(embeddings(indexDir)).toBe(12);
  });

  test('is indexed anew when its documents change, and only what changed is embedded', async () => {
    const [folder, indexDir] = [await temporaryFolder(), await temporaryFolder()];
    await evaluate(await writeDataset(folder), indexDir);
    const changed = DOCUMENTS.map((document) => (document._id === 'owl' ? { ...document, text: 'An owl hears a mouse under the snow.' } : document));
    const report = await evaluate(await writeDataset(folder, { 'corpus.jsonl': jsonl(changed) }), indexDir);
    expect(report.documents).toBe(12);
    expect(await indexes(indexDir)).toHaveLength(2);
    expect(embeddings(indexDir)).toBe(13);
  });

  test('whose index is damaged gets another', async () => {
    const [directory, indexDir] = [await writeDataset(await temporaryFolder()), await temporaryFolder()];
    const first = await evaluate(directory, indexDir);
    const [name = ''] = await indexes(indexDir);
    const generations = join(indexDir, 'indexes', name, 'generations');
    const [id = ''] = await readdir(generations);
    await truncate(join(generations, id, 'vectors.hnsw'), 100);
    expect((await evaluate(directory, indexDir)).modes).toEqual(first.modes);
  });

  test('is asked as many questions as the limit says', async () => {
    const [directory, indexDir] = [await writeDataset(await temporaryFolder()), await temporaryFolder()];
    const report = await evaluate(directory, indexDir, { limit: 2 });
    expect(report).toMatchObject({ queries: 2, modes: { dense: PERFECT }, hnsw: { sampled: 2 } });
  });

  test('has its warnings in every run, those of the build too', async () => {
    const long = `${'A very long title about nothing in particular and everything else, '.repeat(12)}at last`;
    const directory = await writeDataset(await temporaryFolder(), { 'corpus.jsonl': jsonl([...DOCUMENTS, { _id: 'long', title: long, text: 'Nothing more is said here.' }]) });
    const indexDir = await temporaryFolder();
    const first = await evaluate(directory, indexDir);
    expect(first.warnings).toEqual([expect.stringMatching(/^1 of the titles are long/)]);
    expect((await evaluate(directory, indexDir)).warnings).toEqual(first.warnings);
  });
});

describe('questions', () => {
  test('that are longer than can be asked are asked as far as they fit, and told', async () => {
    const text = `What made the bridge collapse? ${'Say more about the bridge over the river. '.repeat(100)}`;
    const directory = await writeDataset(await temporaryFolder(), { 'queries.jsonl': jsonl(QUERIES.map((query) => (query._id === 'q2' ? { ...query, text } : query))) });
    const report = await evaluate(directory, await temporaryFolder());
    expect(report).toMatchObject({ queries: 4, modes: { dense: PERFECT }, warnings: [expect.stringMatching(/^1 of the questions are longer/)] });
  });

  test('with quotes and hyphens in them make no conditions of these', async () => {
    const directory = await writeDataset(await temporaryFolder(), {
      'queries.jsonl': jsonl([{ _id: 'q2', text: 'What made the "famous bridge" collapse -ruined, they say?' }]),
    });
    const { modes } = await evaluate(directory, await temporaryFolder());
    expect(modes).toEqual({ dense: PERFECT, lexical: PERFECT, hybrid: PERFECT });
  });

  test('that are documents do not find themselves', async () => {
    const sequel = { _id: 'bees2', title: '', text: 'Bees in the hive cluster around the queen in winter and shiver for warmth.' };
    const directory = await writeDataset(await temporaryFolder(), {
      'corpus.jsonl': jsonl([...DOCUMENTS, sequel]),
      'queries.jsonl': jsonl([{ _id: 'bees', text: DOCUMENTS[0]!.text }]),
      'qrels/test.tsv': 'query-id\tcorpus-id\tscore\nbees\tbees2\t2\nbees\tbees\t4\n',
    });
    expect((await evaluate(directory, await temporaryFolder())).modes.dense).toEqual(PERFECT);
  });

  test('whose id a different document happens to have find it as any other', async () => {
    const directory = await writeDataset(await temporaryFolder(), {
      'queries.jsonl': jsonl([{ _id: 'bridge', text: 'What made the bridge collapse?' }]),
      'qrels/test.tsv': 'query-id\tcorpus-id\tscore\nbridge\tbridge\t1\n',
    });
    expect((await evaluate(directory, await temporaryFolder())).modes.dense).toEqual(PERFECT);
  });

  test('that nothing answers are told from those that something does', async () => {
    const folder = await temporaryFolder();
    const unanswerable = join(folder, 'foreign.jsonl');
    await writeFile(unanswerable, jsonl([{ _id: 'f1', text: 'Which interest rate did the central bank announce?' }, { _id: 'f2', text: 'Who scored in the second half?' }]));
    const report = await evaluate(await writeDataset(folder), await temporaryFolder(), { unanswerable });
    expect(report.answerable).toMatchObject({ auc: 1, flagged: 1, questions: 4, unanswerable: 2 });
    expect(report.answerable?.kept).toBeGreaterThanOrEqual(0.75);
    expect(report.queries).toBe(4);
  });
});

describe('distractors', () => {
  test('are in the index beside the documents, even with their ids, and are embedded once for all sets', async () => {
    const [folder, indexDir] = [await temporaryFolder(), await temporaryFolder()];
    const pad = join(folder, 'pool.jsonl.gz');
    await writeFile(pad, gzipSync(jsonl(POOL)));
    const runs = await evaluator({ indexDir, pad });
    const report = await runs.evaluate(await writeDataset(join(folder, 'one')));
    expect(report).toMatchObject({ documents: 12, padded: 2, passages: 14, modes: { dense: PERFECT }, warnings: [] });
    expect(embeddings(indexDir)).toBe(14);

    const other = await runs.evaluate(await writeDataset(join(folder, 'two'), { 'corpus.jsonl': jsonl([...DOCUMENTS, { _id: 'pad:p2', text: 'Snow lay on the pass until June.' }]) }));
    expect(other).toMatchObject({ documents: 13, padded: 2, passages: 15 });
    expect(embeddings(indexDir)).toBe(15);
    // Without them it is another index.
    expect((await evaluate(join(folder, 'one'), indexDir)).padded).toBe(0);
    expect(await indexes(indexDir)).toHaveLength(3);
  });

  test('that are not there are told before anything is read', async () => {
    await expect(createEvaluator({ indexDir: await temporaryFolder(), pad: '/nowhere/pool.jsonl' })).rejects.toMatchObject({ code: 'dataset-not-found' });
  });
});

describe('the folder of indexes', () => {
  test('is never somebody’s own index', async () => {
    const folder = await temporaryFolder();
    await writeFile(join(folder, 'note.txt'), 'A note\nThe heron stood in the reeds all morning and did not move.');
    await buildIndex({ indexDir: join(folder, 'index'), named: [join(folder, 'note.txt')], cwd: folder, workers: 1 });
    const before = await readdir(join(folder, 'index'));
    await expect(createEvaluator({ indexDir: join(folder, 'index') })).rejects.toMatchObject({ code: 'usage' });
    expect(await readdir(join(folder, 'index'))).toEqual(before);
  });

  test('keeps the indexes used last, and nothing of other folders is removed', async () => {
    const [folder, indexDir] = [await temporaryFolder(), await temporaryFolder()];
    const runs = await evaluator({ indexDir });
    for (let i = 0; i < 12; i++) await runs.evaluate(await writeDataset(folder, { 'corpus.jsonl': jsonl([DOCUMENTS[i % 12], { _id: 'own', text: `A text of its own, number ${i}.` }, ...DOCUMENTS.slice(0, 4)]) }));
    const first = await indexes(indexDir);
    expect(first).toHaveLength(12);
    await writeFile(join(indexDir, 'indexes', 'notes'), 'mine');
    await runs.evaluate(await writeDataset(folder));
    const after = await indexes(indexDir);
    expect(after).toHaveLength(13);
    expect(after).toContain('notes');
    expect(first.filter((name) => !after.includes(name))).toHaveLength(1);
  });

  test('keeps what was embedded when a run is interrupted', async () => {
    const [directory, indexDir] = [await writeDataset(await temporaryFolder()), await temporaryFolder()];
    const abort = new AbortController();
    abort.abort();
    await expect(evaluate(directory, indexDir, { signal: abort.signal })).rejects.toMatchObject({ code: 'interrupted' });
    expect(existsSync(join(indexDir, 'embeddings.sqlite'))).toBe(true);
    expect((await evaluate(directory, indexDir)).modes.dense).toEqual(PERFECT);
  });
});

const lee = join(packageRoot(), '../shared/corpora/lee-news-sim');
test.skipIf(!existsSync(lee))('a set whose queries are documents (skipped where ../shared/corpora is not there)', async () => {
  const report = await evaluate(lee, await temporaryFolder());
  expect(report).toMatchObject({ documents: 50, passages: 50, queries: 48, warnings: [] });
  // Were the documents themselves not passed over, no question could have another first.
  expect(report.modes.dense['hit@1']).toBeGreaterThan(0.7);
});
