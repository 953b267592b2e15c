import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { detectFormat } from '../../lib/article/reading/detect';
import { syntaxErrorAt } from '../../lib/article/data/json-syntax';
import { jsonLinesReader, jsonReader } from '../../lib/article/formats/json';
import type { FieldMap } from '../../lib/article/types';
import { PilcrowError } from '../../lib/errors';
import { readData, refusal, texts, type DataRead } from './read-data';

const read = (value: unknown, map?: FieldMap): Promise<DataRead> => readData(jsonReader, { name: 'x.json', text: typeof value === 'string' ? value : JSON.stringify(value), map });
const lines = (text: string): Promise<DataRead> => readData(jsonLinesReader, { name: 'x.jsonl', text });
const plain = { author: null, published: null, updated: null, language: null, url: null, tags: [], key: undefined };
const paragraph = (text: string): unknown => ({ text, section: null, page: null });

describe('what a record says', () => {
  test('title, text and what is known of it, whatever the names are exactly', async () => {
    const { drafts, warnings } = await read([
      { _id: 7, Headline: 'The mill', 'Article-Body': 'It stood.\n\nThen it turned\nagain.', Authors: [{ name: 'Ada' }, 'Bo'], 'Date Published': '4 March 2021', updated_at: 1614938400, lang: 'en_gb', permalink: 'https://a.example/7', Keywords: 'mills; rivers,mills' },
      { title: 1984, text: 'A number is a title.' },
    ]);
    expect(warnings).toEqual([]);
    expect(drafts).toEqual([
      { title: 'The mill', author: 'Ada; Bo', published: '2021-03-04', updated: '2021-03-05T10:00:00Z', language: 'en-GB', url: 'https://a.example/7', tags: ['mills', 'rivers'], key: '7', paragraphs: [paragraph('It stood.'), paragraph('Then it turned again.')] },
      { ...plain, title: '1984', key: '2', paragraphs: [paragraph('A number is a title.')] },
    ]);
  });

  test('HTML, Markdown and plain text are told apart', async () => {
    const { drafts } = await read([
      { title: 'a', content: '<h2>Part</h2><p>One &amp; two</p><p>Three</p>' },
      { title: 'b', markdown: '# b\n\n## Part\n\n*One* and **two**.\n\n- three is an item of some words' },
      { title: 'c', text: 'Use the <b> tag, *sparingly*.\nA second line.' },
      { title: 'd', text: 'Tom &amp; Jerry' },
      { title: 'e', text: '&lt;p&gt;escaped&lt;/p&gt;' },
      { title: 'f', paragraphs: ['One.', 'Two.'] },
      { title: 'g', sections: [{ heading: 'h', text: 'One.' }, { text: 'Two.' }] },
    ]);
    expect(drafts.map(texts)).toEqual([
      ['One & two', 'Three'], ['One and two.', 'three is an item of some words'], ['Use the <b> tag, *sparingly*.', 'A second line.'], ['Tom & Jerry'], ['escaped'], ['One.', 'Two.'], ['One.', 'Two.'],
    ]);
    expect(drafts[0]?.paragraphs[0]?.section).toBe('Part');
    expect(drafts[1]?.paragraphs[0]?.section).toBe('Part');
  });

  test.each([
    [1614938400, '2021-03-05T10:00:00Z'], [1614938400123, '2021-03-05T10:00:00.123Z'], ['1614938400', '2021-03-05T10:00:00Z'], [2021, '2021'], ['2021-03-04', '2021-03-04'], [{ $date: '2021-03-04T00:00:00Z' }, '2021-03-04T00:00:00Z'], [12, null], [1e300, null], ['soon', null],
  ])('date %j', async (date, published) => {
    const { drafts, warnings } = await read([{ title: 'a', text: 'b c', date }]);
    expect(drafts[0]?.published).toBe(published);
    expect(warnings).toHaveLength(published === null ? 1 : 0);
  });

  test('without a field called text the longest is it, and that is told; without that, a summary', async () => {
    const long = 'The heron stood in the shallows for an hour and caught nothing at all.';
    const guessed = await read([{ title: 'a', story_de: long, note: 'short' }, { title: 'b', story_de: long }]);
    expect(guessed.drafts.map(texts)).toEqual([[long], [long]]);
    expect(guessed.warnings).toEqual(['x.json: no field is called text or the like, so the longest is taken for it: story_de; read as well: title; not used: note']);
    const summaries = await read([{ title: 'a', excerpt: 'too short', description: long }]);
    expect(summaries.drafts.map(texts)).toEqual([[long]]);
    expect(summaries.warnings).toEqual([]);
  });

  test('names that are given come first, paths among them', async () => {
    const record = { id: 1, title: 'No', text: 'No, no.', meta: { head: 'Yes' }, parts: { Main: { 'the-body': 'Yes, yes.' } }, 'a.b': 'de' };
    const { drafts } = await read([record, { meta: { head: 'Other' } }], { title: 'meta.head', text: 'parts.main.the_body', language: 'a.b' });
    expect(drafts).toEqual([{ ...plain, title: 'Yes', language: 'de', key: '1', paragraphs: [paragraph('Yes, yes.')] }]);
    expect((await read({ a: 'One text.', b: 'Another text.' }, { text: 'b', title: 'a' })).drafts).toMatchObject([{ title: 'One text.', paragraphs: [{ text: 'Another text.' }] }]);
  });

  test('names that no record has are an error that names those there are', async () => {
    expect(await refusal(read([{ title: 'a', text: 'b c', meta: { x: 1 } }], { text: 'body', title: 'meta.y' }))).toBe('not-articles: x.json has no field body, meta.y: its fields are title, text, meta.x');
    expect(await refusal(read([{ title: 'a', text: 'b c' }], { url: 'link' }))).toBe('not-articles: x.json has no field link: its fields are title, text');
  });

  test('records without text are counted', async () => {
    expect((await read([{ title: 'a', text: 'Words here.' }, { title: 'b', text: '' }, { title: 'c', text: 'c' }])).warnings).toEqual(['x.json: 2 of 3 records have no text of their own']);
    expect((await read([{ title: 'a', text: 'Words here.' }, { title: 'b', text: '' }])).warnings).toEqual(['x.json: 1 of 2 records has no text of its own']);
  });
});

