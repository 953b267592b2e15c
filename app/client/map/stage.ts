import type { Box } from '../../map/labels';
import { type Colours, readColours, watchColours } from './colours';
import { DotLayer } from './dots';
import { drawScene } from './draw';
import type { Landscape } from './points';
import { between, type Frame, isWhole, type View, WHOLE } from './view';

const PASSAGE_MS = 320;

/** The canvas: draws what it is given when something about it has changed, and else does nothing. */
export class Stage {
  landscape: Landscape | null = null;
  /** Called after each picture. */
  onDrawn: (() => void) | null = null;
  /** Called when the map lies elsewhere. */
  onMoved: (() => void) | null = null;
  frame: Frame = { width: 0, height: 0 };

  private current: View = WHOLE;
  private target: View = WHOLE;
  private colours: Colours;
  private pointedAt: number | null = null;
  private buttons: Box = { left: 0, right: 0, top: 0, bottom: 0 };
  private pending = 0;
  private moving = 0;
  private readonly font: string;
  private readonly dots = new DotLayer();
  private readonly context: CanvasRenderingContext2D;

  /** @param region that the page is about @throws Error where there is no 2-D canvas */
  constructor(private readonly host: HTMLElement, readonly canvas: HTMLCanvasElement, readonly region: number | null) {
    const context = canvas.getContext('2d');
    if (context === null) throw new Error('there is no canvas');
    this.context = context;
    this.font = getComputedStyle(host).fontFamily;
    this.colours = readColours(host);
    this.measure();
    watchColours(() => {
      this.colours = readColours(host);
      this.draw();
    });
    new ResizeObserver(() => this.measure()).observe(host);
    addEventListener('resize', () => this.measure());
    // Names are set in a face that may not have come yet; one that is not on this machine is no loss.
    void document.fonts.load(`italic 500 20px ${this.font}`).catch(() => undefined).then(() => this.draw());
  }

  get view(): View {
    return this.current;
  }

  set view(view: View) {
    cancelAnimationFrame(this.moving);
    this.target = view;
    this.put(view);
  }

  /** Where the map is going, or is: what a next step begins from. */
  get destination(): View {
    return this.target;
  }

  get chosen(): number | null {
    return this.pointedAt;
  }

  set chosen(point: number | null) {
    this.pointedAt = point;
    this.draw();
  }

  /** Goes to another view, in one step where motion is not wanted. */
  moveTo(view: View): void {
    const from = this.current;
    if (matchMedia('(prefers-reduced-motion: reduce)').matches || (view.x === from.x && view.y === from.y && view.zoom === from.zoom)) {
      this.view = view;
      return;
    }
    cancelAnimationFrame(this.moving);
    this.target = view;
    const began = performance.now();
    const step = (now: number) => {
      const t = Math.min(1, Math.max(0, (now - began) / PASSAGE_MS));
      // Fast at first: the answer to a key is seen at once.
      this.put(t < 1 ? between(from, view, 1 - (1 - t) ** 3) : view);
      if (t < 1) this.moving = requestAnimationFrame(step);
    };
    this.moving = requestAnimationFrame(step);
  }

  /** Draws with the next frame. */
  draw(): void {
    if (this.pending === 0) this.pending = requestAnimationFrame(() => this.drawNow());
  }

  private put(view: View): void {
    this.current = view;
    // The styles have it from here whose a finger is: the map's or the page's.
    this.canvas.toggleAttribute('data-nearer', !isWhole(view));
    this.onMoved?.();
    this.draw();
  }

  private drawNow(): void {
    this.pending = 0;
    if (this.landscape === null) return;
    const { landscape, frame, colours, font, region, buttons } = this;
    drawScene(this.context, this.dots, { landscape, frame, colours, font, region, buttons, view: this.current, chosen: this.pointedAt, ratio: devicePixelRatio });
    this.onDrawn?.();
  }

  private measure(): void {
    const { clientWidth: width, clientHeight: height } = this.host;
    const [across, down] = [Math.round(width * devicePixelRatio), Math.round(height * devicePixelRatio)];
    this.frame = { width, height };
    this.buttons = boxWithin(this.host, '[data-map-buttons]');
    if (this.canvas.width === across && this.canvas.height === down) return;
    this.canvas.width = across;
    this.canvas.height = down;
    // In the same frame: a canvas of another size is empty.
    this.drawNow();
  }
}

/** Where a part of an element stands, from that element's corner. */
function boxWithin(host: HTMLElement, selector: string): Box {
  const outer = host.getBoundingClientRect();
  const inner = host.querySelector(selector)?.getBoundingClientRect() ?? new DOMRect(outer.left, outer.top);
  return { left: inner.left - outer.left, right: inner.right - outer.left, top: inner.top - outer.top, bottom: inner.bottom - outer.top };
}
