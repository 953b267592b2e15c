import styles from './palette.module.css';

/** Where to go, by typing a few letters of it; client/palette.ts fills it. */
export function Palette() {
  return (
    <dialog id="palette" className={styles.palette} aria-label="Go to">
      <input type="text" className={styles.box} aria-label="Article, question or page" placeholder="Article, question or page" autoComplete="off" role="combobox" aria-expanded="true" aria-controls="palette-list" dir="auto" data-palette-box />
      <ul id="palette-list" role="listbox" aria-label="Places" className={styles.list} data-palette-list />
    </dialog>
  );
}
