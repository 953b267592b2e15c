import type { Engine } from '../../lib/search';
import { indexDirOf, type CommonOptions } from './options';

/** Opens the engine for one request and closes it. Loaded late: `--help` and wrong usage need none of it. */
export async function withEngine<T>(options: CommonOptions, request: (engine: Engine) => Promise<T>): Promise<T> {
  const [{ createEngine }, { defaultIndexDir }] = await Promise.all([import('../../lib/search'), import('../../lib/index')]);
  const engine = createEngine({
    indexDir: indexDirOf(options, defaultIndexDir),
    openEmbedder: async (spec) => (await import('../../lib/embedding')).loadModel(spec),
  });
  try {
    return await request(engine);
  } finally {
    await engine.close();
  }
}
