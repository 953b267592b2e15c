import type { GenerationSummary } from '../../../lib/search';
import { count } from '../../words';

/** `3 articles added, 1 moved; 32 as before`: what is nothing is not said. */
export function ChangesWords({ changes }: { changes: NonNullable<GenerationSummary['changes']> }) {
  const { added, changed, moved, removed, unchanged } = changes;
  const [first, ...others] = Object.entries({ added, changed, moved, removed }).filter(([, times]) => times > 0);
  if (first === undefined) return <>the same articles, read anew</>;
  const words = [`${count(first[1], 'article')} ${first[0]}`, ...others.map(([what, times]) => `${times.toLocaleString('en')} ${what}`)].join(', ');
  return <>{words}{unchanged === 0 ? '' : `; ${unchanged.toLocaleString('en')} as before`}</>;
}
