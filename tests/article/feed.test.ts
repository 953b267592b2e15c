import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { feedLinks } from '../../lib/article/data/feed-links';
import { feedReader } from '../../lib/article/formats/feed';
import { PilcrowError } from '../../lib/errors';
import { packageRoot } from '../../lib/package-root';
import { readData, refusal, texts, type DataRead } from './read-data';

const read = (text: string, url?: string): Promise<DataRead> => readData(feedReader, { name: 'feed.xml', text, url });
const rss = (items: string, channel = '<title>River notes</title>'): string => `<?xml version="1.0"?><rss version="2.0"><channel>${channel}${items}</channel></rss>`;

describe('an export of WordPress', () => {
  const item = (content: string, kind = 'post') => `<item><title>Ice</title><guid>${kind}</guid><content:encoded><![CDATA[${content}]]></content:encoded><wp:post_type>${kind}</wp:post_type></item>`;

  test('has paragraphs where blank lines are, beside headings, quotes, lists and code', async () => {
    const typed = 'The <a href="x">ice</a> held.\n\nIt held\r\nuntil March.\r\n\r\n<h2>The thaw</h2>\nThen it broke.\n<!--more-->\n\nNobody crossed.\n\n<blockquote>Never again.\n\nHe said so.</blockquote>\n\n<ul>\n\n<li>One</li>\n\n<li>Two, and more</li></ul>\n\n<pre>a\n\nb</pre>\n\n[caption id="7" align="left"]<img src="a.jpg" /> The quay[/caption]\n\n[gallery ids="1,2"]\n\nHe [the ferryman] went home.';
    const { drafts: [draft] } = await read(rss(item(typed)));
    expect(draft?.paragraphs.map(({ text, section }) => [text, section])).toEqual([
      ['The ice held.', null], ['It held until March.', null],
      ...['Then it broke.', 'Nobody crossed.', 'Never again.', 'He said so.', 'One', 'Two, and more', 'a\n\nb', 'The quay', 'He [the ferryman] went home.'].map((text) => [text, 'The thaw']),
    ]);
  });

  test('has the same paragraphs as blocks', async () => {
    const blocks = '<!-- wp:paragraph -->\n<p>The ice held.</p>\n<!-- /wp:paragraph -->\n\n<!-- wp:list -->\n<ul><!-- wp:list-item -->\n<li>One</li>\n<!-- /wp:list-item -->\n\n<!-- wp:list-item -->\n<li>Two, and more</li>\n<!-- /wp:list-item --></ul>\n<!-- /wp:list -->';
    expect(texts((await read(rss(item(blocks)))).drafts[0])).toEqual(['The ice held.', 'One', 'Two, and more']);
  });

  test('holds pictures, menus and styles, which are no articles', async () => {
    const { drafts, skipped, warnings } = await read(rss(item('A caption.', 'attachment') + item('Text.', 'page') + item('p { color: red }', 'custom_css') + item('{"version": 2}', 'wp_global_styles')));
    expect(drafts.map(texts)).toEqual([['Text.']]);
    expect(warnings).toEqual([]);
    expect(skipped).toEqual([1, 3, 4].map((number) => `entry ${number}: it is a picture, menu or style in an export of WordPress`));
  });

  test('names authors as readers see them', async () => {
    const author = (login: string, name: string) => `<wp:author><wp:author_login><![CDATA[${login}]]></wp:author_login><wp:author_display_name><![CDATA[${name}]]></wp:author_display_name></wp:author>`;
    const by = (login: string) => `<item><title>${login}</title><dc:creator><![CDATA[${login}]]></dc:creator><description>Some words.</description><wp:post_type>post</wp:post_type></item>`;
    const { drafts } = await read(rss(by('admin') + by('bo') + by('gone'), `<title>River notes</title>${author('admin', 'Ada Lovelace')}${author('bo', '')}`));
    expect(drafts.map((draft) => draft.author)).toEqual(['Ada Lovelace', 'bo', 'gone']);
  });

  test('is the only feed in which blank lines and brackets mean something', async () => {
    const plain = '<item><title>Ice</title><description>&lt;p&gt;It held\n\nuntil [gallery] March.&lt;/p&gt;</description></item>';
    expect(texts((await read(rss(plain))).drafts[0])).toEqual(['It held until [gallery] March.']);
  });
});

