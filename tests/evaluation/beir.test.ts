import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { readDataset, readQuestions } from '../../lib/evaluation/beir';
import { articlesOf, distractorPrefix, readCorpus } from '../../lib/evaluation/corpus';
import { DOCUMENTS, jsonl, QRELS, temporaryFolder, writeDataset } from './support';

async function corpusOf(content: string | Uint8Array, name = 'corpus.jsonl') {
  const path = join(await temporaryFolder(), name);
  await writeFile(path, content);
  const articles = [];
  for await (const article of articlesOf({ path }, '')) articles.push(article);
  return { corpus: await readCorpus(path), articles };
}

describe('a folder', () => {
  test('gives documents, the questions that have an answer, and their grades', async () => {
    const qrels = 'query-id\tcorpus-id\tscore\nq2\tbridge\t2\nq2\tferry\t1\nq1\tbees\t1\nq3\ttides\t0\n';
    const dataset = await readDataset(await writeDataset(join(await temporaryFolder(), 'little'), { 'qrels/test.tsv': qrels }));
    expect(dataset).toMatchObject({ name: 'little', warnings: [] });
    expect(dataset.corpus.ids.size).toBe(12);
    expect(dataset.questions.map(({ id, judged }) => [id, Object.fromEntries(judged)])).toEqual([['q1', { bees: 1 }], ['q2', { bridge: 2, ferry: 1 }]]);
  });

  test('that is not there, or lacks files, is told with what is expected', async () => {
    const folder = await temporaryFolder();
    await expect(readDataset(join(folder, 'none'))).rejects.toMatchObject({ code: 'dataset-not-found', message: expect.stringContaining('there is no folder') as string });
    await writeDataset(folder, { 'corpus.jsonl': null, 'qrels/test.tsv': null });
    await expect(readDataset(folder)).rejects.toMatchObject({
      code: 'dataset-not-found',
      kind: 'missing',
      message: expect.stringContaining('lacks corpus.jsonl and qrels/test.tsv') as string,
      hint: expect.stringMatching(/corpus\.jsonl .*"_id".*qrels\/test\.tsv .*query-id/) as string,
    });
  });

  test('whose judgements fit no query is refused', async () => {
    const folder = await writeDataset(await temporaryFolder(), { 'qrels/test.tsv': 'query-id\tcorpus-id\tscore\nother\tbees\t1\n' });
    await expect(readDataset(folder)).rejects.toMatchObject({ code: 'dataset-invalid', message: expect.stringContaining('no query') as string });
  });

  test('that disagrees with itself is told so, with counts', async () => {
    const dataset = await readDataset(await writeDataset(await temporaryFolder(), {
      'corpus.jsonl': jsonl([...DOCUMENTS, DOCUMENTS[0], { _id: 'empty', title: '', text: ' ' }, { _id: 'titled', title: 'Only a title', text: '' }]),
      'queries.jsonl': jsonl([{ _id: 'q1', text: 'How?' }, { _id: 'q1', text: 'How again?' }]),
      'qrels/test.tsv': `${QRELS}q1\tgone\t1\nq1\tbees\t1\n`,
    }));
    expect(dataset.warnings).toEqual([
      expect.stringMatching(/^1 of the documents have the _id of an earlier one/),
      expect.stringMatching(/^1 of the documents have neither text nor title/),
      expect.stringMatching(/^1 of the documents have no text; their titles/),
      expect.stringMatching(/^1 of the queries have the _id/),
      expect.stringMatching(/^1 of the judgements repeat/),
      expect.stringMatching(/^3 of the judgements name a query/),
      expect.stringMatching(/^1 of the judgements name a document/),
    ]);
    // What the corpus lacks still counts as relevant.
    expect(dataset.questions).toEqual([{ id: 'q1', text: 'How?', judged: new Map([['bees', 1], ['gone', 1]]) }]);
  });
});