describe('where records are', () => {
  const article = { title: 'a', text: 'Some words.' };
  test.each<[string, unknown, (string | undefined)[]]>([
    ['a list', [article, article], [undefined, '2']],
    ['a list by name', { status: 'ok', articles: [article] }, [undefined]],
    ['a list within objects', { data: { page: 1, items: [article, article] } }, [undefined, '2']],
    ['several lists of the same kind', { sport: [article], arts: [article], authors: [{ name: 'Ada' }] }, [undefined, '2']],
    ['the best of several', { comments: [{ note: 'It is a remark of more than forty characters.', title: 'x' }], posts: [article] }, [undefined]],
    ['an object of records', { first: article, second: article }, ['first', 'second']],
    ['one record', article, [undefined]],
    ['one record that has lists', { ...article, comments: [{ text: 'No article.' }] }, [undefined]],
    ['an answer of Elasticsearch', { hits: { hits: [{ _id: 'x', _source: article }] } }, ['x']],
    ['records in JSON:API', { data: [{ id: '3', attributes: article }] }, ['3']],
  ])('%s', async (_, value, keys) => {
    const { drafts, failed } = await read(value);
    expect(drafts.map(({ key }) => key)).toEqual(keys);
    expect(drafts.map(texts)).toEqual(keys.map(() => ['Some words.']));
    expect(failed).toEqual([]);
  });

  test('what is no record among them is told of', async () => {
    expect((await read([article, 7, article])).failed).toEqual(['record 2: x.json: record 2 is no object']);
  });
});

