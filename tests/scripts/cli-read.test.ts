import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { afterAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { bin, lines, outcome, pilcrow, root, run, Workspace } from './cli';

const workspace = new Workspace();
afterAll(() => { workspace.remove(); });

/** The contract of `pilcrow read --json`. */
const articlesSchema = z.array(
  z.strictObject({
    id: z.string().min(1),
    title: z.string().min(1),
    author: z.string().nullable(),
    published: z.string().nullable(),
    updated: z.string().nullable(),
    language: z.string().nullable(),
    url: z.string().nullable(),
    source: z.string().min(1),
    format: z.string().min(1),
    tags: z.array(z.string()),
    paragraphs: z.array(z.strictObject({ text: z.string().min(1), section: z.string().nullable(), page: z.int().nullable() })),
  }),
);

const read = async (...args: string[]) => {
  const { code, stdout, stderr } = await pilcrow(['read', ...args, '--json']);
  return { code, stderr, articles: articlesSchema.parse(JSON.parse(stdout)) };
};

/** With something on standard input. */
async function readInput(input: string | Uint8Array, ...args: string[]) {
  const child = spawn(process.execPath, [bin, 'read', '-', ...args, '--json'], { cwd: root, stdio: ['pipe', 'pipe', 'pipe'] });
  child.stdin.end(input);
  const { code, stdout, stderr } = await outcome(child as never);
  return { code, stderr, articles: articlesSchema.parse(JSON.parse(stdout)) };
}

const MARKDOWN = '---\ntitle: The ferry\nauthor: [Ada Quill, Ben Ode]\ndate: 4 March 2021\nlang: en\ntags: [rivers]\nurl: https://example.org/ferry\n---\n\nIt was built in winter.\n\n## Its end\n\nThere was nothing left for it to carry.\n';

describe('pilcrow read', () => {
  test('prints what is known of an article and its paragraphs with their sections', async () => {
    workspace.write('ferry.md', MARKDOWN);
    const { code, stdout, stderr } = await pilcrow(['read', workspace.at('ferry.md')]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^The ferry\nAda Quill; Ben Ode · 2021-03-04 · en\nhttps:\/\/example\.org\/ferry\nferry\.md · markdown · ferry-\w+\nrivers\n\nIt was built in winter\.\n\nIts end\n\nThere was nothing left for it to carry\.\n$/);
    expect(stderr).toBe('1 article, 2 paragraphs\n');
  });

  test('--json prints one document, as the contract says', async () => {
    workspace.write('ferry.md', MARKDOWN);
    expect(await read(workspace.at('ferry.md'))).toMatchObject({
      code: 0,
      articles: [{
        title: 'The ferry', author: 'Ada Quill; Ben Ode', published: '2021-03-04', updated: null, language: 'en', url: 'https://example.org/ferry', source: 'ferry.md', format: 'markdown', tags: ['rivers'],
        paragraphs: [{ text: 'It was built in winter.', section: null, page: null }, { text: 'There was nothing left for it to carry.', section: 'Its end', page: null }],
      }],
    });
  });

  test('reads folders and globs; what cannot be read is named, the rest is read, and the exit code is 1', async () => {
    workspace.write('mixed/a.md', 'A text.');
    workspace.write('mixed/b.txt', Uint8Array.of(0, 1, 2, 3));
    workspace.write('mixed/c.png', Uint8Array.of(0x89, 0x50));
    workspace.write('mixed/d.txt', 'Title\nAnother text.');
    const all = await read(workspace.at('mixed'));
    expect(all).toMatchObject({ code: 1, articles: [{ source: 'mixed/a.md' }, { source: 'mixed/d.txt' }] });
    expect(lines(all.stderr)).toEqual(['passed over 1 file: its format is unknown (.png)', '1 file could not be read:', expect.stringMatching(/^ {2}.*b\.txt is not text/), '2 articles, 2 paragraphs']);
    expect(await read(workspace.at('mixed/*.md'))).toMatchObject({ code: 0, articles: [{ source: 'mixed/a.md' }] });
  });

  test('an article that comes twice is printed once', async () => {
    const text = 'The same words in two places, which are long enough to be no accident: the ferry carried carts, sheep and letters over the river, until the bridge was finished and there was nothing left for it to carry, so that it was laid up in the reeds.';
    workspace.write('twice/a.txt', `One\n${text}`);
    workspace.write('twice/b.txt', `Two\n${text}`);
    const { articles, stderr } = await read(workspace.at('twice'));
    expect(articles).toMatchObject([{ source: 'twice/a.txt' }]);
    expect(stderr).toContain('1 article found again, indexed once: twice/b.txt is twice/a.txt');
  });

  test('reads standard input, as what --format says or as what it is', async () => {
    expect(await readInput('# Title\n\nText.', '--format', 'markdown')).toMatchObject({ code: 0, articles: [{ title: 'Title', source: 'standard input', format: 'markdown' }] });
    expect(await readInput('Title\nText.')).toMatchObject({ code: 1, articles: [], stderr: expect.stringContaining('is in a format that cannot be read') as string });
  });

  test('--format reads a file as something else than it is called', async () => {
    workspace.write('notes.log', '# Heading\n\nText.');
    expect(await read(workspace.at('notes.log'), '--format', 'markdown')).toMatchObject({ articles: [{ title: 'Heading', format: 'markdown' }] });
  });

  test.each([
    [['read', 'nowhere.md'], 1, 'nowhere.md does not exist'],
    [['read'], 2, "missing required argument 'source'"],
    [['read', 'x.md', '--format', 'word'], 2, "--format <format>' argument 'word' is invalid"],
    [['read', 'x.md', '--map', 'headline=title'], 2, '--map has "headline=title", which is not FIELD=NAME'],
    [['read', 'x.md', '--limit', '0'], 2, '--limit 0 is not a number of pages'],
    [['read', 'lib', '--match', ''], 2, '--match is empty'],
    [['read', 'lib/*.mdd'], 1, /nothing in .*lib matches \*\.mdd/],
    [['read', 'file:///x.md'], 2, 'file:///x.md is not an address that can be fetched'],
  ])('%j ends with %i and says why', async (args, code, message) => {
    const result = await pilcrow(args);
    expect(result).toMatchObject({ code, stdout: '' });
    expect(result.stderr).toMatch(message);
  });

  test('prints a paragraph of any length', async () => {
    const { code, stdout, stderr } = await pilcrow(['read', workspace.write('long.md', `# Title\n\n\`\`\`\n${'line\n'.repeat(200_000)}\`\`\`\n`)]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '1 article, 1 paragraph\n' });
    expect(stdout.match(/line/g)).toHaveLength(200_000);
  });

  test('without anything on standard input says so', async () => {
    const child = spawn(process.execPath, [bin, 'read', '-'], { cwd: root, stdio: ['pipe', 'pipe', 'pipe'] });
    child.stdin.end();
    expect(await outcome(child as never)).toMatchObject({ code: 1, stdout: '', stderr: expect.stringContaining('standard input is empty') as string });
  });

  test('leaves nothing behind', async () => {
    const temporary = workspace.at('tmp');
    workspace.write('tmp/keep', '');
    await outcome(run(process.execPath, [bin, 'read', workspace.write('one.md', 'Text.')], { TMPDIR: temporary }));
    expect(readdirSync(temporary)).toEqual(['keep']);
    const child = run(process.execPath, [bin, 'read', workspace.write('many.jsonl', '{"title": "T", "text": "Some text."}\n'.repeat(20_000))], { TMPDIR: temporary });
    child.stdout.once('data', () => child.kill('SIGINT'));
    expect((await outcome(child)).code).toBe(130);
    expect(readdirSync(temporary)).toEqual(['keep']);
  });
});

