import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { ArticleReader } from '../../lib/article';
import { anyFile, SAMPLES } from './any-bytes';

/** More for a long look: PILCROW_INPUTS=100000. */
const INPUTS = Number(process.env['PILCROW_INPUTS'] ?? 2_000);

const reader = new ArticleReader({ silenceMs: 20_000, fileMs: 20_000, memoryMiB: 360 });
afterAll(() => { reader.close(); });

describe('any bytes under any extension', () => {
  test.each(Object.entries(SAMPLES).filter(([suffix]) => suffix !== 'xml'))('the sample of .%s is read', async (suffix, content) => {
    expect(await reader.read({ path: '', name: `x.${suffix}`, source: `x.${suffix}`, bytes: content.length, content, isNamed: true })).toMatchObject({ kind: 'read', notes: { failed: [] } });
  });

  test(`${INPUTS} inputs are articles, or an error that says what is wrong with them`, async () => {
    await fc.assert(
      fc.asyncProperty(anyFile, async ({ name, content }) => {
        const outcome = await reader.read({ path: '', name, source: `p/${name}`, bytes: content.length, content, isNamed: true });
        const errors = outcome.kind === 'failed' ? [outcome.error] : outcome.kind === 'read' ? outcome.notes.failed.map(({ error }) => error) : [];
        for (const error of errors) {
          expect(error).toMatchObject({ kind: 'input' });
          expect(['reading-ended', 'reading-timeout']).not.toContain(error.code);
          expect(error.line).not.toMatch(/[\n\u0000-\u001f]/);
        }
        if (outcome.kind !== 'read') return;
        for (const article of outcome.articles) {
          expect(article.title.trim()).not.toBe('');
          expect(article.source.startsWith(`p/${name}`)).toBe(true);
          expect(article.paragraphs.length).toBeGreaterThan(0);
          for (const { text, kind, page } of article.paragraphs) {
            expect(text).not.toMatch(kind === 'code' ? /\r|\n{3}/ : /[\n\r\u0085\u2028\u2029]/);
            expect(text.trim()).not.toBe('');
            expect(text).toBe(text.normalize('NFC'));
            if (page !== null) expect(page).toBeGreaterThan(0);
          }
        }
        expect(new Set(outcome.articles.map(({ id }) => id)).size).toBe(outcome.articles.length);
      }),
      { numRuns: INPUTS },
    );
  }, 6 * 3_600_000);
});
