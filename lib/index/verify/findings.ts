export type CheckName = 'manifest' | 'files' | 'database' | 'passages' | 'map' | 'vectors' | 'recall' | 'model';

/** A `remark` is worth knowing and harms nothing; `skipped` is what could not be checked since something else has failed. */
export type CheckState = 'ok' | 'remark' | 'failed' | 'skipped';

export interface Check {
  name: CheckName;
  state: CheckState;
  /** What was found, on one line; null where there is nothing to say. */
  detail: string | null;
}

export type Finding = Omit<Check, 'name'>;

/** Places named of each thing that is wrong: one damaged page may spoil thousands of rows. */
const NAMED = 3;

interface Found {
  isFailure: boolean;
  places: string[];
  times: number;
}

/** Gathers what a check finds; what is wrong in many places is told once, with the first of them. */
export class Findings {
  private readonly found = new Map<string, Found>();

  /** @param place where it was found, e.g. an article's id */
  fail(what: string, place?: string): void {
    this.add(what, true, place);
  }

  remark(what: string, place?: string): void {
    this.add(what, false, place);
  }

  get hasFailed(): boolean {
    return [...this.found.values()].some(({ isFailure }) => isFailure);
  }

  /** @param detail what to say where all is well */
  outcome(detail: string | null = null): Finding {
    if (this.found.size === 0) return { state: 'ok', detail };
    return { state: this.hasFailed ? 'failed' : 'remark', detail: [...this.found].map(described).join('; ') };
  }

  private add(what: string, isFailure: boolean, place: string | undefined): void {
    let found = this.found.get(what);
    if (found === undefined) this.found.set(what, (found = { isFailure, places: [], times: 0 }));
    found.times++;
    if (place !== undefined && found.places.length < NAMED) found.places.push(place);
  }
}

function described([what, { places, times }]: [string, Found]): string {
  if (places.length === 0) return what;
  const more = times - places.length;
  return `${what} (${places.join(', ')}${more > 0 ? ` and ${more} more` : ''})`;
}

/** `1 passage`, `3 passages` */
export function counted(count: number, singular: string): string {
  return `${count} ${singular}${count === 1 ? '' : 's'}`;
}
