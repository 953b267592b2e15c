import { expect, test } from 'vitest';
import { killAtRandom } from './faults';

const KILLS = Number(process.env['PILCROW_TEST_KILLS'] ?? 5);
const SEED = Number(process.env['PILCROW_TEST_SEED'] ?? Math.floor(Math.random() * 1_000_000));
/** Three passages each: over 2,000 in the long form. */
const ARTICLES = KILLS >= 50 ? 680 : 120;

test(`an index whose runs are killed ${KILLS} times is whole after each, and in the end as if nothing had happened`, { timeout: 60 * 60_000 }, async () => {
  console.log(`seed ${SEED} (PILCROW_TEST_SEED repeats it)`);
  const report = await killAtRandom({ seed: SEED, kills: KILLS, articles: ARTICLES, log: (line) => { console.log(line); } });
  console.log(report);
  expect(report.problems).toEqual([]);
  expect(report.samePassages).toBe(true);
  expect(report.sameAnswers.same).toBe(report.sameAnswers.questions);
  expect(report.embeddedTwice).toBeLessThanOrEqual(report.mayBeEmbeddedTwice);
  expect(report.orphans).toEqual([]);
});
