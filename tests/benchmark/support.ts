import { mkdtemp, mkdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Article } from '../../lib/article';
import type { BenchContext } from '../../lib/benchmark';
import { loadModel, modelSpecSchema } from '../../lib/embedding';
import { buildFromArticles } from '../../lib/index';
import { calibrate } from '../../lib/search';

const PLACES = ['harbour', 'orchard', 'quarry', 'lighthouse', 'mill', 'station', 'theatre', 'brewery', 'chapel', 'observatory', 'ropewalk', 'tannery'];
const EVENTS: ((place: string) => string)[] = [
  (place) => `The ${place} was begun in a wet spring, and the first labourers slept in tents beside it until their wages allowed for a roof.`,
  (place) => `In its best decade the ${place} kept forty families in bread; a clerk noted their names, and what each had been paid, in green ink.`,
  (place) => `Then a fire took the northern half of the ${place}, and of those who had watched it nobody agreed on where it had started.`,
  (place) => `Children used the empty ${place} for a game whose rules have been lost, although three of them tried to recall these for a newspaper.`,
  (place) => `Today the ${place} belongs to a society of volunteers, who mend what they can on Saturdays and quarrel about paint on Sundays.`,
];

/** Twelve articles of five paragraphs, each long enough to be a passage of its own with its neighbours. */
export const ARTICLES: Article[] = PLACES.map((place, i) => ({
  id: `${place}-${i}`,
  source: `${place}.txt`,
  format: 'text',
  title: `A history of the ${place} – # ${i + 1}: “what *stayed*”`,
  author: null,
  published: null,
  updated: null,
  language: 'en',
  url: null,
  tags: [],
  paragraphs: EVENTS.map((told) => ({ text: `${told(place)} ${told(place).replace('The ', 'Some say the ')} # It cost 3 * 4 guineas, [sic].`, section: null, page: null })),
}));

export interface TestContext extends BenchContext {
  steps: string[];
  close(): Promise<void>;
}

/** What benches work on, small and in the test's own folder. */
export async function testContext(differing: Partial<BenchContext> = {}): Promise<TestContext> {
  const folder = await mkdtemp(join(tmpdir(), 'pilcrow-bench-test-'));
  const steps: string[] = [];
  let scratches = 0;
  let built: Promise<string> | undefined;
  const scratch = async (name: string) => {
    const made = join(folder, `${++scratches}-${name}`);
    await mkdir(made);
    return made;
  };
  return {
    seed: 1,
    quick: true,
    corpus: 'histories of twelve places',
    articles: async function* () { yield* ARTICLES; },
    questions: async (count) => PLACES.flatMap((place) => ['Who built', 'When did fire damage', 'Who looks after', 'What did children play in', 'What was paid at'].map((asked) => `${asked} the ${place}?`)).slice(0, count),
    scratch,
    index: () => (built ??= scratch('index').then(indexOf)),
    passages: undefined,
    workers: 1,
    signal: undefined,
    onStep: (label) => { steps.push(label); },
    ...differing,
    steps,
    close: () => rm(folder, { recursive: true, force: true }),
  };
}

async function indexOf(indexDir: string): Promise<string> {
  const spec = modelSpecSchema.parse({});
  const loaded = await loadModel(spec);
  await loaded.close();
  await buildFromArticles({ indexDir, embeddings: join(indexDir, 'embeddings.sqlite'), articles: (async function* () { yield* ARTICLES; })(), totalBytes: 60_000, spec, model: loaded.model, parent: null, calibrate, workers: 1 });
  return indexDir;
}

/** Fails with what was found where a check did not hold. */
export function failedChecks({ checks }: { checks: readonly { label: string; passed: boolean; detail: string }[] }): string[] {
  return checks.filter(({ passed }) => !passed).map(({ label, detail }) => `${label}: ${detail}`);
}
