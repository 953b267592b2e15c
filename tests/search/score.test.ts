import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadModel, type EmbeddedQuestion, type LoadedModel } from '../../lib/embedding';
import { buildIndex, openCurrent, type Generation } from '../../lib/index';
import { createEngine, MODES, type Engine, type Mode, type SearchResult } from '../../lib/search';
import { lexicalQuery } from '../../lib/search/lexical-query';
import { Scorer } from '../../lib/search/score';
import { write } from '../index/support';

const ARTICLES = {
  'doctor.txt': 'A visit\nThe fever had lasted nine days. Dr. Amara Whitcombe examined the boy at 7 a.m. and found nothing wrong with his heart. His mother made tea.',
  'treasury.txt': 'Money\nPrices rose again in May. Officials of the U.S. Treasury blamed the price of coal, which had doubled within a year. Nobody in Lenn believed them.',
  'eels.txt': 'A long way\nThey leave on the darkest night of autumn. They swim for six months without a meal, to the Sargasso Sea. No one has ever seen one arrive.',
  'bridge.txt': 'The bridge at Orley\nThe old stone bridge fell into the river after the flood had washed the gravel from under its piers. It was never built again.',
  'rye.txt': 'Baking rye\nRye dough is sticky because its flour holds little gluten. The baker shapes it with wet hands.',
  'clock.txt': 'The town clock\nThe clock in the tower has been four minutes slow since a pigeon nested in its works.',
  'violin.txt': 'Wood for violins\nMakers of violins choose spruce from cold slopes, where trees grow slowly and the rings lie close together.',
};

let indexDir = '';
let engine: Engine;
let generation: Generation;
let model: LoadedModel;

beforeAll(async () => {
  indexDir = await mkdtemp(join(tmpdir(), 'pilcrow-score-'));
  await write(join(indexDir, 'articles'), ARTICLES);
  await buildIndex({ indexDir, named: [join(indexDir, 'articles')], cwd: indexDir, workers: 1 });
  engine = createEngine({ indexDir, openEmbedder: loadModel });
  generation = await openCurrent(indexDir);
  model = await loadModel(generation.manifest.model.spec);
});

afterAll(async () => {
  generation.close();
  await Promise.all([engine.close(), model.close()]);
  await rm(indexDir, { recursive: true, force: true });
});

async function results(q: string, mode: Mode = 'hybrid'): Promise<SearchResult[]> {
  return (await engine.search({ q, mode, k: 20 })).results;
}

describe.each(MODES)('evidence in mode %s', (mode) => {
  test.each([
    ['Who examined the boy’s heart?', 'Dr. Amara Whitcombe examined the boy at 7 a.m. and found nothing wrong with his heart.'],
    ['Why did officials of the Treasury say that coal was to blame?', 'Officials of the U.S. Treasury blamed the price of coal, which had doubled within a year.'],
    ['How long do they swim to the Sargasso without eating?', 'They swim for six months without a meal, to the Sargasso Sea.'],
    ['the bridge that was never built again', 'It was never built again.'],
  ])('to %j is the sentence that answers, whole', async (q, sentence) => {
    const [first] = await results(q, mode);
    expect(first?.evidence.text).toBe(sentence);
  });

  test('is where its offsets say, and one whole sentence of the passage', async () => {
    const whole = new Set(Object.values(ARTICLES).flatMap((text) => text.slice(text.indexOf('\n') + 1).split(/(?<=[.?!]) (?=[A-Z])(?<!Dr\. |U\.S\. )/)));
    expect(whole.size).toBe(15);
    for (const q of ['Who examined the boy’s heart?', 'the price of U.S. coal, Dr. Whitcombe', 'The flour. The wet hands, the clock, trees, eels and the river']) {
      const found = await results(q, mode);
      expect(found.length).toBeGreaterThan(0);
      for (const { passage, evidence } of found) {
        expect(passage.text.slice(evidence.start, evidence.end)).toBe(evidence.text);
        expect(whole).toContain(evidence.text);
      }
    }
  });
});

