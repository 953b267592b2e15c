import type { Fallback } from '../../lib/index';
import type { Engine } from '../../lib/search';
import { note } from '../terminal/messages';
import { indexDirOf, type CommonOptions } from './options';

/** Opens the engine for one request and closes it. Loaded late: `--help` and wrong usage need none of it. */
export async function withEngine<T>(options: CommonOptions, request: (engine: Engine) => Promise<T>): Promise<T> {
  const [{ createEngine }, { defaultIndexDir }] = await Promise.all([import('../../lib/search'), import('../../lib/index')]);
  let fallback: Fallback | null = null as Fallback | null;
  const engine = createEngine({
    indexDir: indexDirOf(options, defaultIndexDir),
    openEmbedder: async (spec) => (await import('../../lib/embedding')).loadModel(spec),
    onFallback: (found) => { fallback = found; },
  });
  try {
    const answer = await request(engine);
    // Not before there is an answer: that of the first to step in may have been another's model.
    if (fallback !== null) note(`${fallback.reason}; ${fallback.served} answers; repair it with: pilcrow index`);
    return answer;
  } finally {
    await engine.close();
  }
}
