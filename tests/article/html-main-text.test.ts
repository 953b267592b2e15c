import { describe, expect, test } from 'vitest';
import { readPage } from '../../lib/article/html/page';
import { CONTINENT } from './pages/marked/continent';
import { EAST } from './pages/marked/east';
import { FRESH } from './pages/marked/fresh';
import { KINDS } from './pages/marked/kinds';
import { LOCAL } from './pages/marked/local';
import { agreement, served, truth, words } from './pages/marked/marked';
import { PAPERS } from './pages/marked/papers';
import { WORDPRESS } from './pages/marked/wordpress';

const PAGES = [...WORDPRESS, ...PAPERS, ...CONTINENT, ...LOCAL, ...EAST, ...KINDS, ...FRESH];

/** The text with each heading above what it is the heading of. */
function textOf(html: string): string {
  const { paragraphs } = readPage(html, { name: 'page.html', url: undefined });
  return paragraphs.flatMap(({ text, section }, i) => (section !== null && section !== paragraphs[i - 1]?.section ? [section, text] : [text])).join('\n');
}

describe('pages of which a person marked the text', () => {
  const results = PAGES.map((page) => ({ name: page.name, ...agreement(words(textOf(served(page))), truth(page)) }));

  test.each(results.map((result) => [result.name, result] as const))('%s', (_, { f1, missing, extra }) => {
    expect(f1, `missing: ${missing.join(' ')}; too many: ${extra.join(' ')}`).toBeGreaterThanOrEqual(0.91);
    expect(missing.length).toBeLessThanOrEqual(5);
  });

  test('all of them', () => {
    expect(results.reduce((sum, { f1 }) => sum + f1, 0) / results.length).toBeGreaterThanOrEqual(0.985);
  });
});

