import { THEME_COOKIE, themeFrom } from '../theme';

const YEAR_S = 365 * 24 * 60 * 60;

/** The choice in the footer holds at once, and by its cookie on every page from now on. */
export function installThemeChoice(): void {
  document.addEventListener('change', ({ target }) => {
    if (!(target instanceof HTMLInputElement) || target.closest('[data-theme-choice]') === null) return;
    const theme = themeFrom(target.value);
    if (theme === null) document.documentElement.removeAttribute('data-theme');
    else document.documentElement.dataset.theme = theme;
    document.cookie = `${THEME_COOKIE}=${theme ?? ''}; path=/; samesite=strict; max-age=${theme === null ? 0 : YEAR_S}`;
  });
}
