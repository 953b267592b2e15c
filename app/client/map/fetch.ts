import { decodePoints, type MapPoints } from '../../map/points';
import { fetchList, generationOf, shownList } from './list';

/** What `/api/map/passages/{row}` answers. */
export interface Card {
  generation: string;
  passage: { id: string; ordinal: number; row: number; opening: string };
  article: { id: string; title: string; language: string | null };
}

const CARDS_KEPT = 100;
/** An index can be published between two answers, but not for long again and again. */
const MOST_LISTS = 3;

/** The map and the list of this page, both of one generation. */
export interface Current {
  points: MapPoints;
  list: Element | null;
}

/**
 * The map as it is now, with the list that is shown or, where that is of another generation, the list made anew.
 * @throws Error when they cannot be had; TypeError where nobody answers
 */
export async function fetchCurrent(): Promise<Current> {
  let list = shownList();
  for (let lists = 0; lists <= MOST_LISTS; lists++) {
    const points = await fetchPoints();
    if (generationOf(list) === points.generation) return { points, list };
    list = await fetchList();
    if (generationOf(list) === points.generation) return { points, list };
  }
  throw new Error('the index is never the same twice');
}

/** Cards by row; those looked at last are kept. */
export class Cards {
  private readonly kept = new Map<number, Card>();

  /** A row is another passage's in another generation. */
  known(row: number, generation: string): Card | null {
    const card = this.kept.get(row);
    if (card?.generation !== generation) return null;
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

async function fetchPoints(): Promise<MapPoints> {
  const response = await fetch('/api/map/points');
  if (!response.ok) throw new Error(`the map was answered with ${response.status}`);
  return decodePoints(await response.arrayBuffer());
}
