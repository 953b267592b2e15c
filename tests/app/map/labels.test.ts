import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Box, type Label, placeLabels, type PlacedLabel, spreadMarks } from '../../../app/map/labels';

const ROOM = { width: 800, height: 600 };
const measure = (text: string, size: number) => 0.5 * size * text.length;

function boxOf({ text, x, y, size }: PlacedLabel): Box {
  const [halfWidth, halfHeight] = [measure(text, size) / 2, size / 2];
  return { left: x - halfWidth, right: x + halfWidth, top: y - halfHeight, bottom: y + halfHeight };
}

const overlap = (a: Box, b: Box) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

test('no two labels touch, none leaves the room or stands where it may not', () => {
  const label = fc.record<Label>({ x: fc.integer({ min: -50, max: 850 }), y: fc.integer({ min: -50, max: 650 }), texts: fc.constantFrom(['harbour, pilots', 'harbour'], ['salt']), size: fc.integer({ min: 12, max: 40 }) });
  const kept = [{ left: 300, right: 420, top: 200, bottom: 320 }];
  fc.assert(fc.property(fc.array(label, { maxLength: 30 }), (labels) => {
    const boxes = placeLabels(labels, ROOM, measure, kept).map(boxOf);
    for (const [i, box] of boxes.entries()) {
      expect(box.left >= 0 && box.top >= 0 && box.right <= ROOM.width && box.bottom <= ROOM.height).toBe(true);
      expect([...kept, ...boxes.slice(i + 1)].some((other) => overlap(box, other))).toBe(false);
    }
  }));
});

test('the first label has its place; the next goes beside it, or loses words, or is left out', () => {
  const at = (texts: string[]): Label => ({ x: 400, y: 300, texts, size: 20 });
  const placed = placeLabels([at(['first']), at(['second'])], ROOM, measure);
  expect(placed[0]).toMatchObject({ text: 'first', x: 400, y: 300 });
  expect(placed[1]?.text).toBe('second');
  expect(placed[1]?.y).not.toBe(300);
  expect(placeLabels([at(['much, too, long', 'short'])], { width: 80, height: 600 }, measure)).toEqual([]);
  expect(placeLabels([{ ...at(['much, too, long', 'short']), x: 40 }], { width: 80, height: 600 }, measure)).toMatchObject([{ text: 'short' }]);
  expect(placeLabels([{ ...at(['a']), x: 900 }], ROOM, measure)).toEqual([]);
});

test('no mark stands on what is kept free', () => {
  const [x = 0, y = 0] = spreadMarks([50, 50], 20, { left: 40, right: 60, top: 40, bottom: 60 });
  expect(Math.max(Math.abs(x - 50), Math.abs(y - 50))).toBeGreaterThanOrEqual(20);
});

test('marks on one spot are spread, those apart stay', () => {
  expect(spreadMarks([10, 10, 100, 100], 20)).toEqual([10, 10, 100, 100]);
  const spread = spreadMarks(Array.from({ length: 20 }, () => 50), 20);
  expect(spread.slice(0, 2)).toEqual([50, 50]);
  for (let i = 0; i < spread.length; i += 2) {
    for (let j = 0; j < i; j += 2) expect(Math.hypot(spread[i]! - spread[j]!, spread[i + 1]! - spread[j + 1]!)).toBeGreaterThanOrEqual(19.7);
  }
});
