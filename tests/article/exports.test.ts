import { describe, expect, test } from 'vitest';
import { discover } from '../../lib/article/fetch/discover';
import { csvReader } from '../../lib/article/formats/csv';
import { readBytes } from './read-bytes';
import { readData, refusal } from './read-data';
import { zipBytes } from './zip-bytes';

const zipped = (files: Readonly<Record<string, string>>) => readBytes('x.zip', zipBytes(Object.entries(files).map(([name, data]) => ({ name, data }))));
const texts = (article: { paragraphs: { text: string }[] } | undefined): string[] => (article?.paragraphs ?? []).map(({ text }) => text);

const PROSE = 'The river turned twice before it came to the mill, and the people who lived there had long ago stopped counting the floods.';
const MORE = 'In the second year the wheel was taken out, and what was left of the weir became a place where children learned to swim.';

describe('Omnivore', () => {
  const body = (section: string): string => `<div class="page" id="readability-page-1"><h2>${section}</h2><p>${PROSE}</p><p>${MORE}</p></div>`;
  const item = (slug: string, title: string, more: object = {}): object => ({
    id: `0000-${slug}`, slug, title, description: 'What it is about, in a sentence that is long enough to be a summary.', author: 'Ada Byrd', url: `https://a.example/${slug}`,
    state: 'Active', readingProgress: 3, thumbnail: 'https://a.example/x.png', labels: ['water', 'past'], savedAt: '2024-02-03T04:05:06.000Z', updatedAt: '2024-10-30T00:00:00.000Z', publishedAt: '2023-05-06T00:00:00.000Z', ...more,
  });

  test('pages get title, author, address, date and labels from the metadata beside them', async () => {
    const read = await zipped({
      'metadata_0_to_2.json': JSON.stringify([item('the-mill-18c0', 'The mill - a history: part 1'), item('weir-18c1', 'Weir', { author: null, labels: [], publishedAt: null })]),
      'content/the-mill-18c0.html': body('Floods'), 'content/weir-18c1.html': body('Wheels'), 'highlights/weir-18c1.md': '> What was left of the weir.\n',
    });
    expect(read.articles).toMatchObject([
      { title: 'The mill - a history: part 1', author: 'Ada Byrd', url: 'https://a.example/the-mill-18c0', published: '2023-05-06T00:00:00.000Z', updated: null, tags: ['water', 'past'], source: 'x.zip/content/the-mill-18c0.html', format: 'html' },
      { title: 'Weir', author: null, url: 'https://a.example/weir-18c1', published: null, tags: [] },
      { title: 'weir 18c1', url: null, source: 'x.zip/highlights/weir-18c1.md' },
    ]);
    expect(read.articles[0]?.paragraphs).toEqual([PROSE, MORE].map((text) => ({ text, section: 'Floods', page: null })));
    expect(read.skipped).toEqual([['metadata_0_to_2.json', 'it says what other files of its archive are']]);
    expect(read).toMatchObject({ warnings: [], failed: [] });
  });

  test('what has no page is still read of the metadata', async () => {
    const read = await zipped({ 'metadata_0_to_2.json': JSON.stringify([item('gone-18c2', 'Gone'), item('weir-18c1', 'Weir')]), 'content/weir-18c1.html': body('Wheels') });
    expect(read.articles.map(({ title, source, format }) => [title, source, format])).toEqual([['Gone', 'x.zip/metadata_0_to_2.json', 'json'], ['Weir', 'x.zip/content/weir-18c1.html', 'html']]);
    expect(read.skipped).toEqual([]);
  });
});

