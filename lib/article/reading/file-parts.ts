import type { SourceFile } from '../sources/walk';
import type { ArticleReader } from './article-reader';
import type { FilePart, Outcome } from './outcome';

interface Ready {
  part: FilePart | Outcome;
  onTaken: () => void;
}

/** A file that is being read: its parts, and what became of it last. May be iterated once. */
export class FileParts implements AsyncIterable<FilePart | Outcome> {
  private readonly ready: Ready[] = [];
  private wake = (): void => undefined;

  constructor(file: SourceFile, reader: ArticleReader) {
    const outcome = reader.read(file, async (articles) => new Promise((resolve) => { this.add({ kind: 'part', file, articles }, resolve); }));
    void outcome.then((part) => { this.add(part, () => undefined); });
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<FilePart | Outcome, void, undefined> {
    for (;;) {
      const next = this.ready.shift();
      if (next === undefined) {
        await new Promise<void>((resolve) => { this.wake = resolve; });
        continue;
      }
      yield next.part;
      next.onTaken();
      if (next.part.kind !== 'part') return;
    }
  }

  private add(part: FilePart | Outcome, onTaken: () => void): void {
    this.ready.push({ part, onTaken });
    this.wake();
  }
}
