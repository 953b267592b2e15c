import { readFileSync, rmSync } from 'node:fs';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { lines, pilcrow, Workspace, writeArticles, type Outcome } from './cli';

const workspace = new Workspace();
const indexDir = workspace.at('index');
const BEES = 'why did the bees not come home?';
const BRIDGE = 'when was the bridge opened?';

beforeAll(async () => {
  const { code } = await pilcrow(['index', writeArticles(workspace), '--index-dir', indexDir]);
  expect(code).toBe(0);
});
beforeEach(() => { rmSync(workspace.at('index', 'questions.json'), { force: true }); });
afterAll(() => { workspace.remove(); });

const questions = (...args: string[]) => pilcrow(['questions', ...args], { PILCROW_INDEX_DIR: indexDir });
const document = <T>(schema: z.ZodType<T>, { stdout }: Outcome): T => schema.parse(JSON.parse(stdout));
const flat = (text: string) => text.replace(/\s+/g, ' ');

const pin = z.strictObject({ passageId: z.string().min(1), articleId: z.string().min(1), title: z.string().min(1), ordinal: z.int().min(1), text: z.string().min(1) });
const question = { number: z.int().min(1), text: z.string().min(1), within: z.int().min(1).max(10), pin: pin.nullable() };
const listDocument = z.strictObject({ questions: z.array(z.strictObject(question)) });
const addDocument = z.strictObject({ ...question, added: z.boolean() });
const pinDocument = z.strictObject(question);
const removeDocument = z.strictObject({ removed: z.strictObject(question) });
const checkDocument = z.strictObject({
  generation: z.string().min(1),
  kept: z.int(),
  lost: z.int(),
  questions: z.array(z.strictObject({ ...question, answerable: z.boolean(), kept: z.boolean().nullable(), rank: z.int().min(1).nullable(), first: z.looseObject({ passage: z.looseObject({ id: z.string() }) }).nullable() })),
});

describe('questions add', () => {
  test('pins what comes first now, and shows it', async () => {
    const { code, stdout, stderr } = await questions('add', BEES);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain(BEES);
    expect(flat(stdout)).toMatch(/pinned, must stay within the first 3: The quiet hives ¶ 1 · \S+\.p1/);
    expect(flat(stdout)).toContain('had confused the foragers, which could no longer find their way home.');
    for (const line of lines(stdout)) expect(line.length).toBeLessThanOrEqual(80);
  });

  test('--json is one document, wherever it stands; words need no quotes', async () => {
    const first = document(addDocument, await questions('add', '--json', ...BEES.split(' ')));
    expect(first).toMatchObject({ number: 1, text: BEES, within: 3, added: true, pin: { title: 'The quiet hives', ordinal: 1 } });
    expect(first.pin?.passageId).toBe(`${String(first.pin?.articleId)}.p1`);
    const second = document(addDocument, await questions('--json', 'add', BRIDGE, '--within', '1'));
    expect(second).toMatchObject({ number: 2, within: 1, pin: { title: 'How the harbour bridge was closed' } });
    expect(document(listDocument, await questions('--json')).questions).toEqual([first, second].map(({ added: _, ...rest }) => rest));
  });

  test('--pin pins what is named, and says when that is not found now; --no-pin pins nothing', async () => {
    const { pin: bees } = document(addDocument, await questions('add', '--json', BEES));
    const { code, stderr } = await questions('add', BRIDGE, '--within', '1', '--pin', bees?.passageId ?? '');
    expect(code).toBe(0);
    expect(lines(stderr)).toEqual([expect.stringMatching(/comes at place \d now/)]);
    expect(document(addDocument, await questions('add', '--json', 'what else?', '--no-pin')).pin).toBeNull();
    expect(await questions('add', 'and now?', '--pin', 'nothing.p1')).toMatchObject({ code: 1, stdout: '', stderr: expect.stringMatching(/no passage "nothing\.p1"/) as string });
    expect(document(listDocument, await questions('list', '--json')).questions).toHaveLength(3);
  });

  test('the same question again changes its pin only if one is named, and says so', async () => {
    const { pin: bees } = document(addDocument, await questions('add', '--json', BEES));
    const again = await questions('add', BEES, '--no-pin');
    expect(again).toMatchObject({ code: 0, stderr: expect.stringMatching(/question 1 already; its pinned answer stays/) as string });
    const other = bees?.passageId.replace(/1$/, '2') ?? '';
    const changed = await questions('add', '--json', BEES, '--pin', other);
    expect(document(addDocument, changed)).toMatchObject({ number: 1, added: false, pin: { passageId: other } });
    expect(changed.stderr).toMatch(/question 1 already; its pinned answer was changed/);
  });
});

