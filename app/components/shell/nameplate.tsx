import styles from './nameplate.module.css';

interface Props {
  /** What its name is to the page below: the heading of all of it, or a line above another. */
  as?: 'h1' | 'p';
}

/** The name of the paper, and what it is for. */
export function Nameplate({ as: Name = 'h1' }: Props) {
  return (
    <header className={styles.plate}>
      <Name className={styles.name}>Pilcrow&nbsp;<span className={styles.sign} aria-hidden="true">¶</span></Name>
      <p className={styles.line}>Ask your articles, get the paragraph.</p>
    </header>
  );
}