describe('scores', () => {
  const Q = 'Which bridge was washed away by a flood?';
  const scorer = async (mode: Mode, embedded?: EmbeddedQuestion) =>
    new Scorer(generation, { kind: 'question', question: embedded ?? (mode === 'lexical' ? null : await model.embedQuestion(Q)), words: lexicalQuery({ text: Q, quoted: [] }, generation) }, mode);
  const allRows = () => [...Array(generation.manifest.counts.passages).keys()];
  const ranked = ({ rank }: Pick<Scorer, 'rank'>, near: number[], wordy: number[]) => rank(near, wordy).map(({ row, score }) => ({ row, score }));

  test.each(MODES)('put the best first in mode %s, equal ones in an order that is not theirs by chance', async (mode) => {
    const candidates = (await scorer(mode)).rank(allRows().reverse(), []);
    expect(candidates).toHaveLength(7);
    for (const [i, { score }] of candidates.entries()) expect(score).toBeLessThanOrEqual(candidates[i - 1]?.score ?? Infinity);
    expect((await scorer(mode)).rank(allRows(), []).map(({ row }) => row)).toEqual(candidates.map(({ row }) => row));
    const found = await results(Q, mode);
    expect(found[0]?.article.title).toBe('The bridge at Orley');
    expect(found.map(({ score }) => score)).toEqual(found.map(({ score }) => score).sort((a, b) => b - a));
  });

  test('count a passage’s words also where it was found by meaning only, and its meaning where by words only', async () => {
    const [byBoth, byMeaning, byWords] = [await scorer('hybrid'), await scorer('hybrid'), await scorer('hybrid')];
    const expected = ranked({ rank: byBoth.rank.bind(byBoth) }, allRows(), allRows());
    expect(ranked({ rank: byMeaning.rank.bind(byMeaning) }, allRows(), [])).toEqual(expected);
    expect(ranked({ rank: byWords.rank.bind(byWords) }, [], allRows())).toEqual(expected);
    const bridge = byMeaning.rank(allRows(), [])[0];
    expect(bridge).toMatchObject({ matched: ['dense'] });
    expect(bridge?.score).toBeGreaterThan((bridge?.meaning ?? NaN) + 0.05);
    // Without a word in common its score is its cosine.
    const clock = byMeaning.rank(allRows(), []).find(({ coverage }) => coverage === 0);
    expect(clock?.score).toBeCloseTo(clock?.meaning ?? NaN, 11);
  });

  test('say which search found a passage, each candidate once', async () => {
    const candidates = (await scorer('hybrid')).rank([0, 1, 2], [2, 3]);
    expect(candidates.map(({ row, matched }) => `${row} ${matched.join('+')}`).sort()).toEqual(['0 dense', '1 dense', '2 dense+lexical', '3 lexical']);
  });

  test('of meaning alone are the greatest cosine, of words alone know none', async () => {
    const dense = (await scorer('dense')).rank(allRows(), []);
    for (const { score, meaning } of dense) expect(score).toBeCloseTo(meaning ?? NaN, 11);
    const words = (await scorer('lexical')).rank([], allRows());
    for (const { score, meaning, coverage } of words) {
      expect(meaning).toBeNull();
      expect(score > 0).toBe(coverage > 0);
      expect(score).toBeLessThanOrEqual(1);
    }
  });

  test('stay the same when more candidates are looked at later', async () => {
    const one = await scorer('dense');
    const first = one.rank([0, 1], []).map(({ row, score }) => [row, score]);
    const all = new Map(one.rank(allRows(), []).map(({ row, score }) => [row, score]));
    for (const [row, score] of first) expect(all.get(row as number)).toBe(score);
  });

  test('count words for more where the model reads little of the question', async () => {
    const embedded = await model.embedQuestion(Q);
    const gain = async (familiarity: number) => {
      const best = (await scorer('hybrid', { ...embedded, familiarity })).rank(allRows(), allRows())[0];
      return (best?.score ?? NaN) - (best?.meaning ?? NaN);
    };
    expect(await gain(0.4)).toBeGreaterThan(await gain(1));
  });
});