describe('RSS', () => {
  test('2.0 with the usual modules', async () => {
    const { drafts, warnings } = await read(`<?xml version="1.0" encoding="UTF-8"?>
      <rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"
           xmlns:x="http://www.w3.org/2005/Atom" xmlns:fb="http://rssnamespace.org/feedburner/ext/1.0">
      <channel><title>River notes</title><link>https://river.example/</link><language>en-gb</language>
        <x:link rel="self" href="https://river.example/feed"/>
        <item>
          <title>The mill &amp;amp; the &lt;em&gt;weir&lt;/em&gt;</title>
          <link>https://proxy.example/1</link><fb:origLink>https://river.example/mill</fb:origLink>
          <guid isPermaLink="false">mill-1</guid>
          <pubDate>Tue, 10 Jun 03 04:00:00 EST</pubDate><x:updated>2003-06-11T09:00:00Z</x:updated>
          <dc:creator>Ada Byrd</dc:creator><dc:creator>Cy Dell</dc:creator>
          <category>Mills</category><category><![CDATA[Weirs]]></category><category>Mills</category>
          <description>A short account.</description>
          <content:encoded><![CDATA[<p>The mill stood <b>idle</b> for years.</p><p>Then it turned &amp; ground.</p>]]></content:encoded>
        </item>
        <item><title>Second</title><link>/second</link><author>ada@river.example (Ada Byrd)</author><description>Plain &amp;lt; words.</description></item>
      </channel></rss>`);
    expect(warnings).toEqual([]);
    expect(drafts).toEqual([
      {
        title: 'The mill & the weir', author: 'Ada Byrd; Cy Dell', published: '2003-06-10T04:00:00-05:00', updated: '2003-06-11T09:00:00Z',
        language: 'en-GB', url: 'https://river.example/mill', tags: ['Mills', 'Weirs'], key: 'mill-1',
        paragraphs: [{ text: 'The mill stood idle for years.', section: null, page: null }, { text: 'Then it turned & ground.', section: null, page: null }],
      },
      {
        title: 'Second', author: 'Ada Byrd', published: null, updated: null, language: 'en-GB', url: 'https://river.example/second', tags: [],
        key: 'https://river.example/second', paragraphs: [{ text: 'Plain < words.', section: null, page: null }],
      },
    ]);
  });

  test('1.0, where entries stand beside the channel', async () => {
    const { drafts } = await read(`<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
      <channel rdf:about="https://fen.example/"><title>Fen</title><link>https://fen.example/</link><dc:language>nl</dc:language>
        <items><rdf:Seq><rdf:li resource="https://fen.example/a"/></rdf:Seq></items></channel>
      <item rdf:about="urn:fen:a"><title>Peat</title><link>https://fen.example/a</link><description>It burns slowly.</description>
        <dc:date>2004-05-06</dc:date><dc:creator>Bo</dc:creator><dc:subject>peat</dc:subject></item></rdf:RDF>`);
    expect(drafts).toEqual([{
      title: 'Peat', author: 'Bo', published: '2004-05-06', updated: null, language: 'nl', url: 'https://fen.example/a', tags: ['peat'], key: 'urn:fen:a',
      paragraphs: [{ text: 'It burns slowly.', section: null, page: null }],
    }]);
  });

  test('0.91, whose entries have no guid', async () => {
    const { drafts } = await read('<rss version="0.91"><channel><title>T</title><item><title>Eels</title><link>https://eel.example/1</link><description>They leave.</description></item></channel></rss>');
    expect(drafts).toMatchObject([{ title: 'Eels', key: 'https://eel.example/1' }]);
  });

  test('the fullest text is the article, and markup of any kind in it is HTML', async () => {
    const { drafts } = await read(rss(`
      <item><title>a</title><description>The long one, in the description.</description><content:encoded>Short.</content:encoded></item>
      <item><title>b</title><description>&lt;ul&gt;&lt;li&gt;one&lt;/li&gt;&lt;li&gt;two&lt;/li&gt;&lt;/ul&gt;</description></item>
      <item><title>c</title><description>raw <i>markup</i> &amp; <![CDATA[<b>more</b> &amp; more]]></description></item>
      <item><title>d</title><description>&amp;lt;p&amp;gt;twice&amp;lt;/p&amp;gt;&amp;lt;p&amp;gt;escaped&amp;lt;/p&amp;gt;</description></item>
      <item><title>e</title><description>one\n\ntwo &lt;a href="x"&gt;with a link&lt;/a&gt;\non two lines</description></item>
      <item><title>f</title><description><![CDATA[<img src="x.png">]]></description><itunes:summary>What is heard.</itunes:summary></item>
      <item><title>g</title><media:group><media:description>What is seen.</media:description></media:group></item>`));
    expect(drafts.map(texts)).toEqual([
      ['The long one, in the description.'], ['one; two'], ['raw markup & more & more'], ['twice', 'escaped'], ['one', 'two with a link on two lines'], ['What is heard.'], ['What is seen.'],
    ]);
  });

  test('titles keep what only looks like a tag, and an entry without one is called by its beginning', async () => {
    const long = 'Every word of this headline is there to make it longer than any headline ought to be. '.repeat(5).trim();
    const { drafts } = await read(rss(`
      <item><title>Map&amp;lt;string&amp;gt; &lt;3 AT&amp;T &amp;eacute;</title><description>x</description></item>
      <item><title>Map&lt;string&gt;</title><description>x</description></item>
      <item><description>The heron stood in the shallows for an hour and caught nothing, and then it left without a sound.</description></item>
      <item><title>${long}</title><description>More.</description></item>`));
    expect(drafts.map((draft) => draft.title)).toEqual([
      'Map<string> <3 AT&T é', 'Map<string>', 'The heron stood in the shallows for an hour and caught nothing, and then it…',
      'Every word of this headline is there to make it longer than any headline ought…',
    ]);
    expect(texts(drafts[3])).toEqual([long, 'More.']);
    expect(drafts.map((draft) => draft.key)).toEqual(drafts.map((draft) => draft.title));
  });

  test('keys are those of the entries, wherever they stand', async () => {
    const items = ['<item><guid>g</guid><title>a</title><description>x</description></item>', '<item><title>b</title><link>https://b.example/</link><description>x</description></item>', '<item><title>c</title><description>x</description></item>'];
    const keys = async (order: string[]): Promise<unknown[]> => (await read(rss(order.join('')))).drafts.map((draft) => draft.key);
    expect(await keys(items)).toEqual(['g', 'https://b.example/', 'c']);
    expect(await keys(items.reverse())).toEqual(['c', 'https://b.example/', 'g']);
  });

  test('a guid that is an address is the link, unless it says that it is none', async () => {
    const { drafts } = await read(rss(`
      <item><guid>https://a.example/1</guid><title>a</title><description>x</description></item>
      <item><guid isPermaLink="false">https://a.example/2</guid><title>b</title><description>x</description></item>
      <item><link>javascript:alert(1)</link><title>c</title><description>x</description></item>`));
    expect(drafts.map((draft) => draft.url)).toEqual(['https://a.example/1', null, null]);
  });
});

