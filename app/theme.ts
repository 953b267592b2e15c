/** Light or dark by the reader's own choice; without one the system's counts. */
export const THEMES = ['light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

/** A cookie, so that the server's first HTML has it already. */
export const THEME_COOKIE = 'pilcrow-theme';

export function themeFrom(value: string | undefined): Theme | null {
  return THEMES.find((theme) => theme === value) ?? null;
}
