import type { Theme } from '../../theme';
import styles from './footer.module.css';
import { ThemeChoice } from './theme-choice';

/** What is the same at the foot of every page. */
export function Footer({ theme }: { theme: Theme | null }) {
  return (
    <footer className={styles.footer}>
      <div className="sheet">
        <div className={`column ${styles.row}`}>
          <ThemeChoice theme={theme} />
          <div className={`scripted ${styles.ways}`}>
            <button type="button" className="plain" data-opens="palette">Go to… <kbd>Ctrl K</kbd></button>
            <button type="button" className="plain" data-opens="keys-help">Keys <kbd data-single-key>?</kbd></button>
          </div>
        </div>
      </div>
    </footer>
  );
}
