import type { Stage } from './stage';
import type { View } from './view';

/** How a map was left: what was seen of it, and the passage that was pointed at. */
interface Kept {
  generation: string;
  view: View;
  row: number | null;
}

/** Milliseconds without a new picture before it is kept: browsers allow a few entries' changes a second. */
const SETTLED_MS = 150;

let timer: ReturnType<typeof setTimeout> | undefined;

/** Keeps in the history's entry how the map lies, once it lies still, so that Back finds it so. */
export function keep(stage: Stage): void {
  clearTimeout(timer);
  timer = setTimeout(() => {
    const { landscape, destination: view, chosen } = stage;
    if (landscape === null) return;
    const map: Kept = { generation: landscape.generation, view, row: chosen === null ? null : (landscape.rows[chosen] ?? null) };
    history.replaceState({ ...(history.state as object | null), map }, '');
  }, SETTLED_MS);
}

/** Lays the map as it was left. @returns the point that was pointed at, or null for none; undefined where nothing of this generation's is kept */
export function layAsKept(stage: Stage): number | null | undefined {
  const kept = (history.state as { map?: Partial<Kept> } | null)?.map;
  if (kept?.view === undefined || stage.landscape === null || kept.generation !== stage.landscape.generation) return undefined;
  const point = kept.row == null ? -1 : stage.landscape.rows.indexOf(kept.row);
  stage.view = kept.view;
  return point < 0 ? null : point;
}
