import { describe, expect, test } from 'vitest';
import { articleId } from '../../lib/article';

describe('articleId', () => {
  test.each([
    ['articles/eel-river.md', /^eel-river-[a-z2-7]{12}$/],
    ['a/b/Ärger & Größe (2).final.txt', /^arger-grosse-2-final-[a-z2-7]{12}$/],
    ['a/日本語.md', /^article-[a-z2-7]{12}$/],
    ['a/___.md', /^article-[a-z2-7]{12}$/],
    ['a/.md', /^md-[a-z2-7]{12}$/],
    ['Œuvre Łódź.md', /^oeuvre-lodz-[a-z2-7]{12}$/],
  ])('%s', (source, id) => {
    expect(articleId(source)).toMatch(id);
  });

  test('stays the same from version to version', () => {
    expect(articleId('articles/eel-river.md')).toBe('eel-river-a7x5erecuzy5');
  });

  test('is of bounded length and never ends a slug in a dash', () => {
    expect(articleId(`a/${'long-'.repeat(100)}.md`)).toMatch(/^[a-z-]{1,48}-[a-z2-7]{12}$/);
    expect(articleId(`a/${'x'.repeat(47)}-y.md`)).toMatch(/^x{47}-[a-z2-7]{12}$/);
  });

  test('two files of one name in different folders differ', () => {
    expect(articleId('a/x.md')).not.toBe(articleId('b/x.md'));
  });

  test('further articles of a file add their number, or the hash of a key', () => {
    expect(articleId('a/x.zip', '2')).toBe(`${articleId('a/x.zip')}-2`);
    expect(articleId('a/x.xml', 'urn:guid:1')).toMatch(/^x-[a-z2-7]{12}-[a-z2-7]{12}$/);
  });
});
