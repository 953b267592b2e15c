import type { Colours } from './colours';
import type { Ring } from './contours';
import { extent, type Frame, type View } from './view';

/** Share of the height's colour that each step up adds. */
const STEP = 0.07;
const LINE = 0.34;

/** The hills: tints and thin lines, as on a map on paper. */
export class Land {
  private readonly levels: Path2D[];

  constructor(levels: readonly (readonly Ring[])[]) {
    this.levels = levels.map((rings) => pathOf(rings));
  }

  draw(onto: CanvasRenderingContext2D, view: View, frame: Frame, colours: Colours): void {
    const map = extent(frame, view.zoom);
    const toScreen = new DOMMatrix([map.width, 0, 0, map.height, frame.width / 2 - view.x * map.width, frame.height / 2 - view.y * map.height]);
    onto.save();
    for (const [step, level] of this.levels.entries()) {
      const path = new Path2D();
      path.addPath(level, toScreen);
      onto.globalAlpha = step === 0 ? 1 : STEP;
      onto.fillStyle = step === 0 ? colours.land : colours.height;
      onto.fill(path, 'evenodd');
      onto.globalAlpha = LINE;
      onto.lineWidth = step % 3 === 0 ? 1 : 0.6;
      onto.strokeStyle = colours.line;
      onto.stroke(path);
    }
    onto.restore();
  }
}

/** Each corner a bend: curves from the middle of one piece to the middle of the next. */
function pathOf(rings: readonly Ring[]): Path2D {
  const path = new Path2D();
  for (const ring of rings) {
    const corners = ring.length / 2;
    const corner = (i: number): [number, number] => [ring[2 * (i % corners)] ?? 0, ring[2 * (i % corners) + 1] ?? 0];
    const middle = (i: number): [number, number] => {
      const [[ax, ay], [bx, by]] = [corner(i), corner(i + 1)];
      return [(ax + bx) / 2, (ay + by) / 2];
    };
    path.moveTo(...middle(0));
    for (let i = 1; i <= corners; i++) path.quadraticCurveTo(...corner(i), ...middle(i));
    path.closePath();
  }
  return path;
}
