import { homeHref } from '../../links';
import { type Trail, trailParameters } from '../../trail';
import { KeptParameters } from '../filters/kept-parameters';
import styles from './ask-within.module.css';

const BOX_ID = 'ask-within';

/**
 * A question to one article.
 * @param trail the way here, this page included
 */
export function AskWithin({ articleId, trail }: { articleId: string; trail: Trail }) {
  return (
    <form role="search" aria-label="This article" action={homeHref} method="get" className={styles.form}>
      <label htmlFor={BOX_ID}>Ask within this article</label>
      <input id={BOX_ID} className={`field ${styles.box}`} type="search" name="q" required autoComplete="off" enterKeyHint="search" dir="auto" />
      <button className="button">Ask</button>
      <input type="hidden" name="article" value={articleId} />
      <KeptParameters query={trailParameters(trail)} />
    </form>
  );
}
