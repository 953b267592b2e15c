import { authorsOf } from '../lib/article/authors';
import type { IndexWriter } from '../lib/index';
import type { ArticleRef, Mode } from '../lib/search';
import { outwardHref } from './links';

/** How the app says things to people. */

export const MODE_WORDS: Record<Mode, string> = {
  hybrid: 'meaning and words',
  dense: 'meaning',
  lexical: 'words',
};

/** How well a passage answers: from 0.5 on a question counts as answered. */
export function fitWords(fit: number): { marks: number; words: string } {
  return grade(fit, ['barely fits', 'fits a little', 'fits somewhat', 'fits', 'fits well']);
}

/** What is said of passages that are not sure to answer. */
export const UNSURE_WORDS = {
  'may-answer': 'These passages may answer it.',
  'nearest': 'Nothing here seems to answer this. These passages come closest.',
} as const;

/** How near one passage is to another. */
export function nearnessWords(fit: number): { marks: number; words: string } {
  return grade(fit, ['far off', 'not very close', 'fairly close', 'close', 'very close']);
}

/** Where one mark more begins. */
const GRADES = [0.15, 0.3, 0.5, 0.7];

function grade(fit: number, words: readonly string[]): { marks: number; words: string } {
  const steps = GRADES.filter((least) => fit >= least).length;
  return { marks: steps + 1, words: words[steps] ?? '' };
}

const LANGUAGES = new Intl.DisplayNames('en', { type: 'language' });

/** `de` is German; what is no language's code stays as it is. */
export function languageWords(code: string): string {
  try {
    return LANGUAGES.of(code) ?? code;
  } catch {
    return code;
  }
}

const MINUTE_MS = 60_000;

/** How far whoever changes the index is: `43 %, about 2 minutes left`. */
export function progressWords({ done, etaMs }: Pick<IndexWriter, 'done' | 'etaMs'>): string {
  const percent = `${Math.floor(done * 100)} %`;
  if (etaMs === null) return percent;
  return etaMs < MINUTE_MS ? `${percent}, less than a minute left` : `${percent}, about ${count(Math.round(etaMs / MINUTE_MS), 'minute')} left`;
}

const PHASES: Record<string, string> = {
  reading: 'reading the articles',
  embedding: 'taking in what the passages mean',
  writing: 'writing the index',
  mapping: 'drawing the map',
  publishing: 'putting it in place',
};

export function phaseWords(phase: string | null): string {
  return phase === null ? 'getting ready' : (PHASES[phase] ?? phase);
}

/** `2024`, `2024-03`, `2024-03-31` or a date-time, as precisely as it says; the date is the publisher's. */
export function dateWords(published: string): string {
  const match = /^(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?/.exec(published);
  const [, year, month, day] = match ?? [];
  const date = new Date(`${year}-${month ?? '01'}-${day ?? '01'}T00:00:00Z`);
  if (year === undefined || Number.isNaN(date.getTime())) return published;
  const parts: Intl.DateTimeFormatOptions = { year: 'numeric', timeZone: 'UTC' };
  if (month) parts.month = 'long';
  if (day) parts.day = 'numeric';
  return new Intl.DateTimeFormat('en-GB', parts).format(date);
}

/** Names that a line has room for. */
const MOST_AUTHORS = 3;

/** Who wrote an article, in a line: of more than a few the first by name. */
export function authorWords(author: string): string {
  const names = authorsOf(author);
  return names.length > MOST_AUTHORS ? `${names[0]} and ${count(names.length - 1, 'other')}` : author;
}

/** Where an article is from: the site, or else the file. */
export function sourceWords({ url, source }: Pick<ArticleRef, 'url' | 'source'>): string {
  const href = outwardHref(url);
  return href === null ? source : new URL(href).hostname.replace(/^www\./, '');
}

/** Words as a line begins with them. */
export function capitalised(words: string): string {
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
}

export function count(number: number, one: string, many = `${one}s`): string {
  return `${number.toLocaleString('en')} ${number === 1 ? one : many}`;
}
