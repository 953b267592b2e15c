import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type EmbedderPool, createEmbedderPool, loadModel } from '../../lib/embedding';
import { root, runProcesses, spec, temporaryFolder, useSharedCache } from './support';

useSharedCache();

const builtWorker = join(root, 'dist', 'embedding-worker.mjs');

/** Passages of very different lengths, so that they cannot end in the order in which they began. */
const PASSAGES = Array.from({ length: 60 }, (_, i) => `Passage ${i}. ${'The river rose again. '.repeat((i * 7) % 23)}`);
let expected: Float32Array[];

beforeAll(async () => {
  const model = await loadModel(spec());
  expected = await model.embed(PASSAGES, 'passage');
  await model.close();
});

/** A worker that does as the real one, after some lines of its own. `starts` is which start this is. */
function misbehavingWorker(lines: string): URL {
  const path = join(temporaryFolder(), 'worker.mjs');
  const log = `${path}.starts`;
  writeFileSync(
    path,
    `import { appendFileSync, readFileSync } from 'node:fs';
     appendFileSync(${JSON.stringify(log)}, '.');
     const starts = readFileSync(${JSON.stringify(log)}).length;
     const traps = [];
     const onText = (text, act) => traps.push(({ work }) => { if (work?.texts?.includes(text)) act(); });
     ${lines}
     await import(${JSON.stringify(pathToFileURL(builtWorker).href)});
     // Now, not before: the first message is meant for the real worker.
     for (const trap of traps) process.on('message', trap);`,
  );
  return pathToFileURL(path);
}

/** How often a misbehaving worker was started. */
function startsOf(worker: URL): number {
  return readFileSync(`${worker.pathname}.starts`).length;
}

async function withPool(options: { workers: number; startWith?: number; workerUrl?: URL }, use: (pool: EmbedderPool) => Promise<void>): Promise<void> {
  const pool = await createEmbedderPool(spec(), options);
  try {
    await use(pool);
  } finally {
    await pool.close();
  }
}

