import { expect, test } from 'vitest';
import { articleBlocks } from '../../app/article-blocks';

type View = Parameters<typeof articleBlocks>[0];

/** An article from its paragraphs: a section, the text, and the passages as ordinal and text. */
function view(...paragraphs: [section: string | null, text: string, ...parts: [ordinal: number, text: string][]][]): View {
  return {
    article: { paragraphs: paragraphs.map(([section, text]) => ({ section, text, page: null })) } as View['article'],
    paragraphs: paragraphs.map(([section, , ...parts]) => ({ section, page: null, parts: parts.map(([ordinal, text]) => ({ ordinal, text })) })),
  };
}

test('a paragraph that is a passage is a block with its anchor', () => {
  expect(articleBlocks(view([null, 'One.', [1, 'One.']], [null, 'Two.', [2, 'Two.']]))).toEqual([
    { heading: null, passage: { ordinal: 1, opens: true }, paragraphs: [[{ ordinal: 1, text: 'One.', opens: true }]] },
    { heading: null, passage: { ordinal: 2, opens: true }, paragraphs: [[{ ordinal: 2, text: 'Two.', opens: true }]] },
  ]);
});

test('short paragraphs of one passage are one block', () => {
  const [block, ...others] = articleBlocks(view([null, 'One.', [1, 'One.']], [null, 'Two.', [1, 'Two.']]));
  expect(others).toEqual([]);
  expect(block?.paragraphs.map(([part]) => part?.text)).toEqual(['One.', 'Two.']);
});

test('a paragraph of several passages keeps the white space between them', () => {
  const [block] = articleBlocks(view([null, 'One. Two.  Three.', [1, 'One.'], [2, 'Two.'], [3, 'Three.']]));
  expect(block?.passage).toBeNull();
  expect(block?.paragraphs[0]?.map(({ text }) => text)).toEqual(['One. ', 'Two.  ', 'Three.']);
});

test('equal parts are told apart', () => {
  const [block] = articleBlocks(view([null, 'No. No. No.', [1, 'No.'], [2, 'No. No.']]));
  expect(block?.paragraphs[0]?.map(({ text }) => text)).toEqual(['No. ', 'No. No.']);
});

test('a passage opens once, wherever it goes on', () => {
  const blocks = articleBlocks(view([null, 'One. Two.', [1, 'One.'], [2, 'Two.']], [null, 'Two still.', [2, 'Two still.']]));
  expect(blocks[1]).toMatchObject({ passage: { ordinal: 2, opens: false } });
});

test('a heading stands where a section begins, and parts a passage in two blocks', () => {
  const blocks = articleBlocks(view([null, 'a', [1, 'a']], ['Cost', 'b', [1, 'b']], ['Cost', 'c', [2, 'c']], [null, 'd', [3, 'd']]));
  expect(blocks.map(({ heading, passage }) => [heading, passage?.ordinal])).toEqual([[null, 1], ['Cost', 1], [null, 2], [null, 3]]);
});
