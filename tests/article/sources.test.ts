import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest';
import { addSources, ArticleReader, forgetSources, listFiles, MAX_FILE_BYTES, readSource, sourcesFor, SourceSet, type Outcome, type Source } from '../../lib/article';
import { PilcrowError } from '../../lib/errors';

const reader = new ArticleReader();
afterAll(() => { reader.close(); });

let root: string;
beforeEach(() => {
  root = realpathSync.native(mkdtempSync(join(tmpdir(), 'pilcrow-sources-')));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function write(path: string, text: string | Uint8Array = `Title\nText of ${path}.`): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

const add = (...named: string[]): Source[] => addSources([], named, root);

function codeOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    if (error instanceof PilcrowError) return error.code;
    throw error;
  }
  return 'none';
}

/** `source`, `source (reason)` or `source (code)`, in order. */
/** Everything in the sources; a file belongs to the first that contains it. */
async function* readSources(sources: readonly Source[]): AsyncGenerator<Outcome> {
  const set = new SourceSet(sources);
  for (const source of sources) yield* readSource(set, source, reader);
}

async function shown(outcomes: AsyncIterable<Outcome>): Promise<string[]> {
  const lines: string[] = [];
  for await (const outcome of outcomes) {
    if (outcome.kind === 'read') lines.push(...outcome.articles.map(({ source }) => source));
    else lines.push(`${outcome.source} (${outcome.kind === 'skipped' ? outcome.reason : outcome.error.code})`);
  }
  return lines;
}

describe('addSources', () => {
  test('remembers files and folders by absolute real path and base name', () => {
    write('posts/a.md');
    symlinkSync(join(root, 'posts'), join(root, 'link'));
    expect(add('posts', './posts/../posts', 'link')).toEqual([{ path: join(root, 'posts'), label: 'posts' }]);
    expect(add('posts/a.md')).toEqual([{ path: join(root, 'posts/a.md'), label: 'a.md' }]);
  });

  test('what a remembered folder contains is not added again, what it passes over is', () => {
    write('posts/deep/a.md');
    write('posts/.drafts/b.md');
    expect(add('posts', 'posts/deep', 'posts/deep/a.md', 'posts/.drafts').map(({ label }) => label)).toEqual(['posts', '.drafts']);
  });

  test('a folder around a remembered one is added after it', () => {
    write('posts/deep/a.md');
    expect(add('posts/deep', 'posts').map(({ label }) => label)).toEqual(['deep', 'posts']);
  });

  test('labels are lengthened until they are unique, and remembered ones stay', () => {
    write('a/posts/x.md');
    write('b/posts/x.md');
    write('c/b/posts/x.md');
    expect(add('a/posts', 'b/posts', 'c/b/posts').map(({ label }) => label)).toEqual(['posts', 'b/posts', 'c/b/posts']);
  });

  test('no label is the beginning of another one’s paths', () => {
    write('x/b/posts/1.md');
    write('y/b/1.md');
    write('z/posts/1.md');
    const sources = addSources([{ path: join(root, 'y/b'), label: 'b' }, { path: join(root, 'z/posts'), label: 'posts' }], ['x/b/posts'], root);
    expect(sources.at(-1)?.label).toBe('x/b/posts');
  });

  test('what does not exist is named, with the nearest folder that does', () => {
    write('posts/a.md');
    const named = join('posts', 'nowhere', 'b.md');
    expect(() => add(named)).toThrow(expect.objectContaining({
      code: 'source-not-found', message: `${named} does not exist`, hint: `the nearest folder that does is ${join(root, 'posts')}`,
    }));
  });

  test.each([
    ['a dangling link', 'source-not-found', () => symlinkSync(join(root, 'gone.md'), join(root, 'x.md'))],
    ['a link to itself', 'source-unreadable', () => symlinkSync(join(root, 'x.md'), join(root, 'x.md'))],
    ['a pipe', 'source-unreadable', () => execFileSync('mkfifo', [join(root, 'x.md')])],
  ])('%s is refused', (_, code, make) => {
    make();
    expect(codeOf(() => add('x.md'))).toBe(code);
  });

  test.each([['x.xyz', 'format-unknown'], ['', 'usage'], ['a\0b', 'source-not-found'], ['x.xyz/below', 'source-not-found'], ['n'.repeat(5000), 'source-not-found']])('%j is refused', (name, code) => {
    write('x.xyz');
    expect(codeOf(() => add(name))).toBe(code);
  });

  test('a folder may have a name like a file', async () => {
    write('x.txt/y.txt');
    expect(await shown(readSources(add('x.txt')))).toEqual(['x.txt/y.txt']);
  });
});

