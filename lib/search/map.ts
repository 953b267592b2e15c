import { PilcrowError } from '../errors';
import { passagesOfRegion, placesOf, type Generation } from '../index';
import { articleRef } from './answer';
import type { MapPassage, MapPlace, MapRegionPassages } from './types';

/** Points on the map: what a browser draws without stuttering. */
export const MAP_POINTS = 50_000;
/** Passages by which a region is told. */
const OF_A_REGION = 12;

/** @throws PilcrowError `passage-not-found` */
export function mapPassage({ id: generation, store }: Generation, row: number): MapPassage {
  const passage = store.passage(row);
  if (passage === null) throw new PilcrowError('passage-not-found', `there is no passage in row ${row}`, 'rows are those of one generation’s map');
  const { id, ordinal, text, article } = passage;
  return { generation, passage: { id, ordinal, text, row }, article: articleRef(article) };
}

/** @throws PilcrowError `region-not-found` */
export function mapRegion(generation: Generation, id: number): MapRegionPassages {
  const region = generation.store.map.regions().find((one) => one.id === id);
  if (region === undefined) throw new PilcrowError('region-not-found', `there is no region ${id} on the map`, 'regions are those of one generation’s map');
  const passages = passagesOfRegion(generation, id, OF_A_REGION);
  return { region, passages: passages.map((passage) => ({ id: passage.id, ordinal: passage.ordinal, text: passage.text, article: articleRef(passage.article) })) };
}

/** Where passages lie, in the order asked for; ids that there are not are left out. */
export function mapPlaces(generation: Generation, passageIds: readonly string[]): MapPlace[] {
  return passageIds.flatMap((id) => {
    const row = generation.store.passageById(id)?.row;
    return row === undefined ? [] : placesOf(generation, [row]).map((point) => ({ id, ...point }));
  });
}
