import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { between, extent, holding, MOST_ZOOM, panned, toMap, toScreen, type View, viewOf, WHOLE, zoomed } from '../../../app/client/map/view';

const FRAME = { width: 900, height: 600 };
const view = fc.record<View>({ x: fc.double({ min: 0.2, max: 0.8, noNaN: true }), y: fc.double({ min: 0.2, max: 0.8, noNaN: true }), zoom: fc.double({ min: 1, max: MOST_ZOOM, noNaN: true }) });
const place = fc.double({ min: 0, max: 1, noNaN: true });

test('there and back is where one was', () => {
  fc.assert(fc.property(view, place, place, (seen, x, y) => {
    const [backX, backY] = toMap(seen, FRAME, ...toScreen(seen, FRAME, x, y));
    expect(backX).toBeCloseTo(x, 9);
    expect(backY).toBeCloseTo(y, 9);
  }));
});

test('the whole map fits, and no axis is stretched out of shape', () => {
  for (const frame of [FRAME, { width: 320, height: 500 }, { width: 1920, height: 400 }]) {
    const [left, top] = toScreen(WHOLE, frame, 0, 0);
    const [right, bottom] = toScreen(WHOLE, frame, 1, 1);
    expect(Math.min(left, top)).toBeGreaterThan(0);
    expect([right < frame.width, bottom < frame.height]).toEqual([true, true]);
    const { width, height } = extent(frame, 1);
    expect(Math.max(width / height, height / width)).toBeLessThanOrEqual(1.71);
  }
});

describe('zooming', () => {
  test('keeps what is under the pointer there', () => {
    const from: View = { x: 0.5, y: 0.5, zoom: 4 };
    const at = toMap(from, FRAME, 500, 200);
    const [x, y] = toScreen(zoomed(from, FRAME, 2, 500, 200), FRAME, ...at);
    expect([x, y].map(Math.round)).toEqual([500, 200]);
  });

  test('ends at the whole and at the nearest', () => {
    expect(zoomed(WHOLE, FRAME, 0.1).zoom).toBe(1);
    expect(zoomed(WHOLE, FRAME, 1e6).zoom).toBe(MOST_ZOOM);
  });
});

test('panning follows the pointer, and never loses the map', () => {
  const from: View = { x: 0.5, y: 0.5, zoom: 4 };
  const [x, y] = toScreen(panned(from, FRAME, 30, -20), FRAME, 0.5, 0.5);
  expect([x, y].map(Math.round)).toEqual([FRAME.width / 2 + 30, FRAME.height / 2 - 20]);
  fc.assert(fc.property(view, fc.integer(), fc.integer(), (seen, byX, byY) => {
    const moved = panned(seen, FRAME, byX, byY);
    expect([moved.x, moved.y].every((at) => at >= -0.05 && at <= 1.05)).toBe(true);
  }));
});

test('a view of places holds them all, not nearer than asked', () => {
  fc.assert(fc.property(fc.array(fc.tuple(place, place), { minLength: 1, maxLength: 12 }), (places) => {
    const seen = viewOf(places.flat(), FRAME, 5);
    expect(seen.zoom).toBeLessThanOrEqual(5);
    for (const [x, y] of places) {
      const [screenX, screenY] = toScreen(seen, FRAME, x, y);
      expect(screenX >= 0 && screenX <= FRAME.width && screenY >= 0 && screenY <= FRAME.height).toBe(true);
    }
  }));
  expect(viewOf([], FRAME, 5)).toEqual(WHOLE);
});

test('a place out of sight is brought in, one in sight moves nothing', () => {
  const from: View = { x: 0.4, y: 0.4, zoom: 4 };
  const [x, y] = toScreen(holding(from, FRAME, 0.7, 0.6), FRAME, 0.7, 0.6);
  expect(x >= 0 && x <= FRAME.width && y >= 0 && y <= FRAME.height).toBe(true);
  expect(holding(from, FRAME, 0.41, 0.41)).toEqual(from);
});

test('the way between views begins and ends at them', () => {
  const to: View = { x: 0.2, y: 0.7, zoom: 8 };
  expect(between(WHOLE, to, 0)).toEqual(WHOLE);
  expect(between(WHOLE, to, 1)).toEqual(to);
});
