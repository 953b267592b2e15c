import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { articleText, hasKnownExtension, KNOWN_EXTENSIONS, paragraphRanges, type Article, type ReadNotes } from '../../lib/article';
import { readArticles, type ReadRequest } from '../../lib/article/reading/registry';
import { PilcrowError } from '../../lib/errors';

const read = (name: string, text: string) => collect({ name, bytes: Buffer.from(text), source: `articles/${name}` });

async function collect(request: ReadRequest): Promise<Article[]> {
  const notes: ReadNotes = { warnings: [], failed: [], skipped: [] };
  const articles: Article[] = [];
  for await (const article of readArticles(request, notes)) articles.push(article);
  return articles;
}

describe('readArticles', () => {
  test('adds id, source and format to what the reader found', async () => {
    expect(await read('eels.txt', 'Eels\nThey leave.')).toMatchObject([{ source: 'articles/eels.txt', format: 'text', title: 'Eels' }]);
    expect(await read('eels.MARKDOWN', '# Eels\n\nThey leave.')).toMatchObject([{ format: 'markdown', title: 'Eels' }]);
  });

  test('editing an article keeps its id', async () => {
    const [before] = await read('eels.md', 'One.');
    const [after] = await read('eels.md', '# Other\n\nTwo.');
    expect(after?.id).toBe(before?.id);
  });

  test.each(['x.exe', 'x', '.md.', 'md', 'x.constructor'])('%s is in an unknown format, and the error says which are known', async (name) => {
    expect(hasKnownExtension(name)).toBe(false);
    await expect(read(name, 'text')).rejects.toMatchObject({ code: 'format-unknown', hint: `known are ${KNOWN_EXTENSIONS.join(', ')}; say what else it is with --format, e.g. --format text` });
  });

  test.each([['a title alone', 'x.md', '# Title'], ['front matter alone', 'x.md', '---\ntitle: T\n---\n'], ['an image alone', 'x.md', '![a](b.png)'], ['ornaments', 'x.txt', '---\n***']])(
    '%s is an article without text',
    async (_, name, text) => {
      await expect(read(name, text)).rejects.toMatchObject({ code: 'article-without-text' });
    },
  );

  test('any bytes are articles or a PilcrowError', async () => {
    const markup = fc.constantFrom('---\n', '+++\n', 'title: ', 'date: ', 'tags: [', '# ', '> ', '- ', '1. ', '| a | b |\n|---|---|\n', '```\n', '<div>', '<!--', '[^1]', '[x]: ', '![', '](', '\n\n', '\n', '\r', ' ', 'word ', '今天', '&#0;', '&#x2028;', '\t', '*', '_', '~~', '"', '\\', '{', '&a *a');
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 300 }),
      fc.string({ unit: 'binary', maxLength: 300 }).map((text) => Buffer.from(text)),
      fc.array(markup, { maxLength: 60 }).map((parts) => Buffer.from(parts.join(''))),
      fc.array(markup, { maxLength: 40 }).map((parts) => Buffer.from(`---\n${parts.join('')}\n---\n${parts.reverse().join('')}`)),
    );
    await fc.assert(
      fc.asyncProperty(bytes, fc.constantFrom('x.md', 'x.txt'), async (given, name) => {
        const articles = await collect({ bytes: given, name, source: name }).catch((error: unknown) => {
          expect(error).toBeInstanceOf(PilcrowError);
          expect(String(error)).not.toMatch(/\n/);
          expect(error).toHaveProperty('kind', 'input');
          return [];
        });
        for (const { title, paragraphs } of articles) {
          expect(title.trim()).not.toBe('');
          expect(paragraphs.length).toBeGreaterThan(0);
          for (const { text, kind } of paragraphs) {
            expect(text).not.toMatch(kind === 'code' ? /[\r\u0085\u2028\u2029]|\n{3}/ : /[\n\r\u0085\u2028\u2029]/);
            expect(text).toBe(kind === 'code' ? text.replace(/^\n+|\s+$/g, '') : text.trim());
            expect(text).not.toBe('');
            expect(text).toBe(text.normalize('NFC'));
          }
        }
      }),
      { numRuns: 3000 },
    );
  }, 60_000);
});

describe('articleText', () => {
  test('is the paragraphs with a blank line between, and the ranges point into it', () => {
    const article = { paragraphs: ['One.', '', 'Three.'].map((text) => ({ text, section: null, page: null })) };
    expect(articleText(article)).toBe('One.\n\n\n\nThree.');
    expect(paragraphRanges(article).map(({ start, end }) => articleText(article).slice(start, end))).toEqual(['One.', '', 'Three.']);
  });
});