describe('Atom', () => {
  test('1.0 with all kinds of content', async () => {
    const { drafts } = await read(`<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="de" xml:base="https://a.example/blog/">
      <title>Deich</title><link rel="self" href="/atom.xml"/><link href="https://a.example/"/><author><name>Jo Maar</name><email>jo@a.example</email></author>
      <entry xml:lang="fr">
        <id>tag:a.example,2020:1</id><title type="html">Vent &amp;amp; &lt;i&gt;marée&lt;/i&gt;</title>
        <link rel="replies" href="r"/><link rel="alternate" type="application/pdf" href="1.pdf"/><link rel="alternate" type="text/html" href="1.html"/>
        <published>2020-01-02T03:04:05Z</published><updated>2020-01-03T03:04:05Z</updated>
        <category term="mer"/><category term="vent" label="Vent"/><category term="http://schemas.example/kind#post"/>
        <author><name>Ann</name></author><author><name>Bea</name></author>
        <source><title>Elsewhere</title><id>other</id><author><name>Nobody</name></author></source>
        <summary>Court.</summary>
        <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Un <em>vent</em> &lt;fort&gt;.</p><br/><p>La marée.</p></div></content>
      </entry>
      <entry xml:base="posts/"><id>2</id><title>a &lt;b&gt; c</title><link href="2"/><content type="text">a &lt;b&gt; &amp;amp; c\n\nd</content></entry>
      <entry><id>3</id><title>three</title><content type="html">&lt;p&gt;x &amp;lt; y&lt;/p&gt;</content></entry>
      <entry><id>4</id><title>four</title><content type="image/png">aGVsbG8=</content><summary type="html">Said &lt;b&gt;in short&lt;/b&gt;.</summary></entry>
    </feed>`);
    expect(drafts.map(({ paragraphs, ...draft }) => ({ ...draft, texts: paragraphs.map(({ text }) => text) }))).toEqual([
      { title: 'Vent & marée', author: 'Ann; Bea', published: '2020-01-02T03:04:05Z', updated: '2020-01-03T03:04:05Z', language: 'fr', url: 'https://a.example/blog/1.html', tags: ['mer', 'Vent'], key: 'tag:a.example,2020:1', texts: ['Un vent <fort>.', 'La marée.'] },
      { title: 'a <b> c', author: 'Jo Maar', published: null, updated: null, language: 'de', url: 'https://a.example/blog/posts/2', tags: [], key: '2', texts: ['a <b> &amp; c', 'd'] },
      { title: 'three', author: 'Jo Maar', published: null, updated: null, language: 'de', url: null, tags: [], key: '3', texts: ['x < y'] },
      { title: 'four', author: 'Jo Maar', published: null, updated: null, language: 'de', url: null, tags: [], key: '4', texts: ['Said in short.'] },
    ]);
  });

  test('0.3', async () => {
    const { drafts } = await read(`<feed version="0.3" xmlns="http://purl.org/atom/ns#"><title>T</title>
      <entry><title mode="escaped" type="text/html">Old &amp;amp; gold</title><id>1</id><issued>2003-01-01T00:00:00Z</issued><modified>2003-01-02T00:00:00Z</modified>
      <link rel="alternate" href="http://a.example/b"/><content mode="escaped" type="text/html">&lt;p&gt;One&lt;/p&gt;&lt;p&gt;Two&lt;/p&gt;</content></entry>
      <entry><title>Bin</title><id>2</id><content mode="base64" type="text/html">aGVsbG8=</content><summary>Words.</summary></entry></feed>`);
    expect(drafts).toMatchObject([
      { title: 'Old & gold', published: '2003-01-01T00:00:00Z', updated: '2003-01-02T00:00:00Z', url: 'http://a.example/b' },
      { title: 'Bin' },
    ]);
    expect(drafts.map(texts)).toEqual([['One', 'Two'], ['Words.']]);
  });

  test('under a prefix of its own, and a single entry', async () => {
    expect((await read('<q:feed xmlns:q="http://www.w3.org/2005/Atom"><q:entry><q:id>1</q:id><q:title>A</q:title><q:summary>s</q:summary></q:entry></q:feed>')).drafts).toMatchObject([{ title: 'A', key: '1' }]);
    expect((await read('<entry xmlns="http://www.w3.org/2005/Atom"><id>1</id><title>A</title><summary>s</summary></entry>')).drafts).toMatchObject([{ title: 'A', key: '1' }]);
  });

  test('relative links without xml:base are relative to the site, then to where the feed was', async () => {
    const feed = (links: string): string => `<feed xmlns="http://www.w3.org/2005/Atom">${links}<entry><id>1</id><title>A</title><link href="x"/><summary>s</summary></entry></feed>`;
    const url = async (links: string, from?: string): Promise<unknown> => (await read(feed(links), from)).drafts[0]?.url;
    expect(await url('<link href="https://a.example/b/"/>', 'https://c.example/')).toBe('https://a.example/b/x');
    expect(await url('<link rel="self" href="https://a.example/b/atom"/><link href="/d/"/>')).toBe('https://a.example/d/x');
    expect(await url('', 'https://c.example/d/atom')).toBe('https://c.example/d/x');
    expect(await url('')).toBeNull();
  });
});

