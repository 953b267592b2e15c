import { describe, expect, test } from 'vitest';
import { readFragment } from '../../lib/article/html/fragment';

const texts = (html: string, title: string | null = null) => readFragment(html, title).map(({ text }) => text);
const set = (html: string) => readFragment(html, null).map(({ kind, mark, text }) => [kind, mark, text]);
const long = 'an item with more words than fit on a line';

describe('the blocks of HTML', () => {
  test.each([
    ['blocks are paragraphs', '<p>One.</p><div>Two.<section>Three.</section>Four.</div>', ['One.', 'Two.', 'Three.', 'Four.']],
    ['inline elements break no word', '<p>an <b>un</b>believ<i>able</i> <a href="/">link</a>, <span>so</span></p>', ['an unbelievable link, so']],
    ['one line break is a space, two part paragraphs', 'One<br>line<br> <br/>Two<br><br><br>Three', ['One line', 'Two', 'Three']],
    ['lines of the source are one line', '<p>One\n   line\t and\n<b>bold</b>\n</p>', ['One line and bold']],
    ['Chinese gets no space where its source is broken, but at a line break', '<p>今天\n天气<br>很好</p>', ['今天天气 很好']],
    ['what cannot be seen', '<p>Seen<span hidden>not</span></p><p style="color:red; display : none">not</p><p style="visibility:hidden">not</p><div hidden="until-found">found</div>', ['Seen', 'found']],
    ['what is no text', '<p>A<script>x()</script><style>p{}</style><noscript>no</noscript><template>t</template><svg><text>s</text></svg><img alt="alt"><button>Press</button></p><iframe>f</iframe>', ['A']],
    ['ornaments for the eye only', '<p><i aria-hidden="true">★</i> Five <span aria-hidden="true">hundred and ten</span></p>', ['Five hundred and ten']],
    ['ruby without its reading', '<p><ruby>東<rp>(</rp><rt>とう</rt><rp>)</rp>京<rt>きょう</rt></ruby></p>', ['東京']],
    ['soft hyphens and entities', '<p>Donau&shy;dampf<wbr>schiff &amp; Sohn&nbsp;&lt;1&gt;</p>', ['Donaudampfschiff & Sohn\u00a0<1>']],
    ['calls of footnotes and ways back', '<p>Said<sup><a href="#fn1">1</a></sup> twice<a href="#n2"><sup>[2]</sup></a>, thrice<a role="doc-noteref" href="n.xhtml#3">3</a>.</p><p>Note <a href="#r1">↩</a></p>', ['Said twice, thrice.', 'Note']],
    ['but no powers and no links to sections', '<p>10<sup>6</sup>, see <a href="#s4">4</a> and H<sub>2</sub>O</p>', ['106, see 4 and H2O']],
    ['formulas as they were written', '<p>So <math alttext="{\\displaystyle E=mc^{2}}"><mi>E</mi><annotation encoding="application/x-tex">{\\displaystyle E=mc^{2}}</annotation></math>, and <math><mi>x</mi> <mo>=</mo> <mn>1</mn></math></p>', ['So E=mc^{2}, and x=1']],
    ['a formula that is set twice', '<p><span class="katex"><span class="katex-mathml"><math><semantics><mi>a</mi><annotation encoding="application/x-tex">a_1</annotation></semantics></math></span><span class="katex-html" aria-hidden="true">a1</span></span></p>', ['a_1']],
    ['quotations in a line', '<p>She said <q>no</q>.</p>', ['She said “no”.']],
    ['definitions', '<dl><dt>Eel</dt><dd>A fish.</dd><dt>Tern</dt><dt>Sea swallow</dt><dd><p>A bird.</p><p>It dives.</p></dd><dt>Alone</dt></dl>', ['Eel: A fish.', 'Tern, Sea swallow: A bird.', 'It dives.', 'Alone']],
    ['nothing', '  <p> </p><!-- c --><div></div>', []],
  ])('%s', (_, html, expected) => {
    expect(texts(html)).toEqual(expected);
  });

  test('headings are sections, those that say the title again are not, and what is too long is a paragraph', () => {
    const much = 'word '.repeat(80).trim();
    expect(readFragment(`<h1>Eels</h1><p>a</p><h2>Life <a href="#x">¶</a></h2><h3>At <em>sea</em></h3><p>b</p><div role="heading" aria-level="2">End</div><p>c</p><h2></h2><p>d</p><h2>${much}</h2>`, 'Eels').map(({ section, text }) => [section, text])).toEqual([
      [null, 'a'], ['Life › At sea', 'b'], ['End', 'c'], ['End', 'd'], ['End', much],
    ]);
  });

  test('lists: items with their marks, numbers as they count', () => {
    expect(set(`<ul><li>${long}</li><li><p>${long}</p><p>And more.</p><ul><li>inner ${long}</li></ul></li></ul>`)).toEqual([
      ['item', '•', long], ['item', '•', long], ['item', undefined, 'And more.'], ['item', '•', `inner ${long}`],
    ]);
    expect(set(`<ol start="3"><li>${long}</li><li value="10">${long}</li><li>${long}</li></ol><ol reversed><li>${long}</li><li>${long}</li></ol>`).map(([, mark]) => mark)).toEqual(['3.', '10.', '11.', '2.', '1.']);
  });

  test('short lists read as one line', () => {
    expect(set('<p>Take:</p><ul><li>flour</li><li>two <b>eggs</b></li><li>salt</li></ul>')).toEqual([[undefined, undefined, 'Take:'], [undefined, undefined, 'flour; two eggs; salt']]);
  });

  test('code keeps its lines, quotes are quotes', () => {
    expect(set('<pre><code>  if (x) {\n    y();\n  }\n</code></pre><blockquote><p>Q1</p><pre>z</pre>Q2</blockquote><pre><div>a</div><div>b</div></pre>')).toEqual([
      ['code', undefined, 'if (x) {\n  y();\n}'], ['quote', undefined, 'Q1'], ['code', undefined, 'z'], ['quote', undefined, 'Q2'], ['code', undefined, 'a\nb'],
    ]);
    expect(set('<table><tr><td class="gutter"><pre>1\n2</pre></td><td><pre>a\nb</pre></td></tr></table>')).toEqual([['code', undefined, 'a\nb']]);
  });

  test.each([
    ['a header above', '<table><caption>Tides</caption><thead><tr><th>Port</th><th>High</th></tr></thead><tr><td>Eastmere</td><td>6 m</td></tr><tr><td>Wilm</td><td></td></tr></table>', ['Tides', 'Port: Eastmere; High: 6 m', 'Port: Wilm']],
    ['headers at the side', '<table><tr><th>Height</th><td>12 m</td></tr><tr><th>Built</th><td>1874</td></tr></table>', ['Height: 12 m', 'Built: 1874']],
    ['both', '<table><tr><th></th><th>2020</th><th>2021</th></tr><tr><th>Hives</th><td>7</td><td>9</td></tr></table>', ['Hives: 2020: 7; 2021: 9']],
    ['no header', '<table><tr><td>Eel</td><td>fish</td></tr><tr><td>Tern</td><td>bird</td></tr></table>', ['Eel; fish', 'Tern; bird']],
    ['cells over several columns and rows', '<table><tr><th>Day</th><th colspan="2">Tide</th></tr><tr><td rowspan="2">Mon</td><td>high</td><td>6</td></tr><tr><td>low</td><td>1</td></tr></table>', ['Day: Mon; Tide: high; Tide: 6', 'Day: Mon; Tide: low; Tide: 1']],
    ['one that arranges a page', '<table role="presentation"><tr><td><p>One.</p></td><td><h2>H</h2><p>Two.</p></td></tr></table>', ['One.', 'Two.']],
    ['one within another', '<table><tr><td>Left</td><td><table><tr><th>A</th></tr><tr><td>1</td></tr></table></td></tr></table>', ['Left', 'A: 1']],
    ['spans that claim the impossible', '<table><tr><th colspan="999999999">A</th><th rowspan="99999">B</th></tr><tr><td rowspan="0" colspan="-3">1</td><td>2</td></tr></table>', ['A: 1; A: 2']],
  ])('a table with %s', (_, html, expected) => {
    expect(texts(html)).toEqual(expected);
  });

  test('XHTML closes elements by itself', () => {
    expect(texts('<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><head><title/><script src="x.js"/></head><body><a id="p1"/><p>One.</p><div class="x" /><p>Two.<br/>Three.</p></body></html>')).toEqual(['One.', 'Two. Three.']);
  });
});
