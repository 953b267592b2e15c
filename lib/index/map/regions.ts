/** No map is legible with more. */
const MOST_REGIONS = 24;
const ROUNDS = 40;
/** Cells along each side of the map when a region's densest spot is sought. */
const CELLS = 48;

/** Regions for an index of this size: 1 below four passages, 15 for 385, 24 from 1,000 on. */
export function regionsFor(points: number): number {
  return Math.max(1, Math.min(MOST_REGIONS, Math.round(Math.sqrt(points) * 0.75), Math.floor(points / 2)));
}

/**
 * Parts a map into regions: k-means (Lloyd 1982) from seeds that lie apart (k-means++, Arthur & Vassilvitskii 2007).
 * @param places shape [points, 2]
 * @returns the region of each point; numbers count from 0 without a gap, the largest region first
 */
export function part(places: Float32Array, wanted: number, random: () => number): Uint16Array {
  const points = places.length / 2;
  const centres = seeds(places, wanted, random);
  const regions = new Uint16Array(points);
  for (let round = 0; round < ROUNDS; round++) {
    let moved = 0;
    const sums = new Float64Array(3 * (centres.length / 2));
    for (let point = 0; point < points; point++) {
      const [x, y] = [places[2 * point] as number, places[2 * point + 1] as number];
      const region = nearest(centres, x, y);
      if (region !== regions[point]) moved++;
      regions[point] = region;
      add(sums, 3 * region, 1);
      add(sums, 3 * region + 1, x);
      add(sums, 3 * region + 2, y);
    }
    for (let region = 0; 2 * region < centres.length; region++) {
      const count = sums[3 * region] as number;
      if (count === 0) continue;
      centres[2 * region] = (sums[3 * region + 1] as number) / count;
      centres[2 * region + 1] = (sums[3 * region + 2] as number) / count;
    }
    if (moved === 0 && round > 0) break;
  }
  return renumbered(regions, centres.length / 2);
}

/** Where a region is densest, which is where its name stands best. @param places of its points, shape [points, 2] */
export function densest(places: Float32Array): { x: number; y: number } {
  const width = CELLS + 2;
  const cell = (value: number) => 1 + Math.min(CELLS - 1, Math.floor(value * CELLS));
  const counts = new Uint32Array(width * width);
  for (let i = 0; i < places.length; i += 2) add(counts, cell(places[i] as number) + width * cell(places[i + 1] as number), 1);
  let [best, most] = [0, -1];
  for (let at = width + 1; at < width * (width - 1) - 1; at++) {
    // A cell with its neighbours: the four beside it count twice, itself four times.
    const sum =
      4 * valueAt(counts, at) + 2 * (valueAt(counts, at - 1) + valueAt(counts, at + 1) + valueAt(counts, at - width) + valueAt(counts, at + width)) +
      valueAt(counts, at - width - 1) + valueAt(counts, at - width + 1) + valueAt(counts, at + width - 1) + valueAt(counts, at + width + 1);
    if (sum > most) [best, most] = [at, sum];
  }
  let [x, y, count] = [0, 0, 0];
  for (let i = 0; i < places.length; i += 2) {
    const [column, row] = [cell(places[i] as number), cell(places[i + 1] as number)];
    if (Math.abs(column - (best % width)) > 1 || Math.abs(row - Math.floor(best / width)) > 1) continue;
    x += places[i] as number;
    y += places[i + 1] as number;
    count++;
  }
  return { x: x / count, y: y / count };
}

function seeds(places: Float32Array, wanted: number, random: () => number): Float64Array {
  const points = places.length / 2;
  const centres: number[] = [];
  const distances = new Float64Array(points).fill(1);
  while (centres.length < 2 * wanted) {
    const total = distances.reduce((sum, distance) => sum + distance, 0);
    // All points lie on seeds already.
    if (total === 0) break;
    let left = random() * total;
    let chosen = distances.findIndex((distance) => (left -= distance) < 0);
    if (chosen < 0) chosen = distances.findLastIndex((distance) => distance > 0);
    const [x, y] = [places[2 * chosen] as number, places[2 * chosen + 1] as number];
    const isFirst = centres.length === 0;
    centres.push(x, y);
    for (let point = 0; point < points; point++) {
      const square = ((places[2 * point] as number) - x) ** 2 + ((places[2 * point + 1] as number) - y) ** 2;
      if (isFirst || square < (distances[point] as number)) distances[point] = square;
    }
  }
  return Float64Array.from(centres);
}

function nearest(centres: Float64Array, x: number, y: number): number {
  let [index, least] = [0, Infinity];
  for (let i = 0; i < centres.length; i += 2) {
    const square = ((centres[i] as number) - x) ** 2 + ((centres[i + 1] as number) - y) ** 2;
    if (square < least) [index, least] = [i / 2, square];
  }
  return index;
}

function renumbered(regions: Uint16Array, count: number): Uint16Array {
  const sizes = new Uint32Array(count);
  for (const region of regions) add(sizes, region, 1);
  const order = Array.from(sizes.keys()).sort((a, b) => valueAt(sizes, b) - valueAt(sizes, a) || a - b);
  const numbers = new Uint16Array(count);
  order.forEach((region, number) => { numbers[region] = number; });
  return regions.map((region) => numbers[region] as number);
}

function valueAt(values: Uint32Array, i: number): number {
  return values[i] as number;
}

function add(values: Float64Array | Uint32Array, i: number, value: number): void {
  values[i] = (values[i] as number) + value;
}