describe('JSON Feed', () => {
  test('1.1 and 1', async () => {
    const { drafts, failed } = await readData(feedReader, {
      name: 'feed.json',
      text: JSON.stringify({
        version: 'https://jsonfeed.org/version/1.1', title: 'T', home_page_url: 'https://j.example/', language: 'en-US', authors: [{ name: 'Ada' }, { name: 'Bo' }],
        items: [
          { id: 7, url: '/seven', title: 'Seven', content_html: '<p>One.</p><p>Two &amp; three.</p>', content_text: 'One.', date_published: '2021-02-03T04:05:06Z', date_modified: '2021-03-03T04:05:06Z', tags: ['a', 'b'], language: 'de' },
          { id: 'https://j.example/8', content_text: 'No title &amp; two\u2028lines.', author: { name: 'Cy' } },
          'odd',
          { id: 'x', title: 'Only a title' },
        ],
      }),
    });
    expect(drafts).toEqual([
      { title: 'Seven', author: 'Ada; Bo', published: '2021-02-03T04:05:06Z', updated: '2021-03-03T04:05:06Z', language: 'de', url: 'https://j.example/seven', tags: ['a', 'b'], key: '7', paragraphs: [{ text: 'One.', section: null, page: null }, { text: 'Two & three.', section: null, page: null }] },
      { title: 'No title &amp; two', author: 'Cy', published: null, updated: null, language: 'en-US', url: 'https://j.example/8', tags: [], key: 'https://j.example/8', paragraphs: [{ text: 'No title &amp; two', section: null, page: null }, { text: 'lines.', section: null, page: null }] },
    ]);
    expect(failed).toEqual(['entry 3: feed.json has an entry that is no object (entry 3)']);
  });

  test('damaged or something else', async () => {
    expect(await refusal(read('{"version": "https://jsonfeed.org/version/1",\n "items": [}'))).toBe('file-damaged: feed.xml is not JSON (line 2, column 12): export it again or correct it');
    expect(await refusal(read('{"a": 1}'))).toBe('not-articles: feed.xml is JSON but no JSON Feed: give it the ending .json');
  });
});

