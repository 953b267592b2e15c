import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { buildIndex, generationDirectory, listGenerations, LiveIndex, openGeneration, rollback, rollbackTarget, type GenerationSummary } from '../../lib/index';
import { prune, toRemove, type KeepPolicy } from '../../lib/index/generation/keep';
import { temporaryFolder, THREE, write } from './support';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Newest first; whatever is not said is ordinary. */
function generations(...given: (Partial<GenerationSummary> & { id: string })[]): GenerationSummary[] {
  const ordinary = { current: false, createdAt: null, parent: null, articles: 1, passages: 1, bytes: 10, model: null, changes: null, state: 'ok', problem: null, beingRead: false } as const;
  return given.map((one) => ({ ...ordinary, ...one }));
}

describe('what need not be kept', () => {
  const five = generations({ id: '5', current: true, parent: '4' }, { id: '4', parent: '3' }, { id: '3' }, { id: '2' }, { id: '1' });
  const edited = (edits: Record<string, Partial<GenerationSummary>>) => five.map((one) => ({ ...one, ...edits[one.id] }));

  test.each<[string, GenerationSummary[], KeepPolicy, string[]]>([
    ['is beyond the count', five, { count: 3, bytes: Infinity }, ['2', '1']],
    ['is all but the current one where one is kept', five, { count: 1, bytes: Infinity }, ['4', '3', '2', '1']],
    ['is beyond the size of all but the current one', edited({ 5: { bytes: 1000 } }), { count: 10, bytes: 25 }, ['2', '1']],
    ['is never the one before, whatever it takes', edited({ 4: { bytes: 1000 } }), { count: 10, bytes: 25 }, ['3', '2', '1']],
    ['is nothing while all fit', five, { count: 5, bytes: 40 }, []],
    ['is the damaged first', edited({ 3: { state: 'damaged' } }), { count: 4, bytes: Infinity }, ['3']],
    ['is a damaged parent before the one that a rollback goes to', edited({ 4: { state: 'damaged' } }), { count: 2, bytes: Infinity }, ['2', '1', '4']],
    ['is never a damaged one that is current', edited({ 5: { state: 'damaged' } }), { count: 2, bytes: Infinity }, ['3', '2', '1']],
    ['is not what is being read, or may be; that costs no other its place', edited({ 1: { beingRead: true }, 2: { beingRead: null } }), { count: 2, bytes: Infinity }, ['3']],
    ['is a newer one like any other, but not the parent', edited({ 5: { current: false }, 3: { current: true, parent: '1' } }), { count: 3, bytes: Infinity }, ['4', '2']],
    ['is not the current one whose manifest calls it its own parent', edited({ 5: { parent: '5' } }), { count: 1, bytes: 0 }, ['4', '3', '2', '1']],
    ['is nothing where none is current', edited({ 5: { current: false } }), { count: 1, bytes: 0 }, []],
  ])('%s', (_, all, policy, removed) => {
    expect(toRemove(all, policy)).toEqual(removed);
  });

  const anyGenerations = fc.tuple(fc.array(fc.record({
    parent: fc.option(fc.integer({ min: 0, max: 14 }).map(nameOf)),
    bytes: fc.nat(100),
    state: fc.constantFrom('ok', 'ok', 'ok', 'damaged', 'other-format'),
    beingRead: fc.constantFrom(false, false, false, true, null),
  }), { minLength: 1, maxLength: 14 }), fc.nat(13)).map(([all, current]) =>
    generations(...all.map((one, i) => ({ ...one, id: nameOf(i), current: i === current % all.length }) as GenerationSummary)).reverse());
  const anyPolicy = fc.record({ count: fc.integer({ min: 1, max: 12 }), bytes: fc.oneof(fc.nat(400), fc.constant(Infinity)) });

  test('is, whatever there is, never what is needed, and always enough', () => {
    fc.assert(fc.property(anyGenerations, anyPolicy, (all, policy) => {
      const gone = new Set(toRemove(all, policy));
      const stay = all.filter(({ id }) => !gone.has(id));
      const current = all.find((one) => one.current);
      const before = rollbackTarget(all);
      expect(stay).toContain(current);
      if (policy.count > 1 && before !== null) expect(stay).toContain(before);
      expect(all.filter(({ id, beingRead }) => gone.has(id) && beingRead !== false)).toEqual([]);

      // Nobody's reading costs another its place, or saves it.
      const wanted = toRemove(all.map((one) => ({ ...one, beingRead: false })), policy);
      expect([...gone]).toEqual(wanted.filter((id) => all.some((one) => one.id === id && one.beingRead === false)));
      const kept = all.filter(({ id }) => !wanted.includes(id));
      expect(kept.length).toBeLessThanOrEqual(policy.count);
      const older = kept.filter((one) => one !== current);
      expect(older.every((one) => one === before) || older.reduce((sum, { bytes }) => sum + bytes, 0) <= policy.bytes).toBe(true);

      // The newest stay, but for the damaged.
      const ordinary = all.filter((one) => one !== current && one !== before);
      const fates = (damaged: boolean) => ordinary.filter(({ state }) => (state === 'damaged') === damaged).map(({ id }) => wanted.includes(id));
      for (const fate of [fates(false), fates(true)]) expect(fate).toEqual([...fate].sort((a, b) => Number(a) - Number(b)));
      if (fates(false).includes(true)) expect(fates(true)).not.toContain(false);

      // Once done there is nothing more to do.
      expect(toRemove(stay, policy)).toEqual([]);
    }), { numRuns: 5000 });
  });

  function nameOf(i: number): string {
    return String(i).padStart(2, '0');
  }
});

