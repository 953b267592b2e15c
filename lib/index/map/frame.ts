/** Left free along every side. */
const MARGIN = 0.02;
/** The shorter side is stretched by this much at most: both axes are to be used, and shapes to be kept. */
const MOST_STRETCHED = 1.6;
/** Share of the points at each end that may reach into the margin, so that a few far ones do not squeeze the rest. */
const FAR = 0.002;

/**
 * Brings a layout into the unit square, its longer side filling it.
 * @param places shape [points, 2]; changed in place, every number then between 0 and 1
 */
export function frame(places: Float32Array): void {
  const [x, y] = [extent(places, 0), extent(places, 1)];
  const longest = Math.max(x.length, y.length);
  for (const [axis, { middle, length }] of [x, y].entries()) {
    const scale = length < 1e-9 ? 0 : (1 - 2 * MARGIN) / Math.max(length, longest / MOST_STRETCHED);
    for (let i = axis; i < places.length; i += 2) places[i] = inside(0.5 + scale * ((places[i] as number) - middle));
  }
}

/** Within 0 and 1. What lies in the margin or beyond is drawn together there. */
export function inside(value: number): number {
  const beyond = Math.abs(value - 0.5) - (0.5 - MARGIN);
  if (beyond <= 0) return value;
  const edge = 0.5 - MARGIN + (MARGIN * beyond) / (MARGIN + beyond);
  return value < 0.5 ? 0.5 - edge : 0.5 + edge;
}

function extent(places: Float32Array, axis: number): { middle: number; length: number } {
  const values = places.filter((_, i) => i % 2 === axis).sort();
  const out = Math.floor(values.length * FAR);
  const [low, high] = [values[out] ?? 0, values[values.length - 1 - out] ?? 0];
  return { middle: (low + high) / 2, length: high - low };
}
