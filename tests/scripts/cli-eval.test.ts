import { existsSync, readdirSync } from 'node:fs';
import { afterAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { DOCUMENTS, jsonl, QRELS, QUERIES } from '../evaluation/support';
import { lines, pilcrow, Workspace } from './cli';

const workspace = new Workspace();
afterAll(() => { workspace.remove(); });

const share = z.number().min(0).max(1);
const scores = z.strictObject({ 'ndcg@10': share, 'mrr@10': share, 'hit@1': share, 'recall@100': share });
const evalDocument = z.array(z.strictObject({
  dataset: z.string(),
  documents: z.int(),
  passages: z.int(),
  queries: z.int(),
  modes: z.strictObject({ dense: scores, lexical: scores, hybrid: scores }),
  hnsw: z.strictObject({ 'recall@10': share, efSearch: z.int(), sampled: z.int() }),
  timing: z.strictObject({ medianMs: z.number(), p95Ms: z.number() }),
  padded: z.int(),
  warnings: z.array(z.string()),
  answerable: z.strictObject({ auc: share.nullable(), kept: share, flagged: share, questions: z.int(), unanswerable: z.int() }).optional(),
}));

const evaluate = (args: readonly string[]) => pilcrow(['eval', ...args], { PILCROW_INDEX_DIR: workspace.at('own-index') });
const here = ['--index-dir', workspace.at('evaluation')];

function dataset(name: string, files: Record<string, string> = {}): string {
  const all = { 'corpus.jsonl': jsonl(DOCUMENTS), 'queries.jsonl': jsonl(QUERIES), 'qrels/test.tsv': QRELS, ...files };
  for (const [file, content] of Object.entries(all)) workspace.write(`${name}/${file}`, content);
  return workspace.at(name);
}

describe('eval', () => {
  test('prints a table: a line for each mode, then what was measured', async () => {
    const { code, stdout, stderr } = await evaluate([dataset('plain'), ...here]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const [name, head, ...rows] = lines(stdout);
    expect(name).toBe('plain');
    expect(head?.trim().split(/\s+/)).toEqual(['nDCG@10', 'MRR@10', 'hit@1', 'recall@100']);
    expect(rows[0]?.split(/\s+/)).toEqual(['dense', '1.000', '1.000', '1.000', '1.000']);
    expect(rows.slice(1)).toEqual([
      expect.stringMatching(/^lexical +0\.250 /),
      expect.stringMatching(/^hybrid +1\.000 /),
      '12 documents · 12 passages · 4 queries',
      expect.stringMatching(/^HNSW recall@10 1\.000 \(ef \d+, over 4 queries\) · [\d.]+ ms per hybrid query \(median\), [\d.]+ ms \(95th percentile\)$/),
    ]);
  });

  test('--json is one array of what the contract names and nothing else', async () => {
    const pad = workspace.write('pool.jsonl', jsonl([{ _id: 'bees', title: 'Ink', text: 'Ink was made of oak galls and iron.' }]));
    const unanswerable = workspace.write('foreign.jsonl', jsonl([{ _id: 'f', text: 'Which interest rate did the central bank announce?' }]));
    const { code, stdout } = await evaluate([dataset('json'), '--json', '--limit', '2', '--pad', pad, '--unanswerable', unanswerable, ...here]);
    expect(code).toBe(0);
    expect(evalDocument.parse(JSON.parse(stdout))).toMatchObject([{ dataset: 'json', documents: 12, passages: 13, queries: 2, padded: 1, answerable: { questions: 2, unanswerable: 1 } }]);
  });

  test('a bad folder is told and stops no other; the array has the good ones', async () => {
    const bad = dataset('bad', { 'queries.jsonl': '{"_id": "q1"}\n' });
    const { code, stdout, stderr } = await evaluate([bad, workspace.at('none'), dataset('good'), '--json', ...here]);
    expect(code).toBe(1);
    expect(evalDocument.parse(JSON.parse(stdout)).map((report) => report.dataset)).toEqual(['good']);
    expect(lines(stderr)).toEqual([
      expect.stringMatching(/^pilcrow: .*bad\/queries\.jsonl, line 1: text/),
      expect.stringMatching(/^pilcrow: there is no folder .*none: a BEIR folder has corpus\.jsonl/),
    ]);
  });

  test('warnings go to stderr', async () => {
    const { code, stderr } = await evaluate([dataset('odd', { 'qrels/test.tsv': `${QRELS}q1\tgone\t1\n` }), ...here]);
    expect(code).toBe(0);
    expect(lines(stderr)).toEqual([expect.stringMatching(/^pilcrow: odd: 1 of the judgements name a document/)]);
  });

  test('the index of PILCROW_INDEX_DIR is not touched', () => {
    expect(existsSync(workspace.at('own-index'))).toBe(false);
    expect(readdirSync(workspace.at('evaluation')).filter((name) => !name.startsWith('embeddings.sqlite'))).toEqual(['indexes']);
  });
});

describe('wrong usage of eval', () => {
  test.each([
    ['no folder', [], 2, /missing required argument 'dir'/],
    ['a limit of 0', ['x', '--limit', '0'], 2, /--limit 0 .*from 1/],
    ['a limit that is no number', ['x', '--limit', 'few'], 2, /--limit "few" is not a whole number/],
    ['distractors that are not there', ['x', '--pad', 'none.jsonl', ...here], 1, /there is no file none\.jsonl/],
    ['questions that are not there', ['x', '--unanswerable', 'none.jsonl', ...here], 1, /there is no file none\.jsonl/],
  ])('%s', async (_, args, exit, said) => {
    const { code, stdout, stderr } = await evaluate(args);
    expect({ code, stdout }).toEqual({ code: exit, stdout: '' });
    expect(lines(stderr)).toEqual([expect.stringMatching(said)]);
  });

  test('--help names every option, where indexes are kept, and examples', async () => {
    const { code, stdout } = await evaluate(['--help']);
    expect(code).toBe(0);
    for (const word of ['--json', '--limit', '--pad', '--unanswerable', '--index-dir', '.cache/pilcrow/evaluation', 'PILCROW_CACHE_DIR', 'qrels/test.tsv']) expect(stdout).toContain(word);
    expect(stdout).toMatch(/^ {2}\$ pilcrow eval /m);
  });
});
