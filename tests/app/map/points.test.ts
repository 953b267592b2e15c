import { expect, test } from 'vitest';
import { decodePoints, encodePoints, type MapPoints } from '../../../app/map/points';

function mapOf(count: number): MapPoints {
  return {
    generation: 'g1',
    passages: count,
    regions: [{ id: 2, x: 0.25, y: 0.5, words: ['Flüsse', '川'], passages: count }],
    rows: Uint32Array.from({ length: count }, (_, i) => 70_000 + i),
    places: Float32Array.from({ length: 2 * count }, (_, i) => i / (2 * count)),
    pointRegions: Uint16Array.from({ length: count }, (_, i) => i % 7),
  };
}

test.each([0, 1, 5, 1000])('%d points come back as they were, places to a 65,535th', (count) => {
  const map = mapOf(count);
  const bytes = encodePoints(map);
  const { places, ...rest } = decodePoints(bytes.buffer);
  const { places: was, ...others } = map;
  expect(rest).toEqual(others);
  expect(places).toHaveLength(was.length);
  for (const [i, place] of was.entries()) expect(Math.abs((places[i] ?? 9) - place)).toBeLessThanOrEqual(0.5001 / 0xffff);
});

test('places outside are brought to the edge', () => {
  const { places } = decodePoints(encodePoints({ ...mapOf(1), places: Float32Array.from([-0.2, 1.4]) }).buffer);
  expect([...places]).toEqual([0, 1]);
});

test('what is cut off is refused', () => {
  const bytes = encodePoints(mapOf(3));
  expect(() => decodePoints(bytes.slice(0, -2).buffer)).toThrow(RangeError);
});
