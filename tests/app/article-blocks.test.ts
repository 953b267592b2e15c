import { expect, test } from 'vitest';
import { articleBlocks } from '../../app/article-blocks';

type View = Parameters<typeof articleBlocks>[0];

/** An article from its paragraphs: a section, and the passages in it as ordinal and text. */
function view(...paragraphs: [section: string | null, ...parts: [ordinal: number, text: string][]][]): View {
  return {
    paragraphs: paragraphs.map(([section, ...parts]) => ({ section, page: null, parts: parts.map(([ordinal, text]) => ({ ordinal, text })) })),
  };
}

test('a paragraph that is a passage is a block with its anchor', () => {
  expect(articleBlocks(view([null, [1, 'One.']], [null, [2, 'Two.']]))).toEqual([
    { heading: null, passage: { ordinal: 1, opens: true }, paragraphs: [{ page: null, parts: [{ ordinal: 1, text: 'One.', at: 0, opens: true }] }] },
    { heading: null, passage: { ordinal: 2, opens: true }, paragraphs: [{ page: null, parts: [{ ordinal: 2, text: 'Two.', at: 0, opens: true }] }] },
  ]);
});

test('short paragraphs of one passage are one block', () => {
  const [block, ...others] = articleBlocks(view([null, [1, 'One.']], [null, [1, 'Two.']]));
  expect(others).toEqual([]);
  expect(block?.paragraphs.map(({ parts: [part] }) => part?.text)).toEqual(['One.', 'Two.']);
});

test('a paragraph of several passages is a block of parts', () => {
  const [block] = articleBlocks(view([null, [1, 'One. '], [2, 'Two.']]));
  expect(block?.passage).toBeNull();
  expect(block?.paragraphs[0]?.parts.map(({ text }) => text)).toEqual(['One. ', 'Two.']);
});

test('every part knows where it stands in its passage, whatever white space is shown around it', () => {
  const blocks = articleBlocks(view([null, [1, '  One. '], [2, 'Two.']], [null, [2, 'Two still.']], [null, [2, 'And more.'], [3, 'Three.']]));
  const parts = blocks.flatMap(({ paragraphs }) => paragraphs.flatMap((paragraph) => paragraph.parts));
  expect(parts.map(({ ordinal, at }) => [ordinal, at])).toEqual([[1, -2], [2, 0], [2, 'Two.\n\n'.length], [2, 'Two.\n\nTwo still.\n\n'.length], [3, 0]]);
});

test('a page begins with the first paragraph on it', () => {
  const pages = [1, 1, 2, null].map((page, i) => ({ section: null, page, parts: [{ ordinal: i < 3 ? 1 : 2, text: 'a' }] }));
  const blocks = articleBlocks({ paragraphs: pages });
  expect(blocks.flatMap(({ paragraphs }) => paragraphs.map(({ page }) => page))).toEqual([1, null, 2, null]);
});

test('a passage opens once, wherever it goes on', () => {
  const blocks = articleBlocks(view([null, [1, 'One.'], [2, 'Two.']], [null, [2, 'Two still.']]));
  expect(blocks[1]).toMatchObject({ passage: { ordinal: 2, opens: false } });
});

test('a heading stands where a section begins, and parts a passage in two blocks', () => {
  const blocks = articleBlocks(view([null, [1, 'a']], ['Cost', [1, 'b']], ['Cost', [2, 'c']], [null, [3, 'd']]));
  expect(blocks.map(({ heading, passage }) => [heading, passage?.ordinal])).toEqual([[null, 1], ['Cost', 1], [null, 2], [null, 3]]);
});
