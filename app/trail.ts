/** One place on the way a reader came: a question, a passage read, or the passages related to one. */
export type Step = { kind: 'ask'; query: URLSearchParams } | { kind: 'read' | 'related'; passage: string };

/** The way a reader came, first step first. It stands in the address, so that the way is itself a link. */
export type Trail = readonly Step[];

/** The parameter, once for each step: `ask:q=…&mode=…`, `read:ARTICLE.p7`, `related:ARTICLE.p7`. */
export const TRAIL_PARAMETER = 'via';
/** Of a longer way the first step, which is mostly the question, and the last ones are kept. */
export const MOST_STEPS = 8;
/** Characters of all steps together: every link of an article carries them. The last step alone may be longer. */
export const MOST_CHARACTERS = 4_000;

/** The trail of whoever goes on from `here`. Who comes by a place again is back there: the loop is cut off. */
export function onward(trail: Trail, here: Step): Trail {
  return shortened([...before(trail, here), here]);
}

/** The steps before `here`, where the trail has come by it already; else all. */
export function before(trail: Trail, here: Step): Trail {
  const text = stepText(here);
  const at = trail.findIndex((step) => stepText(step) === text);
  return at === -1 ? trail : trail.slice(0, at);
}

/** Whether a passage was read on the way: words taken out of it find it again. */
export function cameFrom(trail: Trail, passage: string): boolean {
  return trail.some((step) => step.kind === 'read' && step.passage === passage);
}

/** The question asked last. */
export function lastQuestion(trail: Trail): URLSearchParams | null {
  return trail.findLast((step) => step.kind === 'ask')?.query ?? null;
}

/** The way as far as the question asked last. */
export function untilQuestion(trail: Trail): Trail {
  return trail.slice(0, trail.findLastIndex((step) => step.kind === 'ask') + 1);
}

export function stepText(step: Step): string {
  return step.kind === 'ask' ? `ask:${step.query.toString()}` : `${step.kind}:${step.passage}`;
}

/** A way as the parameters of an address or a form. */
export function trailParameters(trail: Trail): URLSearchParams {
  return new URLSearchParams(trail.map((step) => [TRAIL_PARAMETER, stepText(step)]));
}

/** Neither address nor page grows without end. */
export function shortened(steps: readonly Step[]): Trail {
  const [first, ...others] = steps;
  if (first === undefined) return [];
  const kept = [first, ...others.slice(1 - MOST_STEPS)];
  while (kept.length > 2 && lengthOf(kept) > MOST_CHARACTERS) kept.splice(1, 1);
  return lengthOf(kept) > MOST_CHARACTERS ? kept.slice(-1) : kept;
}

/** As much of the way as has room, its last steps first: where very many links carry it that may be none of it. */
export function within(trail: Trail, mostCharacters: number): Trail {
  let kept = trail;
  while (lengthOf(kept) > mostCharacters) kept = kept.slice(1);
  return kept;
}

function lengthOf(steps: readonly Step[]): number {
  return steps.reduce((length, step) => length + stepText(step).length, 0);
}
