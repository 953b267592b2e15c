import fc from 'fast-check';
import { deflateRawSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { MAX_ENTRIES, MAX_ENTRY_BYTES } from '../../lib/article/archive/archive';
import { PilcrowError } from '../../lib/errors';
import { archive, has } from './made-by';
import { readBytes } from './read-bytes';
import { crc32, zipBytes, type Entry } from './zip-bytes';

const EELS = '# Eels\n\nThey leave in autumn.';
const GRASS = '# Grass\n\nIt grows.';
const zipped = (entries: readonly Entry[], name = 'x.zip') => readBytes(name, zipBytes(entries));

describe('an archive', () => {
  test('is read entry by entry, each under its place', async () => {
    const read = await zipped([{ name: 'posts/', data: '' }, { name: 'posts/eels.md', data: EELS }, { name: 'grass.txt', data: 'Grass\nIt grows.', method: 0 }]);
    expect(read.articles).toMatchObject([
      { title: 'Eels', source: 'x.zip/posts/eels.md', format: 'markdown', paragraphs: [{ text: 'They leave in autumn.' }] },
      { title: 'Grass', source: 'x.zip/grass.txt', format: 'text' },
    ]);
    expect(new Set(read.articles.map(({ id }) => id)).size).toBe(2);
    expect(read).toMatchObject({ warnings: [], failed: [], skipped: [] });
  });

  test('may hold archives; deeper than three there is no reading on', async () => {
    const nest = (levels: number): Buffer => zipBytes([{ name: `${levels}.md`, data: EELS }, ...(levels === 0 ? [] : [{ name: 'in.zip', data: nest(levels - 1) }])]);
    const read = await readBytes('x.zip', nest(3));
    expect(read.places).toEqual(['3.md', 'in.zip/2.md', 'in.zip/in.zip/1.md']);
    expect(read.failed).toEqual([['in.zip/in.zip/in.zip', 'limit-exceeded']]);
  });

  test('passes over hidden files, packages and what macOS adds in silence, counts what comes with pages, names the rest', async () => {
    const noise = ['.DS_Store', '__MACOSX/posts/._eels.md', 'node_modules/x/readme.md', '.git/notes.md', 'notes.md~'].map((name) => ({ name, data: EELS }));
    const read = await zipped([...noise, { name: './posts//eels.md', data: EELS }, ...['a.css', 'b.PNG', 'js/c.min.js'].map((name) => ({ name, data: 'x' })), { name: 'program.exe', data: 'MZ' }]);
    expect(read.places).toEqual(['posts/eels.md']);
    expect(read.warnings).toEqual(['x.zip has 3 pictures, styles and the like that are not read']);
    expect(read.skipped).toEqual([['program.exe', 'its format is unknown']]);
  });

  test('goes on after an entry that cannot be read', async () => {
    const read = await zipped([{ name: 'binary.md', data: Buffer.from([0, 1, 2]) }, { name: 'damaged.md', data: EELS, crc: 1 }, { name: 'eels.md', data: EELS }]);
    expect(read.places).toEqual(['eels.md']);
    expect(read.failed).toEqual([['binary.md', 'file-binary'], ['damaged.md', 'file-damaged']]);
  });

  test('skips what was looked into and is no article, with a reason that is the same for all of a kind', async () => {
    const read = await zipped([{ name: 'settings.xml', data: '<settings/>' }, { name: 'a.json', data: '{"a": 1}' }, { name: 'in/b.json', data: '{"b": 1}' }, { name: 'eels.md', data: EELS }]);
    expect(read.places).toEqual(['eels.md']);
    expect(read.skipped).toEqual([['settings.xml', 'its format is unknown'], ['a.json', 'it holds no articles'], ['in/b.json', 'it holds no articles']]);
  });

  test('with nothing but an archive of files that cannot be read is no archive without articles', async () => {
    const inner = zipBytes([{ name: 'damaged.md', data: EELS, crc: 1 }, { name: 'b.json', data: '{}' }]);
    expect(await zipped([{ name: 'in.zip', data: inner }])).toMatchObject({ articles: [], failed: [['in.zip/damaged.md', 'file-damaged']], skipped: [['in.zip/b.json', 'it holds no articles']] });
  });

  test.each([['nothing', []], ['pictures alone', [{ name: 'a.png', data: 'x' }]], ['no file that is an article', [{ name: 'settings.xml', data: '<settings/>' }]]])('with %s is none of articles', async (_, entries) => {
    await expect(zipped(entries)).rejects.toMatchObject({ code: 'not-articles', message: 'x.zip has no file in it that is an article' });
  });

  test('reads names in UTF-8, marked or not, and in code page 437', async () => {
    const read = await zipped([
      { name: 'ア イ/Größe.md', data: EELS },
      { name: Buffer.from('Ελιά.md'), data: EELS },
      { name: Buffer.from('Gr\x94\xe1e.md', 'latin1'), data: EELS },
    ]);
    expect(read.places).toEqual(['ア イ/Größe.md', 'Ελιά.md', 'Größe.md']);
  });

  test.skipIf(!has('zip'))('of zip, stored and deflated, with names beyond ASCII', async () => {
    const files = { 'posts/Größe.md': EELS, '日本/草.txt': 'Grass\nIt grows.' };
    for (const level of ['-0', '-9']) expect((await readBytes('x.zip', archive('zip', files, [level]))).places.sort()).toEqual(['posts/Größe.md', '日本/草.txt']);
  });

  test.skipIf(!has('7z'))('of 7-Zip', async () => {
    expect((await readBytes('x.zip', archive('7z', { 'posts/Größe.md': EELS, '日本/草.md': GRASS }))).places.sort()).toEqual(['posts/Größe.md', '日本/草.md']);
  });

  test.skipIf(!has('7z'))('of 7-Zip in a way that is not deflate: the entry is named and what to do', async () => {
    const read = await readBytes('x.zip', archive('7z', { 'eels.md': EELS.repeat(50) }, ['-mm=LZMA']));
    expect(read).toMatchObject({ articles: [], failed: [['eels.md', 'format-unknown']] });
  });
});

describe('a password', () => {
  test.skipIf(!has('zip'))('on all files is told of once', async () => {
    const bytes = archive('zip', { 'a.md': EELS, 'b.md': GRASS }, ['-e', '-P', 'secret']);
    await expect(readBytes('x.zip', bytes)).rejects.toMatchObject({ code: 'file-encrypted', message: 'x.zip is protected by a password' });
  });

  test.skipIf(!has('7z'))('in the way of WinZip (AES) as well', async () => {
    const bytes = archive('7z', { 'a.md': EELS }, ['-psecret', '-mem=AES256']);
    await expect(readBytes('x.zip', bytes)).rejects.toMatchObject({ code: 'file-encrypted' });
  });

  test('on one file keeps that one from being read', async () => {
    const read = await zipped([{ name: 'a.md', data: EELS, flags: 1 }, { name: 'b.md', data: GRASS }]);
    expect(read).toMatchObject({ places: ['b.md'], failed: [['a.md', 'file-encrypted']] });
  });
});

describe('a hostile archive', () => {
  test.each(['../eels.md', 'a/../../eels.md', '/etc/eels.md', 'C:/eels.md', 'C:\\eels.md', '..\\..\\eels.md', '\\\\server\\eels.md', 'a\n.md', '..', '../../etc/passwd'])('has the name %j: that entry is refused', async (name) => {
    const read = await zipped([{ name, data: GRASS }, { name: 'eels.md', data: EELS }]);
    expect(read.places).toEqual(['eels.md']);
    expect(read.failed.map(([, code]) => code)).toEqual(['file-damaged']);
  });

  test('has separators of Windows: they are separators', async () => {
    expect((await zipped([{ name: 'posts\\2020\\eels.md', data: EELS }])).places).toEqual(['posts/2020/eels.md']);
  });

  test('links elsewhere', async () => {
    const read = await zipped([{ name: 'passwd.txt', data: '/etc/passwd', mode: 0o120777 }, { name: 'eels.md', data: EELS }]);
    expect(read).toMatchObject({ places: ['eels.md'], skipped: [['passwd.txt', 'it is a link']] });
  });

  test('has a name twice: the first is read, the second told of', async () => {
    const read = await zipped([{ name: 'eels.md', data: EELS }, { name: 'eels.md', data: GRASS }]);
    expect(read.articles.map(({ title }) => title)).toEqual(['Eels']);
    expect(read.failed).toEqual([['eels.md', 'file-damaged']]);
  });

  test.each([['more', 5], ['less', 5_000]])('unpacks to %s than it says', async (_, size) => {
    const read = await zipped([{ name: 'a.md', data: EELS.repeat(20), size }, { name: 'eels.md', data: EELS }]);
    expect(read).toMatchObject({ places: ['eels.md'], failed: [['a.md', 'file-damaged']] });
  });

  test('is a bomb that says what it is', async () => {
    const data = Buffer.alloc(32 * 1024 * 1024);
    const read = await zipped([{ name: 'zeros.md', data }, { name: 'eels.md', data: EELS }]);
    expect(read).toMatchObject({ places: ['eels.md'], failed: [['zeros.md', 'limit-exceeded']] });
  });

  test('is a bomb that does not: unpacking stops at what it says', async () => {
    const packed = deflateRawSync(Buffer.alloc(200 * 1024 * 1024));
    const before = process.memoryUsage().arrayBuffers;
    const read = await zipped([{ name: 'zeros.md', packed, size: 100, crc: 0 }, { name: 'eels.md', data: EELS }]);
    expect(read).toMatchObject({ places: ['eels.md'], failed: [['zeros.md', 'file-damaged']] });
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(50 * 1024 * 1024);
  });

  test('has an entry, or all of them together, that are too large', async () => {
    const entry = (name: string, size: number): Entry => ({ name, size, packed: Buffer.alloc(200_000) });
    expect(await zipped([entry('a.md', MAX_ENTRY_BYTES + 1), { name: 'eels.md', data: EELS }])).toMatchObject({ places: ['eels.md'], failed: [['a.md', 'limit-exceeded']] });
    const many = Array.from({ length: 17 }, (_, i) => entry(`${i}.md`, MAX_ENTRY_BYTES));
    await expect(zipped(many)).rejects.toMatchObject({ code: 'limit-exceeded', message: 'x.zip unpacks to more than 1 GiB' });
  });

  test('has files that share their bytes', async () => {
    const inner = { name: 'eels.md', data: EELS };
    await expect(zipped([inner, { name: 'same.md', data: EELS, offset: 0 }])).rejects.toMatchObject({ code: 'file-damaged' });
    // the first file's bytes are the second's header and bytes
    const second = zipBytes([inner]).subarray(0, 30 + 7 + deflateRawSync(EELS).length);
    const quoting = { name: 'quoting.txt', method: 0, data: second };
    await expect(zipped([quoting, { ...inner, offset: 30 + 11 }])).rejects.toMatchObject({ code: 'file-damaged' });
  });

  test('has more files than anyone would pack, or than it counts', async () => {
    const entries = Array.from({ length: 2 * MAX_ENTRIES }, (_, i): Entry => ({ name: `${i}.md`, packed: Buffer.alloc(0), crc: 0 }));
    await expect(zipped(entries)).rejects.toMatchObject({ code: 'limit-exceeded', message: 'x.zip has 200000 entries, more than 100000' });
    const uncounted = zipBytes([{ name: 'a.md', data: EELS }, { name: 'b.md', data: GRASS }], { count: 1 });
    await expect(readBytes('x.zip', uncounted)).rejects.toMatchObject({ code: 'file-damaged' });
  });

  test('is cut off anywhere', async () => {
    const whole = zipBytes([{ name: 'eels.md', data: EELS }, { name: 'grass.md', data: GRASS }]);
    for (let length = 4; length < whole.length; length++) {
      await expect(readBytes('x.zip', whole.subarray(0, length))).rejects.toMatchObject({ code: 'file-damaged' });
    }
  });

  test('is damaged anywhere: articles as they were, or an error about them', async () => {
    const whole = zipBytes([{ name: 'eels.md', data: EELS }, { name: 'grass.md', data: GRASS, method: 0 }]);
    const change = fc.tuple(fc.nat({ max: whole.length - 1 }), fc.integer({ min: 1, max: 255 }));
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 4 }), async (changes) => {
        const bytes = Buffer.from(whole);
        for (const [at, by] of changes) bytes.writeUInt8((bytes[at] ?? 0) ^ by, at);
        try {
          const { articles } = await readBytes('x.zip', bytes);
          for (const { paragraphs } of articles) expect(['They leave in autumn.', 'It grows.']).toContain(paragraphs[0]?.text);
        } catch (error) {
          expect(error).toBeInstanceOf(PilcrowError);
          expect(error).toHaveProperty('kind', 'input');
        }
      }),
      { numRuns: 1500 },
    );
  });

  test('has the checksum of other bytes', async () => {
    const read = await zipped([{ name: 'a.md', data: EELS, method: 0, crc: crc32(Buffer.from(GRASS)) }]);
    expect(read).toMatchObject({ articles: [], failed: [['a.md', 'file-damaged']] });
  });
});
