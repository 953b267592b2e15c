import type { GenerationSummary } from '../../../lib/search';
import { count } from '../../words';
import { StatusGeneration } from './status-generation';
import styles from './status-generations.module.css';

/** Shown at once; the older ones a step away. */
const SHOWN = 4;

interface Props {
  /** Newest first. */
  generations: GenerationSummary[];
  /** The one that answers. */
  served: string | null;
  /** The one that going back leads to unless another is named. */
  target: string | null;
}

/** The states of the index that are kept, and the way back to each. */
export function StatusGenerations({ generations, served, target }: Props) {
  if (generations.length === 0) return null;
  const model = generations.find(({ current }) => current)?.model?.id;
  const list = (some: GenerationSummary[]) => (
    <ol className={styles.list}>
      {some.map((one) => <li key={one.id}><StatusGeneration generation={one} answers={one.id === served} isTarget={one.id === target} usualModel={model} /></li>)}
    </ol>
  );
  const older = generations.slice(SHOWN);
  return (
    <section className={styles.generations} aria-labelledby="generations">
      <h2 id="generations">Generations</h2>
      <p className="note">Each time the index is brought up to date, a new generation takes the place of the one before. Some are kept to go back to.</p>
      {list(generations.slice(0, SHOWN))}
      {older.length === 0 ? null : (
        <details data-remember="generations">
          <summary>{count(older.length, 'older generation')}</summary>
          {list(older)}
        </details>
      )}
    </section>
  );
}