describe('what is told', () => {
  test('entries without text of their own, their title repeated included, and dates that are none', async () => {
    const { drafts, warnings } = await read(rss(`
      <item><title>a</title><description>Words.</description><pubDate>soon</pubDate></item><item><title>b</title></item><item><title>C d</title><description>&lt;p&gt;C d.&lt;/p&gt;</description></item>`));
    expect(drafts).toHaveLength(1);
    expect(warnings).toEqual([
      'feed.xml: 2 of 3 entries have no text of their own; --follow reads the pages they link to',
      'feed.xml: 1 of 3 entries has a date that cannot be read, such as “soon”',
    ]);
  });

  test('a feed without any text, and one without entries', async () => {
    expect(await refusal(read(rss('<item><title>a</title></item><item><title>b</title></item>')))).toBe('article-without-text: feed.xml has no text in its 2 entries: --follow reads the pages they link to');
    expect(await refusal(read(rss('')))).toBe('article-without-text: feed.xml has no entries in it');
  });

  test.each([
    ['HTML', '<!DOCTYPE html><html><body><p>x</p></body></html>', 'not-articles: feed.xml is no feed but an HTML page: give it the ending .html'],
    ['other XML', '<?xml version="1.0"?><opml version="2.0"><body/></opml>', 'not-articles: feed.xml is no feed: its XML begins with <opml>: feeds begin with <rss>, <feed> or <rdf:RDF>'],
    ['prose', 'Just words.', 'not-articles: feed.xml is no feed: there is no XML in it: give it the ending of what it is'],
  ])('%s is no feed', async (_, text, told) => expect(await refusal(read(text))).toBe(told));
});

