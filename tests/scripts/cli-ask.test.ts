import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import process from 'node:process';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { askDocument, relatedDocument, statusDocument } from './contract';
import { bin, lines, outcome, pilcrow, root, run, Workspace, writeArticles, type Env } from './cli';

const workspace = new Workspace();
const here = ['--index-dir', workspace.at('index')];
const QUESTION = 'why were the insects dying?';

beforeAll(async () => {
  const articles = writeArticles(workspace);
  workspace.write('articles/escape.txt', 'Sirens \u001b]0;owned\u0007\nThe siren on the roof of the town hall \u001b[2J\u001b[31mwas tested at noon, and every dog in the street answered.\n');
  const { code, stderr } = await pilcrow(['index', articles, ...here]);
  expect(stderr).toMatch(/indexed 3 articles/);
  expect(code).toBe(0);
});
afterAll(() => { workspace.remove(); });

const ask = (args: readonly string[], env: Env = {}) => pilcrow(['ask', ...args, ...here], env);

describe('ask', () => {
  test('puts the paragraph that answers first, its evidence between guillemets', async () => {
    const { code, stdout, stderr } = await ask([QUESTION]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const [title, origin, place] = lines(stdout);
    expect(title).toBe('1  The quiet hives');
    expect(origin?.trim()).toBe('Ada Brook · 2023-04-02 · articles/bees.md');
    expect(place?.trim()).toMatch(/^¶ 1 · \S+\.p1 · score \d\.\d{3}$/);
    expect(stdout.replace(/\s+/g, ' ')).toMatch(/«[^»]*(empty|pesticide)[^»]*\.»/);
    for (const line of lines(stdout)) expect(line.length).toBeLessThanOrEqual(80);
  });

  test('takes a question of several words without quotes', async () => {
    const { stdout } = await ask(['--json', ...QUESTION.split(' ')]);
    expect(askDocument.parse(JSON.parse(stdout)).query).toBe(QUESTION);
  });

  test.each(['hybrid', 'dense', 'lexical'] as const)('--json in mode %s is the contract\'s document and nothing else', async (mode) => {
    const { code, stdout, stderr } = await ask(['--json', '-k', '2', '--mode', mode, 'pesticide sprayed on orchards']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const document = askDocument.parse(JSON.parse(stdout));
    expect(document.mode).toBe(mode);
    expect(document.results[0]?.article.title).toBe('The quiet hives');
    expect(document.results.length).toBeLessThanOrEqual(2);
  });

  test.each([
    ['--source', ['--source', 'articles/bridge.txt'], ['articles/bridge.txt']],
    ['--author', ['--author', 'Ada Brook'], ['articles/bees.md']],
    ['--tag', ['--tag', 'farming'], ['articles/bees.md']],
    ['--tag twice', ['--tag', 'farming', '--tag', 'music'], ['articles/bees.md']],
    ['--from and --to', ['--from', '2023-04', '--to', '2023'], ['articles/bees.md']],
    ['a filter that nothing passes', ['--author', 'Nobody'], []],
  ])('%s', async (_, filter, sources) => {
    const { code, stdout } = await ask(['--json', ...filter, 'what happened?']);
    expect(code).toBe(0);
    expect([...new Set(askDocument.parse(JSON.parse(stdout)).results.map(({ article }) => article.source))]).toEqual(sources);
  });

  test('--per-article leaves passages out, says how many and how to see them', async () => {
    const args = ['--json', '--per-article', '1', 'bees and pesticides'];
    const { results } = askDocument.parse(JSON.parse((await ask(args)).stdout));
    expect(new Set(results.map(({ article }) => article.id)).size).toBe(results.length);
    const cut = results.find(({ moreInArticle }) => moreInArticle > 0);
    const { stdout } = await ask(args.slice(1));
    expect(stdout.replace(/\s+/g, ' ')).toContain(`${String(cut?.moreInArticle)} more passage${cut?.moreInArticle === 1 ? '' : 's'} of this article: --article ${String(cut?.article.id)}`);
    const within = askDocument.parse(JSON.parse((await ask(['--json', '--article', String(cut?.article.id), 'bees and pesticides'])).stdout)).results;
    expect(within.length).toBe(1 + (cut?.moreInArticle ?? 0));
    expect(new Set(within.map(({ article }) => article.id))).toEqual(new Set([cut?.article.id]));
  });

  test('says so when nothing is found', async () => {
    expect(await ask(['--author', 'Nobody', QUESTION])).toEqual({ code: 0, signal: null, stdout: '', stderr: 'pilcrow: no article has the author "Nobody"\npilcrow: nothing was found\n' });
  });

  test('names each filter that no article passes', async () => {
    const { code, stdout, stderr } = await ask(['--author', 'Nobody', '--author', 'Ada Brook', '--article', 'gone', '--tag', 'none', '--mode', 'lexical', 'bees']);
    expect(code).toBe(0);
    expect(lines(stderr)).toEqual(['pilcrow: no article has the id "gone"', 'pilcrow: no article has the author "Nobody"', 'pilcrow: no article has the tag "none"', 'pilcrow: nothing was found']);
    expect(stdout).toBe('');
  });

  test('says so on stderr when nothing seems to answer', async () => {
    const question = 'qualifying laps of the 1994 kart championship in Perugia';
    expect(askDocument.parse(JSON.parse((await ask(['--json', question])).stdout)).answerable).toBe(false);
    const { code, stdout, stderr } = await ask([question]);
    expect(code).toBe(0);
    expect(stderr).toMatch(/^pilcrow: nothing in the index seems to answer this.*\n$/);
    expect(lines(stdout).length).toBeGreaterThan(0);
  });
});

describe('related and status', () => {
  test('related finds passages of other articles', async () => {
    const { results } = askDocument.parse(JSON.parse((await ask(['--json', QUESTION])).stdout));
    const id = results[0]?.passage.id ?? '';
    const { code, stdout, stderr } = await pilcrow(['related', '--json', '-k', '2', id, ...here]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const document = relatedDocument.parse(JSON.parse(stdout));
    expect(document.passage.id).toBe(id);
    expect(document.results).toHaveLength(2);
    for (const { article } of document.results) expect(article.id).not.toBe(document.article.id);
    expect((await pilcrow(['related', id, ...here])).stdout).toMatch(/^1 {2}\S/);
  });

  test('related takes the filters of ask, names those that no article passes, and says how to see more of an article', async () => {
    const { results } = askDocument.parse(JSON.parse((await ask(['--json', 'a siren tested at noon'])).stdout));
    const id = results[0]?.passage.id ?? '';
    const all = relatedDocument.parse(JSON.parse((await pilcrow(['related', '--json', '--per-article', '1', '-k', '100', id, ...here])).stdout));
    const cut = all.results.find(({ moreInArticle }) => moreInArticle > 0)!;
    expect((await pilcrow(['related', '--per-article', '1', '-k', '100', id, ...here])).stdout).toContain(`--article ${cut.article.id}`);
    const within = relatedDocument.parse(JSON.parse((await pilcrow(['related', '--json', '--article', cut.article.id, id, ...here])).stdout));
    expect(within.results.length).toBeGreaterThan(1);
    expect(new Set(within.results.map(({ article }) => article.id))).toEqual(new Set([cut.article.id]));
    const { code, stdout, stderr } = await pilcrow(['related', '--author', 'Nobody', id, ...here]);
    expect({ code, stdout }).toEqual({ code: 0, stdout: '' });
    expect(lines(stderr)).toEqual(['pilcrow: no article has the author "Nobody"', 'pilcrow: nothing related was found in other articles']);
  });

  test.each(['no-such-article.p1', 'nonsense', '\u001b[31mred'])('related to an unknown passage id fails with one line: %j', async (id) => {
    const { code, stdout, stderr } = await pilcrow(['related', id, ...here]);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(lines(stderr)).toEqual([expect.stringMatching(/no passage/)]);
    expect(stderr).not.toContain('\u001b');
  });

  test('status tells what there is', async () => {
    const status = statusDocument.parse(JSON.parse((await pilcrow(['status', '--json', ...here])).stdout));
    expect(status.articles).toBe(3);
    expect(status.sources).toEqual([{ label: 'articles', path: workspace.at('articles') }]);
    const { code, stdout, stderr } = await pilcrow(['status', ...here]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    for (const part of [status.generation, 'UTC (', 'all-MiniLM-L6-v2, 384 dimensions', workspace.at('articles')]) expect(stdout).toContain(part);
  });
});

describe('colours and control characters', () => {
  const coloured = '\u001b[1m';

  test('are off without a terminal, on with FORCE_COLOR, and off with NO_COLOR', async () => {
    expect((await ask([QUESTION])).stdout).not.toContain('\u001b');
    expect((await ask([QUESTION], { FORCE_COLOR: '1', NO_COLOR: '1' })).stdout).not.toContain('\u001b');
    const { stdout } = await ask([QUESTION], { FORCE_COLOR: '1' });
    expect(stdout).toContain(coloured);
    expect(stdout).not.toContain('«');
  });

  test('an article\'s escape sequences never arrive', async () => {
    for (const env of [{}, { FORCE_COLOR: '1' }]) {
      const { stdout } = await ask(['when did the dogs bark?', '--source', 'articles/escape.txt'], env);
      expect(stdout).toContain('Sirens');
      expect(stdout).not.toMatch(/\u001b\]|\u001b\[2J|\u0007/);
    }
    expect((await ask(['when did the dogs bark?', '--source', 'articles/escape.txt'])).stdout).not.toContain('\u001b');
  });
});

describe('a pipe that closes early', () => {
  test('ends it quietly', async () => {
    const command = `"${process.execPath}" "${bin}" ask --index-dir "${workspace.at('index')}" "${QUESTION}" | true; echo "\${PIPESTATUS[0]}"`;
    const { stdout, stderr } = await outcome(run('bash', ['-c', command]));
    expect({ stdout, stderr }).toEqual({ stdout: '0\n', stderr: '' });
  });
});

describe('on a terminal', () => {
  test.skipIf(!existsSync('/usr/bin/script'))('is coloured', async () => {
    const command = [process.execPath, bin, 'ask', ...here, '-k', '1', 'bees'].map((word) => `'${word}'`).join(' ');
    const { stdout } = await outcome(run('script', ['-qec', command, '/dev/null'], { TERM: 'xterm' }));
    expect(stdout).toContain('\u001b[1m');
  });
});

const seeds = resolve(root, '..', 'shared', 'seeds');

describe.skipIf(!existsSync(seeds))('the shared seed article (skipped where ../shared is absent)', () => {
  const seeded = ['--index-dir', workspace.at('seeds')];
  beforeAll(async () => {
    expect((await pilcrow(['index', seeds, ...seeded])).code).toBe(0);
  });

  test('who was killed: the paragraph that names both commanders is first, its evidence marked', async () => {
    const { stdout } = await pilcrow(['ask', 'Who was killed in the drone strike near Baghdad\'s airport?', ...seeded]);
    const first = stdout.split('\n\n')[0]?.replace(/\s+/g, ' ') ?? '';
    expect(first).toMatch(/Soleimani/);
    expect(first).toMatch(/Muhandis/);
    expect(/«(.*)»/.exec(first)?.[1]).toMatch(/killed|Soleimani/);
  });

  test('what must happen: valid by the contract', async () => {
    const { stdout } = await pilcrow(['ask', 'what must happen before foreign troops are allowed to stay?', '--json', ...seeded]);
    expect(askDocument.parse(JSON.parse(stdout)).results.length).toBeGreaterThan(0);
  });
});