describe('what looks as if it were no text, and is', () => {
  const prose = ['The council has looked at three offers, and none of them came from a company that has an office in the county or has worked here before.', 'It will read them again in May, when the engineer is back from the islands, and decide in June, which leaves the summer for the work itself.', 'The association of skippers has asked for a meeting in public, as there was one before the last mole was built, when everybody could see the plans.'];
  const [first, second, third] = prose.map((text) => `<p>${text}</p>`) as [string, string, string];
  const page = (inner: string, head = '') => `<html><head><title>Three offers</title><link rel="canonical" href="https://shore.example/offers">${head}</head><body><nav><a href="/">Shore</a></nav><article><h1>Three offers</h1>${inner}</article></body></html>`;
  const words20 = 'Sign up for our newsletter, says a box on every page of every paper, and nobody knows who wrote that first.';

  test.each([
    ['a sentence that begins as a request does', `${first}<p>${words20}</p>${second}`, words20],
    ['links that are announced', `${first}<p>The offers are here:</p><ul><li><a href="/o/1">The offer of Brand &amp; Sons</a></li><li><a href="/o/2">The offer of the harbour works</a></li></ul>${second}${third}`, 'The offer of the harbour works'],
    ['links below a heading', `${first}${second}<h2>The offers</h2><ul><li><a href="/o/1">The offer of Brand &amp; Sons</a></li><li><a href="/o/2">The offer of the harbour works</a></li></ul>${third}`, 'The offer of the harbour works'],
    ['links to elsewhere', `${first}${second}<ul><li><a href="https://brand.example">The offer of Brand &amp; Sons</a></li><li><a href="https://works.example">The offer of the harbour works</a></li></ul>${third}`, 'The offer of the harbour works'],
    ['things with a title that is a link each', `${first}<div class="item"><h3><a href="https://brand.example">Brand &amp; Sons</a></h3><p>They built the pier at Carrow.</p></div><div class="item"><h3><a href="https://works.example">The harbour works</a></h3><p>They have a dredger of their own.</p></div>${second}`, 'They have a dredger of their own.'],
    ['a list of the site’s own articles that is all there is', ['/a', '/b', '/c'].map((path, i) => `<div class="item"><h3><a href="${path}">Story of the year, number ${i}</a></h3>${prose[i]}</div>`).join(''), 'has asked for a meeting in public'],
    ['a quotation that stands nowhere else', `${first}<div class="pullquote"><p>“We shall not pay for sand a second time.”</p></div>${second}`, 'We shall not pay for sand'],
    ['a quotation that is quoted again', `${first}<p><em>“It will read them again in May, when the engineer is back.”</em></p>${second}`, '“It will read them again in May, when the engineer is back.”'],
    ['captions of a gallery', `<p>Five pictures of the mole.</p>${[1, 2, 3, 4, 5].map((i) => `<figure><img src="/${i}.jpg"><figcaption>The mole in the year ${i}, when it was ${i} metres long and nobody asked. Photo: Ola Brand</figcaption></figure>`).join('')}`, 'The mole in the year 5'],
    ['a caption of a figure that nobody took', `${first}${second}<figure><img src="/1.png"><figcaption>Length of the mole by year, in metres</figcaption></figure>${third}`, 'Length of the mole by year'],
    ['a figure that is code', `${first}<figure class="caption"><pre>dredge --depth 4</pre></figure>${second}`, 'dredge --depth 4'],
    ['paragraphs after what is marked as the text', `<div class="article-body">${first}${second}${third}</div>${prose.map((text) => `<p>${text} Once more.</p>`).join('')}`, 'back from the islands, and decide in June, which leaves the summer for the work itself. Once more.'],
    ['two accounts in one network', `${first}<p>Both <a href="https://x.com/brand">Brand</a> and <a href="https://x.com/works">the works</a> say so.</p>${second}`, 'Both Brand and the works say so.'],
    ['what was posted on two networks', `${first}<p>It was said <a href="https://x.com/brand/status/1">here</a> and <a href="https://www.facebook.com/brand/posts/2">there</a>.</p>${second}`, 'It was said here and there.'],
    ['a section about the author of something', `${first}<h2>About the author</h2>${second}${third}${prose.map((text) => `<p>${text} Once more.</p>`).join('')}`, 'About the author'],
    ['an address at the end', `${first}${second}<p>To see the plans, write to plans@shore.example by 1 May.</p>`, 'plans@shore.example'],
    ['brackets at the end that are a sentence or two', `${first}${second}<p>(The council had said in 2019 that it would not build before the terns had left, and that it would ask the association first.)</p>`, 'before the terns had left'],
    ['a line in bold that points nowhere', `${first}<p><strong>More than that nobody would say.</strong></p>${second}`, 'More than that nobody would say.'],
    ['a sentence of the text that begins as a note does', `${first}<p>This story was told in every kitchen of the town, and in <em>The Shore</em>, for a winter.</p>${second}`, 'This story was told'],
    ['a picture beside a paragraph in a table', `${first}<table><tr><td><img src="/a.jpg"></td><td>Sand goes.</td><td>The mole stays.</td></tr></table>${second}`, 'The mole stays.'],
    ['short answers', `${first}<p><strong>Will it hold?</strong></p><p>Yes.</p><p><strong>For how long?</strong></p><p>Ten years.</p>${second}`, 'Yes.\nFor how long?\nTen years.'],
    ['a short line in italics at the beginning', `<p><em>This is the second of three parts about the mole of Eastmere, its sand and its terns.</em></p>${first}${second}`, 'the second of three parts'],
    ['a table with links in a column', `${first}<table><tr><th>Offer</th><th>What it says</th></tr><tr><td><a href="/1">One</a> <a href="/2">Two</a> <a href="/3">Three</a></td><td>Sand goes, the mole stays.</td></tr><tr><td><a href="/4">Four</a></td><td>Nothing.</td></tr></table>${second}`, 'Three'],
    ['words in a sentence whose class is of something else', `<p><span><span class="legend-extra-header">EASTMERE, April 4</span></span><span>, ${prose[0]}</span></p>${second}`, 'EASTMERE, April 4, The council'],
    ['a heading whose class is of something else', `${first}<h2 class="page-subheader extra">Who pays</h2>${second}`, 'Who pays'],
    ['links of their own class in a list', `${first}<p>There are three:</p><ul><li><a class="x-InlineLink" href="https://a.example">The first of them</a></li><li><a class="x-InlineLink" href="https://b.example">The second of them</a></li></ul>${second}`, 'The first of them'],
    ['posts of a ticker, an article each', `${first}<article class="post"><h2><a href="#p2">Vote has begun</a></h2>${second}</article><article class="post"><h2><a href="#p1">Doors open</a></h2><p>People are let in by one door.</p></article>`, 'People are let in by one door.'],
  ])('%s', (_, inner, text) => {
    expect(textOf(page(inner))).toContain(text);
  });
});
