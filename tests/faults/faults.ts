import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { loadModel } from '../../lib/embedding';
import { openCurrent, verifyIndex } from '../../lib/index';
import { MOST_IN_FLIGHT } from '../../lib/index/builder/embedding-stage';
import { createEngine, type Engine } from '../../lib/search';
import { bin, outcome, run } from '../scripts/cli';
import { Archive, questions } from './articles';
import { Random } from './random';

export interface FaultPlan {
  seed: number;
  kills: number;
  /** Articles of three passages each that are added to a first generation. */
  articles: number;
  log: (line: string) => void;
}

/** What was found; what must hold is for the test to say. */
export interface FaultReport {
  passages: number;
  /** Runs that were killed, by what they were doing as the index directory tells. */
  kills: Record<string, number>;
  /** Runs that ended before their moment came. */
  completed: number;
  /** After which kill something was wrong, and what. */
  problems: string[];
  /** Passages handed to a worker more than once. */
  embeddedTwice: number;
  mayBeEmbeddedTwice: number;
  /** Workers that outlived their run. */
  orphans: number[];
  /** Whether the index in the end is as one that was never disturbed. */
  samePassages: boolean;
  sameAnswers: { questions: number; same: number };
}

const ASKED = 50;
const FIRST = 10;
const BASE_ARTICLES = 40;
/** Share of the articles that change once a run got through. */
const DISTURBED = 0.1;
/** Moments of a run that has little to do are drawn from as long as the last one took, but from no less. */
const SHORTEST_MS = 2_500;

