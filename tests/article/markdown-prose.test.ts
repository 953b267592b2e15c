import fc from 'fast-check';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { gfm } from 'micromark-extension-gfm';
import { describe, expect, test } from 'vitest';
import { cutMarkdown } from '../../lib/article/markdown/cut';
import { parseMarkdown } from '../../lib/article/markdown/parse';

/** By the parser alone, of the whole text. */
function parsed(text: string): unknown {
  return bare(fromMarkdown(`${text}\n\n`, { extensions: [gfm()], mdastExtensions: gfmFromMarkdown().map((extension) => ({ ...extension, transforms: [] })) }).children);
}

/** Without what nobody asks for: the places at which they stand, blank lines at the end of code that is never closed. */
function bare(blocks: unknown): unknown {
  return JSON.parse(JSON.stringify(blocks, (key, value: unknown) => {
    if (key === 'position') return undefined;
    return typeof value === 'object' && value !== null && 'type' in value && value.type === 'code' && 'value' in value ? { ...value, value: String(value.value).trimEnd() } : value;
  }));
}

function kinds(text: string): string[] {
  return cutMarkdown(text).pieces.map(({ kind }) => kind);
}

const LINES = [
  'The bees came back.', '“Yes,” she said; it rained: 12% more (or so) – every 3. day!', '1987 was dry.', '1. one', '2) two', '12', '3.', '3.5 m', 'Ähren, 今天下雨。', '$5 is {enough} = a ^ b + c, isn’t it?',
  '# A title', '## Two #', '###', '####### seven', '#tag', '- item', '* item', '+ item', '  more of it', '\ttabbed', '    indented', '> quoted', '---', '===', '--', '| a | b |', '|---|---|', 'a | b', '-|-', ':-', 'one  ', 'one\\', 'a&amp;b', 'a & b',
  '`code`', '``` js', '```', '~~~', '~~~~', '  ```', '- ```', '> ```', '*strong* and _soft_', 'a * b', '~~gone~~', '[a]', '[a](b)', '[a]: /x', '[^1]: note', 'see[^1]', '![p](q)', '- [ ] task', '<div>', '</div>', '<!-- so', '-->', 'a <b>c</b>', '<pre>', '</pre>', 'x < y', '<?php', 'a@b.c', 'www.a.b', 'see http://a.b/c', 'HTTPS:', '%% so %%', '==so==', '\u00a0', 'a\u00a0', '\u2028', 'a\u0000b', '\ufeffa', 'a\rb', 'a\tb',
];

describe('prose, which the parser does not see', () => {
  test('any lines are what the parser makes of them', () => {
    const line = fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...LINES) }, { weight: 1, arbitrary: fc.constantFrom(...LINES.slice(0, 10)) }, { weight: 1, arbitrary: fc.string({ unit: 'grapheme', maxLength: 12 }).map((text) => text.replaceAll('\n', '')) });
    const text = fc.array(fc.tuple(line, fc.constantFrom('\n', '\n\n', '\n\n', '\n \n', '\n\n\n')), { minLength: 1, maxLength: 12 }).map((lines) => lines.flat().join(''));
    fc.assert(fc.property(text, (body) => { expect(bare(parseMarkdown(body))).toEqual(parsed(body)); }), { numRuns: 3_000 });
  });

  test.each(LINES)('%j alone, and between paragraphs, is what the parser makes of it', (line) => {
    for (const body of [line, `${line}\n`, `One.\n\n${line}\n\nTwo.`, `One.\n${line}\n\nTwo.`, `One.\n\n${line}\nTwo.`, `\n\n${line}\n${line}\n\nTwo.`]) {
      expect(bare(parseMarkdown(body)), JSON.stringify(body)).toEqual(parsed(body));
    }
  });

  test('is most of an article', () => {
    expect(kinds('# A title\n\nThe bees came back.\nIt rained.\n\nSee [this](x).\n\n- one\n\n- two\n\n“Well,” she said.\n')).toEqual(['prose', 'prose', 'markup', 'prose']);
  });

  test.each([
    ['a definition may be meant anywhere', 'One.\n\nSee [x].\n\n[x]: /y'],
    ['HTML may go on', '<pre>\n\nOne.\n\n</pre>'],
    ['a fence in a list may not have ended', '- a\n  ```\n\nOne.\n\n  ```\n\nTwo.'],
  ])('%s: the text is parsed as one', (_, text) => {
    expect(kinds(text)).toEqual(['markup']);
    expect(bare(parseMarkdown(text))).toEqual(parsed(text));
  });
});
