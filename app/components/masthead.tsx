import { homeHref } from '../links';
import type { AskFormProps } from './ask-form';
import { AskForm } from './ask-form';
import styles from './masthead.module.css';

/** The head of every page but the front page: the name, and the question box. */
export function Masthead(form: AskFormProps) {
  return (
    <header className={styles.masthead}>
      <div className="sheet">
        <a className={styles.name} href={homeHref}>
          Pilcrow&nbsp;<span className={styles.sign} aria-hidden="true">¶</span>
        </a>
        <div className="column">
          <AskForm {...form} />
        </div>
      </div>
    </header>
  );
}
