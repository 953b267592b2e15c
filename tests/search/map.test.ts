import { expect, test } from 'vitest';
import { useSampleIndex } from './sample-index';

const { engine } = useSampleIndex();

test('the map has every passage, and leads to it', async () => {
  const { generation, passages, points, regions } = await engine().map();
  expect(generation).toBe((await engine().status()).generation);
  expect(points.rows).toHaveLength(passages);
  expect(points.places).toHaveLength(2 * passages);
  expect(regions.length).toBeGreaterThan(1);
  const { generation: of, passage, article } = await engine().mapPassage(points.rows[3]!);
  expect(of).toBe(generation);
  expect(passage.row).toBe(points.rows[3]);
  expect(passage.id.startsWith(`${article.id}.p`)).toBe(true);
  const [place] = await engine().mapPlaces([passage.id]);
  expect(place).toMatchObject({ id: passage.id, row: passage.row, region: points.regions[3] });
  expect([place!.x, place!.y].map(Math.fround)).toEqual([points.places[6], points.places[7]]);
});

test('it is read once', async () => {
  expect(await engine().map()).toBe(await engine().map());
});

test('a region is told by its passages', async () => {
  const { regions: [first] } = await engine().map();
  const { region, passages } = await engine().mapRegion(first!.id);
  expect(region).toEqual(first);
  expect(passages).toHaveLength(Math.min(12, first!.passages));
  const places = await engine().mapPlaces(passages.map(({ id }) => id));
  expect(places.map((place) => place.region)).toEqual(passages.map(() => first!.id));
});

test('what is not on it is not found', async () => {
  await expect(engine().mapRegion(60_000)).rejects.toMatchObject({ code: 'region-not-found', kind: 'missing' });
  for (const row of [1e6, -1, 0.5, NaN]) await expect(engine().mapPassage(row)).rejects.toMatchObject({ code: 'passage-not-found' });
  expect(await engine().mapPlaces(['nothing.p1', ''])).toEqual([]);
});