describe('damaged XML', () => {
  test('what ends early is read as far as it goes', async () => {
    const { drafts, warnings } = await read('<rss><channel>\n<item><title>a</title><description>One.</description></item>\n<item><title>b</title><description>Tw');
    expect(drafts.map(texts)).toEqual([['One.'], ['Tw']]);
    expect(warnings).toEqual(['feed.xml ends before its <description> of line 3 does: an entry may not be whole']);
    expect(await refusal(read('<rss><channel><title>x'))).toBe('file-damaged: feed.xml ends before its <title> of line 1 does, and has no entry before that: get the whole file');
  });

  test('tags that are not closed, entries among them, and ampersands that are not escaped', async () => {
    const { drafts, warnings } = await read(rss('<item><title>a</title><link>https://a.example/?b=1&c=2</link><description>One & two</description><item><title>b</title><guid>g</guid><description>Two</b></description></item>'));
    expect(drafts).toMatchObject([{ title: 'a', url: 'https://a.example/?b=1&c=2' }, { title: 'b', key: 'g' }]);
    expect(drafts.map(texts)).toEqual([['One & two'], ['Two']]);
    expect(warnings).toEqual(['feed.xml never closes its <item> of line 1: an entry may not be whole']);
  });

  test('entities that a DOCTYPE declares are never expanded or fetched', async () => {
    const bomb = Array.from({ length: 20 }, (_, i) => `<!ENTITY e${i + 1} "&e${i};&e${i};&e${i};&e${i};&e${i};&e${i};&e${i};&e${i};">`).join('');
    const { drafts } = await read(`<!DOCTYPE rss [<!ENTITY e0 "ha">${bomb}<!ENTITY x SYSTEM "file:///etc/hostname">]>${rss('<item><title>T &#233; &#xe9;</title><description>words &e20; &x;</description></item>')}`);
    expect(drafts.map((draft) => [draft.title, ...texts(draft)])).toEqual([['T é é', 'words &e20; &x;']]);
  });

  test('elements without end or number are refused at a limit', async () => {
    expect(await refusal(read(rss(`<item>${'<a>'.repeat(300_000)}`)))).toMatch(/^limit-exceeded: feed.xml has elements nested more than 250 deep \(line 1\)/);
    expect(await refusal(read(rss(`<item>${'<a/>'.repeat(300_000)}`)))).toMatch(/^limit-exceeded: feed.xml has more than 200000 elements in one entry/);
  });

  test('a long feed on one line takes seconds', async () => {
    const { drafts } = await read(rss('<item><title>a b</title><description>one two three</description></item>'.repeat(10_000)));
    expect(drafts).toHaveLength(10_000);
  });
});

test('feedLinks has the links in order, each once', () => {
  const links = feedLinks({ name: 'feed.xml', bytes: Buffer.from(rss('<item><link>https://b.example/</link><pubDate>2 Jan 2020 10:00 GMT</pubDate></item><item><title>none</title></item><item><link>https://a.example/</link></item><item><link>https://b.example/</link></item>')) });
  expect(links).toEqual([{ url: 'https://b.example/', published: '2020-01-02T10:00:00Z' }, { url: 'https://a.example/', published: null }]);
});