describe('globs and options', () => {
  test('a glob is the folder before it and what matches below', async () => {
    for (const path of ['posts/a.md', 'posts/b.txt', 'posts/deep/c.md', 'other.md']) write(path);
    expect(await shown(readSources(add('posts/**/*.md')))).toEqual(['posts/a.md', 'posts/deep/c.md']);
    expect(await shown(readSources(add('posts/*.{md,txt}')))).toEqual(['posts/a.md', 'posts/b.txt']);
    expect(add('posts/*.md')).toMatchObject([{ label: 'posts', options: { match: '*.md' } }]);
  });

  test('two globs of one folder are two sources, and a file in both is read once', async () => {
    for (const path of ['posts/a.md', 'posts/b.txt']) write(path);
    expect((await shown(readSources(add('posts/*.md', 'posts/*')))).map((source) => source.replace(/.*posts/, 'posts'))).toEqual(['posts/a.md', 'posts/b.txt']);
  });

  test('a file whose name looks like a glob is a file', async () => {
    write('a[1].md');
    expect(await shown(readSources(add('a[1].md')))).toEqual(['a[1].md']);
  });

  test('a glob in a folder that does not exist is an error', () => {
    expect(codeOf(() => add('nowhere/*.md'))).toBe('source-not-found');
  });

  test('options belong to a source until others are given', () => {
    write('data.csv');
    const first = addSources([], ['data.csv'], root, { map: { text: 'body' } });
    expect(first).toMatchObject([{ options: { map: { text: 'body' } } }]);
    expect(addSources(first, ['data.csv'], root)).toEqual(first);
    expect(addSources(first, ['data.csv'], root, { map: { text: 'content' } })).toMatchObject([{ label: 'data.csv', options: { map: { text: 'content' } } }]);
  });

  test('a source keeps the options that are not said, and loses those that are taken back', () => {
    const feed = 'https://example.org/feed.xml';
    const first = addSources([], [feed], root, { follow: true, limit: 5 });
    const second = addSources(first, [feed], root, { limit: 9, allowPrivate: true });
    expect(second).toEqual([{ path: feed, label: 'example.org/feed.xml', options: { follow: true, limit: 9, allowPrivate: true } }]);
    expect(addSources(second, [feed], root, { limit: null, follow: null })).toEqual([{ path: feed, label: 'example.org/feed.xml', options: { allowPrivate: true } }]);
    expect(addSources(second, [feed], root, { limit: null, follow: null, allowPrivate: null })).toEqual([{ path: feed, label: 'example.org/feed.xml' }]);
    write('sitemap.xml', '<urlset/>');
    const pages = addSources([], ['sitemap.xml'], root, { match: '/news/**' });
    expect(addSources(pages, ['sitemap.xml'], root, { limit: 3 })).toMatchObject([{ options: { match: '/news/**', limit: 3 } }]);
    expect(addSources(pages, ['sitemap.xml'], root, { match: '/blog/**' })).toMatchObject([{ options: { match: '/blog/**' } }]);
    expect(addSources([], [feed], root, { limit: null })).toEqual([{ path: feed, label: 'example.org/feed.xml' }]);
  });

  test('a folder named without a glob is all of it, in place of its globs', () => {
    for (const path of ['p/a.md', 'p/b.txt', 'p/deep/c.csv']) write(path);
    const globs = add('p/*.md', 'p/*.txt');
    expect(globs).toHaveLength(2);
    expect(addSources(globs, ['p'], root)).toEqual([{ path: join(root, 'p'), label: 'p' }]);
    expect(addSources(globs, ['p'], root, { format: 'text' })).toEqual([{ path: join(root, 'p'), label: 'p', options: { format: 'text' } }]);
  });

  test('a folder that is remembered becomes what --match says, while a glob in it is there already', () => {
    for (const path of ['p/a.md', 'p/b.txt']) write(path);
    expect(addSources(add('p'), ['p'], root, { match: '*.md' })).toEqual([{ path: join(root, 'p'), label: 'p', options: { match: '*.md' } }]);
    expect(addSources(add('p'), ['p/*.md'], root)).toEqual(add('p'));
  });

  test('a file in a remembered folder that is to be read in another way is read so, once', async () => {
    for (const path of ['p/a.csv', 'p/b.csv', 'p/c.csv']) write(path, 'k,v\n1,One text of several words.\n2,Another text of words.\n');
    const sources = addSources(add('p'), ['p/a.csv', 'p/b*'], root, { map: { text: 'v' } });
    expect(sources.map(({ label }) => label)).toEqual(['a.csv', expect.stringMatching(/p$/), 'p']);
    const read: string[] = [];
    for (const [i, source] of sources.entries()) for await (const listed of listFiles(source, sources.slice(0, i))) if (listed.kind === 'file') read.push(`${listed.file.name} ${listed.file.options?.map?.text ?? '-'}`);
    expect(read).toEqual(['a.csv v', 'b.csv v', 'c.csv -']);
    expect(addSources(sources, ['p/a.csv'], root, { map: null }).map(({ options }) => options?.map)).toEqual([undefined, { text: 'v' }, undefined]);
  });

  test('a file that was named with its format is named again without it', () => {
    write('notes', 'Title\nText.');
    const first = addSources([], ['notes'], root, { format: 'text' });
    expect(addSources(first, ['notes'], root)).toEqual(first);
    expect(codeOf(() => addSources(first, ['notes'], root, { format: null }))).toBe('format-unknown');
  });

  test('addresses are sources by their own names', () => {
    expect(add('https://example.org/feed.xml', 'HTTPS://Example.org/feed.xml#top', 'https://example.org', 'https://example.org/blog/').map(({ path, label }) => [path, label])).toEqual([
      ['https://example.org/feed.xml', 'example.org/feed.xml'], ['https://example.org/', 'example.org-2'], ['https://example.org/blog/', 'example.org/blog'],
    ]);
    expect(codeOf(() => add('https://'))).toBe('usage');
    expect(codeOf(() => add('https://me:secret@example.org/'))).toBe('usage');
  });

  test('a file without a telling name is read when its content tells', async () => {
    write('page', '<!DOCTYPE html><title>Page</title><p>Text of the page.');
    expect(add('page')).toHaveLength(1);
    write('notes', 'Title\nText.');
    expect(codeOf(() => add('notes'))).toBe('format-unknown');
    expect(await shown(readSources(addSources([], ['notes'], root, { format: 'text' })))).toEqual(['notes']);
  });
});

