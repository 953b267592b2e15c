import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import { ArticleReader, type ReadingLimits, type SourceFile } from '../../lib/article';

const folder = mkdtempSync(join(tmpdir(), 'pilcrow-reader-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let reader: ArticleReader;
afterEach(() => { reader.close(); });

function open(limits: Partial<ReadingLimits> = {}): ArticleReader {
  reader = new ArticleReader({ silenceMs: 60_000, fileMs: 60_000, memoryMiB: 360, ...limits });
  return reader;
}

function file(name: string, content: string | Uint8Array): SourceFile {
  const path = join(folder, name);
  writeFileSync(path, content);
  return { path, name, source: `p/${name}`, bytes: Buffer.byteLength(content) };
}

/** Markdown that takes its parser many seconds: megabytes of tiny blocks. */
const SLOW = '> - a\n\n'.repeat(400_000);

describe('the reading process', () => {
  test('hands over articles in the order in which files were given', async () => {
    open();
    const files = Array.from({ length: 50 }, (_, i) => file(`${i}.md`, `# Title ${i}\n\nText ${i}.`));
    const outcomes = await Promise.all(files.map((given) => reader.read(given)));
    expect(outcomes.map((outcome) => outcome.kind === 'read' && outcome.articles[0]?.title)).toEqual(files.map((_, i) => `Title ${i}`));
  });

  test('takes megabytes of text', async () => {
    const line = 'A line of text that says no more than the one before it did. ';
    const outcome = await open().read(file('long.txt', `Title\n${`${line.repeat(20)}\n`.repeat(4_000)}`));
    expect(outcome).toMatchObject({ kind: 'read', articles: [{ title: 'Title' }] });
    expect(outcome.kind === 'read' && outcome.articles[0]?.paragraphs).toHaveLength(4_000);
  });

  test('is ended when a file takes too long, and the files after it are read', async () => {
    open({ silenceMs: 3_000 });
    const outcomes = await Promise.all([file('1.md', 'One.'), file('slow.md', SLOW), file('2.md', 'Two.'), file('3.md', 'Three.')].map((given) => reader.read(given)));
    expect(outcomes.map((outcome) => (outcome.kind === 'failed' ? outcome.error.code : outcome.kind))).toEqual(['read', 'reading-timeout', 'read', 'read']);
    expect(outcomes[1]).toMatchObject({ source: 'p/slow.md', error: { message: 'slow.md could not be read within 3 s' } });
  });

  test('has a limit for a whole file, too', async () => {
    expect(await open({ fileMs: 2_000 }).read(file('slow.md', SLOW))).toMatchObject({ kind: 'failed', error: { code: 'reading-timeout' } });
  });

  test('is ended when a file needs more memory than there is', async () => {
    open({ memoryMiB: 192 });
    const outcomes = await Promise.all([file('large.json', JSON.stringify(Array.from({ length: 600_000 }, (_, i) => ({ title: `Title ${i}`, text: `Text of number ${i}, which says little.` })))), file('small.md', 'Small.')].map((given) => reader.read(given)));
    expect(outcomes).toMatchObject([{ kind: 'failed', error: { code: 'reading-ended', message: 'large.json takes more than the 192 MiB of memory there are to read a file' } }, { kind: 'read' }]);
  });

  test('passes over what holds no articles or went away in the meantime, unless it was named', async () => {
    open();
    const data = file('package.json', '{"name": "x", "version": "1"}');
    const settings = file('settings.xml', '<settings/>');
    const mapped = { ...file('table.csv', 'title,text\nA,B c d.\n'), options: { map: { text: 'body' } } };
    const gone = { ...file('gone.md', 'Gone.'), path: join(folder, 'nowhere.md') };
    const reasons = ['it holds no articles', 'its format is unknown', 'it has no field body', 'it is gone since its folder was listed'];
    const all = [data, settings, mapped, gone];
    expect((await Promise.all(all.map((one) => reader.read(one)))).map((outcome) => outcome.kind === 'skipped' && outcome.reason)).toEqual(reasons);
    const named = await Promise.all(all.map((one) => reader.read({ ...one, isNamed: true })));
    expect(named.map((outcome) => outcome.kind === 'failed' && outcome.error.code)).toEqual(['not-articles', 'format-unknown', 'not-articles', 'source-not-found']);
  });

  test('knows the same bytes again, and other bytes or another way of reading them as others', async () => {
    open();
    const hashOf = async (given: SourceFile): Promise<string> => {
      const outcome = await reader.read(given);
      return outcome.kind === 'read' ? outcome.hash.toString('hex') : outcome.kind;
    };
    const given = file('same.txt', 'Title\nText.');
    const hashes = [await hashOf(given), await hashOf(given), await hashOf({ ...given, options: { format: 'markdown' } }), await hashOf(file('same.txt', 'Title\nOther text.'))];
    expect(hashes[1]).toBe(hashes[0]);
    expect(new Set(hashes).size).toBe(3);
  });

  test('reads what is in no file', async () => {
    const content = Buffer.from('# Title\n\nText.');
    expect(await open().read({ path: '-', name: 'input.md', source: 'standard input', bytes: 0, content })).toMatchObject({ kind: 'read', articles: [{ title: 'Title', source: 'standard input' }] });
  });

  test('what cannot be read is told as it is in this process', async () => {
    expect(await open().read(file('empty.md', ''))).toMatchObject({ kind: 'failed', path: join(folder, 'empty.md'), error: { code: 'file-empty', name: 'PilcrowError', kind: 'input' } });
  });
});
