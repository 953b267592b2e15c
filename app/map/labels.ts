/** A name and how large it is set, for one place on the map. */
export interface Label {
  /** Where its middle is to stand. */
  x: number;
  y: number;
  /** Wordings, the fullest first: a shorter one stands where the fullest has no room. */
  texts: readonly string[];
  /** Of the letters, in the units of the place. */
  size: number;
}

export interface PlacedLabel {
  /** Which of the labels it is. */
  index: number;
  text: string;
  x: number;
  y: number;
  size: number;
}

/** A part of the drawing. */
export interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

export interface Room {
  width: number;
  height: number;
}

/** Where a label may stand: off its place by so many half widths and so many sizes of its letters. */
const SHIFTS = [[0, 0], [0, 1.1], [0, -1.1], [0, 2.2], [0, -2.2], [-1.1, 0], [1.1, 0]] as const;
/** Free around a label, in sizes of its letters. */
const CLEARANCE = 0.3;

/**
 * Sets labels so that none touches another or the edge: each in turn at its place, else just below, above or beside
 * it, else with fewer words, else not at all. What matters most comes first.
 * @param measure width of a text in letters of a size
 * @param kept parts of the drawing where no label may stand
 */
export function placeLabels(labels: readonly Label[], { width, height }: Room, measure: (text: string, size: number) => number, kept: readonly Box[] = []): PlacedLabel[] {
  const taken = [...kept];
  const placed: PlacedLabel[] = [];
  for (const [index, { x, y, texts, size }] of labels.entries()) {
    if (x < 0 || y < 0 || x > width || y > height) continue;
    const free = firstFree(taken, texts, (text) => spots(x, y, measure(text, size), size, { width, height }));
    if (free === null) continue;
    taken.push(free.box);
    placed.push({ index, text: free.text, x: (free.box.left + free.box.right) / 2, y: (free.box.top + free.box.bottom) / 2, size });
  }
  return placed;
}

/**
 * Moves marks that would cover one another apart: each stays at its place or goes around it, the first ones first.
 * @param places shape [marks, 2] @param kept part of the drawing where no mark may stand @returns the same shape
 */
export function spreadMarks(places: readonly number[], diameter: number, kept?: Box): number[] {
  const free: number[] = [];
  for (let i = 0; i < places.length; i += 2) {
    const [x = 0, y = 0] = [places[i], places[i + 1]];
    const [atX, atY] = around(x, y, diameter).find(([toX, toY]) => isFree(free, toX, toY, diameter) && (kept === undefined || !overlap(kept, boxAround(toX, toY, diameter / 2)))) ?? [x, y];
    free.push(atX, atY);
  }
  return free;
}

function firstFree(taken: readonly Box[], texts: readonly string[], spotsOf: (text: string) => Box[]): { text: string; box: Box } | null {
  for (const text of texts) {
    const box = spotsOf(text).find((spot) => taken.every((other) => !overlap(spot, other)));
    if (box !== undefined) return { text, box };
  }
  return null;
}

function spots(x: number, y: number, textWidth: number, size: number, { width, height }: Room): Box[] {
  const [halfWidth, halfHeight] = [textWidth / 2 + CLEARANCE * size, size * (0.6 + CLEARANCE)];
  if (2 * halfWidth > width || 2 * halfHeight > height) return [];
  return SHIFTS.map(([across, down]) => {
    const [midX, midY] = [within(x + across * halfWidth, halfWidth, width), within(y + down * size, halfHeight, height)];
    return { left: midX - halfWidth, right: midX + halfWidth, top: midY - halfHeight, bottom: midY + halfHeight };
  });
}

/** The nearest to `value` that keeps half an extent from both ends. */
function within(value: number, half: number, length: number): number {
  return Math.min(length - half, Math.max(half, value));
}

function overlap(a: Box, b: Box): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

/** What a mark covers. */
export function boxAround(x: number, y: number, radius: number): Box {
  return { left: x - radius, right: x + radius, top: y - radius, bottom: y + radius };
}

/** The place itself, then rings of places around it. */
function around(x: number, y: number, diameter: number): [number, number][] {
  const rings = [1, 1.6, 2.2, 3].flatMap((radius) =>
    Array.from({ length: 12 }, (_, i): [number, number] => {
      const angle = (Math.PI / 6) * (i - 1);
      return [x + radius * diameter * Math.cos(angle), y + radius * diameter * Math.sin(angle)];
    }),
  );
  return [[x, y], ...rings];
}

function isFree(taken: readonly number[], x: number, y: number, diameter: number): boolean {
  // A hair less, so that marks may stand side by side.
  for (let i = 0; i < taken.length; i += 2) if (Math.hypot((taken[i] ?? 0) - x, (taken[i + 1] ?? 0) - y) < diameter * 0.99) return false;
  return true;
}