describe('a bad line is an error that names file and line', () => {
  test.each([
    ['no JSON', 'corpus.jsonl', `${jsonl(DOCUMENTS.slice(0, 2))}{"_id": "x", \n`, /corpus\.jsonl, line 3: is not JSON/],
    ['no _id', 'corpus.jsonl', jsonl([DOCUMENTS[0], { text: 'x' }]), /corpus\.jsonl, line 2: _id/],
    ['no text', 'corpus.jsonl', jsonl([{ _id: 'x', title: 'y' }]), /corpus\.jsonl, line 1: text/],
    ['an array', 'corpus.jsonl', '[]\n', /corpus\.jsonl, line 1: /],
    ['no UTF-8', 'corpus.jsonl', Buffer.from('{"_id":"x","text":"caf\xe9"}\n', 'latin1'), /corpus\.jsonl, line 1: is not UTF-8/],
    ['an empty query', 'queries.jsonl', `\n${jsonl([{ _id: 'q1', text: ' ' }])}`, /queries\.jsonl, line 2: text .*empty/],
    ['a judgement of two fields', 'qrels/test.tsv', `${QRELS}q1\tbees\n`, /test\.tsv, line 6: .*query-id, corpus-id, score/],
    ['a judgement of TREC’s four fields', 'qrels/test.tsv', 'q1\t0\tbees\t1\n', /test\.tsv, line 1: /],
    ['a grade that is no number', 'qrels/test.tsv', `${QRELS}q1\tbees\tgood\n`, /test\.tsv, line 6: /],
  ])('%s', async (_, name, content, said) => {
    const folder = await writeDataset(await temporaryFolder(), { [name]: content });
    await expect(readDataset(folder)).rejects.toMatchObject({ code: 'dataset-invalid', kind: 'input', message: expect.stringMatching(said) as string });
  });

  test('a gzip file that ends too early', async () => {
    const packed = gzipSync(jsonl(DOCUMENTS));
    const folder = await writeDataset(await temporaryFolder(), { 'corpus.jsonl': null, 'corpus.jsonl.gz': packed.subarray(0, packed.length - 20) });
    await expect(readDataset(folder)).rejects.toMatchObject({ code: 'dataset-invalid', hint: expect.stringContaining('gzip') as string });
  });
});

describe('documents', () => {
  test('are the same with CRLF, a byte order mark, or packed', async () => {
    const text = jsonl(DOCUMENTS);
    const { corpus } = await corpusOf(text);
    for (const [content, name] of [[`\uFEFF${text.replaceAll('\n', '\r\n')}\r\n`, undefined], [gzipSync(text), 'corpus.jsonl.gz']] as const) {
      expect((await corpusOf(content, name)).corpus).toMatchObject({ digest: corpus.digest, ids: corpus.ids });
    }
    const [first, ...others] = DOCUMENTS;
    expect((await corpusOf(jsonl([{ ...first, text: 'Another.' }, ...others]))).corpus.digest).not.toBe(corpus.digest);
  });

  test('are cut into paragraphs at blank lines, and lines in them joined', async () => {
    const { articles } = await corpusOf(jsonl([{ _id: 7, text: 'One line\nand its end.\n \n\nAnother\r\n\r\nA third \u2028 of them.' }]));
    expect(articles).toMatchObject([{ id: '7', title: '', paragraphs: [{ text: 'One line and its end.' }, { text: 'Another' }, { text: 'A third \u2028 of them.' }] }]);
  });

  test('without text are their title, without either nothing', async () => {
    const { articles } = await corpusOf(jsonl([{ _id: 'a', title: 'Only this', text: '\n' }, { _id: 'b', title: null, text: '' }]));
    expect(articles).toMatchObject([{ id: 'a', title: '', paragraphs: [{ text: 'Only this' }] }]);
  });

  test('of a pool cannot be taken for those of a set', () => {
    expect(distractorPrefix(new Set(['a', 'b']))).toBe('pad:');
    expect(distractorPrefix(new Set(['pad:a', 'b']))).toBe('pad:pad:');
  });
});

test('a file of questions that is not there is told', async () => {
  await expect(readQuestions(join(await temporaryFolder(), 'none.jsonl'))).rejects.toMatchObject({ code: 'dataset-not-found' });
});
