import { describe, expect, test } from 'vitest';
import { detectFormat } from '../../lib/article/reading/detect';
import { readBytes } from './read-bytes';
import { zipBytes } from './zip-bytes';

const office = (name: string) => zipBytes([{ name: '[Content_Types].xml', data: '<Types/>' }, { name, data: '<x/>' }]);
const openDocument = zipBytes([{ name: 'mimetype', data: 'application/vnd.oasis.opendocument.text', method: 0 }, { name: 'content.xml', data: '<x/>' }]);

describe('a file of which the name tells nothing', () => {
  test.each([
    ['a record', '{"title": "A"}', 'json'], ['an empty one', ' { }', 'json'], ['a list of records', '[\n  {"a": 1}]', 'json'], ['a list of lists', '[["a", "b"]]', 'json'], ['an empty list', '[]', 'json'],
    ['RTF', '{\\rtf1\\ansi Eels}', null], ['settings', '[section]\nkey=value', null], ['a template', '{% for x in y %}', null], ['a footnote', '[1] Eels, p. 3', null], ['prose', 'Eels leave in autumn.', null],
  ])('is told by its beginning: %s', (_, text, format) => {
    expect(detectFormat('unnamed', Buffer.from(text))).toBe(format);
  });
});

describe('an archive', () => {
  test.each([['book.odt', openDocument], ['table.xlsx', office('xl/workbook.xml')], ['slides.pptx', office('ppt/presentation.xml')]])('that is a document of another program is in an unknown format: %s', (name, bytes) => {
    expect(detectFormat(name, bytes)).toBeNull();
  });

  test('is what its name says all the same', () => {
    expect(detectFormat('parts.zip', office('xl/workbook.xml'))).toBe('zip');
    expect(detectFormat('damaged.docx', office('xl/workbook.xml'))).toBe('docx');
  });
});

test('a file without a byte is empty, whatever it is called', async () => {
  await expect(readBytes('unnamed', new Uint8Array())).rejects.toMatchObject({ code: 'file-empty', message: 'unnamed is empty' });
});
