import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadModel } from '../../lib/embedding';
import { PilcrowError } from '../../lib/errors';
import { buildIndex, openCurrent, type Generation } from '../../lib/index';
import { createEngine, MODES, type Engine, type Mode } from '../../lib/search';
import { lexicalQuery } from '../../lib/search/lexical-query';
import { parseQuestion } from '../../lib/search/question';
import { lexical } from '../../lib/search/retrieve';
import { contentTerms } from '../../lib/search/stop-words';
import { write } from '../index/support';

/** An article of one passage each. */
const ARTICLES: Record<string, string> = {
  licence: 'Licences\nThe open source community shares what it writes with whoever wants to read or change it.',
  spring: 'Springs\nThe source of the river lies open to the sky between two hills, and sheep drink from it.',
  titled: 'Open Source\nPrograms are given away together with what they were made from, and anyone may improve them.',
  jaguar: 'Jaguars\nThe jaguar is a big cat of the Americas, and it swims across rivers to hunt caiman.',
  motor: 'Motors\nThe Jaguar left the factory in Coventry as a car with twelve cylinders under its bonnet.',
  growth: 'Growth\nExports grew by 3.5% to 1,000 tonnes, the U.S. Treasury and AT&T said by e-mail.',
  fighter: 'Jets\nAn F-16 took off while O’Brien wrote C++ for x86_64 over Wi-Fi, under § 5 of the COVID-19 rules.',
  hamlet: 'A play\nTo be, or not to be, asks the prince of Denmark, who cannot make up his mind.',
  water: '飲料\n山の上で飲水を汲む人がいる。',
  seoul: '여행\n우리는 서울에서 기차를 타고 부산으로 갔다.',
};

let indexDir = '';
let engine: Engine;
let generation: Generation;

beforeAll(async () => {
  indexDir = await mkdtemp(join(tmpdir(), 'pilcrow-words-'));
  await write(join(indexDir, 'articles'), Object.fromEntries(Object.entries(ARTICLES).map(([name, text]) => [`${name}.txt`, text])));
  await buildIndex({ indexDir, named: [join(indexDir, 'articles')], cwd: indexDir, workers: 1 });
  engine = createEngine({ indexDir, openEmbedder: loadModel });
  generation = await openCurrent(indexDir);
});

afterAll(async () => {
  generation.close();
  await engine.close();
  await rm(indexDir, { recursive: true, force: true });
});

async function names(q: string, mode: Mode, more: object = {}): Promise<string[]> {
  const { results } = await engine.search({ q, mode, k: 50, ...more });
  return results.map(({ article }) => article.source.replace(/^articles\/|\.txt$/g, '')).sort();
}

describe.each(MODES)('in mode %s', (mode) => {
  test('a phrase in quotes is required, in the text or in the title', async () => {
    expect(await names('what does "open source" mean', mode)).toEqual(['licence', 'titled']);
    expect(await names('„Open Sources“', mode)).toEqual(['licence', 'titled']);
  });

  test('all phrases are required', async () => {
    expect(await names('"open source" "community shares"', mode)).toEqual(['licence']);
  });

  test('a phrase of function words is found, also beside words that are not there', async () => {
    expect(await names('"to be or not to be"', mode)).toEqual(['hamlet']);
    expect(await names('"not to be" cucumber', mode)).toEqual(['hamlet']);
  });

  test('a phrase that is nowhere gives nothing', async () => {
    expect(await names('jaguar "open jaguar"', mode)).toEqual([]);
    expect(await names('"licences the"', mode)).toEqual([]);
  });

  test('an excluded word or phrase keeps passages out', async () => {
    expect(await names('jaguar -car', mode)).not.toContain('motor');
    expect(await names('jaguar -car', mode)).toContain('jaguar');
    expect(await names('jaguar -"big cats"', mode)).not.toContain('jaguar');
    expect(await names('jaguar -jaguars', mode)).not.toContain('jaguar');
    expect(await names('"open source" -licences', mode)).toEqual(['titled']);
  });

  test('only exclusions are refused', async () => {
    await expect(engine.search({ q: '-jaguar', mode })).rejects.toMatchObject({ code: 'query-empty' });
  });

  test('filters and phrases hold together', async () => {
    expect(await names('"open source"', mode, { source: ['articles/titled.txt'] })).toEqual(['titled']);
    expect(await names('"open source"', mode, { source: ['articles/jaguar.txt'] })).toEqual([]);
  });

  test('any question gives results or is refused with a reason', async () => {
    const parts = fc.array(fc.constantFrom('"', '-', '*', '(', ')', ':', '^', '+', 'NEAR(', 'AND', ' OR ', 'NOT', 'title', ' ', '水', 'jaguar', '“', '”', '\u0000', '\ud83d', '😀', "'", '3.5', '.'), { maxLength: 14 });
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.string({ unit: 'binary', maxLength: 60 }), parts.map((list) => list.join(''))), async (q) => {
        const outcome = await engine.search({ q, mode }).then(() => 'usage', (error: unknown) => (error instanceof PilcrowError ? error.kind : error));
        expect(outcome).toBe('usage');
      }),
      { numRuns: mode === 'lexical' ? 500 : 60 },
    );
  });
});

