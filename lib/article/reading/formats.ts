/** Every format there is, with the extensions that its files have (lower case, with the dot). `readers.ts` has their readers. */
export const FORMATS = {
  text: ['.txt', '.text'],
  markdown: ['.md', '.markdown'],
  html: ['.html', '.htm', '.xhtml'],
  mhtml: ['.mhtml', '.mht'],
  pdf: ['.pdf'],
  epub: ['.epub'],
  docx: ['.docx'],
  feed: ['.rss', '.atom'],
  sitemap: [],
  json: ['.json'],
  jsonl: ['.jsonl', '.ndjson'],
  csv: ['.csv', '.tsv'],
  zip: ['.zip'],
  gzip: ['.gz'],
} as const satisfies Record<string, readonly string[]>;

export type FormatName = keyof typeof FORMATS;

export function isFormatName(name: string): name is FormatName {
  return Object.hasOwn(FORMATS, name);
}

/** Raised whenever the same bytes would be read as another article: files are then read anew, changed or not. */
export const READING_VERSION = 7;