describe('exports', () => {
  test('WordPress', async () => {
    const { drafts } = await read([{
      id: 12, date: '2021-03-04T12:00:00', date_gmt: '2021-03-04T11:00:00', modified_gmt: '2021-03-05T11:00:00', slug: 'mill', link: 'https://a.example/mill/', guid: { rendered: 'https://a.example/?p=12' },
      title: { rendered: 'Mills &#038; <em>weirs</em>' }, content: { rendered: '\n<p>It stood.</p>\n', protected: false }, excerpt: { rendered: '<p>It&hellip;</p>' }, tags: [3, 4], author: 1,
    }]);
    expect(drafts).toEqual([{ ...plain, title: 'Mills & weirs', published: '2021-03-04T11:00:00Z', updated: '2021-03-05T11:00:00Z', url: 'https://a.example/mill/', key: '12', paragraphs: [paragraph('It stood.')] }]);
  });

  test('Ghost', async () => {
    const { drafts, warnings } = await read({ db: [{ meta: { exported_on: 1 }, data: {
      posts: [{ id: 'p1', title: 'Eels', slug: 'eels', html: '<p>They leave.</p>', plaintext: 'They leave.', published_at: '2021-03-04T11:00:00.000Z', status: 'published' }, { id: 'p2', title: 'Draft', html: null, plaintext: 'Only text.', published_at: null }],
      tags: [{ id: 't', name: 'River', description: 'What there is to say about rivers and what lives in them.' }], settings: [{ key: 'x', value: 'A long value of a setting that nobody wants to read.' }], users: [],
    } }] });
    expect(drafts).toMatchObject([{ title: 'Eels', key: 'p1', published: '2021-03-04T11:00:00.000Z' }, { title: 'Draft', key: 'p2' }]);
    expect(drafts.map(texts)).toEqual([['They leave.'], ['Only text.']]);
    expect(warnings).toEqual([]);
  });

  test('Ghost has authors and tags in tables of their own, in an order', async () => {
    const data = {
      posts: [{ id: 1, title: 'Eels', html: '<p>They leave.</p>', status: 'published' }, { id: 2, title: 'About', html: '<p>Us.</p>', type: 'page', status: 'draft' }, { id: 3, title: 'Empty', html: null }, { id: 4, title: 'Own', html: '<p>Mine.</p>', authors: ['Someone Else'], author_id: 'u2' }, { id: 5, title: 'Old', html: '<p>One.</p>', author_id: 'u2' }],
      users: [{ id: 'u1', name: 'Ada Byrd', bio: 'She writes about rivers, and about what lives in them and on them.' }, { id: 'u2', name: 'Ben Ruiz' }],
      tags: [{ id: 't1', name: 'River' }, { id: 't2', name: 'Fish' }],
      posts_authors: [{ post_id: 1, author_id: 'u1', sort_order: 1 }, { post_id: 1, author_id: 'u2', sort_order: 0 }, { post_id: 2, author_id: 'u1' }, { post_id: 2, author_id: 'gone' }, null],
      posts_tags: [{ post_id: 1, tag_id: 't1' }, { post_id: 1, tag_id: 't2' }, { tag_id: 't1' }],
    };
    const expected = [['Eels', 'Ben Ruiz; Ada Byrd', ['River', 'Fish']], ['About', 'Ada Byrd', []], ['Own', 'Someone Else', []], ['Old', 'Ben Ruiz', []]];
    for (const value of [{ db: [{ meta: {}, data }] }, { meta: {}, data }]) {
      expect((await read(value)).drafts.map(({ title, author, tags }) => [title, author, tags])).toEqual(expected);
    }
  });

  test('CSL-JSON and Zotero have names and dates in parts', async () => {
    expect((await read([{ id: 'c', type: 'article', title: 'C', abstract: 'Some words.', author: [{ family: 'Lovelace', given: 'Ada' }, { literal: 'The Society' }], issued: { 'date-parts': [['2019', 5, 6]] } }])).drafts)
      .toMatchObject([{ title: 'C', author: 'Ada Lovelace; The Society', published: '2019-05-06' }]);
    expect((await read([{ title: 'Z', text: 'Some words.', creators: [{ creatorType: 'author', firstName: 'Ada', lastName: 'Lovelace' }], date: { 'date-parts': [[2019]] } }])).drafts)
      .toMatchObject([{ author: 'Ada Lovelace', published: '2019' }]);
    for (const issued of [{ 'date-parts': [[]] }, { 'date-parts': [[{}]] }, { 'date-parts': 7 }, {}]) expect((await read([{ text: 'Some words.', issued }])).drafts).toMatchObject([{ published: null }]);
  });

  test('a newspaper’s byline is the name in it', async () => {
    expect((await read([{ text: 'Some words.', byline: 'By Ada Lovelace' }, { text: 'More of them.', byline: 'Byron Gray' }])).drafts.map(({ author }) => author)).toEqual(['Ada Lovelace', 'Byron Gray']);
  });

  test('Omnivore, Pocket and BEIR', async () => {
    const description = 'What the article is about, in one sentence of its own.';
    expect((await read([{ id: 'o', slug: 's', title: 'O', description, url: 'https://a.example/o', labels: ['x', 'y'], savedAt: '2024-01-01', publishedAt: '2023-01-01T00:00:00.000Z' }])).drafts)
      .toMatchObject([{ title: 'O', tags: ['x', 'y'], published: '2023-01-01T00:00:00.000Z', key: 'o' }]);
    expect((await read({ status: 1, list: { 5: { item_id: '5', resolved_title: 'P', resolved_url: 'https://a.example/p', excerpt: description, tags: { x: { tag: 'x' } } } } })).drafts)
      .toMatchObject([{ title: 'P', url: 'https://a.example/p', tags: ['x'], key: '5' }]);
    expect((await lines('{"_id": "d1", "title": "B", "text": "Some words.", "metadata": {}}\n')).drafts).toEqual([{ ...plain, title: 'B', key: 'd1', paragraphs: [paragraph('Some words.')] }]);
  });
});

