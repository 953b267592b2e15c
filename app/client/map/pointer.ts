import { announce } from '../announce';
import { CardView, hrefOf } from './card';
import type { Choosing } from './controls';
import { type Card, Cards } from './fetch';
import type { Pointing } from './gestures';
import { lightItem } from './marks';
import { nextPoint } from './nearest';
import { placeOfPoint } from './points';
import type { Stage } from './stage';
import { extent, holding, toMap, toScreen } from './view';

/** How near a pointer has to come, in CSS pixels; a finger is broad. */
const REACH = { mouse: 10, touch: 24 };
/** Least step of an arrow key: dots that lie on one another are not gone through one by one. */
const LEAST_STEP = 8;
/** A pointer that passes over asks for nothing. */
const PAUSE_MS = 80;
/** Time to go from a point to its card. */
const GRACE_MS = 250;

/** Which point is pointed at, by whatever means, and what is shown and said of it. */
export class Pointer implements Pointing, Choosing {
  private readonly cards = new Cards();
  private readonly card: CardView;
  private pause: ReturnType<typeof setTimeout> | undefined;
  private grace: ReturnType<typeof setTimeout> | undefined;
  private asking = new AbortController();

  /** @param changed called when the index has another generation than the one drawn */
  constructor(private readonly host: HTMLElement, private readonly stage: Stage, private readonly changed: () => void) {
    this.card = new CardView(host);
    const follow = () => this.putCard();
    new ResizeObserver(follow).observe(host);
    host.addEventListener('pointerleave', ({ pointerType }) => {
      if (pointerType !== 'touch') this.hover(null);
    });
    host.addEventListener('pointerover', ({ target }) => {
      if (this.card.contains(target)) clearTimeout(this.grace);
    });
    stage.onMoved = follow;
  }

  readonly hover: Pointing['hover'] = (at) => {
    const point = at === null ? null : this.pointAt(at, REACH.mouse);
    this.stage.canvas.toggleAttribute('data-over', point !== null);
    clearTimeout(this.grace);
    if (point !== null) this.point(point, PAUSE_MS);
    else this.grace = setTimeout(() => this.clear(), GRACE_MS);
  };

  readonly press: Pointing['press'] = (at, event) => {
    const isTouch = event.pointerType === 'touch';
    const point = this.pointAt(at, isTouch ? REACH.touch : REACH.mouse);
    if (point === null) this.clear();
    // A finger cannot hover: the first touch shows the card, whose link opens.
    else if (isTouch) this.point(point, 0);
    else void this.openPoint(point, event.ctrlKey || event.metaKey);
  };

  readonly go: Choosing['go'] = (direction) => {
    const { landscape, destination, frame, chosen } = this.stage;
    if (landscape === null) return;
    const next = chosen === null ? this.first() : nextPoint(landscape.places, placeOfPoint(landscape, chosen), direction, extent(frame, destination.zoom), LEAST_STEP);
    if (next === null) return announce(`No passage farther ${direction}.`);
    this.stage.moveTo(holding(destination, frame, ...placeOfPoint(landscape, next)));
    this.point(next, PAUSE_MS, true);
  };

  readonly open: Choosing['open'] = () => {
    if (this.stage.chosen !== null) void this.openPoint(this.stage.chosen, false);
  };

  readonly clear: Choosing['clear'] = () => {
    const had = this.stage.chosen !== null;
    this.forget();
    this.card.hide();
    lightItem(null);
    if (had) this.stage.chosen = null;
    return had;
  };

  readonly dismiss: Choosing['dismiss'] = () => {
    if (this.card.isShown) this.clear();
  };

  /** Shows again what was pointed at when the page was left. */
  resume(point: number): void {
    this.point(point, 0);
  }

  /** The list points at one of its passages, which says all that a card would. */
  pointFromList(row: number | null): void {
    const { landscape, destination, frame } = this.stage;
    this.forget();
    this.card.hide();
    const point = row === null ? -1 : (landscape?.rows.indexOf(row) ?? -1);
    this.stage.chosen = point < 0 ? null : point;
    if (landscape !== null && point >= 0) this.stage.moveTo(holding(destination, frame, ...placeOfPoint(landscape, point)));
  }

  private point(point: number, afterMs: number, aloud = false): void {
    if (this.stage.chosen === point && this.card.isShown) return;
    const row = this.stage.landscape?.rows[point];
    if (row === undefined || (this.stage.chosen === point && !aloud)) return;
    this.forget();
    this.card.hide();
    this.stage.chosen = point;
    lightItem(row);
    const known = this.known(row);
    if (known !== null) this.show(known, aloud);
    else this.pause = setTimeout(() => void this.ask(row, aloud), afterMs);
  }

  private async ask(row: number, aloud: boolean): Promise<void> {
    const card = await this.fetch(row, aloud);
    if (card !== null) this.show(card, aloud);
  }

  private known(row: number): Card | null {
    return this.cards.known(row, this.stage.landscape?.generation ?? '');
  }

  /** @returns null when it was given up, when it cannot be had, or when the map is another's by now */
  private async fetch(row: number, aloud: boolean): Promise<Card | null> {
    const { signal } = (this.asking = new AbortController());
    const card = await this.cards.fetch(row, signal).catch(() => undefined);
    if (signal.aborted) return null;
    if (card !== undefined && card?.generation === this.stage.landscape?.generation) return card;
    if (card !== undefined) this.changed();
    else if (aloud) announce('This passage cannot be fetched just now.');
    return null;
  }

  private show(card: Card, aloud: boolean): void {
    const { landscape, chosen, view, frame } = this.stage;
    if (landscape === null || chosen === null) return;
    this.card.show(card, toScreen(view, frame, ...placeOfPoint(landscape, chosen)));
    if (aloud) announce(`${card.article.title}, ¶ ${card.passage.ordinal}. ${card.passage.opening}`);
  }

  private putCard(): void {
    const { landscape, chosen, view, frame } = this.stage;
    if (landscape !== null && chosen !== null) this.card.put(...toScreen(view, frame, ...placeOfPoint(landscape, chosen)));
  }

  private async openPoint(point: number, inNewTab: boolean): Promise<void> {
    const row = this.stage.landscape?.rows[point];
    if (row === undefined) return;
    clearTimeout(this.pause);
    const card = this.known(row) ?? (await this.fetch(row, true));
    if (card === null) return;
    if (inNewTab) open(hrefOf(card, this.host), '_blank', 'noopener');
    else location.assign(hrefOf(card, this.host));
  }

  /** Where the keyboard begins: at the first answer, or in the middle of what is seen. */
  private first(): number | null {
    const { landscape, view, frame } = this.stage;
    return landscape?.marks[0]?.point ?? this.pointAt(toScreen(view, frame, view.x, view.y), Math.max(frame.width, frame.height));
  }

  private pointAt([x, y]: readonly [number, number], reach: number): number | null {
    const { landscape, view, frame } = this.stage;
    const map = extent(frame, view.zoom);
    return landscape?.grid.nearest(...toMap(view, frame, x, y), reach / map.width, reach / map.height) ?? null;
  }

  private forget(): void {
    clearTimeout(this.pause);
    clearTimeout(this.grace);
    this.asking.abort();
  }
}
