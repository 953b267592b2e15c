import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { MAX_ENTRY_BYTES } from '../../lib/article/archive/archive';
import { gzip, has } from './made-by';
import { readBytes } from './read-bytes';
import { zipBytes } from './zip-bytes';

const EELS = '# Eels\n\nThey leave in autumn.';

describe('a file packed by gzip', () => {
  test('is read as what is in it, and keeps its place', async () => {
    const { articles } = await readBytes('eels.md.gz', gzipSync(EELS));
    expect(articles).toMatchObject([{ title: 'Eels', source: 'eels.md.gz', format: 'markdown', paragraphs: [{ text: 'They leave in autumn.' }] }]);
  });

  test.skipIf(!has('gzip'))('by the program itself', async () => {
    expect((await readBytes('eels.txt.gz', gzip('eels.txt', 'Eels\nThey leave.'))).articles).toMatchObject([{ title: 'Eels', format: 'text' }]);
  });

  test('may have several members', async () => {
    const { articles } = await readBytes('eels.md.gz', Buffer.concat([gzipSync(EELS), gzipSync('\n\nAnd return.')]));
    expect(articles[0]?.paragraphs.map(({ text }) => text)).toEqual(['They leave in autumn.', 'And return.']);
  });

  test('may be an archive, and lie in one', async () => {
    expect((await readBytes('all.zip.gz', gzipSync(zipBytes([{ name: 'eels.md', data: EELS }])))).places).toEqual(['eels.md']);
    expect((await readBytes('all.zip', zipBytes([{ name: 'eels.md.gz', data: gzipSync(EELS) }]))).articles).toMatchObject([{ source: 'all.zip/eels.md.gz', format: 'markdown' }]);
  });

  test('of which neither name nor content tells what it is', async () => {
    await expect(readBytes('notes.gz', gzipSync('Some words.'))).rejects.toMatchObject({ code: 'format-unknown' });
  });

  test('is a tar archive: what to do is said', async () => {
    const header = Buffer.alloc(1024);
    header.write('eels.md');
    header.write('ustar', 257);
    await expect(readBytes('all.tar.gz', gzipSync(header))).rejects.toMatchObject({ code: 'format-unknown', hint: 'unpack it and name the folder' });
  });

  test('is cut off, changed or has something after its end', async () => {
    const whole = gzipSync(EELS);
    const changed = Buffer.from(whole);
    changed.writeUInt8((changed[15] ?? 0) ^ 0xff, 15);
    const wrongSum = Buffer.from(whole);
    wrongSum.writeUInt32LE(1, whole.length - 8);
    for (const bytes of [whole.subarray(0, 20), whole.subarray(0, -1), changed, wrongSum, Buffer.concat([whole, Buffer.from('more')]), whole.subarray(0, 2)]) {
      await expect(readBytes('eels.md.gz', bytes)).rejects.toMatchObject({ code: 'file-damaged' });
    }
  });

  test('is a bomb: unpacking stops at the limit', async () => {
    const bomb = gzipSync(Buffer.alloc(MAX_ENTRY_BYTES + 1));
    await expect(readBytes('zeros.md.gz', bomb)).rejects.toMatchObject({ code: 'limit-exceeded' });
  });
});
