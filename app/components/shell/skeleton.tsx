import styles from './skeleton.module.css';

/**
 * What stands in a page's place while the next one takes more than a moment: client/slow.ts shows it.
 * In a template, so that it is nothing until then.
 */
export function Skeleton() {
  return (
    <template id="skeleton">
      <div className={styles.skeleton} role="status">
        <span className="unseen">Loading</span>
        {[0, 1, 2].map((paragraph) => (
          <div key={paragraph} className={styles.paragraph}>
            <span /><span /><span /><span />
          </div>
        ))}
      </div>
    </template>
  );
}
