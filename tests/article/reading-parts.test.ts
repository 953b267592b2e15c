import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import { ArticleReader, readInParts, type Article, type FilePart, type Outcome, type SourceFile } from '../../lib/article';
import { packageRoot } from '../../lib/package-root';
import { Stopwatch } from '../../lib/article/reading/stopwatch';

const LINE = 'A line of text that says no more than the one before it did. ';

const folder = mkdtempSync(join(tmpdir(), 'pilcrow-parts-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let reader = new ArticleReader();
afterEach(() => { reader.close(); });

function open(memoryMiB = 360): ArticleReader {
  reader = new ArticleReader({ silenceMs: 60_000, fileMs: 60_000, memoryMiB });
  return reader;
}

function file(name: string, text: string): SourceFile {
  const path = join(folder, name);
  writeFileSync(path, text);
  return { path, name, source: `p/${name}`, bytes: Buffer.byteLength(text), isNamed: true };
}

function records(count: number, characters: number): string {
  const text = LINE.repeat(Math.ceil(characters / LINE.length));
  return Array.from({ length: count }, (_, i) => JSON.stringify({ id: i, title: `Title ${i}`, text: `${i} ${text}` })).join('\n');
}

async function parts(files: readonly SourceFile[]): Promise<(Outcome | FilePart)[]> {
  const found: (Outcome | FilePart)[] = [];
  for await (const part of readInParts(files.map((one) => ({ kind: 'file', file: one })), reader)) found.push(part);
  return found;
}

function articlesIn(outcomes: readonly (Outcome | FilePart)[]): Article[] {
  return outcomes.flatMap((outcome) => (outcome.kind === 'read' || outcome.kind === 'part' ? outcome.articles : []));
}

describe('a file in parts', () => {
  test('says the same as in one piece', async () => {
    open();
    const given = file('many.jsonl', records(2_000, 1_000));
    const found = await parts([given]);
    expect(found.slice(0, -1).every(({ kind }) => kind === 'part')).toBe(true);
    expect(found.length).toBeGreaterThan(3);
    const whole = await reader.read(given);
    expect(whole.kind === 'read' && whole.articles).toEqual(articlesIn(found));
  });

  test('comes before the files after it', async () => {
    open();
    const found = await parts([file('a.txt', 'A\nText.'), file('many.jsonl', records(1_000, 1_000)), file('empty.md', ''), file('b.txt', 'B\nText.')]);
    const names = found.map((part) => (part.kind === 'part' || part.kind === 'read' ? part.file.name : part.source));
    expect(names.filter((name, i) => name !== names[i - 1])).toEqual(['a.txt', 'many.jsonl', 'p/empty.md', 'b.txt']);
    expect(found.filter(({ kind }) => kind !== 'part')).toHaveLength(4);
  });

  test('an article of many messages is one', async () => {
    open();
    const lines = Array.from({ length: 40_000 }, (_, i) => `${i} ${LINE}`.trim());
    const found = articlesIn(await parts([file('long.txt', ['Title', ...lines].join('\n'))]));
    expect(found).toHaveLength(1);
    expect(found[0]?.paragraphs.map(({ text }) => text)).toEqual(lines);
  });

  test('is not read on while nobody takes it', async () => {
    open();
    const taken: number[] = [];
    let go = (): void => undefined;
    const gate = new Promise<void>((resolve) => { go = resolve; });
    const outcome = reader.read(file('many.jsonl', records(3_000, 1_000)), async (articles) => {
      taken.push(articles.length);
      await gate;
    });
    // Another file is asked for behind it, and does not get its turn.
    const next = reader.read(file('next.txt', 'Next\nText.'));
    expect(await Promise.race([outcome, next, new Promise((resolve) => { setTimeout(resolve, 2_000, 'waits'); })])).toBe('waits');
    expect(taken.length).toBeLessThanOrEqual(4);
    go();
    expect(await outcome).toMatchObject({ kind: 'read', isCut: false });
    expect(await next).toMatchObject({ kind: 'read' });
    expect(taken.reduce((a, b) => a + b, 0)).toBe(3_000);
  });

  test('what was handed on before reading ended stays, and the rest is told as missing', async () => {
    open(256);
    const bomb = '['.repeat(40_000_000);
    const found = await parts([file('many.jsonl', `${records(3_000, 1_000)}\n${bomb}`), file('next.txt', 'Next\nText.')]);
    const ended = found.findLast((part) => part.kind === 'read' && part.file.name === 'many.jsonl');
    expect(ended).toMatchObject({ kind: 'read', isCut: true, notes: { failed: [{ error: { code: 'reading-ended' } }] } });
    expect(articlesIn(found).length).toBeGreaterThan(1_000);
    expect(articlesIn(found).at(-1)).toMatchObject({ title: 'Next' });
  });
});

describe('limits of reading', () => {
  test('memory that is not in the heap counts: JSON.parse of brackets', async () => {
    open(192);
    expect(await reader.read(file('brackets.json', '['.repeat(40_000_000)))).toMatchObject({ kind: 'failed', error: { code: 'reading-ended', message: 'brackets.json takes more than the 192 MiB of memory there are to read a file' } });
  });

  test('a paragraph that no author wrote is refused', async () => {
    open();
    const outcome = await reader.read(file('endless.txt', LINE.repeat(150_000)));
    expect(outcome).toMatchObject({ kind: 'read', articles: [], notes: { failed: [{ error: { code: 'limit-exceeded', message: 'endless.txt has a paragraph of more than 8388608 characters' } }] } });
  });

  test('what overflows the stack of a library is no error of the program', async () => {
    open();
    expect(await reader.read(file('quotes.md', '> '.repeat(30_000_000)))).toMatchObject({ kind: 'failed', error: { kind: 'input', code: 'limit-exceeded' } });
  });

  test('a file of nothing but broken lines is given up', async () => {
    open();
    expect(await reader.read(file('broken.jsonl', '{\n'.repeat(5_000_000)))).toMatchObject({ kind: 'failed', error: { code: 'file-damaged', message: expect.stringContaining('line 1 ') as string } });
  });

  test('a text of 60 MB is one article', async () => {
    open();
    const outcome = await reader.read(file('book.txt', `Title\n\n${`${LINE.repeat(10)}\n\n`.repeat(96_000)}`));
    expect(outcome).toMatchObject({ kind: 'read', articles: [{ title: 'Title' }] });
    expect(outcome.kind === 'read' && outcome.articles[0]?.paragraphs).toHaveLength(96_000);
  });
});

describe('the reading process', () => {
  test('ends with the one that started it, however busy it is', async () => {
    const slow = file('slow.md', '> - a\n\n'.repeat(2_000_000));
    const starter = `
      const child = require('node:child_process').fork(${JSON.stringify(join(packageRoot(), 'dist', 'reading-worker.mjs'))}, [String(2 ** 31)], { serialization: 'advanced', stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
      child.send({ type: 'read', id: 1, file: ${JSON.stringify(slow)} });
      setTimeout(() => process.stdout.write(String(child.pid)), 1_500);`;
    const started = spawn(process.execPath, ['-e', starter], { stdio: ['ignore', 'pipe', 'inherit'] });
    const pid = await new Promise<number>((resolve) => { started.stdout.once('data', (data: Buffer) => { resolve(Number(data.toString())); }); });
    expect(isRunning(pid)).toBe(true);
    started.kill('SIGKILL');
    await expect.poll(() => isRunning(pid), { timeout: 30_000 }).toBe(false);
  });
});

describe('the stopwatch', () => {
  test('does not count the time in which it stands still', async () => {
    const late: number[] = [];
    open();
    const watch = new Stopwatch({ silenceMs: 40, fileMs: 100_000 }, (after) => void late.push(after));
    watch.start();
    watch.pause();
    watch.signOfLife();
    await new Promise((resolve) => { setTimeout(resolve, 120); });
    expect(late).toEqual([]);
    watch.resume();
    await new Promise((resolve) => { setTimeout(resolve, 400); });
    expect(late).toEqual([40]);
    watch.pause();
  });
});

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
