import process from 'node:process';
import pico from 'picocolors';

/** How to write on a stream: its colours, or none, and its width in columns. */
export interface Style {
  colours: ReturnType<typeof pico.createColors>;
  coloured: boolean;
  width: number;
}

/** Width where none is known. */
const DEFAULT_WIDTH = 80;
/** Longer lines are hard to read. */
const WIDEST = 100;

export function styleFor(stream: Pick<NodeJS.WriteStream, 'isTTY' | 'columns'>, env: NodeJS.ProcessEnv = process.env): Style {
  const coloured = wantsColour(stream, env);
  const width = stream.isTTY && stream.columns > 0 ? Math.min(stream.columns, WIDEST) : DEFAULT_WIDTH;
  return { colours: pico.createColors(coloured), coloured, width };
}

/** NO_COLOR wins over FORCE_COLOR (no-color.org); otherwise only a terminal that can is coloured. */
function wantsColour(stream: Pick<NodeJS.WriteStream, 'isTTY'>, env: NodeJS.ProcessEnv): boolean {
  if (env.NO_COLOR) return false;
  if (env.FORCE_COLOR !== undefined && env.FORCE_COLOR !== '0') return true;
  return stream.isTTY && env.TERM !== 'dumb' && env.FORCE_COLOR !== '0';
}