describe('Substack', () => {
  const HEAD = 'post_id,post_date,is_published,email_sent_at,inbox_sent_at,type,audience,title,subtitle,podcast_url\n';
  const body = `<p>${PROSE}</p><h3>Later</h3><p>${MORE}</p>`;

  test('bodies get title and date from posts.csv, whose subtitles are no articles', async () => {
    const read = await zipped({
      'posts.csv': `${HEAD}1234567.the-mill,2024-01-02T03:04:05.000Z,true,,,newsletter,everyone,"The mill, again",A subtitle that is rather long and says what the post is about.,\n1234568,2024-02-02T03:04:05.000Z,false,,,newsletter,everyone,A draft,,\n`,
      'posts/1234567.the-mill.html': body, 'posts/1234568.a-draft.html': body.replaceAll('river', 'brook'),
      'posts/1234567.opens.csv': 'post_id,user_agent\n1,Mozilla/5.0 (like a browser of some years ago) Gecko and others\n', 'email_list.x.csv': 'email,note\na@b.example,Somebody who has read this for a very long time now.\n',
    });
    expect(read.articles).toMatchObject([
      { title: 'The mill, again', published: '2024-01-02T03:04:05.000Z', paragraphs: [{ text: PROSE, section: null }, { text: MORE, section: 'Later' }], source: 'x.zip/posts/1234567.the-mill.html' },
      { title: 'A draft', published: '2024-02-02T03:04:05.000Z' },
    ]);
    expect(read.skipped).toEqual([['posts/1234567.opens.csv', 'it is no post of this export from Substack'], ['email_list.x.csv', 'it is no post of this export from Substack'], ['posts.csv', 'it says what other files of its archive are']]);
    expect(read).toMatchObject({ articles: { length: 2 }, failed: [], warnings: [] });
  });

  test('a row without a file is read as it was, and a damaged one is told of', async () => {
    const read = await zipped({ 'posts.csv': `${HEAD}1234567.the-mill,2024-01-02,true,,,newsletter,everyone,The mill,Words about a mill.,\n7.x,2024-01-02,true,,,podcast,everyone,Heard,"Words about a sound, which nobody wrote down.",\n1234569.silent,2024-01-02,true,,,podcast,everyone,Silent,"Words about what is heard when nothing is.",\nx,y\n`, 'posts/1234567.the-mill.html': body, 'posts/1234569.silent.html': '' });
    expect(read.articles.map((article) => [article.title, ...texts(article)])).toEqual([['Heard', 'Words about a sound, which nobody wrote down.'], ['Silent', 'Words about what is heard when nothing is.'], ['The mill', PROSE, MORE]]);
    expect(read.failed).toEqual([['posts.csv/line 5', 'file-damaged'], ['posts/1234569.silent.html', 'file-empty']]);
  });
});

describe('Medium', () => {
  const page = (title: string, text: string): string => `<!DOCTYPE html><html><head><title>${title}</title></head><body><article class="h-entry"><header><h1 class="p-name">${title}</h1></header><section data-field="body" class="e-content"><p>${text}</p></section></article></body></html>`;
  const posts = { 'posts/2020-01-02_The-mill-0123456789ab.html': page('The mill', PROSE), 'posts/draft_Weir-ba9876543210.html': page('Weir', MORE) };
  const others = ['README.html', 'claps/claps-0001.html', 'bookmarks/bookmarks-0001.html', 'sessions/sessions-0001.html', 'profile/profile.html', 'lists/Later-0123456789ab.html'];
  const beside = Object.fromEntries(others.map((name) => [name, page(name, `${PROSE} ${name}`)]));

  test('posts and highlights are articles, and not what else there is', async () => {
    const read = await zipped({ ...beside, ...posts, 'highlights/highlights-0001.html': page('Highlights', 'What I liked.') });
    expect(read.articles.map(({ title }) => title)).toEqual(['The mill', 'Weir', 'Highlights']);
    expect(read.skipped).toEqual(others.map((name) => [name, 'it is no post of this export from Medium']));
  });

  test('folders of those names in other archives are read', async () => {
    const named = { 'posts/the-mill.html': page('The mill', PROSE), 'lists/books.html': page('Books', MORE), 'profile/profile.html': page('Of me', PROSE), 'README.html': page('Read me', MORE) };
    expect((await zipped(named)).places).toEqual(Object.keys(named));
    const unsigned = { ...posts, 'lists/books.html': page('Books', MORE) };
    expect((await zipped(unsigned)).places).toEqual(Object.keys(unsigned));
  });
});

describe('Pocket', () => {
  const csv = 'title,url,time_added,tags,status\nA,https://a.example/a,1700000000,x|y,unread\nB,https://a.example/b,1700000001,,archive\nA again,https://a.example/a,1700000002,,unread\nno,address,1,,\n';

  test('has no text: what to do is said', async () => {
    expect(await refusal(readData(csvReader, { name: 'x.csv', text: csv }))).toBe(
      "not-articles: x.csv holds no articles: none of its records' fields is text: title, url, time_added, tags, status: read the pages that it lists with --follow, where it is named itself, or name the field that is the text, if one is: --map text=FIELD",
    );
  });

  test('is a list of pages for who follows it, and a table with text is not', async () => {
    const page = (url: string, date: string | null = null): object => ({ url, date });
    expect(await discover({ name: 'x.csv', bytes: Buffer.from(csv) })).toEqual({ kind: 'feed', pages: [page('https://a.example/a'), page('https://a.example/b')] });
    expect(await discover({ name: 'x.csv', bytes: Buffer.from('Lien;Publié le\n/b;2020-01-02\n'), url: 'https://a.example/x.csv' })).toEqual({ kind: 'feed', pages: [page('https://a.example/b', '2020-01-02')] });
    for (const other of ['url,text\nhttps://a.example/a,\nhttps://a.example/b,Words.\n', 'title,note\na,b\n', 'url\n']) {
      expect(await discover({ name: 'x.csv', bytes: Buffer.from(other) })).toEqual({ kind: 'page' });
    }
  });
});

