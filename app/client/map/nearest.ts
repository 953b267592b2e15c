/** Cells along each side. */
const CELLS = 96;

/** Finds points by place: sorted into cells once, then only cells near by are looked at. */
export class PointGrid {
  /** Points cell by cell. */
  private readonly order: Uint32Array;
  /** Where each cell begins in `order`. */
  private readonly starts = new Uint32Array(CELLS * CELLS + 1);

  /** @param places shape [points, 2], 0 to 1 */
  constructor(private readonly places: Float32Array) {
    const count = places.length / 2;
    const cells = new Uint32Array(count);
    for (let i = 0; i < count; i++) {
      cells[i] = cellOf(places[2 * i] ?? 0) + CELLS * cellOf(places[2 * i + 1] ?? 0);
      add(this.starts, (cells[i] ?? 0) + 1);
    }
    for (let cell = 0; cell < CELLS * CELLS; cell++) this.starts[cell + 1] = (this.starts[cell + 1] ?? 0) + (this.starts[cell] ?? 0);
    const next = this.starts.slice();
    this.order = new Uint32Array(count);
    for (let i = 0; i < count; i++) this.order[add(next, cells[i] ?? 0) - 1] = i;
  }

  /** Calls `visit` with each point within these bounds, and some just outside. */
  within(left: number, top: number, right: number, bottom: number, visit: (point: number) => void): void {
    for (let row = cellOf(top); row <= cellOf(bottom); row++) {
      const end = this.starts[CELLS * row + cellOf(right) + 1] ?? 0;
      for (let at = this.starts[CELLS * row + cellOf(left)] ?? 0; at < end; at++) visit(this.order[at] ?? 0);
    }
  }

  /**
   * The point nearest to a place, or null where none is as near as asked.
   * @param reachX @param reachY how far along each axis
   */
  nearest(x: number, y: number, reachX: number, reachY: number): number | null {
    let [found, least] = [-1, 1];
    this.within(x - reachX, y - reachY, x + reachX, y + reachY, (point) => {
      const distance = Math.hypot(((this.places[2 * point] ?? 0) - x) / reachX, ((this.places[2 * point + 1] ?? 0) - y) / reachY);
      if (distance <= least) [found, least] = [point, distance];
    });
    return found < 0 ? null : found;
  }
}

export type Direction = 'left' | 'right' | 'up' | 'down';

/** Being off the way counts so many times as much as the way. */
const ASIDE = 2;

/**
 * The next point in a direction: near, and not much aside.
 * @param places shape [points, 2]
 * @param unit how many pixels the map is wide and high: what is near is judged as it is seen
 * @param least pixels that it must be away at least, where there is one
 */
export function nextPoint(places: Float32Array, from: readonly [number, number], direction: Direction, unit: { width: number; height: number }, least: number): number | null {
  const sign = direction === 'left' || direction === 'up' ? -1 : 1;
  const isAcross = direction === 'left' || direction === 'right';
  let [far, farCost, near, nearCost] = [-1, Infinity, -1, Infinity];
  for (let i = 0; i < places.length / 2; i++) {
    const x = ((places[2 * i] ?? 0) - from[0]) * unit.width;
    const y = ((places[2 * i + 1] ?? 0) - from[1]) * unit.height;
    const along = sign * (isAcross ? x : y);
    const aside = Math.abs(isAcross ? y : x);
    if (along <= 0 || aside > along) continue;
    const cost = along + ASIDE * aside;
    if (along >= least && cost < farCost) [far, farCost] = [i, cost];
    if (cost < nearCost) [near, nearCost] = [i, cost];
  }
  if (far >= 0) return far;
  return near < 0 ? null : near;
}

function cellOf(value: number): number {
  return Math.min(CELLS - 1, Math.max(0, Math.floor(value * CELLS)));
}

function add(counts: Uint32Array, at: number): number {
  return (counts[at] = (counts[at] ?? 0) + 1);
}
