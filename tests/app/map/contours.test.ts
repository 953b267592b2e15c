import { expect, test } from 'vitest';
import { contours, type Ring } from '../../../app/client/map/contours';

/** By the even-odd rule, as lines are filled. */
function isInside(rings: readonly Ring[], x: number, y: number): boolean {
  let inside = false;
  for (const ring of rings) {
    for (let i = 0, j = ring.length - 2; i < ring.length; j = i, i += 2) {
      const [ax, ay, bx, by] = [ring[i]!, ring[i + 1]!, ring[j]!, ring[j + 1]!];
      if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) inside = !inside;
    }
  }
  return inside;
}

/** Two heaps, the left one larger. */
const heaps = Float32Array.from(Array.from({ length: 600 }, (_, i) => {
  const [x, spread] = i < 400 ? [0.25, 0.05] : [0.75, 0.05];
  return [x + spread * Math.cos(i) * ((i % 10) / 10), 0.5 + spread * Math.sin(i) * ((i % 10) / 10)];
}).flat());

test('lines go round where points are, the higher ones within the lower', () => {
  const levels = contours(heaps);
  expect(levels.length).toBeGreaterThan(3);
  for (const rings of levels) {
    expect(isInside(rings, 0.25, 0.5)).toBe(true);
    expect(isInside(rings, 0.5, 0.05)).toBe(false);
  }
  expect(isInside(levels[0]!, 0.75, 0.5)).toBe(true);
  const corners = levels.at(-1)!.flatMap((ring) => Array.from({ length: ring.length / 2 }, (_, i) => [ring[2 * i]!, ring[2 * i + 1]!] as const));
  for (const [x, y] of corners) expect(isInside(levels[0]!, x, y)).toBe(true);
});

test('lines close, also at the edge of the map', () => {
  const corner = Float32Array.from(Array.from({ length: 100 }, (_, i) => (i % 7) / 200));
  for (const ring of contours(corner).flat()) {
    const gap = Math.hypot(ring[0]! - ring.at(-2)!, ring[1]! - ring.at(-1)!);
    expect(gap).toBeLessThan(0.03);
  }
});

test.each([0, 1, 3])('%d points make no trouble', (count) => {
  const levels = contours(Float32Array.from(Array.from({ length: 2 * count }, () => 0.5)));
  expect(levels.every((rings) => rings.length > 0)).toBe(true);
});
