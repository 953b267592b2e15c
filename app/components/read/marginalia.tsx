import { anchor, relatedHref } from '../../links';
import { onward, type Trail } from '../../trail';
import styles from './marginalia.module.css';

interface Props {
  ordinal: number;
  /** The passage's. */
  id: string | undefined;
  /** The way to the article. */
  trail: Trail;
}

/** A passage's number, which is a link to itself, and the way to what is like it. */
export function Marginalia({ ordinal, id, trail }: Props) {
  return (
    <span className={styles.marginalia} lang="en" dir="ltr" data-marginalia>
      <a className={styles.number} href={`#${anchor(ordinal)}`}>¶&nbsp;{ordinal}</a>{' '}
      {id === undefined ? null : <a href={relatedHref(id, onward(trail, { kind: 'read', passage: id }))} data-related>related<span className="unseen"> to ¶ {ordinal}</span></a>}{' '}
    </span>
  );
}