describe('questions', () => {
  test('lists them with their answers, numbered; without any it says so', async () => {
    expect(await questions()).toMatchObject({ code: 0, stdout: '', stderr: expect.stringContaining('pilcrow questions add') as string });
    expect(document(listDocument, await questions('--json'))).toEqual({ questions: [] });
    await questions('add', BEES);
    await questions('add', 'what else?', '--no-pin');
    const { code, stdout, stderr } = await questions();
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(lines(stdout).map((line) => line.trim())).toEqual([
      `1  ${BEES}`, 'The quiet hives ¶ 1 · must stay within the first 3', expect.stringMatching(/^Beekeepers across the valley .*…$/), '2  what else?', 'no pinned answer',
    ]);
    expect((await questions('list')).stdout).toBe(stdout);
  });

  test('remove takes a number or a text', async () => {
    for (const text of [BEES, BRIDGE, 'what else?']) await questions('add', '--no-pin', text);
    expect(document(removeDocument, await questions('remove', '--json', '1')).removed.text).toBe(BEES);
    expect(await questions('remove', ...BRIDGE.split(' '))).toEqual({ code: 0, signal: null, stdout: '', stderr: `pilcrow: removed question 1: ${BRIDGE}\n` });
    expect(await questions('remove', '2')).toMatchObject({ code: 1, stderr: expect.stringContaining('no saved question "2"') as string });
    expect(document(listDocument, await questions('--json')).questions.map(({ text }) => text)).toEqual(['what else?']);
  });

  test('pin pins what comes first now, or what is named', async () => {
    await questions('add', BEES, '--no-pin');
    const pinned = document(pinDocument, await questions('pin', '1', '--json'));
    expect(pinned.pin).toMatchObject({ title: 'The quiet hives', ordinal: 1 });
    const other = pinned.pin?.passageId.replace(/1$/, '2') ?? '';
    expect(flat((await questions('pin', '1', other)).stdout)).toContain(`The quiet hives ¶ 2 · ${other} A colony needs`);
    expect(document(listDocument, await questions('--json')).questions[0]?.pin?.passageId).toBe(other);
    expect(await questions('pin', '2')).toMatchObject({ code: 1, stderr: expect.stringContaining('no saved question') as string });
  });

  test('a damaged file is named and stays as it is', async () => {
    const file = workspace.write('index/questions.json', '{"version":1,');
    for (const args of [[], ['add', BEES], ['remove', '1'], ['check']]) {
      const { code, stdout, stderr } = await questions(...args);
      expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
      expect(lines(stderr)).toEqual([expect.stringContaining(file)]);
    }
    expect(readFileSync(file, 'utf8')).toBe('{"version":1,');
  });

  test('what is saved never reaches the terminal as a command', async () => {
    const saved = { text: 'who\u001b[31m rang?', within: 3, pin: { passageId: 'a.p1', articleId: 'a', title: 'Bell\u001b[2J', ordinal: 1, text: 'It \u0007 rang.' } };
    workspace.write('index/questions.json', JSON.stringify({ version: 1, questions: [saved] }));
    for (const args of [[], ['check']]) {
      const { stdout, stderr } = await questions(...args);
      expect(stdout).toContain('rang?');
      expect(stdout + stderr).not.toMatch(/[\u001b\u0007]/);
    }
  });
});

