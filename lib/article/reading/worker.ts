// The entry of the reading process, bundled into dist/reading-worker.mjs. What it reads may be made to hang it or to
// fill its memory: it holds nothing that would be lost with it.
import process from 'node:process';
import { packError } from '../../errors';
import type { Article } from '../types';
import { guardProcess } from './guard';
import { loadFile } from './load';
import { freeMemory } from './memory';
import { MESSAGES_AHEAD, type ReadingAnswer, type ReadingRequest } from './messages';
import { readArticles, type ReadNotes } from './registry';
import type { SourceFile } from '../sources/walk';

/** Articles are sent when they have about this many characters: neither thousands of messages nor one of megabytes. */
const CHUNK_CHARACTERS = 262_144;
/** What an article and a paragraph take beside their text: a million may have a word each. */
const ARTICLE_CHARACTERS = 1_024;
const PARAGRAPH_CHARACTERS = 128;
/** Time between two signs of life where there is nothing to send, ms. */
const ALIVE_MS = 500;

guardProcess(Number(process.argv[2]));

// Ctrl-C in a terminal reaches every process at once. What becomes of the work is not for this one to decide.
process.on('SIGINT', () => undefined);
// The process that started this one is gone: there is nobody to read for. Where this thread is busy, the guard sees it.
process.on('disconnect', () => process.exit());

/** Messages of articles that have not been taken, and who waits for that. */
let untaken = 0;
let onTaken = (): void => undefined;

let queue: Promise<void> = Promise.resolve();
process.on('message', (request: ReadingRequest) => {
  if (request.type === 'read') {
    queue = queue.then(() => serve(request.id, request.file));
  } else {
    untaken--;
    onTaken();
  }
});

async function serve(id: number, file: SourceFile): Promise<void> {
  let size: number | undefined;
  const last = await answerTo(id, file, (bytes) => { size = bytes; });
  // Before the other process goes on to work with what was read.
  await freeMemory(size);
  await answer(last);
}

/**
 * Sends the articles.
 * @param onLoaded told how many bytes the file has
 * @returns what there is to be said then
 */
async function answerTo(id: number, file: SourceFile, onLoaded: (bytes: number) => void): Promise<ReadingAnswer> {
  try {
    const { bytes, hash } = loadFile(file);
    onLoaded(bytes.length);
    const chunk = new Chunk(id);
    const notes: ReadNotes = { warnings: [], failed: [], skipped: [], onAlive: () => { chunk.alive(); }, onEntryRead: () => freeMemory() };
    for await (const article of readArticles({ ...file.delivered, ...file.options, bytes, name: file.name, source: file.source }, notes)) await chunk.add(article);
    await chunk.send();
    const failed = notes.failed.map(({ source, error }) => ({ source, error: packError(error) }));
    const skipped = notes.skipped.map(({ error, ...part }) => (error === undefined ? part : { ...part, error: packError(error) }));
    return { type: 'read', id, hash, notes: { warnings: notes.warnings, skipped, failed } };
  } catch (thrown) {
    return { type: 'failed', id, error: packError(thrown) };
  }
}

class Chunk {
  private articles: Article[] = [];
  private characters = 0;
  private sentAt = performance.now();

  constructor(private readonly id: number) {}

  async add(article: Article): Promise<void> {
    let start = 0;
    this.characters += ARTICLE_CHARACTERS;
    for (const [i, { text }] of article.paragraphs.entries()) {
      this.characters += PARAGRAPH_CHARACTERS + text.length;
      if (this.characters < CHUNK_CHARACTERS || i === article.paragraphs.length - 1) continue;
      this.articles.push({ ...article, paragraphs: article.paragraphs.slice(start, i + 1) });
      start = i + 1;
      await this.send(true);
    }
    this.articles.push(start === 0 ? article : { ...article, paragraphs: article.paragraphs.slice(start) });
    if (this.characters >= CHUNK_CHARACTERS) await this.send();
    else this.alive();
  }

  alive(): void {
    if (performance.now() - this.sentAt > ALIVE_MS) void this.tell({ type: 'alive', id: this.id });
  }

  async send(isOpen = false): Promise<void> {
    const { id, articles } = this;
    this.articles = [];
    this.characters = 0;
    if (articles.length === 0) return;
    while (untaken >= MESSAGES_AHEAD) await new Promise<void>((resolve) => { onTaken = resolve; });
    untaken++;
    await this.tell({ type: 'articles', id, articles, isOpen });
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