describe('ignore files', () => {
  test('name what is not read, as .gitignore does, in their folder and below', async () => {
    for (const path of ['p/a.md', 'p/drafts/b.md', 'p/c.draft.md', 'p/deep/d.draft.md', 'p/deep/keep.draft.md', 'p/deep/e.md']) write(path);
    write('p/.pilcrowignore', '# not yet\ndrafts/\n*.draft.md\n');
    write('p/deep/.pilcrowignore', '!keep.draft.md\n/e.md\n');
    expect(await shown(readSources(add('p')))).toEqual(['p/a.md', 'p/deep/keep.draft.md']);
  });

  test('do not hold for a source of its own within', async () => {
    write('p/a.md');
    write('p/drafts/b.md');
    write('p/.pilcrowignore', 'drafts/');
    expect(await shown(readSources(add('p', 'p/drafts')))).toEqual(['p/a.md', 'drafts/b.md']);
  });

  test('a link to what they leave out is followed', async () => {
    write('p/drafts/b.md');
    symlinkSync(join(root, 'p/drafts/b.md'), join(root, 'p/link.md'));
    write('p/.pilcrowignore', 'drafts/');
    expect(await shown(readSources(add('p')))).toEqual(['p/link.md']);
  });
});

describe('reading sources', () => {
  test('files come in the order of their names, folder by folder', async () => {
    for (const path of ['p/b.md', 'p/a/z.txt', 'p/a/b/c.md', 'p/B.md', 'p/a.md']) write(path);
    expect(await shown(readSources(add('p')))).toEqual(['p/B.md', 'p/a/b/c.md', 'p/a/z.txt', 'p/a.md', 'p/b.md']);
  });

  test('a file of its own has its label as source', async () => {
    write('p/a.md');
    expect(await shown(readSources(add('p/a.md')))).toEqual(['a.md']);
  });

  test('hidden, temporary and package files are passed over in silence', async () => {
    for (const path of ['p/.git/a.md', 'p/.b.md', 'p/node_modules/c.md', 'p/d.md~', 'p/.e.md.swp', 'p/#f.md#', 'p/ok.md']) write(path);
    expect(await shown(readSources(add('p')))).toEqual(['p/ok.md']);
  });

  test('files of unknown format are skipped with a reason', async () => {
    write('p/a.png');
    write('p/Makefile');
    write('p/b.MD');
    expect(await shown(readSources(add('p')))).toEqual(['p/Makefile (its format is unknown)', 'p/a.png (its format is unknown)', 'p/b.MD']);
  });

  test('what cannot be read fails alone', async () => {
    write('p/1.md', '');
    write('p/2.txt', Uint8Array.of(0, 1, 2));
    write('p/3.txt', Uint8Array.of(0x61, 0xff));
    write('p/4.md', '---\ntitle: [\n---\n');
    write('p/5.md', '# Only a title');
    write('p/6.md', 'Fine.');
    expect(await shown(readSources(add('p')))).toEqual([
      'p/1.md (file-empty)', 'p/2.txt (file-binary)', 'p/3.txt (file-not-utf8)', 'p/4.md (front-matter-invalid)', 'p/5.md (article-without-text)', 'p/6.md',
    ]);
  });

  test('a pipe among the files is skipped and does not hang', async () => {
    write('p/b.md');
    execFileSync('mkfifo', [join(root, 'p/a.txt')]);
    expect(await shown(readSources(add('p')))).toEqual(['p/a.txt (neither a file nor a folder)', 'p/b.md']);
  });

  test('a pipe that took a file’s place does not hang either', async () => {
    execFileSync('mkfifo', [join(root, 'a.txt')]);
    const outcome = await reader.read({ path: join(root, 'a.txt'), name: 'a.txt', source: 'a.txt', bytes: 1 });
    expect(outcome).toMatchObject({ kind: 'failed', error: { code: 'source-unreadable' } });
  });

  test('links are followed to what is inside the source and not read anyway', async () => {
    write('p/a.md');
    write('p/.store/s/b.md');
    write('outside.md');
    symlinkSync('a.md', join(root, 'p/link-a.md'));
    symlinkSync('.store', join(root, 'p/link-store'));
    symlinkSync('.store/s', join(root, 'p/link-store-again'));
    symlinkSync('../s', join(root, 'p/.store/s/around'));
    symlinkSync('..', join(root, 'p/up'));
    symlinkSync('.', join(root, 'p/self'));
    symlinkSync('../outside.md', join(root, 'p/out.md'));
    symlinkSync('gone.md', join(root, 'p/gone.md'));
    expect(await shown(readSources(add('p')))).toEqual([
      'p/a.md',
      'p/gone.md (a link that leads nowhere)',
      'p/link-a.md (a link to what is read anyway)',
      'p/link-store/s/around (a link to what was read already)',
      'p/link-store/s/b.md',
      'p/link-store-again (a link to what was read already)',
      'p/out.md (a link that leads out of the source)',
      'p/self (a link to what is read anyway)',
      'p/up (a link that leads out of the source)',
    ]);
  });

  test('a glob comes by no file twice, by way of links or not', async () => {
    for (const path of ['p/a.md', 'p/deep/b.md', 'p/.store/c.md']) write(path);
    symlinkSync('..', join(root, 'p/deep/up'));
    symlinkSync('.store', join(root, 'p/store'));
    symlinkSync('../a.md', join(root, 'p/deep/z.md'));
    symlinkSync('deep', join(root, 'p/way'));
    expect(await shown(readSources(add('p/**/*.md')))).toEqual([
      'p/a.md',
      'p/deep/b.md',
      'p/deep/up (a link to what is read anyway)',
      'p/deep/z.md (a link to what is read anyway)',
      'p/store/c.md',
      'p/way (a link to what is read anyway)',
    ]);
  });

  test('a link into a folder that was reached by a link is skipped, however many links there are', async () => {
    for (let i = 0; i < 300; i++) {
      write(`p/.store/${i}/a.md`);
      symlinkSync(`.store/${i}`, join(root, `p/${String(i).padStart(3, '0')}`));
    }
    symlinkSync('.store/7/a.md', join(root, 'p/x.md'));
    symlinkSync('.store/70', join(root, 'p/y'));
    write('p/.store/700/a.md');
    symlinkSync('.store/700', join(root, 'p/z'));
    const found = await shown(readSources(add('p')));
    expect(found.slice(300)).toEqual(['p/x.md (a link to what was read already)', 'p/y (a link to what was read already)', 'p/z/a.md']);
  });

  test.each(['a\nb.md', 'a\u001b[2Jb.md', 'a\u202eb.md', 'a\u2028b.xyz', 'a\rb.txt'])('errors about a file named %j stay on one line of printable signs', async (name) => {
    write(`p/${name}`, '---\ntitle: [\n---\n\0');
    const errors: PilcrowError[] = [];
    for (const named of ['p', `p/${name}`, `p/${name}.md`]) {
      try {
        for await (const outcome of readSources(add(named))) if (outcome.kind === 'failed') errors.push(outcome.error);
      } catch (error) {
        if (error instanceof PilcrowError) errors.push(error);
      }
    }
    expect(errors.length).toBeGreaterThan(1);
    for (const { line } of errors) expect(line).not.toMatch(/[\p{Cc}\p{Cf}\u2028\u2029]/u);
  });

  test('a file belongs to the first source that contains it', async () => {
    for (const path of ['p/a.md', 'p/deep/b.md', 'p/deep/c.md']) write(path);
    const sources = [...add('p/deep/b.md'), { path: join(root, 'p/deep'), label: 'deep' }, { path: join(root, 'p'), label: 'p' }];
    expect(await shown(readSources(sources))).toEqual(['b.md', 'deep/c.md', 'p/a.md']);
    expect(await shown(readSources([...sources].reverse()))).toEqual(['p/a.md', 'p/deep/b.md', 'p/deep/c.md']);
  });

  test('a source that is gone is a failure of its own', async () => {
    write('p/a.md');
    const [source] = add('p');
    if (source === undefined) throw new Error('no source');
    rmSync(join(root, 'p'), { recursive: true });
    expect(await shown(readSources([source]))).toEqual(['p (source-not-found)']);
  });

  test('a file over the limit is refused before it is read', async () => {
    const text = 'Title\n'.padEnd(MAX_FILE_BYTES + 1, 'x');
    write('p/a.txt', text);
    expect(await shown(readSources(add('p')))).toEqual(['p/a.txt (file-too-large)']);
    const outcome = await reader.read({ path: join(root, 'p/a.txt'), name: 'a.txt', source: 'p/a.txt', bytes: 1 });
    expect(outcome).toMatchObject({ kind: 'failed', error: { code: 'file-too-large' } });
  });

  test('listed files have their size', async () => {
    write('p/a.md', 'Four');
    const [source] = add('p');
    if (source === undefined) throw new Error('no source');
    for await (const listed of listFiles(source)) {
      expect(listed).toMatchObject({ kind: 'file', file: { path: join(root, 'p/a.md'), source: 'p/a.md', bytes: 4 } });
    }
  });

  test('moving a source’s parent keeps ids, since they hang on label and path below it', async () => {
    write('one/p/a.md');
    write('two/p/a.md');
    const ids: string[] = [];
    for (const parent of ['one', 'two']) {
      for await (const outcome of readSources(addSources([], ['p'], join(root, parent)))) if (outcome.kind === 'read') ids.push(...outcome.articles.map(({ id }) => id));
    }
    expect(ids[0]).toBe(ids[1]);
  });
});