test('any bytes are drafts or an error of kind input', async () => {
  const part = fc.constantFrom('<rss>', '<feed xmlns="http://www.w3.org/2005/Atom">', '<channel>', '<item>', '</item>', '<entry>', '</entry>', '<title>', '</title>', '<title type="xhtml">', '<link href="', '">', '<link>', '</link>', '<description>', '</description>', '<content type="html">', '</content>', '<media:group>', '<![CDATA[', ']]>', '<!--', '-->', '<?xml', '?>', '&amp;', '&lt;p&gt;', '&#0;', '&#x110000;', '&nope;', 'xml:lang="', 'https://a.example', 'words ', '\n\n', '\0', 'é', '{"items":[', '{"id":1,"content_html":"<p>x"}', ']}');
  const bytes = fc.oneof(fc.uint8Array({ maxLength: 200 }), fc.array(part, { maxLength: 50 }).map((parts) => Buffer.from(parts.join(''))), fc.array(part, { maxLength: 50 }).map((parts) => Buffer.from(`<rss><channel><item><title>x</title><description>${parts.join('')}`)));
  await fc.assert(
    fc.asyncProperty(bytes, async (given) => {
      const result = await readData(feedReader, { name: 'x.rss', bytes: given }).catch((error: unknown) => error);
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
    { numRuns: 800 },
  );
});

/** Of each feed: articles, entries without text, links; or the code of the error. */
const REAL: Readonly<Record<string, readonly [articles: number, withoutText: number, links: number] | string>> = {
  'feed-rs-atom_mediarss_reddit_1.xml': [25, 0, 25],
  'feed-rs-rss_1.0_biorxiv.xml': [1, 0, 1],
  'feed-rs-rss_2.0_bbc.xml': [1, 0, 1],
  'feed-rs-rss_2.0_cloudflare.xml': [1, 0, 1],
  'feed-rs-rss_2.0_element_io.xml': [1, 0, 1],
  'feed-rs-rss_2.0_ghost_1.xml': [1, 0, 0],
  'feed-rs-rss_2.0_heated.xml': [1, 0, 1],
  'feed-rs-rss_2.0_ilmessaggero.xml': [1, 0, 1],
  'feed-rs-rss_2.0_matrix.xml': [1, 0, 1],
  'feed-rs-rss_2.0_nightvale.xml': [1, 0, 1],
  'feed-rs-rss_2.0_rps.xml': [1, 0, 1],
  'feed-rs-rss_2.0_spreaker.xml': [1, 0, 1],
  'feed-rs-rss_2.0_wirecutter.xml': [1, 0, 1],
  'node-feedparser-intertwingly.atom': [20, 0, 20],
  'node-feedparser-notafeed.html': 'not-articles',
  'node-feedparser-saxerror.xml': [3, 0, 3],
  'node-feedparser-wapowellness.xml': [26, 3, 29],
  'olshansk-feed_google_ai.xml': [10, 0, 10],
  'olshansk-feed_mistral.xml': [41, 13, 54],
  'olshansk-feed_openai_research.xml': [133, 61, 194],
  'rss-parser-content-encoded.rss': [7, 0, 7],
  'rss-parser-guardian.rss': [55, 0, 55],
  'rss-parser-heise.atom': [15, 0, 15],
  'rss-parser-incomplete-fields.atom': 'article-without-text',
  'rss-parser-itunes-href.rss': [10, 0, 10],
  'rss-parser-reddit-atom.rss': [24, 0, 24],
  'rss-parser-reddit.rss': [24, 0, 24],
};

const FEEDS = join(packageRoot(), '..', 'shared', 'feeds');

describe('feeds of the world', () => {
  test.skipIf(!existsSync(FEEDS)).each(Object.entries(REAL))('%s', async (name, expected) => {
    const bytes = readFileSync(join(FEEDS, name));
    const result = await readData(feedReader, { name, bytes }).catch((error: unknown) => (error instanceof PilcrowError ? error.code : String(error)));
    if (typeof result === 'string') return expect(result).toBe(expected);
    const without = result.warnings.map((warning) => /: (\d+) of \d+ entries ha(?:s|ve) no text/.exec(warning)?.[1]).find((count) => count !== undefined) ?? '0';
    expect([result.drafts.length, Number(without), feedLinks({ name, bytes }).length]).toEqual(expected);
    expect(result.failed).toEqual([]);
  });
});
