import { mkdir, readdir, readFile, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { addQuestion, findQuestion, MAX_QUESTIONS, readQuestions, removeQuestion, type Pin } from '../../lib/search';
import { isSame, shareOf } from '../../lib/search/pinned';
import { temporaryFolder } from '../index/support';

const PIN: Pin = { passageId: 'bees-x.p2', articleId: 'bees-x', title: 'Bees', ordinal: 2, text: 'The hive was empty.' };

/** A folder that looks like an index to whoever saves questions. */
async function index(): Promise<{ indexDir: string; file: string }> {
  const indexDir = await temporaryFolder();
  await writeFile(join(indexDir, 'current'), 'x\n');
  return { indexDir, file: join(indexDir, 'questions.json') };
}

describe('saved questions', () => {
  test('are kept in order, with their pins, and found by number or text', async () => {
    const { indexDir } = await index();
    expect(await readQuestions(indexDir)).toEqual([]);
    expect(await addQuestion(indexDir, { text: ' who left? ', pin: PIN })).toEqual({ added: true, question: { number: 1, text: 'who left?', within: 3, pin: PIN } });
    expect(await addQuestion(indexDir, { text: 'who stayed?', within: 1 })).toMatchObject({ question: { number: 2, pin: null } });
    const questions = await readQuestions(indexDir);
    expect(questions).toEqual([{ text: 'who left?', within: 3, pin: PIN }, { text: 'who stayed?', within: 1, pin: null }]);
    expect(findQuestion(questions, '2')).toMatchObject({ number: 2, text: 'who stayed?' });
    expect(findQuestion(questions, 'who left?')).toMatchObject({ number: 1 });
    for (const named of ['0', '3', '-1', 'who', '']) expect(() => findQuestion(questions, named), named).toThrow(expect.objectContaining({ code: 'question-not-found' }) as Error);
  });

  test('a question is saved once; of a second time counts what is given', async () => {
    const { indexDir } = await index();
    await addQuestion(indexDir, { text: 'who left?', within: 2, pin: PIN });
    expect(await addQuestion(indexDir, { text: 'who left?' })).toEqual({ added: false, question: { number: 1, text: 'who left?', within: 2, pin: PIN } });
    expect((await addQuestion(indexDir, { text: 'who left?', within: 5 })).question).toMatchObject({ within: 5, pin: PIN });
    const other = { ...PIN, passageId: 'bees-x.p3', ordinal: 3 };
    expect((await addQuestion(indexDir, { text: 'who left?', pin: other })).question).toMatchObject({ within: 5, pin: other });
    expect(await readQuestions(indexDir)).toHaveLength(1);
  });

  test('are removed by number or text', async () => {
    const { indexDir } = await index();
    for (const text of ['a?', 'b?', 'c?']) await addQuestion(indexDir, { text });
    expect(await removeQuestion(indexDir, '2')).toMatchObject({ number: 2, text: 'b?' });
    expect(await removeQuestion(indexDir, 'c?')).toMatchObject({ number: 2 });
    expect((await readQuestions(indexDir)).map(({ text }) => text)).toEqual(['a?']);
    await expect(removeQuestion(indexDir, '2')).rejects.toMatchObject({ code: 'question-not-found' });
  });

  test('must be askable, and not too many', async () => {
    const { indexDir, file } = await index();
    await expect(addQuestion(indexDir, { text: ' ' })).rejects.toMatchObject({ code: 'query-empty' });
    await expect(addQuestion(indexDir, { text: 'a'.repeat(2_001) })).rejects.toMatchObject({ code: 'query-too-long' });
    const questions = Array.from({ length: MAX_QUESTIONS }, (_, i) => ({ text: `question ${String(i)}`, within: 3, pin: null }));
    await writeFile(file, JSON.stringify({ version: 1, questions }));
    await expect(addQuestion(indexDir, { text: 'one more' })).rejects.toMatchObject({ code: 'usage', message: expect.stringContaining('1,000') as string });
    expect((await addQuestion(indexDir, { text: 'question 7', within: 1 })).question).toMatchObject({ number: 8, within: 1 });
  });

  test('need an index to belong to', async () => {
    const folder = join(await temporaryFolder(), 'nothing');
    await expect(addQuestion(folder, { text: 'who?' })).rejects.toMatchObject({ code: 'index-missing' });
    await expect(readdir(folder)).rejects.toMatchObject({ code: 'ENOENT' });
  });
});

describe('the file', () => {
  test.each([
    ['no JSON', '{', /no JSON/],
    ['an empty file', '', /no JSON/],
    ['something else', '[]', /wrong at its beginning/],
    ['another version', '{"version":2,"questions":[]}', /has version 2, this Pilcrow reads version 1/],
    ['a question that cannot be asked', '{"version":1,"questions":[{"text":"","within":3,"pin":null}]}', /wrong at questions\.0\.text/],
    ['a rank that is none', '{"version":1,"questions":[{"text":"who?","within":11,"pin":null}]}', /wrong at questions\.0\.within/],
    ['half a pin', '{"version":1,"questions":[{"text":"who?","within":3,"pin":{"passageId":"a.p1"}}]}', /wrong at questions\.0\.pin/],
    ['what this Pilcrow does not know', '{"version":1,"questions":[{"text":"who?","within":3,"pin":null,"colour":"red"}]}', /wrong at questions\.0/],
  ])('that is damaged is refused by name and never written over: %s', async (_, content, reason) => {
    const { indexDir, file } = await index();
    await writeFile(file, content);
    const refused = { code: 'questions-invalid', kind: 'input', message: expect.stringMatching(reason) as string };
    await expect(readQuestions(indexDir)).rejects.toMatchObject(refused);
    await expect(readQuestions(indexDir)).rejects.toThrow(file);
    await expect(addQuestion(indexDir, { text: 'who?' })).rejects.toMatchObject(refused);
    await expect(removeQuestion(indexDir, '1')).rejects.toMatchObject(refused);
    expect(await readFile(file, 'utf8')).toBe(content);
    expect((await readdir(indexDir)).sort()).toEqual(['current', 'questions.json', 'questions.lock']);
  });

  test('loses nothing of what is added at once', async () => {
    const { indexDir } = await index();
    await Promise.all(Array.from({ length: 30 }, (_, i) => addQuestion(indexDir, { text: `question ${String(i)}` })));
    expect(new Set((await readQuestions(indexDir)).map(({ text }) => text)).size).toBe(30);
    expect((await readdir(indexDir)).sort()).toEqual(['current', 'questions.json', 'questions.lock']);
  });

  test('can be written again after a process that died while writing', async () => {
    const { indexDir, file } = await index();
    await writeFile(`${file}.writing`, '{"ver');
    await utimes(`${file}.writing`, new Date(0), new Date(0));
    await addQuestion(indexDir, { text: 'who?' });
    expect(await readQuestions(indexDir)).toHaveLength(1);
    expect((await readdir(indexDir)).sort()).toEqual(['current', 'questions.json', 'questions.lock']);
  });

  test('that cannot be written is said to be so', async () => {
    const { indexDir, file } = await index();
    await mkdir(file);
    await expect(addQuestion(indexDir, { text: 'who?' })).rejects.toMatchObject({ code: 'questions-invalid' });
  });
});

describe('whether a passage is still the one that was pinned', () => {
  const eel = 'An eel has four lives, and for most of history people took them for separate creatures: a willow leaf adrift in the Atlantic, a glass eel, a yellow eel, and the silver one, dressed for travel.';

  test('by its text, wherever it stands', () => {
    expect(isSame({ id: 'a.p1', text: eel }, { id: 'b.p9', text: eel })).toBe(true);
    expect(isSame({ id: 'a.p1', text: 'So they say.' }, { id: 'b.p9', text: 'So they say.' })).toBe(true);
  });

  test('as part of a longer passage, unless it is a scrap', () => {
    expect(isSame({ id: 'a.p1', text: eel }, { id: 'b.p9', text: `Before. ${eel} After.` })).toBe(true);
    expect(isSame({ id: 'a.p1', text: 'So they say.' }, { id: 'b.p9', text: 'So they say. Nobody knows.' })).toBe(false);
  });

  test('edited at its place, while it says about the same', () => {
    const edited = eel.replace('separate creatures', 'different animals').replace('dressed for travel', 'ready to go');
    expect(shareOf(eel, edited)).toBeGreaterThan(0.6);
    expect(isSame({ id: 'a.p1', text: eel }, { id: 'a.p1', text: edited })).toBe(true);
    expect(isSame({ id: 'a.p1', text: eel }, { id: 'a.p2', text: edited })).toBe(false);
  });

  test('edited a little at another place: its article has moved', () => {
    expect(isSame({ id: 'a.p1', text: eel }, { id: 'b.p1', text: eel.replace('adrift', 'drifting') })).toBe(true);
    expect(isSame({ id: 'a.p1', text: 'Eels leave at night.' }, { id: 'b.p1', text: 'At night eels leave the pond.' })).toBe(false);
  });

  test('not another paragraph at its place', () => {
    const other = 'For most of the people who have history with the river, the four bridges are separate lives.';
    expect(isSame({ id: 'a.p1', text: eel }, { id: 'a.p1', text: other })).toBe(false);
    expect(isSame({ id: 'a.p1', text: '* * *' }, { id: 'a.p1', text: '— — —' })).toBe(false);
  });
});