describe('a source is forgotten', () => {
  const sources: Source[] = [
    { path: '/srv/archive', label: 'archive' },
    { path: '/srv/posts', label: 'posts', options: { match: '**/*.md' } },
    { path: '/srv/posts', label: 'srv/posts', options: { match: '**/*.txt' } },
    { path: 'https://example.org/feed.xml', label: 'example.org/feed.xml', options: { follow: true } },
  ];
  const left = (...names: string[]): number[] => {
    const others = forgetSources(sources, names, '/srv');
    return sources.flatMap((source, i) => (others.includes(source) ? [] : [i]));
  };

  test.each<[string[], number[]]>([
    [['archive'], [0]],
    [['/srv/archive'], [0]],
    [['./archive/'], [0]],
    [['posts/**/*.md'], [1]],
    [['/srv/posts'], [1, 2]],
    [['https://EXAMPLE.org/feed.xml#top', 'archive'], [0, 3]],
    [['example.org/feed.xml'], [3]],
    [[], []],
  ])('by any of its names: %j', (names, gone) => {
    expect(left(...names)).toEqual(gone);
  });

  test.each(['srv', 'posts/**/*.html', 'https://example.org/', 'https://', ''])('%j is none', (name) => {
    expect(() => left(name)).toThrow(/is no source of the index/);
  });

  test('and of one without any that is said; who starts over forgets all of them anyway', () => {
    expect(() => forgetSources([], ['archive'], '/srv')).toThrow('archive is no source of the index');
    write('posts/a.md');
    const named = { named: ['posts'], forget: ['archive'] };
    expect(sourcesFor(sources, named, root).map(({ path }) => path)).toEqual([...sources.slice(1).map(({ path }) => path), join(root, 'posts')]);
    expect(sourcesFor(sources, { ...named, full: true }, root).map(({ path }) => path)).toEqual([join(root, 'posts')]);
  });
});
