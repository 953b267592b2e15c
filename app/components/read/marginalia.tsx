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

/** A passage's number, which opens what is related to it, and a link to the passage itself. */
export function Marginalia({ ordinal, id, trail }: Props) {
  const number = <>¶&nbsp;{ordinal}</>;
  return (
    <span className={styles.marginalia} lang="en" dir="ltr" data-marginalia>
      {id === undefined ? <span className={styles.number}>{number}</span> : (
        <a className={styles.number} href={relatedHref(id, onward(trail, { kind: 'read', passage: id }))} title="What other articles have on this" data-related>
          <span className={styles.word}>Related to </span>{number}
        </a>
      )}{' '}
      <a className={styles.link} href={`#${anchor(ordinal)}`}>link<span className="unseen"> to {number}</span></a>{' '}
    </span>
  );
}
