import styles from './related-panel.module.css';

/** Where what is related to a passage opens beside the text; client/panel.ts fills it. */
export function RelatedPanel() {
  return (
    <div className={styles.rail}>
      <aside id="related-panel" className={styles.panel} aria-labelledby="related-panel-title" tabIndex={-1} lang="en" dir="ltr" data-panel hidden>
        <header className={styles.head}>
          <h2 id="related-panel-title" className={styles.title} data-panel-title>Related passages</h2>
          <button type="button" className="button" data-panel-back hidden>Back</button>
          <button type="button" className="button" data-panel-close>Close</button>
        </header>
        <div className={styles.content} data-panel-content />
      </aside>
    </div>
  );
}