describe('two workers', () => {
  let pool: EmbedderPool;
  beforeAll(async () => {
    pool = await createEmbedderPool(spec(), { workers: 2 });
  });
  afterAll(() => pool.close());

  it('give bit for bit what one thread gives, in order', async () => {
    expect(await pool.embed(PASSAGES, 'passage')).toEqual(expected);
  });

  it('give it for calls that run at once', async () => {
    const calls = await Promise.all([pool.embed(PASSAGES.slice(0, 30), 'passage'), pool.embed(PASSAGES.slice(30), 'query')]);
    expect(calls.flat()).toEqual(expected);
  });

  it('give vectors that each have a buffer of their own', async () => {
    const vectors = await pool.embed(PASSAGES.slice(0, 5), 'passage');
    for (const vector of vectors) expect(vector.buffer.byteLength).toBe(384 * 4);
  });

  it('have the identity of the model', async () => {
    const model = await loadModel(spec());
    expect(pool.model).toEqual(model.model);
    await model.close();
  });

  it('have nothing to do for no texts', async () => {
    expect(await pool.embed([], 'passage')).toEqual([]);
  });

  it('refuse a text that is too long, and that call alone', async () => {
    const [refused, fine] = await Promise.allSettled([pool.embed([...PASSAGES, 'word '.repeat(600)], 'passage'), pool.embed(PASSAGES, 'passage')]);
    expect(refused).toMatchObject({ status: 'rejected', reason: { code: 'embedding-failed', message: expect.stringContaining('602 tokens') as string } });
    expect(fine).toEqual({ status: 'fulfilled', value: expected });
  });

  it('drop a call whose signal is aborted, before or meanwhile, and go on with others', async () => {
    await expect(pool.embed(PASSAGES, 'passage', { signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'interrupted' });
    const controller = new AbortController();
    const many = pool.embed(Array<string>(100_000).fill('text'), 'passage', { signal: controller.signal });
    const others = pool.embed(PASSAGES, 'passage');
    await pool.embed(['first'], 'query');
    controller.abort();
    await expect(many).rejects.toMatchObject({ code: 'interrupted' });
    expect(await others).toEqual(expected);
  });
});

describe('a pool that begins with one worker', () => {
  it('leaves it at that for a few passages and for questions', async () => {
    const workerUrl = misbehavingWorker('');
    await withPool({ workers: 3, startWith: 1, workerUrl }, async (pool) => {
      expect(await pool.embed(PASSAGES.slice(0, 30), 'passage')).toEqual(expected.slice(0, 30));
      await Promise.all(PASSAGES.map((question) => pool.embedQuestion(question)));
      expect(startsOf(workerUrl)).toBe(1);
    });
  });

  it('starts the others, and no more than those, once many passages wait', async () => {
    const workerUrl = misbehavingWorker('');
    await withPool({ workers: 3, startWith: 1, workerUrl }, async (pool) => {
      const many = Array.from({ length: 9 }, () => PASSAGES).flat();
      expect(await pool.embed(many, 'passage')).toEqual(many.map((_, i) => expected[i % PASSAGES.length]));
      expect(startsOf(workerUrl)).toBe(3);
    });
  });
});

describe('order', () => {
  it('lets a question overtake passages, and a short call a long one', async () => {
    await withPool({ workers: 1 }, async (pool) => {
      const done: string[] = [];
      const call = (name: string, texts: string[], kind: 'query' | 'passage') => pool.embed(texts, kind).then(() => done.push(name));
      await Promise.all([
        call('many', Array<string>(150).fill(PASSAGES[3]!), 'passage'),
        call('few', PASSAGES.slice(0, 3), 'passage'),
        call('question', ['Which river rose?'], 'query'),
      ]);
      expect(done).toEqual(['question', 'few', 'many']);
    });
  });
});

describe('a worker that dies', () => {
  it('is replaced, and its texts are embedded all the same', async () => {
    const workerUrl = misbehavingWorker(`if (starts === 1) onText(${JSON.stringify(PASSAGES[20])}, () => process.exit(3));`);
    await withPool({ workers: 1, workerUrl }, async (pool) => {
      expect(await pool.embed(PASSAGES, 'passage')).toEqual(expected);
      expect(startsOf(workerUrl)).toBe(2);
    });
  });

  it('twice over the same text fails that call, not the next', async () => {
    const workerUrl = misbehavingWorker(`onText('poison', () => process.kill(process.pid, 'SIGSEGV'));`);
    await withPool({ workers: 2, workerUrl }, async (pool) => {
      await expect(pool.embed(['poison'], 'passage')).rejects.toMatchObject({
        code: 'embedding-failed',
        message: expect.stringContaining('text 1') as string,
        cause: { message: expect.stringContaining('SIGSEGV') as string },
      });
      expect(await pool.embed(PASSAGES, 'passage')).toEqual(expected);
      expect(startsOf(workerUrl)).toBe(4);
    });
  });

  it('while others work takes nothing of theirs with it', async () => {
    const workerUrl = misbehavingWorker(`onText('poison', () => process.exit(1));`);
    await withPool({ workers: 2, workerUrl }, async (pool) => {
      const [poisoned, fine] = await Promise.allSettled([pool.embed(['poison'], 'query'), pool.embed(PASSAGES, 'passage')]);
      expect(poisoned).toMatchObject({ status: 'rejected', reason: { code: 'embedding-failed' } });
      expect(fine).toEqual({ status: 'fulfilled', value: expected });
    });
  });

  it('and has no successor fails its call; the next call tries again', async () => {
    const workerUrl = misbehavingWorker(`
      if (starts === 2) throw new Error('no memory');
      onText('poison', () => process.exit(1));`);
    await withPool({ workers: 1, workerUrl }, async (pool) => {
      await expect(pool.embed(['poison'], 'passage')).rejects.toMatchObject({ code: 'embedding-failed', message: expect.stringContaining('could not start') as string });
      expect(await pool.embed(PASSAGES, 'passage')).toEqual(expected);
    });
  });

  it('before it was ready fails the start', async () => {
    const workerUrl = misbehavingWorker(`throw new Error('no memory');`);
    await expect(createEmbedderPool(spec(), { workers: 2, workerUrl })).rejects.toMatchObject({ code: 'embedding-failed' });
    expect(startsOf(workerUrl)).toBe(2);
  });
});

describe('an end', () => {
  it('is put to calls in progress and to later ones by close()', async () => {
    const pool = await createEmbedderPool(spec(), { workers: 1 });
    const running = pool.embed(PASSAGES, 'passage');
    const outcome = expect(running).rejects.toMatchObject({ code: 'embedding-failed', message: expect.stringContaining('closed') as string });
    await pool.close();
    await outcome;
    await expect(pool.embed(PASSAGES, 'passage')).rejects.toMatchObject({ code: 'embedding-failed' });
    await pool.close();
  });

  it('comes by itself for a process with an idle pool, and not before its work is done', async () => {
    const source = `
      import { createEmbedderPool, modelSpecSchema } from './lib/embedding';
      const pool = await createEmbedderPool(modelSpecSchema.parse({}), { workers: 2 });
      const vectors = await pool.embed(['one', 'two'], 'passage');
      pool.embed(['three'], 'passage').then(([vector]) => process.stdout.write(String(vectors.length + vector.length)));
    `;
    const [output] = await runProcesses(source, [{}]);
    expect(output).toEqual({ stdout: '386', stderr: '' });
  });
});

describe('options', () => {
  it.each([0, -1, 1.5, NaN])('refuse %s workers', async (workers) => {
    await expect(createEmbedderPool(spec(), { workers })).rejects.toMatchObject({ code: 'usage' });
  });
});
