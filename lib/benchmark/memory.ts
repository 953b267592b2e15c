import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { GENERATION_FILES, generationDirectory, openCurrent } from '../index';
import { Child } from './child-process';
import type { ChildTasks } from './child-messages';
import { figureOf } from './statistics';
import type { Bench, BenchContext, Check, Figure } from './types';

const ROUNDS = 5;
const QUICK_ROUNDS = 2;

export const memory: Bench = {
  name: 'memory',
  title: 'What an index takes: in memory and on disk',
  async run(context) {
    const indexDir = await context.index();
    const { passages, files } = await onDisk(indexDir);
    const found = await inMemory(indexDir, context);
    const megabytes = (bytes: (one: Found) => number) => found.map((one) => bytes(one) / 1e6);
    const each = (bytes: (one: Found) => number) => found.map((one) => bytes(one) / passages / 1000);
    return {
      figures: [
        figureOf(megabytes(({ before }) => before), { key: 'rss-before', label: 'resident memory before', unit: 'MB', better: null }),
        figureOf(megabytes(({ after }) => after), { key: 'rss-open', label: 'with the index open', unit: 'MB', better: 'lower' }),
        figureOf(megabytes(({ asked }) => asked), { key: 'rss-asked', label: 'after 50 searches', unit: 'MB', better: 'lower' }),
        figureOf(each(({ before, after }) => after - before), { key: 'rss-passage', label: 'resident, for each passage', unit: 'kB', better: 'lower' }),
        ...files,
      ],
      series: [],
      checks: [grows(found)],
      notes: [
        `${passages} passages; each measurement in a new process, without a model`,
        'of few passages, what a process takes for SQLite and HNSW themselves outweighs what the passages take',
      ],
    };
  },
};

type Found = ChildTasks['open']['found'];

async function inMemory(indexDir: string, context: BenchContext): Promise<Found[]> {
  const rounds = context.quick ? QUICK_ROUNDS : ROUNDS;
  const found: Found[] = [];
  for (let round = 0; round < rounds; round++) {
    context.onStep('opening the index', round, rounds);
    const child = new Child();
    try {
      found.push(await child.ask('open', { indexDir }));
    } finally {
      await child.end();
    }
  }
  return found;
}

async function onDisk(indexDir: string): Promise<{ passages: number; files: Figure[] }> {
  const generation = await openCurrent(indexDir);
  generation.close();
  const { manifest } = generation;
  const { passages } = manifest.counts;
  const files: Figure[] = [];
  for (const name of GENERATION_FILES) {
    const { size } = await stat(join(generationDirectory(indexDir, manifest.id), name));
    files.push({ key: `${name}-passage`, label: `${name}, for each passage`, unit: 'kB', value: size / passages / 1000, runs: 1, better: 'lower' });
  }
  return { passages, files };
}

/** A process that has opened an index must hold more than before: else something else was measured. */
function grows(found: readonly Found[]): Check {
  const passed = found.every(({ before, after }) => after > before);
  return { label: 'an open index is in memory', passed, detail: `${found.filter(({ before, after }) => after > before).length} of ${found.length} measurements` };
}
