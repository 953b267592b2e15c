import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import type { Command } from 'commander';
import { addSources, ArticleReader, assertMatching, freeMemory, keysOf, readInParts, refreshSources, SeenArticles, SourceSet, type Article, type FilePart, type Outcome, type ReadNotes, type SourceFile, type SourceChanges } from '../../lib/article';
import { styleFor } from '../terminal/colour';
import { EXIT } from '../terminal/exit';
import { say } from '../terminal/messages';
import { createProgressLine } from '../terminal/progress';
import { renderArticle, renderReading, type ReadingReport } from '../terminal/reading';
import { newCommand, type CommonOptions } from './options';
import { STDIN, standardInput } from './standard-input';
import { sourceOptionsOf, withSourceOptions, type TypedSourceOptions } from './source-options';

export function command(): Command {
  const examples = [
    'pilcrow read saved-page.html',
    'pilcrow read report.pdf --json | jq ".[0].paragraphs[].text"',
    'pilcrow read https://example.org/feed.xml --follow --limit 5',
    'pilcrow read export.csv --map title=headline,text=body',
    'curl -s https://example.org/ | pilcrow read - --format html',
  ];
  return withSourceOptions(newCommand('read', 'Print articles as they would be indexed: the way to find out why something is missing.', examples))
    .argument('<source...>', 'files, folders, globs and addresses; - for standard input')
    .action(read);
}

async function read(given: string[], options: CommonOptions & TypedSourceOptions): Promise<void> {
  const sourceOptions = sourceOptionsOf(options);
  const report: ReadingReport = { articles: 0, paragraphs: 0, skipped: [], failed: [], warnings: [], copies: [] };
  const reader = new ArticleReader();
  const printed = options.json === true ? new JsonArray() : new Pages();
  const seen = new SeenArticles<string>();
  try {
    for await (const outcome of outcomes(given, sourceOptions, reader)) {
      for (const article of noted(outcome, report, seen)) await printed.print(article);
      await freeMemory();
    }
  } finally {
    reader.close();
  }
  await printed.end();
  say(renderReading(report, styleFor(process.stderr)));
  if (report.failed.length > 0 || report.articles === 0) process.exitCode = EXIT.failed;
}

async function* outcomes(given: readonly string[], options: SourceChanges, reader: ArticleReader): AsyncGenerator<Outcome | FilePart> {
  const sources = addSources([], given.filter((name) => name !== STDIN), process.cwd(), options);
  await assertMatching(sources);
  const folder = await mkdtemp(join(tmpdir(), 'pilcrow-read-'));
  const remove = (): void => { rmSync(folder, { recursive: true, force: true }); };
  // Ctrl-C, and a pipe that is closed, end the process at once.
  process.once('exit', remove);
  const progress = createProgressLine(process.stderr);
  try {
    const web = await refreshSources(sources, { store: folder, onProgress: (state) => { progress.showPages(state); } });
    progress.erase();
    const set = new SourceSet(sources, web);
    if (given.includes(STDIN)) {
      const { format, map } = options;
      const file: SourceFile = { path: STDIN, name: 'standard input', source: 'standard input', bytes: 0, isNamed: true, content: await standardInput(), options: { format: format ?? undefined, map: map ?? undefined } };
      yield* readInParts([{ kind: 'file', file }], reader);
    }
    for (const source of sources) yield* readInParts(set.list(source), reader);
  } finally {
    progress.erase();
    process.removeListener('exit', remove);
    remove();
  }
}

/** Counts what became of a file. @returns its articles, without those that came before */
function noted(outcome: Outcome | FilePart, report: ReadingReport, seen: SeenArticles<string>): Article[] {
  if (outcome.kind === 'skipped') report.skipped.push(outcome);
  if (outcome.kind === 'failed') report.failed.push(outcome);
  if (outcome.kind === 'read') note(outcome.notes, report);
  if (outcome.kind !== 'read' && outcome.kind !== 'part') return [];
  return outcome.articles.filter((article) => {
    const keys = keysOf(article);
    const of = seen.find(keys);
    if (of !== null) {
      report.copies.push({ source: article.source, of });
      return false;
    }
    seen.add(article.source, keys);
    report.articles++;
    report.paragraphs += article.paragraphs.length;
    return true;
  });
}

function note({ warnings, failed, skipped }: ReadNotes, report: ReadingReport): void {
  for (const warning of warnings) report.warnings.push(warning);
  for (const { source, error } of failed) report.failed.push({ path: source, error });
  for (const { source, reason } of skipped) report.skipped.push({ path: source, reason });
}

/** Paragraphs that are written at a time. */
const AT_ONCE = 1_000;

/** One JSON document, written article by article: there may be more of them than memory holds. */
class JsonArray {
  private count = 0;

  async print({ id, title, author, published, updated, language, url, source, format, tags, paragraphs }: Article): Promise<void> {
    const document = { id, title, author, published, updated, language, url, source, format, tags, paragraphs: [] };
    const [start = '', end = ''] = json(document).split(/(?<="paragraphs": ?\[)(?=\]\s*\}$)/);
    await write(`${this.count++ === 0 ? '[' : ',\n'}${start}`);
    // An article may be a book: it is written paragraph by paragraph, too.
    const written = paragraphs.map(({ text, section, page }) => ({ text, section, page }));
    for (let at = 0; at < written.length; at += AT_ONCE) await write(`${at === 0 ? '' : ','}${json(written.slice(at, at + AT_ONCE)).slice(1, -1)}`);
    await write(end);
  }

  async end(): Promise<void> {
    await write(this.count === 0 ? '[]\n' : ']\n');
  }
}

function json(value: unknown): string {
  return JSON.stringify(value, null, process.stdout.isTTY ? 2 : undefined);
}

/** Articles for reading, a blank line between them. */
class Pages {
  private readonly style = styleFor(process.stdout);
  private count = 0;

  async print(article: Article): Promise<void> {
    await write(`${[...(this.count++ === 0 ? [] : ['', '']), ...renderArticle(article, this.style)].join('\n')}\n`);
  }

  async end(): Promise<void> {
    // Nothing is open.
  }
}

/** Waits where whoever reads is slower. */
async function write(text: string): Promise<void> {
  if (!process.stdout.write(text)) await new Promise((resolve) => process.stdout.once('drain', resolve));
}
