import styles from './command.module.css';

/** A command for the folder that Pilcrow runs in; one click selects all of it. */
export function Command({ command }: { command: string }) {
  return <pre className={styles.command} tabIndex={0}><code>{command}</code></pre>;
}