/** Kills runs of `pilcrow index` at random moments, and looks at the index after each. */
export async function killAtRandom({ seed, kills, articles, log }: FaultPlan): Promise<FaultReport> {
  const folder = mkdtempSync(join(tmpdir(), 'pilcrow-faults-'));
  const index = join(folder, 'index');
  const spied = join(folder, 'embedded.log');
  const random = new Random(seed);
  const archive = new Archive(join(folder, 'articles'), random);
  const asked = questions(ASKED, random);
  const engine = createEngine({ indexDir: index, openEmbedder: loadModel });
  const report: FaultReport = { passages: 0, kills: {}, completed: 0, problems: [], embeddedTwice: 0, mayBeEmbeddedTwice: kills * MOST_IN_FLIGHT, orphans: [], samePassages: false, sameAnswers: { questions: ASKED, same: 0 } };
  try {
    archive.add(BASE_ARTICLES);
    await index_(['--index-dir', index, join(folder, 'articles')], spied);
    archive.add(articles);
    const whole = await timeOf(join(folder, 'rehearsal'), join(folder, 'articles'));
    let usual = whole;
    for (let kill = 1; kill <= kills; ) {
      const extra = random.below(4) === 0 ? ['--full', join(folder, 'articles')] : [];
      const delay = random.next() * usual;
      const started = performance.now();
      const killed = await killAfter(['--index-dir', index, ...extra], spied, delay);
      if (killed === null) {
        report.completed++;
        const isAll = report.completed % 4 === 0;
        if (isAll) archive.rewrite();
        else archive.disturb(Math.ceil(archive.size * DISTURBED));
        usual = isAll ? whole : Math.max(SHORTEST_MS, performance.now() - started);
        continue;
      }
      const doing = stageOf(index, killed);
      report.kills[doing] = (report.kills[doing] ?? 0) + 1;
      const problem = await look(index, engine, asked[kill % ASKED] ?? '');
      if (problem !== null) report.problems.push(`kill ${kill} after ${Math.round(delay)} ms (${doing}): ${problem}`);
      log(`kill ${kill} of ${kills} after ${Math.round(delay)} ms: ${doing}${problem === null ? '' : `, ${problem}`}`);
      kill++;
    }
    await index_(['--index-dir', index], spied);
    const fresh = join(folder, 'fresh');
    await index_(['--index-dir', fresh, join(folder, 'articles')], join(folder, 'fresh.log'));
    await compare(report, index, fresh, asked);
    return { ...report, ...(await evidenceOf(spied)) };
  } finally {
    await engine.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A run that must get through. */
async function index_(args: readonly string[], spied: string): Promise<void> {
  const { code, stderr } = await outcome(start(args, spied));
  if (code !== 0) throw new Error(`pilcrow index ${args.join(' ')} ended with ${code}: ${stderr}`);
}

/** How long a whole run takes here: moments are drawn from that. */
async function timeOf(index: string, articles: string): Promise<number> {
  const started = performance.now();
  await index_(['--index-dir', index, articles], `${index}.log`);
  rmSync(index, { recursive: true });
  return performance.now() - started;
}

/** @returns the process that was killed, or null when the run had ended before */
async function killAfter(args: readonly string[], spied: string, delay: number): Promise<number | null> {
  const child = start(args, spied);
  const timer = setTimeout(() => child.kill('SIGKILL'), delay);
  const { code, signal, stderr } = await outcome(child);
  clearTimeout(timer);
  if (signal === 'SIGKILL') return child.pid ?? 0;
  if (code !== 0) throw new Error(`a run that was not killed ended with ${code}: ${stderr}`);
  return null;
}

function start(args: readonly string[], spied: string) {
  return run(process.execPath, [bin, 'index', ...args], {
    NODE_OPTIONS: `--import ${pathToFileURL(join(import.meta.dirname, 'spy.mjs')).href}`,
    PILCROW_TEST_EMBEDDED: spied,
  });
}

/** What a killed run was at, as far as it shows from outside. */
function stageOf(index: string, pid: number): string {
  const [staging] = readdirSync(join(index, 'generations')).filter((name) => name.startsWith(`.building-${pid}-`));
  if (staging !== undefined) {
    const files = readdirSync(join(index, 'generations', staging));
    if (files.includes('manifest.json')) return 'examining';
    return files.includes('vectors.hnsw') ? 'describing' : 'reading and embedding';
  }
  const writer = existsSync(join(index, 'writer.json')) ? (JSON.parse(readFileSync(join(index, 'writer.json'), 'utf8')) as { pid: number; progress: { phase: string } | null }) : null;
  if (writer?.pid !== pid) return 'starting or ending';
  return ['writing', 'mapping', 'publishing'].includes(writer.progress?.phase ?? '') ? 'publishing or tidying' : 'comparing';
}

/** @returns what is wrong with the index, or null */
async function look(index: string, engine: Engine, question: string): Promise<string | null> {
  try {
    const { results, generation } = await engine.search({ q: question, k: FIRST });
    const { fallback } = await engine.status();
    if (fallback !== null) return `answers come from ${generation} instead of ${fallback.generation}`;
    if (results.length !== FIRST) return `${results.length} answers`;
  } catch (error) {
    return `not answered: ${String(error)}`;
  }
  const { ok, generations } = await verifyIndex(index, { all: true });
  const wrong = generations.flatMap(({ id, checks }) => checks.filter(({ state }) => state === 'failed').map(({ name, detail }) => `${id}: ${name}: ${detail ?? ''}`));
  return ok ? null : wrong.join('; ');
}

async function compare(report: FaultReport, disturbed: string, fresh: string, asked: readonly string[]): Promise<void> {
  const [a, b] = await Promise.all([passagesOf(disturbed), passagesOf(fresh)]);
  report.passages = b.size;
  report.samePassages = a.size === b.size && [...a].every(([id, text]) => b.get(id) === text);
  const engines = [disturbed, fresh].map((indexDir) => createEngine({ indexDir, openEmbedder: loadModel }));
  for (const q of asked) {
    const [one, other] = await Promise.all(engines.map(async (engine) => (await engine.search({ q, k: FIRST })).results.map(({ passage }) => passage.id)));
    if (JSON.stringify(one) === JSON.stringify(other)) report.sameAnswers.same++;
  }
  await Promise.all(engines.map((engine) => engine.close()));
}

async function passagesOf(index: string): Promise<Map<string, string>> {
  const { store, close } = await openCurrent(index);
  const passages = new Map([...store.knownArticles()].flatMap(({ id }) => store.passagesOf(id).map((passage) => [passage.id, passage.text] as const)));
  close();
  return passages;
}

async function evidenceOf(spied: string): Promise<Pick<FaultReport, 'embeddedTwice' | 'orphans'>> {
  const lines = readFileSync(spied, 'utf8').split('\n');
  const passages = lines.filter((line) => line.startsWith('passage '));
  const pids = lines.filter((line) => line.startsWith('worker ')).map((line) => Number(line.slice('worker '.length)));
  // Their parent is gone: they end with the passage they are at.
  for (let wait = 0; wait < 50 && pids.some(isRunning); wait++) await new Promise((resolve) => setTimeout(resolve, 100));
  return { embeddedTwice: passages.length - new Set(passages).size, orphans: pids.filter(isRunning) };
}

function isRunning(pid: number): boolean {
  try {
    // A zombie is gone, too: what matters is that nothing works on.
    return !/^\d+ \(.*\) Z/.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}