describe('prune', () => {
  let built: { folder: string; indexDir: string; ids: string[] };
  beforeAll(async () => {
    const folder = await mkdtemp(join(tmpdir(), 'pilcrow-test-'));
    const indexDir = join(folder, 'index');
    const ids: string[] = [];
    for (let i = 0; i < 4; i++) {
      await write(join(folder, 'articles'), { 'bees.txt': `${THREE['bees.txt']} In year ${i} they swarmed.` });
      ids.push((await buildIndex({ indexDir, named: ['articles'], cwd: folder, workers: 1 })).generation ?? '');
    }
    built = { folder, indexDir, ids };
  });
  afterAll(() => rm(built.folder, { recursive: true }));

  /** A copy of the first generations that were built, oldest first. */
  async function series(count: number) {
    const indexDir = join(await temporaryFolder(), 'index');
    await cp(built.indexDir, indexDir, { recursive: true });
    const ids = built.ids.slice(0, count);
    for (const id of built.ids.slice(count)) await rm(generationDirectory(indexDir, id), { recursive: true });
    await writeFile(join(indexDir, 'current'), `${ids.at(-1) ?? ''}\n`);
    const left = async () => (await readdir(join(indexDir, 'generations'))).sort();
    return { indexDir, ids, left };
  }

  /** Another process that has opened passages.sqlite and reads on until it is killed. */
  async function reader(directory: string) {
    const script = `
      import Database from 'better-sqlite3';
      const db = new Database(process.argv[1], { readonly: true });
      db.exec('BEGIN');
      db.prepare('SELECT count(*) FROM passages').get();
      console.log('reading');
      setInterval(() => db.prepare('SELECT count(*) FROM passages').get(), 100);`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', script, join(directory, 'passages.sqlite')], { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] });
    onTestFinished(() => { child.kill('SIGKILL'); });
    await once(child.stdout, 'data');
    return {
      kill: async () => {
        const ended = once(child, 'exit');
        child.kill('SIGKILL');
        await ended;
      },
    };
  }

  test('keeps as many as it is told, the newest; the index goes on', async () => {
    const { indexDir, ids, left } = await series(4);
    expect(await prune(indexDir, { keep: 4 })).toEqual([]);
    expect(await prune(indexDir, { keep: 2 })).toEqual([ids[1], ids[0]]);
    expect(await left()).toEqual(ids.slice(2));
    await rollback(indexDir, { command: 'pilcrow rollback' });
    // The newer one is the only other.
    expect(await prune(indexDir, { keep: 1 })).toEqual([ids[3]]);
    expect(await left()).toEqual([ids[2]]);
    const live = new LiveIndex(indexDir);
    expect(await live.use(({ id, store }) => [id, store.counts().articles])).toEqual([ids[2], 1]);
    await live.close();
  });

  test('by default keeps what fits, and the one before in any case; nothing of a few small ones goes', async () => {
    const { indexDir, ids, left } = await series(3);
    expect(await prune(indexDir)).toEqual([]);
    const [, second, first] = (await listGenerations(indexDir)).map(({ bytes }) => bytes);
    expect(await prune(indexDir, { byDefault: { count: 10, bytes: (first ?? 0) + (second ?? 0) } })).toEqual([]);
    expect(await prune(indexDir, { byDefault: { count: 10, bytes: (first ?? 0) + (second ?? 0) - 1 } })).toEqual([ids[0]]);
    expect(await prune(indexDir, { byDefault: { count: 10, bytes: 0 } })).toEqual([]);
    expect(await left()).toEqual(ids.slice(1));
  });

  test('of twelve small ones ten stay', async () => {
    const { indexDir, ids, left } = await series(1);
    const [id = ''] = ids;
    for (let i = 0; i < 11; i++) {
      const copy = `20200101T0000000${String(i).padStart(2, '0')}Z-abcdef`;
      await cp(generationDirectory(indexDir, id), generationDirectory(indexDir, copy), { recursive: true });
      const manifest = join(generationDirectory(indexDir, copy), 'manifest.json');
      await writeFile(manifest, (await readFile(manifest, 'utf8')).replace(`"id": "${id}"`, `"id": "${copy}"`));
    }
    expect(await prune(indexDir)).toEqual(['20200101T000000001Z-abcdef', '20200101T000000000Z-abcdef']);
    expect(await left()).toHaveLength(10);
  });

  test('leaves what this process reads, and what is none of ours', async () => {
    const { indexDir, ids, left } = await series(3);
    await write(join(indexDir, 'generations'), { 'backup/manifest.json': '{}', 'notes.txt': 'mine' });
    const reading = await openGeneration(generationDirectory(indexDir, ids[0] ?? ''));
    expect(await prune(indexDir, { keep: 1 })).toEqual([ids[1]]);
    expect(reading.store.counts().articles).toBe(1);
    reading.close();
    expect(await prune(indexDir, { keep: 1 })).toEqual([ids[0]]);
    expect(await left()).toEqual([ids[2], 'backup', 'notes.txt'].sort());
  });

  test('leaves what another process reads, until that is gone, however it ended', async () => {
    const { indexDir, ids, left } = await series(3);
    const { kill } = await reader(generationDirectory(indexDir, ids[0] ?? ''));
    expect((await listGenerations(indexDir)).map(({ beingRead }) => beingRead)).toEqual([false, false, true]);
    expect(await prune(indexDir, { keep: 1 })).toEqual([ids[1]]);
    expect(await left()).toEqual([ids[0], ids[2]]);
    await kill();
    expect(await prune(indexDir, { keep: 1 })).toEqual([ids[0]]);
    expect(await left()).toEqual([ids[2]]);
  });

  test('takes the damaged first, whatever is left of them', async () => {
    const { indexDir, ids, left } = await series(3);
    await truncate(join(generationDirectory(indexDir, ids[1] ?? ''), 'passages.sqlite'), 1);
    expect(await prune(indexDir, { keep: 2 })).toEqual([ids[1]]);
    expect(await left()).toEqual([ids[0], ids[2]]);
  });

  test('a run removes what those before it left, whatever process they were', async () => {
    const { indexDir, ids, left } = await series(1);
    const pid = process.pid;
    await write(indexDir, {
      [`generations/.building-${pid}-abc123/passages.sqlite`]: 'half a database',
      [`generations/.removing-${pid}-abc123/manifest.json`]: '{}',
      [`current.${pid}-abc123`]: ids[0] ?? '',
      [`writer.json.${pid}-abc123`]: '{',
      'current.txt': 'mine',
    });
    // By now the article has another text than in the first generation.
    const { generation } = await buildIndex({ indexDir, named: [], cwd: built.folder, workers: 1 });
    expect(await left()).toEqual([ids[0], generation]);
    expect((await readdir(indexDir)).filter((name) => /^(current|writer\.json)/.test(name)).sort()).toEqual(['current', 'current.txt']);
  });
});