describe('by words alone', () => {
  test.each([
    ['3.5', 'growth'], ['3,5 %', 'growth'], ['1000', 'growth'], ['1,000', 'growth'], ['US', 'growth'], ['U.S.', 'growth'], ['"US Treasury"', 'growth'], ['AT&T', 'growth'], ['email', 'growth'], ['e-mail', 'growth'],
    ['F-16', 'fighter'], ['F16', 'fighter'], ["O'Brien", 'fighter'], ['OBrien', 'fighter'], ['C++', 'fighter'], ['x86_64', 'fighter'], ['wifi', 'fighter'], ['Wi-Fi', 'fighter'], ['§ 5', 'fighter'], ['COVID-19', 'fighter'], ['covid', 'fighter'],
    ['水', 'water'], ['飲', 'water'], ['"水"', 'water'], ['"飲水を"', 'water'], ['서울', 'seoul'], ['부산', 'seoul'], ['"서울에서 기차"', 'seoul'], ['물', ''], ['山頂', ''],
  ])('%s finds %j', async (q, name) => {
    expect(await names(q, 'lexical')).toEqual(name === '' ? [] : [name]);
  });

  test('a thousand words are a question', async () => {
    const words = Array.from({ length: 990 }, (_, i) => String.fromCharCode(0x4e00 + i)).join(' ');
    expect(await names(words, 'lexical')).toBeInstanceOf(Array);
    expect(await names('"a" '.repeat(490), 'lexical')).toContain('motor');
    expect(await names(`jaguar${' -b'.repeat(600)}`, 'lexical')).toEqual(['jaguar', 'motor']);
  });

  test('scores are shares of the most that a passage could get', async () => {
    for (const q of ['jaguar big cat', 'open source river', '水 jaguar', 'jaguar '.repeat(50)]) {
      const { results } = await engine.search({ q, mode: 'lexical', k: 50 });
      expect(results.length).toBeGreaterThan(0);
      for (const { score } of results) {
        expect(score).toBeGreaterThan(0);
        expect(score).toBeLessThanOrEqual(1);
      }
    }
  });

  test('a question without words seeks nothing and gives no rows', () => {
    const none = lexicalQuery(parseQuestion('?!'), generation);
    expect(none).toEqual({ terms: [], sought: [], weight: 0 });
    expect(lexical(generation, none, 50, null)).toEqual([]);
  });
});

describe('function words', () => {
  test.each([
    ['are left out', 'what is the open source of a river', ['open', 'sourc', 'river']],
    ['are left out with what is contracted to them', 'what’s wrong, who\'s there, why don’t they swim', ['wrong', 'swim']],
    ['count when nothing else is left', 'to be or not to be', ['to', 'be', 'or', 'not']],
  ])('%s', (_, q, terms) => {
    expect(contentTerms(q).map(({ term }) => term)).toEqual(terms);
  });
});
