import { THEMES, type Theme } from '../../theme';
import styles from './theme-choice.module.css';

const WORDS: Record<Theme | 'system', string> = { system: 'as the system', light: 'light', dark: 'dark' };

/** Light or dark; client/theme.ts makes the choice hold. */
export function ThemeChoice({ theme }: { theme: Theme | null }) {
  return (
    <fieldset className={`scripted ${styles.choice}`} data-theme-choice>
      <legend>Paper</legend>
      {(['system', ...THEMES] as const).map((value) => (
        <label key={value}>
          <input type="radio" name="theme" value={value} defaultChecked={value === (theme ?? 'system')} /> {WORDS[value]}
        </label>
      ))}
    </fieldset>
  );
}
