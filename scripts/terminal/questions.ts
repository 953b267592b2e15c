import type { CheckedQuestion, NumberedQuestion, Pin } from '../../lib/search';
import type { Style } from './colour';
import { count, counted } from './numbers';
import { printable, wrap } from './text';

/** Columns of a number and what stands in front of it. */
const INDENT = 7;

/** The list: each question, and below it what it must keep. */
export function renderQuestions(questions: readonly NumberedQuestion[], style: Style): string[] {
  const { dim } = style.colours;
  return questions.flatMap(({ number, text, within, pin }, i) => [
    ...(i === 0 ? [] : ['']),
    ...renderHead(' ', number, text, style),
    ...(pin === null ? [`${' '.repeat(INDENT)}${dim('no pinned answer')}`] : [...indented(`${placeOf(pin)} · must ${placeWithin(within)}`, style).map(dim), beginning(pin.text, style)]),
  ]);
}

/** A question that was just saved or pinned, and all of its answer. */
export function renderPinned({ number, text, within, pin }: NumberedQuestion, style: Style): string[] {
  const { dim } = style.colours;
  const head = renderHead(' ', number, text, style);
  if (pin === null) return [...head, `${' '.repeat(INDENT)}${dim('no pinned answer')}`];
  return [...head, ...indented(`pinned, must ${placeWithin(within)}: ${placeOf(pin)} · ${pin.passageId}`, style).map(dim), ...indented(pin.text, style)];
}

/** What is lost first, then what is kept, one line each, then those without a pinned answer; a summary at the end. */
export function renderChecked(checked: readonly (CheckedQuestion & { number: number })[], generation: string, style: Style): string[] {
  const { red, green, dim } = style.colours;
  const lost = checked.filter(({ kept }) => kept === false);
  const kept = checked.filter((one) => one.kept === true);
  const unpinned = checked.filter((one) => one.kept === null);
  return [
    ...lost.flatMap((one) => [...renderHead(red('✗'), one.number, one.question.text, style), ...renderLoss(one, style)]),
    ...kept.flatMap(({ number, question, rank }) => [...renderHead(green('✓'), number, question.text, style), ...indented(`at place ${String(rank)}: ${question.pin === null ? '' : placeOf(question.pin)}`, style).map(dim)]),
    ...unpinned.flatMap(({ number, question, first }) => [
      ...renderHead(' ', number, question.text, style),
      ...indented(`no pinned answer; ${first === null ? 'nothing is found' : `first comes ${first.article.title} ¶ ${String(first.passage.ordinal)}`}`, style).map(dim),
    ]),
    ...(lost.length + kept.length === 0 ? [] : [`${count(kept.length)} of ${counted(lost.length + kept.length, 'pinned answer')} kept in generation ${generation}`]),
  ];
}

function renderLoss({ question: { pin, within }, rank, first }: CheckedQuestion, style: Style): string[] {
  const { yellow } = style.colours;
  const place = rank === null ? 'is not among the first ten' : `comes at place ${count(rank)}, and must ${placeWithin(within)}`;
  return [
    ...indented(`${pin === null ? '' : placeOf(pin)} ${place}`, style).map(yellow),
    ...(pin === null ? [] : [beginning(pin.text, style)]),
    ...indented(first === null ? 'nothing is found' : `first comes ${first.article.title} ¶ ${String(first.passage.ordinal)}`, style),
    ...(first === null ? [] : [beginning(first.passage.text, style)]),
  ];
}

/** The sign and the number on the first line, the question on as many as it takes. */
export function renderHead(sign: string, number: number, text: string, { colours, width }: Style): string[] {
  const safe = printable(text);
  const lines = wrap(safe, width - INDENT).map(({ start, end }) => safe.slice(start, end));
  return lines.map((line, i) => `${i === 0 ? `${sign} ${count(number).padStart(INDENT - 4)}  ` : ' '.repeat(INDENT)}${colours.bold(line)}`);
}

/** Below a head. */
export function indented(text: string, { width }: Style): string[] {
  const safe = printable(text);
  return wrap(safe, width - INDENT).map(({ start, end }) => `${' '.repeat(INDENT)}${safe.slice(start, end)}`);
}

/** As much as fits on one line. */
export function clipped(text: string, width: number): string {
  const safe = printable(text);
  const [line, ...more] = wrap(safe, width);
  if (line === undefined || more.length === 0) return safe.trim();
  const [shorter = line] = wrap(safe, width - 1);
  return `${safe.slice(shorter.start, shorter.end)}…`;
}

function placeWithin(within: number): string {
  return within === 1 ? 'come first' : `stay within the first ${count(within)}`;
}

function beginning(text: string, { width }: Style): string {
  return `${' '.repeat(INDENT)}${clipped(text, width - INDENT)}`;
}

function placeOf(pin: Pin): string {
  return `${pin.title} ¶ ${count(pin.ordinal)}`;
}
