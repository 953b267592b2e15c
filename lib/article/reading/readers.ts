import type { Reader } from '../types';
import type { FormatName } from './formats';

/** The readers, each loaded with its libraries when the first file needs it. A new format is one file and one line here. */
export const READERS: Readonly<Record<FormatName, () => Promise<Reader>>> = {
  text: async () => (await import('../formats/text')).textReader,
  markdown: async () => (await import('../formats/markdown')).markdownReader,
  html: async () => (await import('../formats/html')).htmlReader,
  mhtml: async () => (await import('../formats/mhtml')).mhtmlReader,
  pdf: async () => (await import('../formats/pdf')).pdfReader,
  epub: async () => (await import('../formats/epub')).epubReader,
  docx: async () => (await import('../formats/docx')).docxReader,
  feed: async () => (await import('../formats/feed')).feedReader,
  sitemap: async () => (await import('../formats/sitemap')).sitemapReader,
  json: async () => (await import('../formats/json')).jsonReader,
  jsonl: async () => (await import('../formats/json')).jsonLinesReader,
  csv: async () => (await import('../formats/csv')).csvReader,
  zip: async () => (await import('../formats/zip')).zipReader,
  gzip: async () => (await import('../formats/gzip')).gzipReader,
};
