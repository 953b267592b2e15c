import { DEFAULT_K, MAX_K } from '../../../lib/search/request';
import { resultAnchor, searchHref } from '../../links';
import { withParameter } from '../../query';
import type { Trail } from '../../trail';
import styles from './answers.module.css';

/** Passages that are added at a time. */
const STEP = 20;

interface Props {
  /** Passages on the page. */
  shown: number;
  query: URLSearchParams;
  trail: Trail;
}

/** The same page with more on it, at the first that is new. */
export function MorePassages({ shown, query, trail }: Props) {
  const asked = Number(query.get('k') ?? DEFAULT_K);
  if (shown < asked || asked >= MAX_K) return null;
  const next = Math.min(MAX_K, STEP * (Math.floor(asked / STEP) + 1));
  return <p className={styles.more}><a href={`${searchHref(withParameter(query, 'k', String(next)), trail)}#${resultAnchor(shown + 1)}`}>More passages</a></p>;
}
