import { decodePoints, type MapPoints } from '../../map/points';
import { fetchPart } from '../fragment';

/** What `/api/map/passages/{row}` answers. */
export interface Card {
  generation: string;
  passage: { id: string; ordinal: number; row: number; opening: string };
  article: { id: string; title: string; language: string | null };
}

const CARDS_KEPT = 100;

/** @throws Error when the map cannot be had */
export async function fetchPoints(): Promise<MapPoints> {
  const response = await fetch('/api/map/points');
  if (!response.ok) throw new Error(`the map was answered with ${response.status}`);
  return decodePoints(await response.arrayBuffer());
}

/** The list of this page as it is made from the generation that is current now, put in the place of the old one. */
export async function renewList(): Promise<void> {
  const list = await fetchPart(location.href, 'map-list');
  document.querySelector('[data-map-list]')?.replaceWith(list);
}

/** Cards by row; those looked at last are kept. They are another generation's rows after each `clear`. */
export class Cards {
  private readonly kept = new Map<number, Card>();

  clear(): void {
    this.kept.clear();
  }

  known(row: number): Card | null {
    const card = this.kept.get(row);
    if (card === undefined) return null;
    this.keep(card);
    return card;
  }

  /** @returns null where there is no such passage any more @throws Error when it cannot be had */
  async fetch(row: number, signal: AbortSignal): Promise<Card | null> {
    const response = await fetch(`/api/map/passages/${row}`, { signal });
    if (response.status === 404) return null;
    if (!response.ok) throw new Error(`passage ${row} was answered with ${response.status}`);
    const card = (await response.json()) as Card;
    this.keep(card);
    return card;
  }

  private keep(card: Card): void {
    const { row } = card.passage;
    this.kept.delete(row);
    this.kept.set(row, card);
    const [oldest] = this.kept.keys();
    if (this.kept.size > CARDS_KEPT && oldest !== undefined) this.kept.delete(oldest);
  }
}
