import type { Series } from '../../lib/benchmark';

const [WIDTH, HEIGHT] = [720, 420];
/** Of the area that is drawn into; the legend has its lines above it. */
const MARGIN = { left: 84, right: 48, bottom: 62, top: 20 };
const LEGEND_LINE = 22;
/** Ticks at most, about. */
const TICKS = 6;
/** From this ratio of greatest to least on, equal steps are factors. */
const LOG_FROM = 10;

/** Told apart by colour, by dashes and by their marks: not everybody sees colours. */
const STROKES = ['', '7 4', '2 4', '10 4 2 4', '14 5'];

const STYLE = `
  .bg { fill: #fffdf8 } .text { fill: #2b2620 } .grid { stroke: #e4ddd0 } .axis { stroke: #8a8072 }
  .c0 { color: #8b3a1d } .c1 { color: #23618e } .c2 { color: #4b7a2b } .c3 { color: #7a4a9a } .c4 { color: #8f6b00 }
  .line { fill: none; stroke: currentColor; stroke-width: 2 } .mark { fill: currentColor }
  text { font: 14px system-ui, sans-serif } .tick { font-size: 12px }
  @media (prefers-color-scheme: dark) {
    .bg { fill: #1c1a17 } .text { fill: #e9e2d6 } .grid { stroke: #39342d } .axis { stroke: #8f8577 }
    .c0 { color: #e59a76 } .c1 { color: #86bde4 } .c2 { color: #a5cf83 } .c3 { color: #c8a2e3 } .c4 { color: #e0be5c }
  }`;

interface Scale {
  isLog: boolean;
  ticks: number[];
  /** 0 at the least, 1 at the greatest. */
  place: (value: number) => number;
}

/**
 * Lines in one plot, as SVG that follows the reader's light or dark setting.
 * @param series with the same axes, at least one of them with a point
 * @param title what it shows, for those who do not see it
 */
export function linePlot(series: readonly Series[], title: string): string {
  const [first] = series;
  const points = series.flatMap((one) => one.points);
  if (first === undefined || points.length === 0) throw new RangeError(`${title}: there is nothing to draw`);
  const top = MARGIN.top + series.length * LEGEND_LINE;
  const area = { left: MARGIN.left, top, width: WIDTH - MARGIN.left - MARGIN.right, height: HEIGHT - top - MARGIN.bottom };
  const xScale = scaleOf(points.map(([x]) => x), true);
  const yScale = scaleOf(points.map(([, y]) => y), false);
  const x = (value: number) => round(area.left + area.width * xScale.place(value));
  const y = (value: number) => round(area.top + area.height * (1 - yScale.place(value)));
  const [right, bottom] = [area.left + area.width, area.top + area.height];
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}" role="img" aria-labelledby="title">`,
    `<title id="title">${escapeXml(title)}</title>`,
    `<style>${STYLE}\n</style>`,
    `<rect class="bg" width="${WIDTH}" height="${HEIGHT}" rx="6"/>`,
    ...yScale.ticks.flatMap((tick) => [
      `<line class="grid" x1="${area.left}" y1="${y(tick)}" x2="${right}" y2="${y(tick)}"/>`,
      label('text tick', area.left - 8, y(tick) + 4, 'end', numberText(tick)),
    ]),
    ...xScale.ticks.flatMap((tick) => [
      `<line class="axis" x1="${x(tick)}" y1="${bottom}" x2="${x(tick)}" y2="${bottom + 5}"/>`,
      label('text tick', x(tick), bottom + 20, 'middle', numberText(tick)),
    ]),
    `<line class="axis" x1="${area.left}" y1="${bottom}" x2="${right}" y2="${bottom}"/>`,
    label('text', area.left + area.width / 2, HEIGHT - 14, 'middle', `${withUnit(first.x)}${xScale.isLog ? ', logarithmic' : ''}`),
    `<text class="text" transform="translate(20 ${area.top + area.height / 2}) rotate(-90)" text-anchor="middle">${escapeXml(withUnit(first.y))}</text>`,
    ...series.flatMap((one, i) => lineOf(one, i, x, y)),
    '</svg>',
    '',
  ].join('\n');
}

