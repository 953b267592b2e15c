import { describe, expect, test } from 'vitest';
import type { ArticleDraft } from '../../lib/article';
import { markdownReader } from '../../lib/article/formats/markdown';

async function read(text: string, name = 'my-first_file.md'): Promise<ArticleDraft> {
  const [draft] = markdownReader.read({ name, bytes: Buffer.from(text) });
  if (draft === undefined) throw new Error('no article');
  return draft;
}

async function paragraphs(text: string): Promise<string[]> {
  return (await read(text)).paragraphs.map((paragraph) => paragraph.text);
}

async function bySection(text: string): Promise<[string | null, string][]> {
  return (await read(text)).paragraphs.map((paragraph) => [paragraph.section, paragraph.text]);
}

describe('what becomes a paragraph', () => {
  test.each([
    ['soft and hard line breaks become spaces', 'one\ntwo  \nthree\\\nfour<br>five', ['one two three four five']],
    ['Chinese lines are joined without a space', '今天下了\n一整天的雨。', ['今天下了一整天的雨。']],
    ['emphasis, code, strikethrough and links leave their text', '*a* **b** `c` ~~d~~ [e](http://x.y "t") <http://f.g> [h][i]\n\n[i]: http://j.k', ['a b c d e http://f.g h']],
    ['images and their alt texts are left out', 'before ![alt](x.png) after\n\n![alone](x.png)', ['before after']],
    ['entities and escapes are resolved', 'a &amp; b \\* c &copy; &#x41;', ['a & b * c © A']],
    ['line breaks written as entities are none', 'a&#10;b&#x2028;c&#0;d', ['a b c\uFFFDd']],
    ['a block quote is text', '> one\n> two\n>\n> three', ['one two', 'three']],
    ['list items are paragraphs, markers left out', '1. The first item is a sentence.\n2. The second item is one, too.\n   - And a third is nested below.', ['The first item is a sentence.', 'The second item is one, too.', 'And a third is nested below.']],
    ['a list of short items is one paragraph', '- eggs\n- flour,\n- cold milk', ['eggs; flour, cold milk']],
    ['task lists lose their boxes', '- [x] Wash the dishes before supper, all of them.\n- [ ] Dry them.', ['Wash the dishes before supper, all of them.', 'Dry them.']],
    ['a table row names its headers', '| Year | Eels |\n|---|---|\n| 1980 | 400 |\n| 2020 | |', ['Year: 1980; Eels: 400', 'Year: 2020']],
    ['a code block is text, in its lines', '```js\nlet a = 1;\n\n  let b;\n```', ['let a = 1;\n\n  let b;']],
    ['raw HTML leaves its text', '<div>\n<p>One &amp; one.</p><p>Two.</p>\n</div>\n\nthree <b>bold</b> <!-- not this -->four\n\n<!-- nor\n\nthis -->\n\n<script>\nvar x = "<p>nor this";\n</script>', ['One & one.', 'Two.', 'three bold four']],
    ['footnotes come at the end', 'One.[^a]\n\n[^a]: The note.\n\nTwo.', ['One.', 'Two.', 'The note.']],
    ['thematic breaks and link definitions are left out', 'One.\n\n***\n\n[x]: http://y.z\n\nTwo.', ['One.', 'Two.']],
  ])('%s', async (_, text, expected) => {
    expect(await paragraphs(text)).toEqual(expected);
  });
});

