import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { parseDocument, DomUtils } from 'htmlparser2';
import { describe, expect, test } from 'vitest';
import { drawReport } from '../../scripts/tasks/bench-plots';
import { escapeXml, linePlot, numberText } from '../../scripts/tasks/line-plot';
import { plotsOf, withReport } from '../../scripts/tasks/performance-page';
import { temporaryFolder } from '../evaluation/support';
import { figure, report, result, series } from './reports';

const HOSTILE = `</text><script>alert('1')</script> & "]]> \u0000\ud800`;
const parsed = (svg: string) => parseDocument(svg, { xmlMode: true });
const elements = (svg: string, name: string) => DomUtils.getElementsByTagName(name, parsed(svg));
const textsIn = (svg: string) => elements(svg, 'text').map((element) => DomUtils.textContent(element));
const linesIn = (svg: string) => elements(svg, 'polyline').map(({ attribs }) => (attribs['points'] ?? '').split(' ').map((point) => point.split(',').map(Number) as [number, number]));

describe('a plot', () => {
  test('has axes with units, a line and a mark for each point, and a name for who cannot see it', () => {
    const svg = linePlot([series(), series({ label: 'other', points: [[50, 0.8], [200, 0.85]] })], 'recall by efSearch');
    expect(linesIn(svg).map((line) => line.length)).toEqual([3, 2]);
    expect(elements(svg, 'circle')).toHaveLength(5);
    expect(textsIn(svg)).toEqual(expect.arrayContaining(['efSearch', 'recall@10 (share)', 'recall', 'other']));
    expect(elements(svg, 'svg')[0]?.attribs).toMatchObject({ role: 'img', 'aria-labelledby': 'title' });
    expect(DomUtils.textContent(elements(svg, 'title')[0]!)).toBe('recall by efSearch');
    expect(svg).toContain('prefers-color-scheme: dark');
  });

  test('greater is to the right and above, whatever the order of points', () => {
    const [line] = linesIn(linePlot([series({ points: [[300, 9], [100, 2], [200, 5]] })], 't'));
    const [[x1, y1], [x2, y2], [x3, y3]] = line as [[number, number], [number, number], [number, number]];
    expect([x1 < x2, x2 < x3, y1 > y2, y2 > y3]).toEqual([true, true, true, true]);
  });

  test('sizes that vary by ten are drawn by their factors, others by their differences', () => {
    const xs = (points: [number, number][]) => linesIn(linePlot([series({ points })], 't'))[0]!.map(([x]) => x);
    const [a, b, c] = xs([[1_000, 1], [10_000, 1], [100_000, 1]]) as [number, number, number];
    expect(b - a).toBeCloseTo(c - b, 0);
    const [d, e, f] = xs([[100, 1], [200, 1], [900, 1]]) as [number, number, number];
    expect((f - e) / (e - d)).toBeCloseTo(7, 0);
    const svg = linePlot([series({ points: [[1_000, 1], [100_000, 2]] })], 't');
    expect(textsIn(svg)).toEqual(expect.arrayContaining(['1,000', '3,000', '10,000', '30,000', '100,000', 'efSearch, logarithmic']));
  });

  test('times begin at nothing; shares that are near each other do not', () => {
    expect(textsIn(linePlot([series({ points: [[1, 3], [2, 9]] })], 't'))).toContain('0');
    expect(textsIn(linePlot([series({ points: [[1, 0.95], [2, 0.99]] })], 't'))).not.toContain('0');
  });

  test('everything lies within the picture, whatever the numbers', () => {
    const number = fc.oneof(fc.double({ min: 0, max: 1e9, noNaN: true }), fc.integer({ min: -1000, max: 1000 }));
    fc.assert(fc.property(fc.array(fc.tuple(number, number), { minLength: 1, maxLength: 20 }), (points) => {
      for (const [x, y] of linesIn(linePlot([series({ points })], 't')).flat()) {
        expect(x).toBeGreaterThanOrEqual(84);
        expect(x).toBeLessThanOrEqual(672);
        expect(y).toBeGreaterThanOrEqual(20);
        expect(y).toBeLessThanOrEqual(358.1);
      }
    }));
  });

  test('text is never markup', () => {
    const svg = linePlot([series({ label: HOSTILE, x: { label: HOSTILE, unit: HOSTILE }, y: { label: HOSTILE, unit: '"' } })], HOSTILE);
    expect(elements(svg, 'script')).toEqual([]);
    expect(svg).not.toMatch(/<script/);
    const seen = HOSTILE.replace('\u0000', '\ufffd').replace('\ud800', '\ufffd');
    expect(textsIn(svg)).toContain(seen);
    expect(escapeXml('a\tb\nc')).toBe('a\tb\nc');
  });

  test('nothing to draw is refused', () => {
    expect(() => linePlot([series({ points: [] })], 't')).toThrow('nothing to draw');
  });

  test('numbers have four digits that count, large ones all', () => {
    expect([0.98765, 12.3456, 58_123.4, 0, 0.00012345].map(numberText)).toEqual(['0.9877', '12.35', '58,123', '0', '0.0001235']);
  });
});