function lineOf({ label: named, points }: Series, i: number, x: (value: number) => number, y: (value: number) => number): string[] {
  const sorted = [...points].sort(([a], [b]) => a - b);
  const dashes = STROKES[i % STROKES.length] ?? '';
  const stroke = `class="line"${dashes === '' ? '' : ` stroke-dasharray="${dashes}"`}`;
  const legendY = MARGIN.top + i * LEGEND_LINE;
  return [
    `<g class="c${i % STROKES.length}">`,
    `<polyline ${stroke} points="${sorted.map(([px, py]) => `${x(px)},${y(py)}`).join(' ')}"/>`,
    ...sorted.map(([px, py]) => `<circle class="mark" cx="${x(px)}" cy="${y(py)}" r="3.5"><title>${escapeXml(`${named}: ${numberText(px)}, ${numberText(py)}`)}</title></circle>`),
    `<line ${stroke} x1="${MARGIN.left}" y1="${legendY}" x2="${MARGIN.left + 36}" y2="${legendY}"/>`,
    '</g>',
    label('text', MARGIN.left + 46, legendY + 5, 'start', named),
  ];
}

/** @param isFree may be logarithmic, and need not begin at 0 */
function scaleOf(values: readonly number[], isFree: boolean): Scale {
  const [least, greatest] = [Math.min(...values), Math.max(...values)];
  if (isFree && least > 0 && greatest / least >= LOG_FROM) {
    const span = Math.log(greatest) - Math.log(least);
    return { isLog: true, ticks: logTicks(least, greatest), place: (value) => (Math.log(value) - Math.log(least)) / span };
  }
  // Values near each other and far from 0 (recall) are told apart only by leaving out what is below them.
  const from = isFree || (least > 0 && least > greatest / 2) ? least : Math.min(0, least);
  // Differences that floating point hardly knows are none to draw.
  const finest = Math.max(1e-12, 1e-9 * Math.max(Math.abs(least), Math.abs(greatest)));
  const step = niceStep(Math.max(finest, (greatest - from || Math.abs(greatest) || 1) / TICKS));
  const [low, high] = [Math.floor(from / step) * step, Math.ceil(greatest / step) * step];
  const end = high > low ? high : low + step;
  const ticks = Array.from({ length: Math.round((end - low) / step) + 1 }, (_, i) => Number((low + i * step).toPrecision(12)));
  return { isLog: false, ticks, place: (value) => (value - low) / (end - low) };
}

/** 1, 3, 10, 30 …; over many decades every power of ten or fewer. */
function logTicks(least: number, greatest: number): number[] {
  const [from, to] = [Math.floor(Math.log10(least)), Math.ceil(Math.log10(greatest))];
  const every = Math.ceil((to - from) / TICKS);
  const ticks: number[] = [];
  for (let power = from; power <= to; power += every) ticks.push(10 ** power, ...(every === 1 ? [3 * 10 ** power] : []));
  const within = ticks.filter((tick) => tick >= least * (1 - 1e-9) && tick <= greatest * (1 + 1e-9));
  return within.length > 1 ? within : [least, greatest];
}

/** The next of 1, 2, 5, 10, 20 … */
function niceStep(step: number): number {
  const power = 10 ** Math.floor(Math.log10(step));
  return ([1, 2, 5].find((nice) => nice * power >= step) ?? 10) * power;
}

/** Four digits that count, of large numbers all. */
export function numberText(value: number): string {
  return value.toLocaleString('en', Math.abs(value) >= 1_000 ? { maximumFractionDigits: 0 } : { maximumSignificantDigits: 4 });
}

function withUnit({ label: named, unit }: Series['x']): string {
  return unit === '' ? named : `${named} (${unit})`;
}

function label(classes: string, x: number, y: number, anchor: string, text: string): string {
  return `<text class="${classes}" x="${round(x)}" y="${round(y)}" text-anchor="${anchor}">${escapeXml(text)}</text>`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

/** What XML forbids even as an entity becomes U+FFFD. */
export function escapeXml(text: string): string {
  const allowed = text.replace(/(?![\t\n\r\u007F-\u009F])[\p{Cc}\p{Cs}\uFFFE\uFFFF]/gu, '\uFFFD');
  return allowed.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;').replace(/'/g, '&#39;');
}
