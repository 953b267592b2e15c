// The entry of the reading process, bundled into dist/reading-worker.mjs. What it reads may be made to hang it or to
// fill its memory: it holds nothing that would be lost with it.
import process from 'node:process';
import { packError } from '../../errors';
import type { Article } from '../types';
import { loadFile } from './load';
import type { ReadingAnswer, ReadingRequest } from './messages';
import { readArticles, type ReadNotes } from './registry';

/** Articles are sent when their text has about this many characters: neither thousands of messages nor one of megabytes. */
const CHUNK_CHARACTERS = 262_144;
/** Time between two signs of life where there is nothing to send, ms. */
const ALIVE_MS = 500;

// Ctrl-C in a terminal reaches every process at once. What becomes of the work is not for this one to decide.
process.on('SIGINT', () => undefined);
// The process that started this one is gone: there is nobody to read for.
process.on('disconnect', () => process.exit());

let queue: Promise<void> = Promise.resolve();
process.on('message', (request: ReadingRequest) => {
  queue = queue.then(() => serve(request));
});

async function serve({ id, file }: ReadingRequest): Promise<void> {
  try {
    const { bytes, hash } = loadFile(file);
    const chunk = new Chunk(id);
    const notes: ReadNotes = { warnings: [], failed: [], skipped: [], onAlive: () => { chunk.alive(); } };
    for await (const article of readArticles({ ...file.delivered, ...file.options, bytes, name: file.name, source: file.source }, notes)) await chunk.add(article);
    await chunk.send();
    const failed = notes.failed.map(({ source, error }) => ({ source, error: packError(error) }));
    const { warnings, skipped } = notes;
    await answer({ type: 'read', id, hash, notes: { warnings, skipped, failed } });
  } catch (thrown) {
    await answer({ type: 'failed', id, error: packError(thrown) });
  }
}

class Chunk {
  private articles: Article[] = [];
  private characters = 0;
  private sentAt = performance.now();

  constructor(private readonly id: number) {}

  async add(article: Article): Promise<void> {
    this.articles.push(article);
    this.characters += article.paragraphs.reduce((sum, { text }) => sum + text.length, 0);
    if (this.characters >= CHUNK_CHARACTERS) await this.send();
    else this.alive();
  }

  alive(): void {
    if (performance.now() - this.sentAt > ALIVE_MS) void this.tell({ type: 'alive', id: this.id });
  }

  async send(): Promise<void> {
    if (this.articles.length > 0) await this.tell({ type: 'articles', id: this.id, articles: this.articles });
    this.articles = [];
    this.characters = 0;
  }

  private async tell(message: ReadingAnswer): Promise<void> {
    this.sentAt = performance.now();
    await answer(message);
  }
}

/** Resolves when it has been handed over, so that what is read does not pile up. */
function answer(message: ReadingAnswer): Promise<void> {
  // Sending fails only when nobody listens any more; `disconnect` takes care of that.
  return new Promise((resolve) => { process.send?.(message, undefined, undefined, () => { resolve(); }); });
}
