import type { IndexStatus } from '../../../lib/index';
import { momentWords } from '../../figures';
import styles from './status-fallback.module.css';

interface Props {
  fallback: NonNullable<IndexStatus['fallback']>;
  /** When the generation that answers was made. */
  createdAt: string;
}

/** Another generation answers than the one that should: which, why, and the way out. */
export function StatusFallback({ fallback: { reason }, createdAt }: Props) {
  return (
    <section className={styles.fallback} aria-labelledby="fallback">
      <h2 id="fallback">The newest state of the index cannot be used</h2>
      <p>Answers are from that of {momentWords(createdAt)}. What is wrong: {reason}.</p>
      <p>Bringing it up to date with <code>npx pilcrow index</code> repairs it.</p>
    </section>
  );
}