describe('notes of Obsidian and its like', () => {
  test.each([
    ['links to notes are what is shown of them', 'See [[Bees]], [[Bees|the insects]], [[Bees#In winter]], [[#Part]] and [[a/b^c|x]].', ['See Bees, the insects, Bees > In winter, Part and x.']],
    ['links in tables may escape their bar', '| A | B |\n|---|---|\n| [[Bees\\|insects]] | 2 |', ['A: insects; B: 2']],
    ['embeds are left out like pictures', 'Before ![[hive.png|300]] after.\n\n![[Summer]]', ['Before after.']],
    ['highlights are text', 'It is ==the angle== that counts, and a == b == c.', ['It is the angle that counts, and a == b == c.']],
    ['comments are left out', 'Seen. %%not to be seen%% Seen, too, 100%% sure.\n\n%% nor this %%', ['Seen. Seen, too, 100%% sure.']],
    ['names of blocks are left out', 'The dance tells it. ^dance-1\n\nThe area is x ^2', ['The dance tells it.', 'The area is x ^2']],
    ['boxes lose their kind', '> [!warning]- Mind the step\n> It is high.\n\n> [!x] as a link', ['Mind the step It is high.', 'as a link']],
    ['queries are left out, other code is not', '```dataview\nTABLE x FROM #y\n```\n\n```sql\nSELECT 1;\n```', ['SELECT 1;']],
    ['code keeps its brackets', 'In a shell `[[ -f x ]]` and [[ -f x ]] and `a[[0]]` are tests.', ['In a shell [[ -f x ]] and [[ -f x ]] and a[[0]] are tests.']],
  ])('%s', async (_, text, expected) => {
    expect(await paragraphs(text)).toEqual(expected);
  });

  test('tags may have their sign, and a note says when it was made', async () => {
    expect(await read('---\ntags: ["#garden", insects]\ncreated: 2022-05-06\n---\nText.')).toMatchObject({ tags: ['garden', 'insects'], published: '2022-05-06' });
  });

  test('a date that the name begins with is the article’s, where it has no other', async () => {
    expect(await read('Text.', '2019-04-05-my-title.md')).toMatchObject({ title: 'my title', published: '2019-04-05' });
    expect(await read('# A title\n\nText.', 'in/2019-04-05 x.md')).toMatchObject({ title: 'A title', published: '2019-04-05' });
    expect(await read('Text.', '2019-04-05.md')).toMatchObject({ title: '2019-04-05', published: '2019-04-05' });
    expect(await read('---\ndate: 2020\n---\nText.', '2019-04-05-x.md')).toMatchObject({ published: '2020' });
    expect(await read('Text.', '2019-13-05-x.md')).toMatchObject({ title: '2019 13 05 x', published: null });
    for (const name of ['2019-04-05x.md', '2019-13-05.md', '12019-04-05.md', 'x-2019-04-05.md']) expect(await read('Text.', name)).toMatchObject({ published: null });
  });
});

describe('how a paragraph is set', () => {
  const settings = async (text: string) => (await read(text)).paragraphs.map(({ text: said, kind, mark }) => [said, kind, mark]);

  test('items have their marks, nested ones and further paragraphs too', async () => {
    const list = '3. The third thing to do is to wash up.\n\n   And to dry, which takes longer than one thinks.\n4. The fourth is rest.\n   - Sleep is the best of it, all agree.';
    expect(await settings(list)).toEqual([
      ['The third thing to do is to wash up.', 'item', '3.'],
      ['And to dry, which takes longer than one thinks.', 'item', undefined],
      ['The fourth is rest.', 'item', '4.'],
      ['Sleep is the best of it, all agree.', 'item', '•'],
    ]);
  });

  test('quotes are quotes, code is code wherever it stands, and a short list is a line of text', async () => {
    expect(await settings('> Said.\n>\n> - Listed in it by someone.\n\n- First of all, this is how it goes:\n\n      run --it\n\n- eggs\n- milk\n\n<!-- -->\n\n- a\n- b')).toEqual([
      ['Said.', 'quote', undefined],
      ['Listed in it by someone.', 'item', '•'],
      ['First of all, this is how it goes:', 'item', '•'],
      ['run --it', 'code', undefined],
      ['eggs', 'item', '•'],
      ['milk', 'item', '•'],
      ['a; b', undefined, undefined],
    ]);
  });

  test('code keeps its lines and what they are indented by against each other', async () => {
    expect(await paragraphs('```\n\n    if (x) {\n\n\n\n      return;  \n    }\n```')).toEqual(['if (x) {\n\n  return;\n}']);
    expect(await paragraphs('```\n  one\n    two\n  three\n```')).toEqual(['one\n  two\nthree']);
    expect(await paragraphs('```\n    first\n  less\n```')).toEqual(['  first\nless']);
  });
});

