import { describe, expect, test } from 'vitest';
import { readBytes } from './read-bytes';
import { zipBytes, type Entry } from './zip-bytes';

const CONTAINER = '<?xml version="1.0"?><container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0"><rootfiles><rootfile full-path="OPS/book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>';

const page = (body: string, { lang = '', title = '<title/>', type = '' } = {}): string =>
  `<?xml version="1.0" encoding="UTF-8"?><!DOCTYPE html><html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"${lang === '' ? '' : ` xml:lang="${lang}"`}><head>${title}<style>p { color: red }</style></head><body${type === '' ? '' : ` epub:type="${type}"`}>${body}</body></html>`;

interface Book {
  metadata?: string;
  /** Documents by path below OPS, in the order of reading. */
  pages: Record<string, string>;
  /** Further items of the manifest, as XML. */
  items?: string;
  guide?: string;
  files?: readonly Entry[];
  /** Attributes of references to documents in the spine. */
  spine?: Record<string, string>;
}

function book({ metadata = '<dc:title>Of Eels</dc:title>', pages, items = '', guide = '', files = [], spine = {} }: Book): Buffer {
  const names = Object.keys(pages);
  const manifest = names.map((name, i) => `<item id="p${i}" href="${encodeURI(name)}" media-type="application/xhtml+xml"/>`).join('');
  const order = names.map((name, i) => `<itemref idref="p${i}" ${spine[name] ?? ''}/>`).join('');
  const opf = `<?xml version="1.0"?><package xmlns="http://www.idpf.org/2007/opf" version="3.0"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:opf="http://www.idpf.org/2007/opf">${metadata}</metadata><manifest>${manifest}${items}</manifest><spine toc="ncx">${order}</spine><guide>${guide}</guide></package>`;
  return zipBytes([
    { name: 'mimetype', data: 'application/epub+zip', method: 0 },
    { name: 'META-INF/container.xml', data: CONTAINER },
    { name: 'OPS/book.opf', data: opf },
    ...names.map((name) => ({ name: `OPS/${name}`, data: pages[name] ?? '' })),
    ...files,
  ]);
}

const NAV_ITEM = '<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>';
const nav = (list: string): Entry => ({ name: 'OPS/nav.xhtml', data: page(`<nav epub:type="landmarks"><ol><li><a href="one.xhtml">Start</a></li></ol></nav><nav epub:type="toc"><h2>Contents</h2>${list}</nav>`) });
const titles = async (given: Book): Promise<string[]> => (await readBytes('eels.epub', book(given))).articles.map(({ title }) => title);
const texts = async (given: Book): Promise<string[]> => (await readBytes('eels.epub', book(given))).articles.flatMap(({ paragraphs }) => paragraphs.map(({ text }) => text));