describe('a table in an archive', () => {
  const page = `<h2>Floods</h2><p>${PROSE}</p>`;

  test('tells of Markdown, text and pages by path, name or slug; a first line is not lost', async () => {
    const read = await zipped({
      'export/index.json': JSON.stringify({ version: 2, notes: [{ file: 'notes/mill.md', title: 'Of mills', tags: ['a'] }, { filename: 'weir.txt', title: 'Of weirs', date: '2020-01-02' }, { slug: 'eels', title: 'Of eels', author: 'Ada Byrd' }] }),
      'export/notes/mill.md': `---\ntags: [b]\n---\n# The mill\n\n${PROSE}\n`, 'export/texts/weir.txt': `Short line\n\n${MORE}\n`, 'export/eels.html': `<html><title>eels</title><body><h1>Eels</h1><p>${PROSE}</p></body></html>`,
    });
    expect(read.articles.map((article) => [article.title, article.tags, ...texts(article)])).toEqual([['Of mills', ['b', 'a'], 'The mill', PROSE], ['Of weirs', [], 'Short line', MORE], ['Of eels', [], PROSE]]);
    expect(read.articles.map(({ author, published }) => [author, published])).toEqual([[null, null], [null, '2020-01-02'], ['Ada Byrd', null]]);
  });

  test.each([
    ['has texts of its own', { 'a.json': JSON.stringify([{ slug: 'the-mill', title: 'T', text: MORE }]), 'the-mill.html': page }, ['T', 'the mill']],
    ['names too few files', { 'a.csv': `slug,title,summary\nthe-mill,T,"${MORE}"\nother,U,"${MORE}"\nthird,V,"${MORE}"\n`, 'the-mill.html': page }, ['T', 'U', 'V', 'the mill']],
    ['names two files alike', { 'a.csv': `slug,title,summary\nthe-mill,T,"${MORE}"\n`, 'a/the-mill.html': page, 'b/the-mill.html': page }, ['T', 'the mill', 'the mill']],
    ['has numbers for names', { 'a.csv': `id,title,summary\n12,T,"${MORE}"\n`, '12.html': page }, ['T', '12']],
    ['has other lists beside', { 'a.json': JSON.stringify({ files: [{ slug: 'the-mill', title: 'T' }], posts: [{ title: 'U', text: MORE }] }), 'the-mill.html': page }, ['U', 'the mill']],
    ['has nothing to say', { 'a.json': JSON.stringify([{ slug: 'the-mill', summary: MORE }]), 'the-mill.html': page }, null],
  ])('that %s is no companion', async (_, files, titles) => {
    const read = await zipped(files);
    if (titles !== null) expect(read.articles.map(({ title }) => title)).toEqual(titles);
    expect(read.skipped.filter(([, reason]) => reason.includes('other files'))).toEqual([]);
  });

  test('that is damaged is told of, and the files are read', async () => {
    const read = await zipped({ 'a.json': '[{"slug": "the-mill", "title": ]', 'the-mill.html': page });
    expect(read).toMatchObject({ places: ['the-mill.html'], failed: [['a.json', 'file-damaged']] });
  });

  test('may name its fields as it is said', async () => {
    const bytes = zipBytes([{ name: 'a.csv', data: 'slug,What\nthe-mill,Of mills\n' }, { name: 'the-mill.html', data: page }]);
    const { readArticles } = await import('../../lib/article/reading/registry');
    const titles: string[] = [];
    for await (const { title } of readArticles({ name: 'x.zip', source: 'x.zip', bytes, map: { title: 'what' } }, { warnings: [], failed: [], skipped: [] })) titles.push(title);
    expect(titles).toEqual(['Of mills']);
  });
});
