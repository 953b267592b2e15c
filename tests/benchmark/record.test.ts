import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { readRecord, withResults, writeRecord } from '../../lib/benchmark/record';
import { figure, report, result } from './reports';

const folder = mkdtempSync(join(tmpdir(), 'pilcrow-record-'));
afterAll(() => { rmSync(folder, { recursive: true, force: true }); });

describe('a record', () => {
  const before = report(result({ name: 'query', title: 'before' }), result({ name: 'growth' }));
  const now = { ...report(result({ name: 'query', title: 'now' }), result({ name: 'hnsw' })), date: '2026-02-03T04:05:06.000Z', version: '0.2.0' };

  test('gets results in place of its own of that name, and keeps the others, in the order of benches', () => {
    const { benches, date, version } = withResults(before, now);
    expect(benches.map(({ name, title }) => `${name} ${title}`)).toEqual(['query now', 'hnsw Embedding', 'growth Embedding']);
    expect([date, version]).toEqual([now.date, '0.2.0']);
    expect(before.benches).toHaveLength(2);
    expect(withResults(null, now)).toBe(now);
  });

  test.each([
    ['another corpus', { corpus: 'a pool' }],
    ['another seed', { seed: 2 }],
    ['little work', { quick: true }],
    ['another machine', { machine: { ...now.machine, cores: 8 } }],
  ])('does not mix figures of %s', (_, differing) => {
    expect(() => withResults(before, { ...now, ...differing })).toThrow(expect.objectContaining({ code: 'usage', message: expect.stringMatching(/^the file has figures of .*; these are of /) as string }));
  });

  test('what else the machine did, its memory and its Node may differ', () => {
    expect(withResults(before, { ...now, machine: { ...now.machine, load: 2, node: 'v22.0.0' } }).machine.load).toBe(2);
  });

  test('is written whole, and read as it was', async () => {
    const path = join(folder, 'record.json');
    expect(await readRecord(path)).toBeNull();
    const written = report(result({ figures: [figure({ range: [1, 2] })] }));
    await writeRecord(path, written);
    expect(await readRecord(path)).toEqual(written);
    expect(readFileSync(path, 'utf8')).toMatch(/\n$/);
    expect(readdirSync(folder)).toEqual(['record.json']);
  });

  test('that is none is told, and stays as it is', async () => {
    const path = join(folder, 'notes.json');
    writeFileSync(path, '{"notes": true}');
    await expect(readRecord(path)).rejects.toMatchObject({ code: 'file-damaged' });
    await expect(readRecord(folder)).rejects.toMatchObject({ code: 'source-unreadable' });
    await expect(writeRecord(join(folder, 'none', 'record.json'), report())).rejects.toMatchObject({ code: 'usage' });
    expect(readFileSync(path, 'utf8')).toBe('{"notes": true}');
  });
});
