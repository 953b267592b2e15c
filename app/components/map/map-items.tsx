import type { ArticleRef } from '../../../lib/search';
import { engine } from '../../engine';
import { attempt } from '../../errors';
import { articleHref } from '../../links';
import { opening } from '../../map/opening';
import type { Trail } from '../../trail';
import styles from './map-items.module.css';
import { TitleLink } from '../passage/title-link';

interface Item {
  passage: { id: string; ordinal: number; text: string };
  article: ArticleRef;
  /** Its number on the map, where there is one. */
  rank?: number;
}

/** Characters of a passage that an item shows. */
const SHOWN = 110;

/** Passages with where they lie, for client/map to find. */
export async function MapItems({ items, trail }: { items: readonly Item[]; trail: Trail }) {
  if (items.length === 0) return null;
  const { value } = await attempt(() => engine().mapPlaces(items.map(({ passage }) => passage.id)));
  const places = new Map(value?.map((place) => [place.id, place]));
  return (
    <ol className={styles.items}>
      {items.map(({ passage, article, rank }) => {
        const place = places.get(passage.id);
        return (
          <li key={passage.id} className={styles.item} data-item={passage.id} tabIndex={-1} data-map-row={place?.row} data-map-x={place?.x} data-map-y={place?.y} data-map-region={place?.region} data-map-rank={rank}>
            {rank === undefined ? null : <span className={styles.rank} aria-hidden="true">{rank}</span>}
            <p className={styles.title}>
              <TitleLink article={article} href={articleHref(article.id, passage.ordinal, trail)} opens />{' '}
              <span className={styles.number}>¶&nbsp;{passage.ordinal}</span>
            </p>
            <p className={styles.opening} dir="auto" lang={article.language ?? undefined}>{opening(passage.text, SHOWN)}</p>
          </li>
        );
      })}
    </ol>
  );
}
