import localFont from 'next/font/local';

/**
 * Newsreader: cut for reading news on a screen, with an optical size axis, so the same two files
 * set a 15 px caption and a 60 px headline. Served by the app itself.
 */
const latin = localFont({
  src: [
    { path: '../node_modules/@fontsource-variable/newsreader/files/newsreader-latin-opsz-normal.woff2', style: 'normal', weight: '200 800' },
    { path: '../node_modules/@fontsource-variable/newsreader/files/newsreader-latin-opsz-italic.woff2', style: 'italic', weight: '200 800' },
  ],
  variable: '--font-latin',
  adjustFontFallback: 'Times New Roman',
});

/** Further letters of the Latin script, fetched only by pages that have them. Ranges as in the package's own CSS, without what the other files have. */
const latinExtended = localFont({
  src: [
    { path: '../node_modules/@fontsource-variable/newsreader/files/newsreader-latin-ext-opsz-normal.woff2', style: 'normal', weight: '200 800' },
    { path: '../node_modules/@fontsource-variable/newsreader/files/newsreader-latin-ext-opsz-italic.woff2', style: 'italic', weight: '200 800' },
  ],
  variable: '--font-latin-extended',
  preload: false,
  adjustFontFallback: false,
  declarations: [
    {
      prop: 'unicode-range',
      value:
        'U+0100-0130,U+0132-0151,U+0154-02BA,U+02BD-02C5,U+02C7-02CC,U+02CE-02D7,U+02DD-02FF,U+1D00-1DBF,U+1E00-1E9F,U+1EA0-1EFF,U+2020,U+20A0-20AB,U+20AD-20C0,U+2113,U+2C60-2C7F,U+A720-A7FF',
    },
  ],
});

/** Letters with two accents, as Vietnamese has them; put together from the others they collide. */
const vietnamese = localFont({
  src: [
    { path: '../node_modules/@fontsource-variable/newsreader/files/newsreader-vietnamese-opsz-normal.woff2', style: 'normal', weight: '200 800' },
    { path: '../node_modules/@fontsource-variable/newsreader/files/newsreader-vietnamese-opsz-italic.woff2', style: 'italic', weight: '200 800' },
  ],
  variable: '--font-vietnamese',
  preload: false,
  adjustFontFallback: false,
  declarations: [{ prop: 'unicode-range', value: 'U+01A0-01A1,U+01AF-01B0,U+1EA0-1EF9' }],
});

export const fontVariables = `${latin.variable} ${latinExtended.variable} ${vietnamese.variable}`;
