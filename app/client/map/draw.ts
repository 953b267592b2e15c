import { boxAround, type Box, placeLabels, spreadMarks } from '../../map/labels';
import { regionLabels } from '../../map/region-names';
import type { Colours } from './colours';
import { type DotLayer, dotRadius } from './dots';
import { type Landscape, placeOfPoint } from './points';
import { type Frame, toScreen, type View } from './view';

export interface Scene {
  landscape: Landscape;
  view: View;
  frame: Frame;
  /** Device pixels in a CSS pixel. */
  ratio: number;
  colours: Colours;
  /** Names of fonts, as CSS has them. */
  font: string;
  /** The point that is pointed at. */
  chosen: number | null;
  /** The region that the page is about. */
  region: number | null;
  /** Where the buttons stand. */
  buttons: Box;
}

/** Radius of the neighbourhood of an answer, and of its number, in CSS pixels. */
const GLOW = 46;
const BADGE = 10;
/** Of so few points none is to lie under a name. */
const FEW = 60;
/** Share of the land's colour around the letters of names. */
const HALO = 0.7;

/** One picture of the map: land, dots, what is lit, names, what is chosen. */
export function drawScene(onto: CanvasRenderingContext2D, dots: DotLayer, scene: Scene): void {
  const { landscape, view, frame, ratio, colours, region } = scene;
  onto.setTransform(1, 0, 0, 1, 0, 0);
  onto.clearRect(0, 0, onto.canvas.width, onto.canvas.height);
  onto.setTransform(ratio, 0, 0, ratio, 0, 0);
  landscape.land.draw(onto, view, frame, colours);
  drawGlow(onto, scene);
  onto.setTransform(1, 0, 0, 1, 0, 0);
  dots.draw(onto, { ...landscape, view, frame, ratio, colour: colours.dotChannels, isStrong: strongPoints(landscape, region) });
  onto.setTransform(ratio, 0, 0, ratio, 0, 0);
  const marks = placedMarks(scene);
  drawNames(onto, scene, marks);
  drawMarks(onto, scene, marks);
  drawChosen(onto, scene, marks);
}

/** Which points stand out, where a question or a region is what the page is about. */
function strongPoints({ marks, pointRegions }: Landscape, region: number | null): ((point: number) => boolean) | null {
  if (region !== null) return (point) => pointRegions[point] === region;
  if (marks.length === 0) return null;
  const marked = new Set(marks.map(({ point }) => point));
  return (point) => marked.has(point);
}

function drawGlow(onto: CanvasRenderingContext2D, { landscape, view, frame, colours }: Scene): void {
  for (const { point, rank } of landscape.marks) {
    if (rank === null) continue;
    const [x, y] = toScreen(view, frame, ...placeOfPoint(landscape, point));
    const glow = onto.createRadialGradient(x, y, 0, x, y, GLOW);
    glow.addColorStop(0, colours.glow);
    glow.addColorStop(1, colours.glowEnd);
    onto.fillStyle = glow;
    onto.fillRect(x - GLOW, y - GLOW, 2 * GLOW, 2 * GLOW);
  }
}

/** An answer's number: where its passage lies, and where the number stands, apart from the others. */
interface PlacedMark {
  point: number;
  rank: number;
  at: [number, number];
  badge: [number, number];
}

function placedMarks({ landscape, view, frame, buttons }: Scene): PlacedMark[] {
  const marks = landscape.marks.flatMap(({ point, rank }) => (rank === null ? [] : { point, rank, at: toScreen(view, frame, ...placeOfPoint(landscape, point)) }));
  const badges = spreadMarks(marks.flatMap(({ at }) => at), 2 * BADGE, buttons);
  return marks.map((mark, i) => ({ ...mark, badge: [badges[2 * i] ?? 0, badges[2 * i + 1] ?? 0] }));
}

function drawNames(onto: CanvasRenderingContext2D, scene: Scene, marks: readonly PlacedMark[]): void {
  const { landscape, view, frame, colours, font } = scene;
  const setFont = (size: number) => { onto.font = `italic 500 ${size}px ${font}`; };
  const measure = (text: string, size: number) => {
    setFont(size);
    return onto.measureText(text).width;
  };
  const scale = Math.min(1.4, view.zoom ** 0.12) * Math.min(1, Math.max(0.8, frame.width / 900));
  const labels = regionLabels(landscape.regions, (x, y) => toScreen(view, frame, x, y), scale);
  onto.save();
  onto.textAlign = 'center';
  onto.textBaseline = 'middle';
  onto.lineJoin = 'round';
  onto.strokeStyle = colours.land;
  // Names stand back where answers are lit.
  onto.fillStyle = marks.length > 0 ? colours.behind : colours.name;
  for (const { text, x, y, size } of placeLabels(labels, frame, measure, keptFree(scene, marks))) {
    setFont(size);
    onto.lineWidth = size / 4;
    onto.globalAlpha = HALO;
    onto.strokeText(text, x, y);
    onto.globalAlpha = 1;
    onto.fillText(text, x, y);
  }
  onto.restore();
}

/** Where no name may stand. */
function keptFree({ landscape, view, frame, buttons }: Scene, marks: readonly PlacedMark[]): Box[] {
  const points = landscape.rows.length > FEW ? [] : [...landscape.rows.keys()];
  const radius = dotRadius(landscape.rows.length, view.zoom);
  return [buttons, ...marks.map(({ badge }) => boxAround(...badge, BADGE)), ...points.map((point) => boxAround(...toScreen(view, frame, ...placeOfPoint(landscape, point)), radius))];
}

/** The numbers of the answers, each with a line to its place. */
function drawMarks(onto: CanvasRenderingContext2D, { colours, font }: Scene, marks: readonly PlacedMark[]): void {
  onto.save();
  onto.textAlign = 'center';
  onto.textBaseline = 'middle';
  onto.font = `600 ${1.3 * BADGE}px ${font}`;
  onto.strokeStyle = colours.lit;
  // The first on top.
  for (const { rank, at, badge } of marks.toReversed()) {
    const [x, y] = badge;
    onto.beginPath();
    onto.moveTo(...at);
    onto.lineTo(x, y);
    onto.stroke();
    disc(onto, ...at, 2.5, colours.lit);
    disc(onto, x, y, BADGE, colours.lit);
    onto.fillStyle = colours.paper;
    onto.fillText(String(rank), x, y + 1);
  }
  onto.restore();
}

/** A ring around what is pointed at: around its number, where it has one. */
function drawChosen(onto: CanvasRenderingContext2D, { landscape, view, frame, colours, chosen }: Scene, marks: readonly PlacedMark[]): void {
  if (chosen === null) return;
  const badge = marks.find(({ point }) => point === chosen)?.badge;
  const [x, y] = badge ?? toScreen(view, frame, ...placeOfPoint(landscape, chosen));
  const radius = badge === undefined ? dotRadius(landscape.rows.length, view.zoom) : BADGE;
  if (badge === undefined) disc(onto, x, y, radius + 1, colours.lit);
  onto.lineWidth = 2;
  onto.strokeStyle = colours.lit;
  onto.beginPath();
  onto.arc(x, y, radius + 5, 0, 2 * Math.PI);
  onto.stroke();
}

function disc(onto: CanvasRenderingContext2D, x: number, y: number, radius: number, colour: string): void {
  onto.fillStyle = colour;
  onto.beginPath();
  onto.arc(x, y, radius, 0, 2 * Math.PI);
  onto.fill();
}