describe('what is no article', () => {
  test.each<[string, unknown, string]>([
    ['package.json', { name: 'p', version: '1.0.0', description: 'A package that does something or other for somebody.', scripts: { test: 'run all the tests that there are' }, dependencies: {} }, 'it has the fields name, version, description, scripts, dependencies'],
    ['GeoJSON', { type: 'FeatureCollection', features: [{ type: 'Feature', geometry: { type: 'Point', coordinates: [1, 2] }, properties: { name: 'A pond', description: 'A pond in a wood, of which much could be said, but not here.' } }] }, 'it has the fields type, features'],
    ['settings', { 'editor.fontSize': 14, 'files.exclude': { '**/.git': true } }, 'it has the fields editor.fontSize, files.exclude'],
    ['a schema', { $schema: 'x', title: 'T', description: 'Describes what a file of this kind may have in it, and no more.', properties: { a: { type: 'string', description: 'x' } } }, 'it has the fields $schema, title, description, properties'],
    ['records without text', [{ a: 1, b: 'x' }], 'its records have the fields a, b'],
    ['numbers', [1, 2], 'it is a list of no objects'],
    ['nothing', [], 'it is a list of no objects'],
    ['a word', '"word"', 'it is a single value'],
  ])('%s', async (_, value, what) => {
    expect(await refusal(read(value))).toBe(`not-articles: x.json holds no articles: ${what}: name the field that is the text, if one is: --map text=FIELD`);
  });

  test('records whose texts are empty', async () => {
    expect(await refusal(read([{ title: 'a', text: ' ', more: { x: 1 } }, { title: 'b', text: '<p> </p>' }]))).toBe("not-articles: x.json holds no articles: none of its records' fields is text: title, text, more.x: name the field that is the text, if one is: --map text=FIELD");
  });
});

