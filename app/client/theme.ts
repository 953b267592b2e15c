import { type Theme, THEME_COOKIE, themeFrom } from '../theme';

const YEAR_S = 365 * 24 * 60 * 60;

/** The choice in the footer holds at once, and by its cookie on every page from now on. */
export function installThemeChoice(): void {
  // Back fills in what was chosen when the page was left, though it may have come in other colours.
  addEventListener('pageshow', showChoice);
  document.addEventListener('change', ({ target }) => {
    if (!(target instanceof HTMLInputElement) || target.closest('[data-theme-choice]') === null) return;
    const theme = themeFrom(target.value);
    if (theme === null) document.documentElement.removeAttribute('data-theme');
    else document.documentElement.dataset.theme = theme;
    keep(theme);
  });
}

function showChoice(): void {
  const shown = themeFrom(document.documentElement.dataset.theme) ?? 'system';
  for (const radio of document.querySelectorAll<HTMLInputElement>('[data-theme-choice] input')) radio.checked = radio.value === shown;
}

/** Lax, so that it is sent along by a link from elsewhere as well. */
function keep(theme: Theme | null): void {
  try {
    document.cookie = `${THEME_COOKIE}=${theme ?? ''}; path=/; samesite=lax; max-age=${theme === null ? 0 : YEAR_S}`;
  } catch {
    // Where nothing may be kept it holds for this page.
  }
}
