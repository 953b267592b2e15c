import { articleHref } from '../../links';
import { within } from '../elements';
import type { Card } from './fetch';

/** Free between a point and its card, and between a card and the edge, in CSS pixels. */
const GAP = 14;
const EDGE = 8;

/** The card that says what lies at a point. */
export class CardView {
  private readonly element: HTMLElement;
  private readonly link: HTMLElement;

  /** @throws Error where the page has no card */
  constructor(private readonly host: HTMLElement) {
    this.element = within(host, '[data-map-card]');
    this.link = within(host, '[data-map-title]');
  }

  get isShown(): boolean {
    return !this.element.hidden;
  }

  contains(target: EventTarget | null): boolean {
    return target instanceof Node && this.element.contains(target);
  }

  show(card: Card, [x, y]: readonly [number, number]): void {
    const opening = within(this.host, '[data-map-opening]');
    this.link.textContent = card.article.title;
    this.link.lang = opening.lang = card.article.language ?? 'en';
    this.link.setAttribute('href', hrefOf(card, this.host));
    within(this.host, '[data-map-number]').textContent = `¶\u00a0${card.passage.ordinal}`;
    opening.textContent = card.passage.opening;
    this.element.hidden = false;
    this.put(x, y);
  }

  /** Beside its point: below and to the right, or where there is room. */
  put(x: number, y: number): void {
    if (!this.isShown) return;
    const { offsetWidth: width, offsetHeight: height } = this.element;
    const left = x + GAP + width + EDGE <= this.host.clientWidth ? x + GAP : x - GAP - width;
    const top = y + GAP + height + EDGE <= this.host.clientHeight ? y + GAP : y - GAP - height;
    const kept = (value: number, most: number) => Math.max(EDGE, Math.min(value, most - EDGE));
    this.element.style.transform = `translate(${Math.round(kept(left, this.host.clientWidth - width))}px, ${Math.round(kept(top, this.host.clientHeight - height))}px)`;
  }

  hide(): void {
    this.element.hidden = true;
  }
}

/** The passage in its article, with the way that the page has come. */
export function hrefOf({ article, passage }: Card, host: HTMLElement): string {
  const url = new URL(articleHref(article.id, passage.ordinal), location.origin);
  for (const [name, value] of new URLSearchParams(host.dataset.via)) url.searchParams.append(name, value);
  return url.href;
}