describe('damaged JSON', () => {
  test.each([
    ['{"a": 1,\n "b": }', 'is not JSON (line 2, column 7)'],
    ['[{"title": "a"', 'ends too early (line 1, column 15)'],
    ['{"a": "x\ny"}', 'is not JSON (line 1, column 9)'],
    ['<p>no</p>', 'is not JSON (line 1, column 1)'],
    [`${'['.repeat(100_000)}1`, 'ends too early (line 1, column 100002)'],
  ])('%.20s', async (text, what) => expect(await refusal(read(text))).toBe(`file-damaged: x.json ${what}: export it again or correct it`));

  test('what is nested deep is looked into as far as anyone nests', async () => {
    expect(await refusal(read(`${'{"a":['.repeat(20_000)}{"title":"x","text":"y z"}${']}'.repeat(20_000)}`))).toBe('not-articles: x.json holds no articles: it has the fields a: name the field that is the text, if one is: --map text=FIELD');
  });

  test('characters that end lines elsewhere do not within a string', async () => {
    expect((await read('[{"title": "a\u2028b", "text": "One.\u2029Two.\u0085Three."}]')).drafts.map((draft) => [draft.title, ...texts(draft)])).toEqual([['a b', 'One.', 'Two. Three.']]);
  });

  test('is found where JSON.parse finds it', () => {
    const part = fc.constantFrom('{', '}', '[', ']', ',', ':', '"a"', '"\\u00e9"', '"\\x"', '"', '1', '-0.5e+3', '01', '.5', 'true', 'nul', ' ', '\n', '\t', '\u0001', '\\');
    fc.assert(
      fc.property(fc.oneof(fc.array(part, { maxLength: 12 }).map((parts) => parts.join('')), fc.json(), fc.json().map((text) => text.slice(0, -1))), (text) => {
        let valid = true;
        try {
          JSON.parse(text);
        } catch {
          valid = false;
        }
        const at = syntaxErrorAt(text);
        expect(at === null).toBe(valid);
        if (at === null || at === text.length) return;
        // what comes before may be completed, what ends there may not
        const prefix = syntaxErrorAt(text.slice(0, at));
        expect(prefix === null || prefix === at).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('JSON Lines', () => {
  test('a bad line is told of, and the rest goes on', async () => {
    const good = (title: string): string => JSON.stringify({ title, text: `Words of ${title}.` });
    const bytes = Buffer.concat([Buffer.from(`\ufeff${good('a')}\r\n\n{"title": "b",}\n[1]\n`), Buffer.from([0x22, 0xe9, 0x22, 0x0a]), Buffer.from(good('c'))]);
    const { drafts, failed } = await readData(jsonLinesReader, { name: 'x.jsonl', bytes });
    expect(drafts.map(({ title, key }) => [title, key])).toEqual([['a', undefined], ['c', '5']]);
    expect(failed).toEqual(['line 3: x.jsonl: line 3 is not JSON (column 15)', 'line 4: x.jsonl: line 4 is no object', 'line 5: x.jsonl: line 5 is not UTF-8']);
  });

  test('of many bad lines a hundred are told of one by one', async () => {
    const { failed } = await lines('x\n'.repeat(1000));
    expect(failed).toHaveLength(101);
    expect(failed.at(-1)).toBe('more records: x.jsonl has 900 more records that cannot be read');
  });

  test('in a file called .json, and in UTF-16', async () => {
    const text = '{"title": "a", "text": "One."}\n{"title": "b", "text": "Two."}\n';
    expect((await read(text)).drafts.map(texts)).toEqual([['One.'], ['Two.']]);
    expect((await readData(jsonLinesReader, { name: 'x.jsonl', bytes: Buffer.from(`\ufeff${text}`, 'utf16le') })).drafts.map(texts)).toEqual([['One.'], ['Two.']]);
  });

  test('is read as it goes: the first article is there before the last line is looked at', async () => {
    const many = Buffer.from('{"title": "a", "text": "Some words."}\n'.repeat(60));
    const told: string[] = [];
    const context = { warn: () => undefined, fail: (path: string) => void told.push(path), skip: () => undefined, alive: () => undefined, nested: () => { throw new Error('no archive'); } };
    const drafts = jsonLinesReader.read({ name: 'x.jsonl', bytes: Buffer.concat([many, Buffer.from('no JSON\n')]) }, context);
    expect((await drafts.next()).value).toMatchObject({ title: 'a' });
    expect(told).toEqual([]);
    let rest = 0;
    for await (const _ of drafts) rest++;
    expect([rest, told]).toEqual([59, ['line 61']]);
  });

  test('nothing at all', async () => {
    expect(await refusal(lines('\n \n'))).toBe('not-articles: x.jsonl holds no articles: there are no records in it');
  });
});

test('a JSON Feed by another name is not for this reader', () => {
  expect(detectFormat('x.json', Buffer.from('{"version": "https://jsonfeed.org/version/1.1", "items": []}'))).toBe('feed');
});

test('any bytes are drafts or an error of kind input', async () => {
  const value = fc.json({ maxDepth: 4 }).map((text) => Buffer.from(text));
  const key = fc.constantFrom('title', 'text', 'content', 'html', 'markdown', 'date', 'tags', 'author', 'url', 'id', 'data', 'items', '__proto__', 'rendered', 'language');
  const record = fc.dictionary(key, fc.oneof(fc.string({ unit: 'binary', maxLength: 60 }), fc.constantFrom('<p>x</p>', '# y\n\nz', 'a b c'), fc.jsonValue({ maxDepth: 2 })), { maxKeys: 6 });
  const records = fc.oneof(fc.array(record, { maxLength: 4 }), record, fc.dictionary(key, fc.array(record, { maxLength: 3 }), { maxKeys: 3 })).map((any) => Buffer.from(JSON.stringify(any)));
  await fc.assert(
    fc.asyncProperty(fc.oneof(fc.uint8Array({ maxLength: 200 }), value, records), fc.constantFrom(jsonReader, jsonLinesReader), async (bytes, reader) => {
      const result = await readData(reader, { name: 'x.json', bytes }).catch((error: unknown) => error);
      if (result instanceof Error) {
        expect(result).toBeInstanceOf(PilcrowError);
        expect(result).toHaveProperty('kind', 'input');
        return;
      }
      for (const { title, paragraphs } of (result as DataRead).drafts) {
        expect(title.trim()).not.toBe('');
        expect(paragraphs.length).toBeGreaterThan(0);
      }
    }),
    { numRuns: 500 },
  );
});
