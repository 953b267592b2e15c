import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { nextPoint, PointGrid } from '../../../app/client/map/nearest';

const place = fc.double({ min: 0, max: 1, noNaN: true });

test('the nearest point is the one that going through all of them finds', () => {
  fc.assert(fc.property(fc.array(fc.tuple(place, place), { maxLength: 60 }), place, place, fc.double({ min: 0.01, max: 1, noNaN: true }), (points, x, y, reach) => {
    const places = Float32Array.from(points.flat());
    const distance = (i: number) => Math.hypot(places[2 * i]! - x, places[2 * i + 1]! - y);
    const least = Math.min(...points.map((_, i) => distance(i)));
    const found = new PointGrid(places).nearest(x, y, reach, reach);
    if (least > reach * 1.000001) expect(found).toBeNull();
    else if (least < reach * 0.999999) expect(distance(found!)).toBeCloseTo(least, 9);
  }));
});

test('points within bounds are all visited, once', () => {
  fc.assert(fc.property(fc.array(fc.tuple(place, place), { maxLength: 60 }), (points) => {
    const visited: number[] = [];
    new PointGrid(Float32Array.from(points.flat())).within(0, 0, 1, 1, (point) => visited.push(point));
    expect(visited.sort((a, b) => a - b)).toEqual([...points.keys()]);
  }));
});

describe('the next point', () => {
  //          0 in the middle, 1 right of it, 2 farther right, 3 above, 4 left and far below
  const places = Float32Array.from([0.5, 0.5, 0.6, 0.52, 0.9, 0.5, 0.5, 0.1, 0.45, 0.95]);
  const unit = { width: 1000, height: 1000 };
  const next = (direction: 'left' | 'right' | 'up' | 'down', least = 8) => nextPoint(places, [0.5, 0.5], direction, unit, least);

  test('is the one that way, not one aside', () => {
    expect([next('right'), next('up'), next('down'), next('left')]).toEqual([1, 3, 4, null]);
  });

  test('is farther where a step must be seen, and near where there is no farther one', () => {
    expect(next('right', 200)).toBe(2);
    expect(next('right', 2000)).toBe(1);
  });
});
