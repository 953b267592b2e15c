import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { ArticleDraft } from '../../lib/article';
import { textReader } from '../../lib/article/formats/text';

async function read(text: string, name = 'my-first_file.txt'): Promise<ArticleDraft> {
  const [draft] = textReader.read({ name, bytes: Buffer.from(text) });
  if (draft === undefined) throw new Error('no article');
  return draft;
}

async function titleAndParagraphs(text: string): Promise<[string, string[]]> {
  const { title, paragraphs } = await read(text);
  return [title, paragraphs.map((paragraph) => paragraph.text)];
}

const LONG = 'A paragraph that no editor has wrapped, because it is written on one line however long that line may get, as word processors do it.';

describe('one paragraph a line', () => {
  test('the first line is the title', async () => {
    expect(await titleAndParagraphs('Title\nOne.\nTwo.\nThree.')).toEqual(['Title', ['One.', 'Two.', 'Three.']]);
  });

  test('stray blank lines between long lines change nothing', async () => {
    expect(await titleAndParagraphs(`Title\n\n${LONG}\n${LONG}\n\n${LONG}\nShort.`)).toEqual(['Title', [LONG, LONG, LONG, 'Short.']]);
  });

  test('a blank line after each paragraph changes nothing', async () => {
    expect(await titleAndParagraphs('Title\n\nOne.\n\nTwo.\n')).toEqual(['Title', ['One.', 'Two.']]);
  });

  test('a single block of short lines could be a list, and stays as it is', async () => {
    expect(await titleAndParagraphs('Shopping\n\neggs\nflour\nmilk')).toEqual(['Shopping', ['eggs', 'flour', 'milk']]);
  });

  test('white space is collapsed and trimmed', async () => {
    expect(await titleAndParagraphs('  The\ttitle \n\u3000One   two\t three  ')).toEqual(['The title', ['One two three']]);
  });
});

describe('blank lines between paragraphs', () => {
  test('wrapped lines are joined', async () => {
    expect(await titleAndParagraphs('Title\n\nOne is\nwrapped.\n\nTwo is\nwrapped, too.')).toEqual(['Title', ['One is wrapped.', 'Two is wrapped, too.']]);
  });

  test('lines of one sentence each are joined as well', async () => {
    expect(await titleAndParagraphs('Title\n\nOne.\nTwo.\n\nThree.\nFour.')).toEqual(['Title', ['One. Two.', 'Three. Four.']]);
  });

  test('Chinese lines are joined without a space, hyphenated words without one too', async () => {
    expect(await titleAndParagraphs('Title\n\n今天下了\n一整天的雨。\n\na well-\nknown 字\nword')).toEqual(['Title', ['今天下了一整天的雨。', 'a well-known 字 word']]);
  });

  test('a list keeps its items apart', async () => {
    expect(await titleAndParagraphs('Title\n\n- one\n  goes on\n- two\n\nThe end is\nnear.')).toEqual(['Title', ['- one goes on', '- two', 'The end is near.']]);
  });

  test('an opening paragraph that goes on is no title', async () => {
    const [title, paragraphs] = await titleAndParagraphs('It was the best of times, it was\nthe worst of times.\n\nIt was the\nage of wisdom.');
    expect(title).toBe('my first file');
    expect(paragraphs).toEqual(['It was the best of times, it was the worst of times.', 'It was the age of wisdom.']);
  });

  test('ornaments separate and are left out', async () => {
    expect(await titleAndParagraphs('Title\n=====\nOne\nand one.\n* * *\nTwo\nand two.')).toEqual(['Title', ['One and one.', 'Two and two.']]);
  });

  test('one long line among many does not make lines paragraphs', async () => {
    const wrapped = 'wrapped\nas ever\nand ever\nand ever\nand ever.\n\n'.repeat(4);
    const [, paragraphs] = await titleAndParagraphs(`Title\n\n${wrapped}See https://example.org/${'x'.repeat(200)}\nfor more.`);
    expect(paragraphs).toHaveLength(5);
  });
});

describe('titles', () => {
  test('a file of one line has a text, and a title from its name', async () => {
    expect(await titleAndParagraphs('Only this.\n\n')).toEqual(['my first file', ['Only this.']]);
  });

  test('a first line too long for a title is a paragraph', async () => {
    const prose = `${'word '.repeat(100)}end.`;
    expect(await titleAndParagraphs(`${prose}\nTwo.`)).toEqual(['my first file', [prose, 'Two.']]);
  });

  test('one line of five megabytes is one paragraph', async () => {
    const { paragraphs } = await read('x'.repeat(5_000_000));
    expect(paragraphs.map(({ text }) => text.length)).toEqual([5_000_000]);
  });

  test('nothing else is known of a text', async () => {
    expect(await read('Title\nOne.')).toEqual({
      title: 'Title', author: null, published: null, updated: null, language: null, url: null, tags: [],
      paragraphs: [{ text: 'One.', section: null, page: null }],
    });
  });
});

test('newswire as it comes: a headline and a paragraph a line', async () => {
  const lines = readFileSync(new URL('newswire.txt', import.meta.url), 'utf8').split('\n');
  const [title, paragraphs] = await titleAndParagraphs(lines.join('\n'));
  expect(title).toBe(lines[0]);
  expect(paragraphs).toEqual(lines.slice(1).filter((line) => line !== ''));
});
