import { PAGES } from '../../links';
import styles from './nav.module.css';

/** The ways into the app. @param current the address of the page it stands on, when that is one of them */
export function Nav({ current }: { current?: string | undefined }) {
  return (
    <nav aria-label="Pages" className={styles.nav}>
      <ul>
        {PAGES.map(({ href, name }) => (
          <li key={href}>
            <a href={href} aria-current={href === current ? 'page' : undefined}>{name}</a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
