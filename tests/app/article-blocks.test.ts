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
    { heading: null, passage: { ordinal: 1, opens: true }, paragraphs: [[{ ordinal: 1, text: 'One.', opens: true }]] },
    { heading: null, passage: { ordinal: 2, opens: true }, paragraphs: [[{ ordinal: 2, text: 'Two.', opens: true }]] },
  ]);
});

test('short paragraphs of one passage are one block', () => {
  const [block, ...others] = articleBlocks(view([null, [1, 'One.']], [null, [1, 'Two.']]));
  expect(others).toEqual([]);
  expect(block?.paragraphs.map(([part]) => part?.text)).toEqual(['One.', 'Two.']);
});

test('a paragraph of several passages is a block of parts', () => {
  const [block] = articleBlocks(view([null, [1, 'One. '], [2, 'Two.']]));
  expect(block?.passage).toBeNull();
  expect(block?.paragraphs[0]?.map(({ text }) => text)).toEqual(['One. ', 'Two.']);
});

test('a passage opens once, wherever it goes on', () => {
  const blocks = articleBlocks(view([null, [1, 'One.'], [2, 'Two.']], [null, [2, 'Two still.']]));
  expect(blocks[1]).toMatchObject({ passage: { ordinal: 2, opens: false } });
});

test('a heading stands where a section begins, and parts a passage in two blocks', () => {
  const blocks = articleBlocks(view([null, [1, 'a']], ['Cost', [1, 'b']], ['Cost', [2, 'c']], [null, [3, 'd']]));
  expect(blocks.map(({ heading, passage }) => [heading, passage?.ordinal])).toEqual([[null, 1], ['Cost', 1], [null, 2], [null, 3]]);
});
