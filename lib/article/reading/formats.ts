import type { Reader } from '../types';

/** A format: the extensions its files have (lower case, with the dot), and its reader, loaded when the first file needs it. */
interface Format {
  extensions: readonly string[];
  load: () => Promise<Reader>;
}

/** Every format there is: a new one is one file in `formats/` and one line here. */
export const FORMATS = {
  text: { extensions: ['.txt', '.text'], load: async () => (await import('../formats/text')).textReader },
  markdown: { extensions: ['.md', '.markdown'], load: async () => (await import('../formats/markdown')).markdownReader },
  html: { extensions: ['.html', '.htm', '.xhtml'], load: async () => (await import('../formats/html')).htmlReader },
  mhtml: { extensions: ['.mhtml', '.mht'], load: async () => (await import('../formats/mhtml')).mhtmlReader },
  pdf: { extensions: ['.pdf'], load: async () => (await import('../formats/pdf')).pdfReader },
  epub: { extensions: ['.epub'], load: async () => (await import('../formats/epub')).epubReader },
  docx: { extensions: ['.docx'], load: async () => (await import('../formats/docx')).docxReader },
  feed: { extensions: ['.rss', '.atom'], load: async () => (await import('../formats/feed')).feedReader },
  sitemap: { extensions: [], load: async () => (await import('../formats/sitemap')).sitemapReader },
  json: { extensions: ['.json'], load: async () => (await import('../formats/json')).jsonReader },
  jsonl: { extensions: ['.jsonl', '.ndjson'], load: async () => (await import('../formats/json')).jsonLinesReader },
  csv: { extensions: ['.csv', '.tsv'], load: async () => (await import('../formats/csv')).csvReader },
  zip: { extensions: ['.zip'], load: async () => (await import('../formats/zip')).zipReader },
  gzip: { extensions: ['.gz'], load: async () => (await import('../formats/gzip')).gzipReader },
} satisfies Record<string, Format>;

export type FormatName = keyof typeof FORMATS;

export function isFormatName(name: string): name is FormatName {
  return Object.hasOwn(FORMATS, name);
}
