/** Cells along each side of the map that heights are reckoned on. */
const CELLS = 112;
/** Rounds of averaging: three of a box are near a bell. */
const ROUNDS = 3;
/** Farthest that one round carries, in cells. */
const MOST_RADIUS = 7;
/** Cells beyond each edge of the map: hills slope down there to nothing. */
const BORDER = ROUNDS * MOST_RADIUS + 1;
const WIDTH = CELLS + 2 * BORDER;
/** Heights at which lines run, as shares of the highest. */
const LEVELS = [0.1, 0.24, 0.38, 0.52, 0.66, 0.8];

/** A closed line: x, y, x, y, … in places of the map. */
export type Ring = Float32Array;

/**
 * Lines of equal density, the lowest first: the collection as hills.
 * @param places shape [points, 2], 0 to 1
 */
export function contours(places: Float32Array): Ring[][] {
  const count = places.length / 2;
  if (count === 0) return [];
  // Few points spread wide, so that their hills meet.
  const radius = Math.round(Math.min(MOST_RADIUS, Math.max(2, 16 / count ** 0.22)));
  const heights = smoothed(counted(places), radius);
  // The square root: else one dense spot leaves the rest flat.
  for (let i = 0; i < heights.length; i++) heights[i] = Math.sqrt(heights[i] ?? 0);
  const highest = heights.reduce((most, height) => Math.max(most, height), 0);
  return LEVELS.map((share) => ringsAt(heights, share * highest));
}

function counted(places: Float32Array): Float32Array {
  const heights = new Float32Array(WIDTH * WIDTH);
  for (let i = 0; i < places.length; i += 2) {
    const at = cellOf(places[i] ?? 0) + WIDTH * cellOf(places[i + 1] ?? 0);
    heights[at] = (heights[at] ?? 0) + 1;
  }
  return heights;
}

function smoothed(heights: Float32Array, radius: number): Float32Array {
  let current = heights;
  for (let round = 0; round < ROUNDS; round++) current = averaged(averaged(current, radius, 1, WIDTH), radius, WIDTH, 1);
  // The rim stays at nothing, so that every line closes.
  for (let i = 0; i < WIDTH; i++) current[i] = current[WIDTH * (WIDTH - 1) + i] = current[WIDTH * i] = current[WIDTH * i + WIDTH - 1] = 0;
  return current;
}

/** Sums in a running window along one axis. */
function averaged(heights: Float32Array, radius: number, step: number, stride: number): Float32Array {
  const sums = new Float32Array(heights.length);
  for (let line = 0; line < WIDTH; line++) {
    let sum = 0;
    for (let i = -radius; i < WIDTH; i++) {
      if (i + radius < WIDTH) sum += heights[line * stride + (i + radius) * step] ?? 0;
      if (i - radius > 0) sum -= heights[line * stride + (i - radius - 1) * step] ?? 0;
      if (i >= 0) sums[line * stride + i * step] = sum;
    }
  }
  return sums;
}

function cellOf(value: number): number {
  return BORDER + Math.min(CELLS - 1, Math.max(0, Math.floor(value * CELLS)));
}

/** Marching squares (Lorensen & Cline 1987 in the plane), with the higher ground always on the same hand, so that pieces join to rings. */
function ringsAt(heights: Float32Array, level: number): Ring[] {
  /** End of the piece that begins on an edge; an edge is named by its lower cell, doubled, and whether it goes down. */
  const next = new Map<number, number>();
  for (let row = 0; row < WIDTH - 1; row++) {
    for (let column = 0; column < WIDTH - 1; column++) {
      const at = row * WIDTH + column;
      const [top, right, bottom, left] = [2 * at, 2 * (at + 1) + 1, 2 * (at + WIDTH), 2 * at + 1];
      const above = (cell: number) => Number((heights[cell] ?? 0) > level);
      const corners = above(at) + 2 * above(at + 1) + 4 * above(at + WIDTH + 1) + 8 * above(at + WIDTH);
      for (const [from, to] of pieces(corners, top, right, bottom, left)) next.set(from, to);
    }
  }
  const rings: Ring[] = [];
  for (const start of next.keys()) {
    const ring: number[] = [];
    for (let edge: number | undefined = start; edge !== undefined && next.has(edge);) {
      ring.push(...crossing(heights, edge, level));
      const to: number | undefined = next.get(edge);
      next.delete(edge);
      edge = to;
    }
    if (ring.length >= 6) rings.push(Float32Array.from(ring));
  }
  return rings;
}

/** Corners above count 1 (top left), 2, 4, 8 clockwise; saddles are cut apart. */
function pieces(corners: number, top: number, right: number, bottom: number, left: number): [number, number][] {
  switch (corners) {
    case 1: return [[left, top]];
    case 2: return [[top, right]];
    case 3: return [[left, right]];
    case 4: return [[right, bottom]];
    case 5: return [[left, top], [right, bottom]];
    case 6: return [[top, bottom]];
    case 7: return [[left, bottom]];
    case 8: return [[bottom, left]];
    case 9: return [[bottom, top]];
    case 10: return [[top, right], [bottom, left]];
    case 11: return [[bottom, right]];
    case 12: return [[right, left]];
    case 13: return [[right, top]];
    case 14: return [[top, left]];
    default: return [];
  }
}

/** Where on an edge the level is, as a place of the map. */
function crossing(heights: Float32Array, edge: number, level: number): [number, number] {
  const cell = edge >> 1;
  const goesDown = (edge & 1) === 1;
  const [a, b] = [heights[cell] ?? 0, heights[goesDown ? cell + WIDTH : cell + 1] ?? 0];
  const part = a === b ? 0.5 : (level - a) / (b - a);
  const [column, row] = [cell % WIDTH, Math.floor(cell / WIDTH)];
  return [(column + (goesDown ? 0 : part) + 0.5 - BORDER) / CELLS, (row + (goesDown ? part : 0) + 0.5 - BORDER) / CELLS];
}
