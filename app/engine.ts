import 'server-only';
import { createEmbedderPool } from '../lib/embedding';
import { defaultIndexDir } from '../lib/index';
import { createEngine, type Engine } from '../lib/search';

/** Outside any module: pages and API routes are bundled apart, and a dev reload makes modules anew. */
const held = globalThis as typeof globalThis & { pilcrowEngine?: Engine };

/** The one engine of this process. Opens index and model when first asked, and follows new generations. */
export function engine(): Engine {
  held.pilcrowEngine ??= createEngine({
    indexDir: defaultIndexDir(),
    // A question takes this thread three times as long as the model's: a second worker would wait, with 160 MB of its own.
    openEmbedder: (spec) => createEmbedderPool(spec, { workers: 1 }),
    onFallback: (fallback) => {
      const said = fallback === null ? 'the current generation answers again' : `${fallback.reason}; generation ${fallback.served} answers; repair it with: npx pilcrow index`;
      process.stderr.write(`pilcrow: ${said}\n`);
    },
  });
  return held.pilcrowEngine;
}
