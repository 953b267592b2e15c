import { homeHref } from '../../links';
import type { AskFormProps } from './ask-form';
import { AskForm } from './ask-form';
import styles from './masthead.module.css';
import { Nav } from './nav';

interface Props extends AskFormProps {
  /** The address of the page it stands on, when it is one that the navigation leads to. */
  current?: string;
}

/** The head of every page but the front page: the name, the question box, and the ways into the app. */
export function Masthead({ current, ...form }: Props) {
  return (
    <header className={styles.masthead}>
      <div className={`sheet ${styles.row}`}>
        <a className={styles.name} href={homeHref}>
          Pilcrow&nbsp;<span className={styles.sign} aria-hidden="true">¶</span>
        </a>
        <div className={`column ${styles.form}`}>
          <AskForm {...form} />
        </div>
        <div className={styles.nav}>
          <Nav current={current} />
        </div>
      </div>
    </header>
  );
}