describe('pilcrow index', () => {
  test('--strict publishes nothing when something cannot be read', async () => {
    workspace.write('strict/a.md', 'A text about ferries.');
    workspace.write('strict/b.txt', Uint8Array.of(0, 1, 2, 3));
    const index = workspace.at('index-strict');
    const strict = await pilcrow(['index', workspace.at('strict'), '--index-dir', index, '--strict', '--workers', '1']);
    expect(strict.code).toBe(1);
    expect(strict.stderr).toContain('nothing was published, since not everything could be read');
    expect((await pilcrow(['status', '--index-dir', index])).code).toBe(1);
    const lenient = await pilcrow(['index', workspace.at('strict'), '--index-dir', index, '--workers', '1']);
    expect(lenient.code).toBe(1);
    expect((await pilcrow(['status', '--index-dir', index, '--json'])).stdout).toContain('"articles":1');
  });

  test('takes standard input, and has it when the index is made anew', async () => {
    const index = workspace.at('index-stdin');
    const child = spawn(process.execPath, [bin, 'index', '-', '--format', 'markdown', '--index-dir', index, '--workers', '1', '--json'], { cwd: root, stdio: ['pipe', 'pipe', 'pipe'] });
    child.stdin.end('# The ferry\n\nIt was laid up in the reeds.');
    expect(JSON.parse((await outcome(child as never)).stdout)).toMatchObject({ articles: { total: 1 } });
    expect(JSON.parse((await pilcrow(['index', '--full', '--index-dir', index, '--workers', '1', '--json'])).stdout)).toMatchObject({ articles: { total: 1 } });
  });
});