describe('a book', () => {
  test('is an article for each document, in the order of reading, with what is known of the book', async () => {
    const metadata = `<dc:title>Of Eels</dc:title><dc:creator>Ada Berg</dc:creator><dc:creator opf:role="aut">Nils Holm</dc:creator><dc:contributor>Somebody</dc:contributor>
      <dc:language>de</dc:language><dc:date opf:event="modification">2024-01-01</dc:date><dc:date opf:event="publication">1922-03-04</dc:date><meta property="dcterms:modified">2023-05-06T07:08:09Z</meta>
      <dc:subject>Fish</dc:subject><dc:subject>Sea &amp; river</dc:subject><dc:subject>Fish</dc:subject><dc:identifier>urn:isbn:1</dc:identifier><dc:source>https://example.org/eels</dc:source>`;
    const pages = { 'one.xhtml': page('<h1>The way</h1><p>They leave.</p>'), 'two.xhtml': page('<h1>The return</h1><p>They return.</p><h2>In spring</h2><p>As glass.</p>', { lang: 'en-GB' }) };
    const { articles } = await readBytes('eels.epub', book({ metadata, pages }));
    const known = { author: 'Ada Berg; Nils Holm', published: '1922-03-04', updated: '2023-05-06T07:08:09Z', url: 'https://example.org/eels', tags: ['Fish', 'Sea & river'], format: 'epub', source: 'eels.epub' };
    expect(articles).toMatchObject([
      { title: 'Of Eels: The way', language: 'de', paragraphs: [{ text: 'They leave.', section: null }], ...known },
      { title: 'Of Eels: The return', language: 'en-GB', paragraphs: [{ text: 'They return.', section: null }, { text: 'As glass.', section: 'In spring' }], ...known },
    ]);
  });

  test('keeps the id of a chapter when another comes before it', async () => {
    const one = { 'one.xhtml': page('<p>One.</p>') };
    const two = { 'two.xhtml': page('<p>Two.</p>') };
    const idOf = async (pages: Record<string, string>): Promise<string | undefined> => (await readBytes('eels.epub', book({ pages }))).articles.at(-1)?.id;
    expect(await idOf({ ...one, ...two })).toBe(await idOf(two));
  });

  test('has the titles of its table of contents, EPUB 3', async () => {
    const list = '<ol><li><a href="one.xhtml">1. The  way</a><ol><li><a href="one.xhtml#b">A part</a></li></ol></li><li><span>Part two</span><ol><li><a href="my%20text/two.xhtml#top">2. The <em>return</em></a></li></ol></li></ol>';
    const pages = { 'one.xhtml': page('<h1>Way</h1><p>a</p>'), 'my text/two.xhtml': page('<p>b</p>') };
    expect(await titles({ pages, items: NAV_ITEM, files: [nav(list)] })).toEqual(['Of Eels: 1. The way', 'Of Eels: 2. The return']);
  });

  test('has the titles of its table of contents, EPUB 2', async () => {
    const point = (label: string, src: string, inner = ''): string => `<navPoint><navLabel><text>${label}</text></navLabel><content src="${src}"/>${inner}</navPoint>`;
    const ncx = `<?xml version="1.0"?><!DOCTYPE ncx PUBLIC "-//NISO//DTD ncx 2005-1//EN" "http://www.daisy.org/z3986/2005/ncx-2005-1.dtd"><ncx xmlns="http://www.daisy.org/z3986/2005/ncx/"><navMap>${point('Der Weg', '../OPS/one.xhtml', point('Unten', 'one.xhtml#x'))}${point('Zurück', 'two.xhtml')}</navMap></ncx>`;
    const pages = { 'one.xhtml': page('<p>a</p>'), 'two.xhtml': page('<p>b</p>') };
    expect(await titles({ pages, items: '<item id="ncx" href="toc.ncx" media-type="application/x-dtbncx+xml"/>', files: [{ name: 'OPS/toc.ncx', data: ncx }] })).toEqual(['Of Eels: Der Weg', 'Of Eels: Zurück']);
  });

  test('without a table: by first heading, by title, by number; the book’s own title says nothing', async () => {
    const pages = {
      '1.xhtml': page('<h2>A &amp; B&nbsp;C</h2><p>a</p>', { title: '<title>Of Eels</title>' }),
      '2.xhtml': page('<p>b</p>', { title: '<title>The second</title>' }),
      '3.xhtml': page('<p>c</p>', { title: '<title>OF EELS</title>' }),
      '4.xhtml': page('<h1>Of Eels, an afterword</h1><p>d</p>'),
    };
    expect(await titles({ pages })).toEqual(['Of Eels: A & B\u00A0C', 'Of Eels: The second', 'Of Eels: 3', 'Of Eels, an afterword']);
  });

  test('of one document goes by its own title; chapters in it are sections', async () => {
    const pages = { 'all.xhtml': page('<h2>One</h2><p>a</p><h2>Two</h2><p>b</p>') };
    const list = '<ol><li><a href="all.xhtml#one">One</a></li><li><a href="all.xhtml#two">Two</a></li></ol>';
    const { articles } = await readBytes('eels.epub', book({ pages, items: NAV_ITEM, files: [nav(list)] }));
    expect(articles).toMatchObject([{ title: 'Of Eels', paragraphs: [{ text: 'a' }, { text: 'b', section: 'Two' }] }]);
  });

  test('without any title goes by its file', async () => {
    const { articles } = await readBytes('of-eels.epub', book({ metadata: '', pages: { '1.xhtml': page('<p>a</p>') } }));
    expect(articles).toMatchObject([{ title: 'of eels', author: null, published: null, language: null, url: null }]);
  });

  test('reads what is out of the line last, and nothing twice', async () => {
    const pages = { 'notes.xhtml': page('<p>Notes.</p>'), 'one.xhtml': page('<p>One.</p>') };
    expect(await texts({ pages, spine: { 'notes.xhtml': 'linear="no"' } })).toEqual(['One.', 'Notes.']);
    expect(await texts({ pages, spine: { 'one.xhtml': '/><itemref idref="p0"' } })).toEqual(['Notes.', 'One.']);
  });
});

