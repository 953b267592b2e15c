import type { AnswerChanges, ChangedPassage, GenerationDiff } from '../../lib/search';
import type { Style } from './colour';
import { count, counted } from './numbers';
import { clipped, indented, renderHead } from './questions';

/** Lines of one kind before the rest is only counted. */
const NAMED = 10;

type Numbered = AnswerChanges & { number: number };

/** Questions first, those that lost their answer at the top, then the articles; long lists are cut. */
export function renderDiff({ from, to, articles, questions }: GenerationDiff, style: Style): string[] {
  const { dim } = style.colours;
  return [
    dim(`from  ${from.id}  ${minute(from.createdAt)}`),
    dim(`to    ${to.id}  ${minute(to.createdAt)}`),
    ...renderAnswers(questions.map((question, i) => ({ ...question, number: i + 1 })), style),
    '',
    ...renderArticles(articles, style),
  ];
}

function renderAnswers(questions: readonly Numbered[], style: Style): string[] {
  if (questions.length === 0) return [];
  const { bold, red, green } = style.colours;
  const lost = questions.filter(isLost);
  const regained = questions.filter(isRegained);
  const others = questions.filter((question) => !question.unchanged && !isLost(question) && !isRegained(question));
  const unchanged = questions.filter((question) => question.unchanged);
  const missing = unchanged.filter(({ pinned }) => pinned !== null && pinned.to === null).length;
  const parts = [
    ...(lost.length === 0 ? [] : [red(`${count(lost.length)} lost the pinned answer`)]),
    ...(regained.length === 0 ? [] : [green(`${count(regained.length)} regained it`)]),
    ...(others.length === 0 ? [] : [`${count(others.length)} answered otherwise`]),
    `${count(unchanged.length)} unchanged${missing === 0 ? '' : ` (${count(missing)} without the pinned answer in both)`}`,
  ];
  const changed = [
    ...lost.map((question) => ({ question, sign: red('✗') })),
    ...regained.map((question) => ({ question, sign: green('✓') })),
    ...others.map((question) => ({ question, sign: '~' })),
  ];
  return [
    '',
    `${bold('questions')}  ${parts.join(', ')}`,
    ...cut(changed, ({ question, sign }) => renderQuestion(sign, question, style)),
  ];
}

function renderQuestion(sign: string, { number, text, within, pinned, answerable, entered, left, moved }: Numbered, style: Style): string[] {
  const { dim, green, red, yellow } = style.colours;
  const pin = pinned === null ? '' : pinned.to === null ? (pinned.from === null ? '' : `pinned answer lost: it was at place ${String(pinned.from)}, now it is not ${within === 1 ? 'the first' : `within the first ${String(within)}`}`) : pinned.from === null ? `pinned answer regained: at place ${String(pinned.to)}` : '';
  const answers = answerable.from === answerable.to ? '' : answerable.to ? 'seems to be answered now' : 'seems no longer to be answered';
  const place = (sign: string, rank: string, { article, ordinal }: ChangedPassage) => {
    const label = `       ${sign} ${rank.padEnd(8)}`;
    return `${label}${clipped(`${article.title} ¶ ${String(ordinal)}`, style.width - label.length)}`;
  };
  const passages = [
    ...entered.map(({ passage, to }) => ({ order: to, line: green(place('+', String(to), passage)) })),
    ...moved.map(({ passage, from, to }) => ({ order: to + 0.5, line: dim(place(' ', `${String(from)} → ${String(to)}`, passage)) })),
    ...left.map(({ passage, from }) => ({ order: 100 + from, line: red(place('-', String(from), passage)) })),
  ];
  return [
    ...renderHead(sign, number, text, style),
    ...[pin, answers].filter((line) => line !== '').flatMap((line) => indented(line, style)).map(yellow),
    ...passages.sort((a, b) => a.order - b.order).map(({ line }) => line),
  ];
}

function renderArticles({ added, removed, changed, moved, unchanged }: GenerationDiff['articles'], { colours, width }: Style): string[] {
  const { bold, dim, green, red, yellow } = colours;
  const line = (sign: string, title: string, rest: string) => {
    const head = clipped(title, width - 2);
    return [`${sign} ${head}`, ...(rest === '' ? [] : [dim(`  ${clipped(rest, width - 2)}`)])];
  };
  return [
    `${bold('articles')}  ${count(added.length)} added, ${count(changed.length)} changed, ${count(moved.length)} moved, ${count(removed.length)} removed, ${count(unchanged)} unchanged`,
    ...cut(removed, ({ title, source }) => line(red('-'), title, source)),
    ...cut(changed, ({ title, source, passages }) => line(yellow('~'), title, `${passagesChanged(passages)} · ${source}`)),
    ...cut(added, ({ title, source }) => line(green('+'), title, source)),
    ...cut(moved, ({ title, source, from }) => line('>', title, `${from.source} → ${source}`)),
  ];
}

function passagesChanged({ added, removed, same }: GenerationDiff['articles']['changed'][number]['passages']): string {
  if (added + removed === 0) return 'its text is the same';
  return `${counted(added, 'passage')} new, ${count(removed)} gone, ${count(same)} the same`;
}

function cut<T>(items: readonly T[], render: (item: T) => string[]): string[] {
  const more = items.length - NAMED;
  return [...items.slice(0, NAMED).flatMap(render), ...(more > 0 ? [`  and ${count(more)} more (--json names them all)`] : [])];
}

function isLost({ pinned }: AnswerChanges): boolean {
  return pinned !== null && pinned.from !== null && pinned.to === null;
}

function isRegained({ pinned }: AnswerChanges): boolean {
  return pinned !== null && pinned.from === null && pinned.to !== null;
}

/** `2026-07-08 22:14 UTC` */
function minute(iso: string): string {
  return `${iso.slice(0, 16).replace('T', ' ')} UTC`;
}
