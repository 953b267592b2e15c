import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Element } from '../../lib/article/html/dom';
import { parseHtml } from '../../lib/article/html/parse';
import { closest, find, findAll, following, hasWord, named } from '../../lib/article/html/search';

const bodyOf = (html: string): Element => parseHtml(html, 'a page').body;
const names = (elements: readonly Element[]): string => elements.map(({ tagName }) => tagName).join(' ');

describe('the tree of a page', () => {
  test('has what is written, without comments', () => {
    const body = bodyOf('<p class="a b" CLASS=c id=x>One &amp; <!-- two --><b>three</b></p><br/>four');
    expect(body.innerHTML).toBe('<p class="a b" id="x">One &amp; <b>three</b></p><br>four');
    expect(body.textContent).toBe('One & threefour');
    expect(body.childNodes.map(({ nodeType }) => nodeType)).toEqual([1, 1, 3]);
    expect(names(body.children)).toBe('P BR');
    expect(body.firstElementChild).toMatchObject({ className: 'a b', id: 'x', nodeName: 'P' });
  });

  test('is searched in the order of the source', () => {
    const body = bodyOf('<main><p rel="x tag">1<i>2</i></p><p>3</p></main><p>4</p>');
    expect(names(findAll(body, () => true))).toBe('MAIN P I P P');
    expect(body.getElementsByTagName('p').map(({ textContent }) => textContent)).toEqual(['12', '3', '4']);
    const last = find(body, ({ textContent }) => textContent === '3');
    expect(last?.previousElementSibling?.textContent).toBe('12');
    expect(closest(last ?? body, named('BODY MAIN'))?.tagName).toBe('MAIN');
    expect(hasWord(body.getElementsByTagName('p')[0] ?? body, 'rel', 'tag')).toBe(true);
    expect(hasWord(body, 'rel', 'tag')).toBe(false);
  });

  test.each([['', undefined, undefined], ['display : none', 'none', undefined], ['color: red; visibility:hidden;', undefined, 'hidden']])('style %j', (style, display, visibility) => {
    const { style: read } = bodyOf(`<p style="${style}">`).firstElementChild ?? bodyOf('');
    expect([read.display, read.visibility]).toEqual([display, visibility]);
  });

  test('any markup is the same again after it was written down', () => {
    const piece = fc.constantFrom('<p>', '</p>', '<div title="&quot;&lt;">', '</div>', '<ul><li>', '<br>', '<a href=x?a=1&amp;b>', '</a>', '<table><tr><td>', '<svg><path/>', '</svg>', '<script>1 < 2</script>', '<textarea>&lt;p&gt;', '</textarea>', '&amp;lt;', '<!-- c -->', 'word ', ' & ', '\n', '<img alt>', '<title>&lt;', '</title>', '<xmp>&lt;<b>', '</xmp>', '<style>a > b</style>');
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        const body = bodyOf(`<html><body>${pieces.join('')}`);
        const once = body.innerHTML;
        body.innerHTML = once;
        expect(body.innerHTML).toBe(once);
        expect(body.cloneNode(true).innerHTML).toBe(once);
      }),
      { numRuns: 200 },
    );
  });

  test('stays whole whatever is moved', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(), fc.nat(), fc.boolean()), { maxLength: 30 }), (moves) => {
        const document = parseHtml('', 'none');
        const parents = [document.createElement('a'), document.createElement('b')] as const;
        const model: [Element[], Element[]] = [[], []];
        const nodes = Array.from({ length: 5 }, (_, i) => document.createElement(`n${i}`));
        for (const [which, where, second] of moves) {
          const node = nodes[which % nodes.length] ?? document.body;
          for (const list of model) if (list.includes(node)) list.splice(list.indexOf(node), 1);
          const into = model[second ? 1 : 0];
          const place = where % (into.length + 2);
          if (place > into.length) node.remove();
          else {
            parents[second ? 1 : 0].insertBefore(node, into[place] ?? null);
            into.splice(place, 0, node);
          }
        }
        parents.forEach((parent, i) => {
          expect(names(parent.children)).toBe(names(model[i] ?? []));
          const backwards: unknown[] = [];
          for (let node = parent.lastChild; node !== null; node = node.previousSibling) backwards.unshift(node);
          expect(backwards).toEqual(model[i]);
          let count = 0;
          for (let node = following(parent, parent); node !== null; node = following(node, parent)) count++;
          expect(count).toBe(model[i]?.length);
        });
      }),
      { numRuns: 200 },
    );
  });
});
