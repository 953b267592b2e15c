import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { root } from '../../../scripts/build-engine.mjs';
import { startServer, type Server } from './server';
import type { RelatedResponse, SearchResponse } from '../../../lib/search';

/** Every article has the word of its edition in every paragraph: what an answer was made from can be told. */
const EDITIONS = ['amber', 'cobalt', 'crimson', 'emerald', 'indigo', 'violet'];
const SUBJECTS = ['ferry', 'lighthouse', 'harbour', 'bakery', 'orchard', 'railway'];
/** Ends a wait for something that will never come; measures nothing. */
const PATIENTLY = { timeout: 60_000, interval: 20 };

let folder = '';
let indexDir = '';
let server: Server;
/** Edition by generation, in the order of publication. */
const editions = new Map<string, string>();

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pilcrow-reload-'));
  indexDir = join(folder, 'index');
  await publish(EDITIONS[0] ?? '');
  server = await startServer(indexDir);
}, 120_000);
afterAll(async () => {
  await (server as Server | undefined)?.close();
  await rm(folder, { recursive: true, force: true });
});

/** Changes every article and runs `pilcrow index`. */
async function publish(edition: string, ...options: string[]): Promise<string> {
  const articles = join(folder, 'articles');
  await mkdir(articles, { recursive: true });
  for (const subject of SUBJECTS) {
    const text = [1, 2, 3].map((n) => `Paragraph ${n} of the ${edition} edition tells how the people of the island kept the ${subject} running in the winter of the great storm.`);
    await writeFile(join(articles, `${subject}.txt`), [`The ${subject}`, ...text].join('\n'));
  }
  await promisify(execFile)(process.execPath, [join(root, 'scripts', 'bin.mjs'), 'index', ...options, articles, '--index-dir', indexDir], { cwd: root });
  const id = (await readFile(join(indexDir, 'current'), 'utf8')).trim();
  editions.set(id, edition);
  return id;
}

interface Answer {
  path: string;
  status: number;
  generation: string;
  /** Words of editions anywhere in the results. */
  seen: string[];
  at: number;
}

async function ask(path: string): Promise<Answer> {
  const response = await fetch(server.origin + path);
  const body = (await response.json()) as Partial<SearchResponse & RelatedResponse>;
  const text = JSON.stringify([body.results, body.passage]);
  return { path, status: response.status, generation: body.generation ?? '', seen: EDITIONS.filter((word) => text.includes(word)), at: Date.now() };
}

const SEARCH = '/api/search?q=how+was+the+ferry+kept+running+in+the+storm';
const health = async () => (await (await fetch(`${server.origin}/api/health`)).json()) as Record<string, unknown>;

test('an index that is published anew again and again is served without a failed or mixed-up answer', async () => {
  const { results } = (await (await fetch(server.origin + SEARCH)).json()) as SearchResponse;
  const related = `/api/passages/${results[0]?.passage.id}/related`;
  const answers: Answer[] = [];
  const writers: unknown[] = [];
  let isOver = false;
  const reader = async (path: string) => { while (!isOver) answers.push(await ask(path)); };
  const watcher = async () => {
    while (!isOver) {
      writers.push((await health())['writer']);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  };
  const readers = [reader(SEARCH), reader(`${SEARCH}&mode=lexical`), reader(related), watcher()];

  const delays: number[] = [];
  for (const edition of EDITIONS.slice(1)) {
    const id = await publish(edition);
    const published = (await stat(join(indexDir, 'current'))).mtimeMs;
    const isServed = ({ generation, path }: Answer) => generation === id && path === SEARCH;
    await expect.poll(() => answers.some(isServed), PATIENTLY).toBe(true);
    delays.push(Math.round((answers.find(isServed)?.at ?? NaN) - published));
  }
  isOver = true;
  await Promise.all(readers);
  console.log(`${answers.length} answers; new generations served after ${delays.join(', ')} ms`);

  expect(answers.filter(({ status }) => status !== 200)).toEqual([]);
  expect(answers.filter(({ seen, generation }) => seen.length !== 1 || seen[0] !== editions.get(generation))).toEqual([]);
  for (const path of [SEARCH, `${SEARCH}&mode=lexical`, related]) {
    const order = answers.filter((answer) => answer.path === path).map(({ generation }) => generation);
    expect(order).toEqual([...order].sort());
  }
  for (const writer of writers.filter((found) => found !== null)) {
    expect(Object.keys(writer as object).sort()).toEqual(['command', 'done', 'etaMs', 'phase', 'since']);
  }
}, 240_000);

test('while the current generation is damaged the one before answers, and the health says so without a path', async () => {
  const before = await publish('amber');
  const current = await publish('cobalt');
  await expect.poll(health, PATIENTLY).toMatchObject({ generation: current, fallback: null, writer: null });
  await truncate(join(indexDir, 'generations', current, 'vectors.hnsw'), 1000);
  expect(await ask(SEARCH)).toMatchObject({ status: 200, generation: before, seen: ['amber'] });
  const said = await health();
  expect(said).toMatchObject({ generation: before, fallback: { generation: current, code: 'index-damaged', reason: expect.stringContaining('vectors.hnsw') as string } });
  expect(JSON.stringify(said)).not.toContain(folder);

  const repaired = await publish('crimson', '--full');
  await expect.poll(health, PATIENTLY).toMatchObject({ generation: repaired, fallback: null });
  expect(await ask(SEARCH)).toMatchObject({ status: 200, generation: repaired, seen: ['crimson'] });
}, 240_000);