describe('questions check', () => {
  test('says which keep their answer, the lost ones first, and exits 1 if one does not', async () => {
    await questions('add', BEES);
    expect(await questions('check')).toMatchObject({ code: 0, stderr: '', stdout: expect.stringMatching(/^✓ +1 .*\n.*at place 1: The quiet hives ¶ 1\n1 of 1 pinned answer kept in generation \S+\n$/) as string });
    await questions('add', 'what else?', '--no-pin');
    const { pin: bees } = document(addDocument, await questions('add', '--json', BRIDGE));
    expect((await questions('check')).code).toBe(0);
    const gone = { passageId: 'gone-x.p4', articleId: 'gone-x', title: 'Gone', ordinal: 4, text: 'Nobody prints this any more.' };
    const saved = document(listDocument, await questions('--json')).questions.map(({ number: _, ...rest }) => (rest.text === BRIDGE ? { ...rest, pin: gone } : rest));
    workspace.write('index/questions.json', JSON.stringify({ version: 1, questions: saved }));
    const { code, stdout } = await questions('check');
    expect(code).toBe(1);
    expect(lines(stdout)[0]).toBe(`✗   3  ${BRIDGE}`);
    expect(flat(stdout)).toContain(`Gone ¶ 4 is not among the first ten Nobody prints this any more. first comes ${bees?.title ?? ''} ¶ ${String(bees?.ordinal)}`);
    expect(stdout).toMatch(/1 of 2 pinned answers kept/);
    const json = await questions('check', '--json');
    expect(json.code).toBe(1);
    const checked = document(checkDocument, json);
    expect(checked).toMatchObject({ kept: 1, lost: 1 });
    expect(checked.questions.map(({ number, kept, rank }) => [number, kept, rank])).toEqual([[1, true, 1], [2, null, null], [3, false, null]]);
  });

  test('without a pinned answer there is nothing to lose', async () => {
    expect(await questions('check')).toMatchObject({ code: 0, stdout: '', stderr: expect.stringContaining('no questions are saved') as string });
    await questions('add', BEES, '--no-pin');
    expect(await questions('check')).toMatchObject({ code: 0, stderr: expect.stringContaining('no question has a pinned answer') as string });
  });
});

describe('help and wrong usage', () => {
  test.each([[], ['list'], ['add'], ['remove'], ['pin'], ['check']])('pilcrow questions %s --help', async (...subcommand) => {
    const { code, stdout, stderr } = await questions(...subcommand, '--help');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    for (const option of ['--json', '--index-dir', '--verbose']) expect(stdout).toContain(option);
    expect(stdout).toMatch(new RegExp(`^ {2}\\$ pilcrow ${['questions', ...subcommand].join(' ')}`, 'm'));
    if (subcommand.length > 0) expect((await questions('help', ...subcommand)).stdout).toBe(stdout);
    else for (const name of ['list', 'add', 'remove', 'pin', 'check']) expect(stdout).toMatch(new RegExp(`^ {2}${name}\\b`, 'm'));
  });

  test.each([
    ['an unknown subcommand', ['ad', 'x'], /no pilcrow questions "ad".*list, add, remove, pin and check/],
    ['an unknown option', ['add', '--pinn', 'x'], /unknown option '--pinn'.*--help/],
    ['an unknown option of all', ['--fast'], /unknown option '--fast'/],
    ['no question', ['add'], /question is empty/],
    ['nothing to remove', ['remove'], /missing required argument/],
    ['nothing to pin', ['pin'], /missing required argument/],
    ['too much', ['check', 'all'], /too many arguments/],
    ['within none', ['add', 'x', '--within', '0'], /--within 0 is out of range.*1 to 10/],
    ['within eleven', ['add', 'x', '--within', '11'], /--within 11 is out of range.*1 to 10/],
    ['within what is no number', ['add', 'x', '--within', 'all'], /--within "all" is not a whole number/],
  ])('%s is one line and exit code 2', async (_, args, said) => {
    const { code, stdout, stderr } = await questions(...args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(lines(stderr)).toEqual([expect.stringMatching(said)]);
    expect(stderr).toMatch(/^pilcrow: /);
  });

  test.each([[], ['add', 'x'], ['remove', '1'], ['check', '--json']])('without an index it says what to do: questions %s', async (...args) => {
    const { code, stdout, stderr } = await questions(...args, '--index-dir', workspace.at('nothing'));
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(lines(stderr)).toEqual([expect.stringMatching(/no index.*pilcrow index/)]);
  });
});