describe('title and sections', () => {
  test('headings without a text of their own stand above the one that has', async () => {
    expect(await bySection('# T\n\n## Part\n\n### Chapter\n\nA.\n\n### Next\n\nB.\n\n## Other\n\n#### Deep\n\nC.')).toEqual([['Part › Chapter', 'A.'], ['Next', 'B.'], ['Other › Deep', 'C.']]);
  });

  test('front matter names the title, and a heading equal to it is dropped', async () => {
    const { title, paragraphs: found } = await read('---\ntitle: "Eels: A *Life*"\n---\n# Eels – a life\n\nOne.');
    expect(title).toBe('Eels: A *Life*');
    expect(found).toEqual([{ text: 'One.', section: null, page: null }]);
  });

  test('a level-one heading that is not the title is a section', async () => {
    expect(await bySection('---\ntitle: Eels\n---\n# Rivers\n\nOne.')).toEqual([['Rivers', 'One.']]);
  });

  test('without front matter, the first level-one heading is the title', async () => {
    expect((await read('![badge](x.png)\n\n# The *title*\n\nOne.\n\n# Other\n\nTwo.')).title).toBe('The title');
    expect((await read('Above.\n\nThe title\n=========\n\nOne.')).title).toBe('The title');
  });

  test('level-one headings below text are sections when there are several', async () => {
    const { title, paragraphs: found } = await read('Above.\n\n# One\n\nFirst.\n\n# Two\n\nSecond.');
    expect(title).toBe('my first file');
    expect(found.map(({ section }) => section)).toEqual([null, 'One', 'Two']);
  });

  test('the title of last resort is the file’s name', async () => {
    expect((await read('One.\n\n## Two\n\nThree.')).title).toBe('my first file');
  });

  test('a paragraph has the nearest heading above it', async () => {
    expect(await bySection('# T\n\nA.\n\n## One\n\nB.\n\n### Deep\n\nC.\n\n## Two `x`\n\nD.')).toEqual([[null, 'A.'], ['One', 'B.'], ['Deep', 'C.'], ['Two x', 'D.']]);
  });

  test('a heading too long for one is a paragraph', async () => {
    const prose = `${'word '.repeat(100)}end.`;
    expect(await paragraphs(`# ${prose}\n\nOne.`)).toEqual([prose, 'One.']);
  });
});

