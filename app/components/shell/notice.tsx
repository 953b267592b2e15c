import type { ReactNode } from 'react';
import styles from './notice.module.css';

/** A page, or part of one, that says what is not there and what to do. */
export function Notice({ title, children, alert = false }: { title: string; children: ReactNode; alert?: boolean }) {
  return (
    <div className={styles.notice} role={alert ? 'alert' : undefined}>
      <h1>{title}</h1>
      {children}
    </div>
  );
}
