/** What a page looked like when it was left. */
export interface Visit {
  scroll: number;
  /** Opened lists of related passages, each by the ids of the items it stands in, outermost first. */
  related: string[][];
  /** Which `details[data-remember]` were open, by the name they are remembered by. */
  details: Record<string, boolean>;
}

const STORE = 'pilcrow-visits';
/** Longer ways back than this begin as pages do. */
const MOST_VISITS = 60;

/** The id of the page's entry in the history, which outlives the page; given when it has none. */
export function visitId(): string {
  const state = history.state as { visit?: unknown } | null;
  if (typeof state?.visit === 'string') return state.visit;
  const visit = `${Date.now().toString(36)}${Math.random().toString(36).slice(2, 8)}`;
  history.replaceState({ ...state, visit }, '');
  return visit;
}

export function readVisit(id: string): Visit | null {
  return new Map(readAll()).get(id) ?? null;
}

export function keepVisit(id: string, visit: Visit): void {
  const others = readAll().filter(([other]) => other !== id);
  try {
    sessionStorage.setItem(STORE, JSON.stringify([...others, [id, visit]].slice(-MOST_VISITS)));
  } catch {
    // Storage that is full or forbidden: the page begins anew, as it would without scripts.
  }
}

function readAll(): [string, Visit][] {
  try {
    const stored: unknown = JSON.parse(sessionStorage.getItem(STORE) ?? '[]');
    return Array.isArray(stored) ? stored.filter(isKept) : [];
  } catch {
    return [];
  }
}

/** What another version of the app has kept in the same tab may look otherwise. */
function isKept(entry: unknown): entry is [string, Visit] {
  if (!Array.isArray(entry) || typeof entry[0] !== 'string') return false;
  const visit = entry[1] as Partial<Record<keyof Visit, unknown>> | null | undefined;
  return typeof visit?.scroll === 'number' && Array.isArray(visit.related) && typeof visit.details === 'object' && visit.details !== null;
}
