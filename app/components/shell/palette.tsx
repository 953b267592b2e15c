import styles from './palette.module.css';

/** Where to go, by typing a few letters of it; client/palette.ts fills it. */
export function Palette() {
  return (
    <dialog id="palette" className={styles.palette} aria-label="Go to">
      <input
        type="text"
        className={styles.box}
        aria-label="Article, question or page"
        placeholder="Article, question or page"
        autoComplete="off"
        spellCheck={false}
        enterKeyHint="go"
        dir="auto"
        role="combobox"
        aria-autocomplete="list"
        aria-expanded="true"
        aria-controls="palette-list"
        data-palette-box
      />
      <div id="palette-list" role="listbox" aria-label="Places" className={styles.list} data-palette-list />
      <p role="status" className={`note ${styles.note}`} data-palette-note />
      <template data-palette-group>
        <div role="group">
          <div role="presentation" className={styles.name} data-name />
        </div>
      </template>
      <template data-palette-option>
        <div role="option" className={styles.option}>
          <span dir="auto" data-words /> <span className={`note ${styles.more}`} dir="ltr"><bdi data-author /><span data-date /></span>
        </div>
      </template>
    </dialog>
  );
}