describe('what is no text of a book', () => {
  test('is left out in silence: covers, title pages, tables of contents, empty pages, pictures', async () => {
    const links = '<ol><li><a href="one.xhtml">One</a></li></ol>';
    const read = await readBytes('eels.epub', book({
      metadata: '<dc:title>Of Eels</dc:title><dc:creator>Ada Berg</dc:creator>',
      pages: {
        'cover.xhtml': page('<p>A drawing of an eel</p>'),
        'title.xhtml': page('<h1>Of Eels</h1><p>By hand and net</p>', { type: 'frontmatter titlepage' }),
        'known.xhtml': page('<p>Of Eels</p><p>Ada Berg</p><p>4 March 1922</p>'),
        'toc.xhtml': page(links, { type: 'toc' }),
        'old-toc.xhtml': page(links),
        'empty.xhtml': '',
        'blank.xhtml': page('<p>\u00A0</p><img src="a.png" alt=""/>'),
        'one.xhtml': page('<p>One.</p>'),
      },
      guide: '<reference type="cover" href="cover.xhtml"/><reference type="toc" href="old-toc.xhtml"/><reference type="toc" href="one.xhtml#toc"/>',
      items: NAV_ITEM.replace('/>', '/><item id="svg" href="a.svg" media-type="image/svg+xml"/>'),
      spine: { 'one.xhtml': '/><itemref idref="nav"/><itemref idref="svg"' },
      files: [nav('<ol><li><a href="one.xhtml">One</a></li></ol>')],
    }));
    expect(read.articles.map(({ title, paragraphs }) => [title, paragraphs.length])).toEqual([['Of Eels', 1]]);
    expect(read).toMatchObject({ warnings: [], failed: [], skipped: [] });
  });

  test('but what is called so and holds text is read', async () => {
    const long = 'They leave the rivers when the nights grow long. '.repeat(12).trim();
    expect(await texts({ pages: { 'one.xhtml': page(`<p>${long}</p>`, { type: 'cover' }), 'two.xhtml': page('<p>Not a link.</p>', { type: 'toc' }) } })).toEqual([long, 'Not a link.']);
  });

  test('marks of notes and of printed pages do not cling to words; the notes are kept', async () => {
    const body = `<p>eels<a epub:type="noteref" href="#n1">1</a> leave<sup><a href="notes.xhtml#n2">2</a></sup>, and<a href="#n3"><sup>3</sup></a> go<span epub:type="pagebreak" title="7">7</span>ne<a class="footnote-ref" href="#n4" role="doc-noteref">4</a>, 10<sup>2</sup> of <a href="#x">them</a>.</p>
      <aside epub:type="footnote" id="n1"><p><sup><a href="#r1">1</a></sup>Said a Dane.<a href="#r1" role="doc-backlink">↩︎</a></p></aside>`;
    expect(await texts({ pages: { 'one.xhtml': page(body) } })).toEqual(['eels leave, and gone, 102 of them.', 'Said a Dane.']);
  });

  test('elements that close themselves hold nothing, and data that is marked as such is text', async () => {
    const body = '<a id="p1"/><p>One<br/>two &lt;b&gt; &mdash; <script/><![CDATA[a < b & c]]></p><div/><textarea/><p>Three.</p><math><semantics><mi>E</mi><annotation encoding="application/x-tex">TeX</annotation></semantics></math>';
    const all = (await texts({ pages: { 'one.xhtml': page(body) } })).join(' | ');
    expect(all).toMatch(/two <b> — a < b & c \| Three\. \| E$/);
  });

  test('sloppy HTML is read as well', async () => {
    expect(await texts({ pages: { 'one.xhtml': '<html><body><p>One<br>two<p>Three &nbsp; <b>four</html>' } })).toEqual([expect.stringMatching(/^One\s?two$/), expect.stringMatching(/^Three\s+four$/)]);
  });
});

