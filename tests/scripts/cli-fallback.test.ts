import { readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { lines, pilcrow, Workspace } from './cli';
import { askDocument, statusDocument } from './contract';

const workspace = new Workspace();
const indexDir = workspace.at('index');
const generation = () => readFileSync(workspace.at('index', 'current'), 'utf8').trim();
let older = '';
let newer = '';

beforeAll(async () => {
  workspace.write('articles/bees.txt', 'The hive\nA colony of bees keeps its queen warm through the cold months.');
  workspace.write('articles/rye.txt', 'Rye\nRye dough is sticky because its flour holds little gluten.');
  await pilcrow(['index', workspace.at('articles'), '--index-dir', indexDir]);
  older = generation();
  workspace.write('articles/lamp.txt', 'The lamp\nA lamp burned in the window of the lighthouse until the morning came.');
  await pilcrow(['index', '--index-dir', indexDir]);
  newer = generation();
  truncateSync(workspace.at('index', 'generations', newer, 'vectors.hnsw'), 100);
}, 180_000);
afterAll(() => { workspace.remove(); });

/** One line that says which generation is damaged, why, which one answers and what repairs it. */
function expectNote(stderr: string): void {
  expect(lines(stderr)).toEqual([expect.stringMatching(new RegExp(`^pilcrow: generation ${newer} is damaged: vectors.hnsw has 100 bytes instead of \\d+; ${older} answers; repair it with: pilcrow index$`))]);
}

test('ask answers from the generation before, and notes it on stderr', async () => {
  expect(newer).not.toBe(older);
  const { code, stdout, stderr } = await pilcrow(['ask', 'what keeps a queen warm?', '--json', '--index-dir', indexDir]);
  expect(code).toBe(0);
  expect(askDocument.parse(JSON.parse(stdout)).generation).toBe(older);
  expectNote(stderr);
});

test('related does so too', async () => {
  const asked = await pilcrow(['ask', 'queen', '-k', '1', '--json', '--index-dir', indexDir]);
  const id = askDocument.parse(JSON.parse(asked.stdout)).results[0]?.passage.id ?? '';
  const { code, stderr } = await pilcrow(['related', id, '--index-dir', indexDir]);
  expect(code).toBe(0);
  expectNote(stderr);
});

test('status tells of it in both forms', async () => {
  const json = await pilcrow(['status', '--json', '--index-dir', indexDir]);
  expect(statusDocument.parse(JSON.parse(json.stdout))).toMatchObject({ generation: older, articles: 2, fallback: { generation: newer, code: 'index-damaged' }, writer: null });
  const text = await pilcrow(['status', '--index-dir', indexDir]);
  expect(text.stdout).toContain(`instead of  ${newer} (index-damaged)`);
  for (const { code, stderr } of [json, text]) {
    expect(code).toBe(0);
    expectNote(stderr);
  }
});

test('an index of which nothing can be opened is refused as ever', async () => {
  writeFileSync(workspace.at('index', 'generations', older, 'manifest.json'), '{}');
  const { code, stdout, stderr } = await pilcrow(['ask', 'queen', '--index-dir', indexDir]);
  expect(code).toBe(1);
  expect(stdout).toBe('');
  expect(lines(stderr)).toEqual([expect.stringContaining(`generation ${newer} is damaged`)]);
});
