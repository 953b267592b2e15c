import type { Channels } from './colours';
import type { PointGrid } from './nearest';
import { extent, type Frame, toMap, type View } from './view';

/** Sub-pixel steps along each axis at which a dot is kept ready: on whole pixels dots tremble when the map moves. */
const STEPS = 4;
/** Share of the ink that a dot has, and one that stands back. */
const STRONG = 0.78;
const PALE = 0.24;

interface Stamp {
  /** Device pixels along each side. */
  side: number;
  /** Coverage 0 to 255 for each sub-pixel step, one stamp after the other. */
  coverage: Uint8Array;
}

export interface DotsToDraw {
  /** Shape [points, 2]. */
  places: Float32Array;
  grid: PointGrid;
  view: View;
  frame: Frame;
  /** Device pixels in a CSS pixel. */
  ratio: number;
  colour: Channels;
  /** Whether a point is one of those that stand out, or null where all are alike. */
  isStrong: ((point: number) => boolean) | null;
}

/** Draws dots by the ten thousand: into memory, point by point, and from there onto the canvas at once. */
export class DotLayer {
  private readonly canvas = new OffscreenCanvas(1, 1);
  private readonly context = this.canvas.getContext('2d', { willReadFrequently: true });
  private image: ImageData | null = null;
  private stamp: { radius: number; stamp: Stamp } | null = null;

  draw(onto: CanvasRenderingContext2D, dots: DotsToDraw): void {
    const { view, frame, ratio, places, colour: [red, green, blue] } = dots;
    const [width, height] = [Math.max(1, Math.round(frame.width * ratio)), Math.max(1, Math.round(frame.height * ratio))];
    const image = this.cleared(width, height);
    if (this.context === null || image === null) return;
    const { side, coverage } = this.stampFor(dotRadius(places.length / 2, view.zoom) * ratio);
    const { data } = image;
    const map = extent(frame, view.zoom);
    const [scaleX, scaleY] = [map.width * ratio, map.height * ratio];
    const [offX, offY] = [width / 2 - view.x * scaleX - side / 2 + 0.5, height / 2 - view.y * scaleY - side / 2 + 0.5];
    const [left, top] = toMap(view, frame, -side, -side);
    const [right, bottom] = toMap(view, frame, frame.width + side, frame.height + side);

    dots.grid.within(left, top, right, bottom, (point) => {
      const x = (places[2 * point] ?? 0) * scaleX + offX;
      const y = (places[2 * point + 1] ?? 0) * scaleY + offY;
      const [x0, y0] = [Math.floor(x), Math.floor(y)];
      if (x0 < 0 || y0 < 0 || x0 + side > width || y0 + side > height) return;
      const share = dots.isStrong === null || dots.isStrong(point) ? STRONG : PALE;
      let at = (Math.floor((y - y0) * STEPS) * STEPS + Math.floor((x - x0) * STEPS)) * side * side;
      for (let row = 0; row < side; row++) {
        let pixel = 4 * ((y0 + row) * width + x0);
        for (let column = 0; column < side; column++, at++, pixel += 4) {
          const alpha = (coverage[at] ?? 0) * share;
          // The strongest counts: where hundreds lie on one another is no blot.
          if (alpha <= (data[pixel + 3] ?? 0)) continue;
          data[pixel] = red;
          data[pixel + 1] = green;
          data[pixel + 2] = blue;
          data[pixel + 3] = alpha;
        }
      }
    });
    this.context.putImageData(image, 0, 0);
    onto.drawImage(this.canvas, 0, 0);
  }

  private cleared(width: number, height: number): ImageData | null {
    if (this.image?.width === width && this.image.height === height) this.image.data.fill(0);
    else {
      this.canvas.width = width;
      this.canvas.height = height;
      this.image = this.context?.createImageData(width, height) ?? null;
    }
    return this.image;
  }

  private stampFor(radius: number): Stamp {
    if (this.stamp?.radius !== radius) this.stamp = { radius, stamp: stampOf(radius) };
    return this.stamp.stamp;
  }
}

/** CSS pixels: many points are small, and grow as one comes near. */
export function dotRadius(points: number, zoom: number): number {
  return Math.min(6, Math.min(4.2, Math.max(0.8, 56 / Math.sqrt(points))) * zoom ** 0.3);
}

function stampOf(radius: number): Stamp {
  // One more: the middle lies up to a pixel right of and below the stamp's.
  const side = 2 * Math.ceil(radius + 0.5) + 1;
  const coverage = new Uint8Array(STEPS * STEPS * side * side);
  let at = 0;
  for (let stepY = 0; stepY < STEPS; stepY++) {
    for (let stepX = 0; stepX < STEPS; stepX++) {
      const [midX, midY] = [side / 2 + (stepX + 0.5) / STEPS - 0.5, side / 2 + (stepY + 0.5) / STEPS - 0.5];
      for (let y = 0; y < side; y++) {
        for (let x = 0; x < side; x++, at++) {
          coverage[at] = 255 * Math.min(1, Math.max(0, radius + 0.5 - Math.hypot(x + 0.5 - midX, y + 0.5 - midY)));
        }
      }
    }
  }
  return { side, coverage };
}