describe('a protected book', () => {
  const encryption = (uri: string): Entry => ({
    name: 'META-INF/encryption.xml',
    data: `<encryption xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><enc:EncryptedData xmlns:enc="http://www.w3.org/2001/04/xmlenc#"><enc:EncryptionMethod Algorithm="x"/><enc:CipherData><enc:CipherReference URI="${uri}"/></enc:CipherData></enc:EncryptedData></encryption>`,
  });
  const pages = { 'a b.xhtml': page('<p>One.</p>') };

  test('is refused where text is encrypted', async () => {
    await expect(readBytes('eels.epub', book({ pages, files: [encryption('OPS/a%20b.xhtml')] }))).rejects.toMatchObject({ code: 'file-encrypted', message: 'eels.epub is protected against copying' });
  });

  test('is read where only fonts are', async () => {
    expect(await texts({ pages, files: [encryption('OPS/fonts/a.otf')] })).toEqual(['One.']);
  });
});

describe('a damaged or hostile book', () => {
  test('lacks a document: that is told, the rest is read', async () => {
    const items = '<item id="gone" href="gone.xhtml" media-type="application/xhtml+xml"/><item id="out" href="../../../etc/passwd.xhtml" media-type="application/xhtml+xml"/><item id="web" href="https://example.org/a.xhtml" media-type="application/xhtml+xml"/>';
    const read = await readBytes('eels.epub', book({ pages: { 'one.xhtml': page('<p>One.</p>') }, items, spine: { 'one.xhtml': '/><itemref idref="gone"/><itemref idref="out"/><itemref idref="web"/><itemref idref="nobody"' } }));
    expect(read.articles.map(({ title }) => title)).toEqual(['Of Eels']);
    expect(read.failed).toEqual([['OPS/gone.xhtml', 'file-damaged'], ['etc/passwd.xhtml', 'file-damaged']]);
  });

  test.each([
    ['no package document', [{ name: 'META-INF/container.xml', data: CONTAINER }]],
    ['no order of reading', [{ name: 'META-INF/container.xml', data: CONTAINER }, { name: 'OPS/book.opf', data: '<package><spine/></package>' }]],
  ])('has %s', async (_, entries) => {
    await expect(readBytes('eels.epub', zipBytes([{ name: 'mimetype', data: 'application/epub+zip', method: 0 }, ...entries]))).rejects.toMatchObject({ code: 'file-damaged' });
  });

  test('lacks its container, yet not what that would lead to', async () => {
    const entries = [{ name: 'mimetype', data: 'application/epub+zip', method: 0 }, { name: 'x/y.opf', data: '<package><manifest><item id="a" href="a.html"/></manifest><spine><itemref idref="a"/></spine></package>' }, { name: 'x/a.html', data: page('<p>One.</p>') }];
    expect((await readBytes('eels.epub', zipBytes(entries))).articles).toHaveLength(1);
  });

  test('has a table of contents that cannot be read: the chapters are', async () => {
    const deep = '<ol><li>'.repeat(5_000);
    const read = await readBytes('eels.epub', book({ pages: { 'one.xhtml': page('<p>One.</p>') }, items: NAV_ITEM, files: [nav(deep)] }));
    expect(read.articles).toHaveLength(1);
    expect(read.warnings).toEqual([expect.stringMatching(/^eels\.epub: its chapters go without titles/)]);
  });

  test('declares entities that would grow to gigabytes: they are not expanded', async () => {
    const bomb = `<!DOCTYPE package [<!ENTITY a "aaaaaaaaaa">${'bcdefghij'.split('').map((name, i) => `<!ENTITY ${name} "${`&${'abcdefghij'[i] ?? ''};`.repeat(10)}">`).join('')}<!ENTITY x SYSTEM "file:///etc/passwd">]>`;
    const bytes = book({ metadata: '<dc:title>Of &j; Eels &x;</dc:title>', pages: { 'one.xhtml': page('<p>One &j; &x;</p>').replace('<!DOCTYPE html>', bomb) } });
    const { articles } = await readBytes('eels.epub', bytes);
    expect(articles).toMatchObject([{ title: 'Of &j; Eels &x;', paragraphs: expect.arrayContaining([expect.objectContaining({ text: 'One &j; &x;' })]) as unknown }]);
  });

  test('has elements nested beyond all measure, or millions of them', async () => {
    const pages = { 'deep.xhtml': page('<div>'.repeat(50_000)), 'one.xhtml': page('<p>One.</p>') };
    expect(await readBytes('eels.epub', book({ pages }))).toMatchObject({ articles: [{ paragraphs: [{ text: 'One.' }] }], failed: [['OPS/deep.xhtml', 'limit-exceeded']] });
    await expect(readBytes('eels.epub', book({ pages, metadata: '<a/>'.repeat(300_000) }))).rejects.toMatchObject({ code: 'limit-exceeded' });
  });
});