describe('blocks that would take the parser minutes', () => {
  test.each([
    ['emphasis', 'word *a_ '.repeat(600)],
    ['closing emphasis', 'word a* '.repeat(600)],
    ['strikethrough', 'word ~a '.repeat(600)],
    ['opening brackets', 'word [a '.repeat(600)],
    ['closing brackets', 'word ]a '.repeat(600)],
    ['images', 'word ![a '.repeat(600)],
    ['backticks', 'word `a`` '.repeat(600)],
    ['comments without end', 'word <!-- '.repeat(300)],
    ['addresses', 'word a_@ '.repeat(600)],
    ['footnotes', 'word [^a] '.repeat(600)],
    ['underlined headings', 'word\n=\n'.repeat(600)],
    ['emphasis in a heading', `# ${'word *a_ '.repeat(600)}`],
    ['emphasis in a block quote', `> ${'word *a_ '.repeat(600)}`],
    ['emphasis on lines between which are blank ones to the eye alone', 'word *a_\n\u00a0\n'.repeat(600)],
    ['emphasis on lines that look like list items but are none', `word\n${'2. word *a_\n    - word *a_\n'.repeat(300)}`],
    ['emphasis on lines that look like a table but are none', `|*a*|b|\n|-|\n${'|word *a_\n'.repeat(600)}`],
    ['emphasis below what looks like a fence but is none', `<div>\n\`\`\`\n</div>\n\`\`\`\n${'word *a_ '.repeat(600)}`],
    ['block quotes in each other', `${'>'.repeat(100)} word\n`.repeat(10)],
    ['lists in each other', `${'- '.repeat(100)}word\n`.repeat(10)],
  ])('%s are plain text, and the blocks around them are read', async (_, text) => {
    // what would be lost were it read
    const block = text.trimEnd().replace(/^word(?! *\n=)/, '**word**');
    const found = await paragraphs(`A *first* one.\n\n${block}\n\nA [last] one.\n\n[last]: http://x.y`);
    expect(found).toEqual(['A first one.', block.replace(/\s+/g, ' '), 'A last one.']);
  });

  test.each([
    ['a list of links', 300, '- [one](http://x.y) and **two** `three`\n', 'one and two three'],
    ['a numbered list of links', 300, '1. [one](http://x.y) and **two** `three`\n', 'one and two three'],
    ['a paragraph of links', 100, 'a word, [a link](http://example.org/path) and *emphasis*,\n', null],
    ['nested quotes', 1, '> > > > > a word\n', 'a word'],
  ])('%s is not one of them', async (_, count, text, each) => {
    const found = await paragraphs(text.repeat(count));
    if (each !== null) expect(found).toEqual(Array<string>(count).fill(each));
    expect(found.join(' ')).not.toMatch(/[[\]*`>]/);
  });

  test('a table of links is not one of them', async () => {
    const found = await paragraphs(`| Name | Text |\n|---|---|\n${'| [one](http://x.y) | **two** |\n'.repeat(500)}`);
    expect(found).toEqual(Array<string>(500).fill('Name: one; Text: two'));
  });

  test('code is not one of them', async () => {
    const code = 'a[b[c]] = *d * *e_f;\n'.repeat(1000);
    expect(await paragraphs(`One.\n\nAs in:\n\`\`\`c\n${code}\`\`\`\n\nTwo.`)).toEqual(['One.', 'As in:', code.trim(), 'Two.']);
  });

  test('a thousand link definitions are not one of them', async () => {
    const numbers = Array.from({ length: 1000 }, (_, i) => i);
    const found = await paragraphs(`${numbers.map((i) => `See [the page][p ${i}].`).join('\n\n')}\n\n${numbers.map((i) => `[P  ${i}]: http://example.org/a_page`).join('\n')}`);
    expect(found).toEqual(numbers.map(() => 'See the page.'));
  });
});

describe('long texts', () => {
  const block = 'A paragraph of [some][ref] *length*, so that there are pieces.\n\n';

  test('are the same as short ones, link definitions at the end included', async () => {
    const found = await paragraphs(`${block.repeat(3000)}\`\`\`\ncode\n\n${'more code\n\n'.repeat(10)}\`\`\`\n\n[ref]: http://x.y`);
    expect(found).toHaveLength(3001);
    expect(new Set(found.slice(0, 3000))).toEqual(new Set(['A paragraph of some length, so that there are pieces.']));
  });

  test('code fences are not cut', async () => {
    const code = `\`\`\`\n${'# no heading\n\nline\n\n'.repeat(8000)}\`\`\``;
    expect(await paragraphs(`${code}\n\nAfter.`)).toHaveLength(2);
  });

  test.each([
    ['five megabytes on one line', 'word '.repeat(1_000_000)],
    ['five megabytes in one paragraph of many lines', 'word and word\n'.repeat(350_000)],
    ['a megabyte of paragraphs', 'It is so and so.\n\n'.repeat(55_000)],
    ['ten thousand block quotes in each other', `${'>'.repeat(10_000)} text`],
    ['a list of twenty thousand items', '- an item of it\n'.repeat(20_000)],
    ['open tags without end', `<div>\n${'<script '.repeat(30_000)}`],
  ])('%s take seconds and lose no word', async (_, text) => {
    const found = await paragraphs(text);
    const words = (given: string): number => given.match(/\b(?:word|item|so|text)\b/g)?.length ?? 0;
    expect(words(found.join(' '))).toBe(words(text));
  }, 240_000);
});