describe('the page', () => {
  const full = report(
    result({ figures: [figure({ range: [1.5, 2.5] }), figure({ key: 'b', label: '| <b>*x*</b> |', unit: 'ms', runs: 1 })], checks: [{ label: 'equal', passed: false, detail: '3 of 4' }], notes: ['a\n# note'] }),
    result({ name: 'hnsw', series: [series(), series({ key: 'more', label: 'more' }), series({ key: 'time', y: { label: 'time', unit: 'ms' } }), series({ key: 'none', points: [] })] }),
  );

  test('series with the same axes share a plot; those without points have none', () => {
    expect(plotsOf(full).map(({ bench, file, svg }) => [bench, file, linesIn(svg).length])).toEqual([['hnsw', 'hnsw-recall.svg', 2], ['hnsw', 'hnsw-time.svg', 1]]);
  });

  test('only what is between the marks is made anew', () => {
    const page = 'before $& \n<!-- bench:begin -->\nold\n<!-- bench:end -->\nafter\n';
    const once = withReport(page, full, plotsOf(full));
    expect(once).toMatch(/^before \$& \n<!-- bench:begin -->\n\n[^]*\n\n<!-- bench:end -->\nafter\n$/);
    expect(once).not.toContain('old');
    expect(withReport(once, full, plotsOf(full))).toBe(once);
    expect(once).toContain('| pool ÷ plain | 2 × | 1.5 to 2.5 | 3 |');
    expect(once).toContain(String.raw`| \| \<b\>\*x\*\</b\> \| | 2 ms |  | 1 |`);
    expect(once).toContain(String.raw`Some \| processor`);
    expect(once).toContain('- ✗ equal: 3 of 4\n- a \\# note');
    expect(once).toContain('](performance/hnsw-recall.svg)');
  });

  test.each(['', '<!-- bench:begin -->', '<!-- bench:end --><!-- bench:begin -->', '<!-- bench:begin --><!-- bench:begin --><!-- bench:end -->'])('without its marks it is left alone: %s', async (page) => {
    const docs = await temporaryFolder();
    await writeFile(join(docs, 'performance.md'), page);
    await writeFile(join(docs, 'r.json'), JSON.stringify(full));
    await expect(drawReport(join(docs, 'r.json'), docs)).rejects.toMatchObject({ code: 'file-damaged' });
    expect(await readdir(docs)).toEqual(['performance.md', 'r.json']);
    expect(await readFile(join(docs, 'performance.md'), 'utf8')).toBe(page);
  });

  test('plots are written, those of earlier reports go, other files stay', async () => {
    const docs = await temporaryFolder();
    await mkdir(join(docs, 'performance'));
    for (const name of ['old.svg', 'notes.txt']) await writeFile(join(docs, 'performance', name), '');
    await writeFile(join(docs, 'performance.md'), '<!-- bench:begin --><!-- bench:end -->');
    await writeFile(join(docs, 'r.json'), JSON.stringify(full));
    await drawReport(join(docs, 'r.json'), docs);
    expect((await readdir(join(docs, 'performance'))).sort()).toEqual(['hnsw-recall.svg', 'hnsw-time.svg', 'notes.txt']);
  });
});

test('docs/performance.md has its marks', async () => {
  const page = await readFile(join(import.meta.dirname, '..', '..', 'docs', 'performance.md'), 'utf8');
  expect(withReport(page, report(result()), [])).toContain('### Embedding');
});
