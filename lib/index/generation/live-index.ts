import { stat } from 'node:fs/promises';
import { PilcrowError } from '../../errors';
import { ANALYZER_VERSION } from '../analyze';
import { currentId, generationDirectory, indexMissing, openGeneration, type Generation } from './generation';
import { generationLayout } from './layout';
import { Latest } from './latest';

/**
 * The index as a long-running reader sees it: every use gets the generation that is current then, and
 * keeps it to its end.
 */
export class LiveIndex {
  private readonly latest = new Latest<Generation>((generation) => { generation.close(); });
  private lastKey = '';

  constructor(readonly indexDir: string) {}

  /** @throws PilcrowError `index-missing`, `index-damaged`, `index-format` */
  async use<T>(work: (generation: Generation) => Promise<T> | T): Promise<T> {
    for (;;) {
      const id = await currentId(this.indexDir);
      if (id === null) throw indexMissing(this.indexDir);
      try {
        return await this.latest.use(await this.keyOf(id), () => this.open(id), work);
      } catch (error) {
        // Publications may have replaced and removed it between the two steps: then the new one counts.
        if (!(error instanceof PilcrowError) || error.code !== 'index-damaged' || (await currentId(this.indexDir)) === id) throw error;
      }
    }
  }

  async close(): Promise<void> {
    await this.latest.close();
  }

  /** The id, and when its manifest was written: one that was repaired in place is opened again. */
  private async keyOf(id: string): Promise<string> {
    const { manifest } = generationLayout(generationDirectory(this.indexDir, id));
    const written = await stat(manifest).then(({ mtimeMs }) => mtimeMs, () => null);
    // What is open needs no folder any more; it is served on when that is gone.
    if (written !== null || !this.lastKey.startsWith(`${id} `)) this.lastKey = `${id} ${written ?? 'missing'}`;
    return this.lastKey;
  }

  private async open(id: string): Promise<Generation> {
    const generation = await openGeneration(generationDirectory(this.indexDir, id));
    if (generation.manifest.analyzer === ANALYZER_VERSION) return generation;
    generation.close();
    // Questions would be cut by other rules than the terms they are compared with.
    throw new PilcrowError(
      'index-format',
      `generation ${id} has terms of version ${generation.manifest.analyzer}, this Pilcrow asks for version ${ANALYZER_VERSION}`,
      'bring it up to date with: pilcrow index',
    );
  }
}
