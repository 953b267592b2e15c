import { MAX_K } from '../../../lib/search/request';
import styles from './more-passages.module.css';

/** Passages that are added at a time. */
const STEP = 20;

interface Props {
  /** Passages on the page, and how many were asked for. */
  shown: number;
  asked: number;
  /** The same page with so many. */
  hrefOf: (k: number) => string;
}

/** Leads to the same page with more on it. */
export function MorePassages({ shown, asked, hrefOf }: Props) {
  if (shown < asked || asked >= MAX_K) return null;
  return <p className={styles.more}><a href={hrefOf(Math.min(MAX_K, STEP * (Math.floor(asked / STEP) + 1)))}>More passages</a></p>;
}
