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

/** What of a stream matters; both are missing where it is no terminal, whatever Node's types say. */
interface Output {
  isTTY?: boolean;
  columns?: number;
}

export function styleFor(stream: Output, env: NodeJS.ProcessEnv = process.env): Style {
  const coloured = wantsColour(stream, env);
  const { isTTY = false, columns = 0 } = stream;
  const width = isTTY && columns > 0 ? Math.min(columns, WIDEST) : DEFAULT_WIDTH;
  return { colours: pico.createColors(coloured), coloured, width };
}

/** NO_COLOR wins over FORCE_COLOR (no-color.org); otherwise only a terminal that can is coloured. */
function wantsColour({ isTTY = false }: Output, env: NodeJS.ProcessEnv): boolean {
  if (env.NO_COLOR) return false;
  if (env.FORCE_COLOR) return env.FORCE_COLOR !== '0';
  return isTTY && env.TERM !== 'dumb';
}
