/** How a paragraph is set where it is read; what it says is the same. */
export interface Setting {
  /** None for running text. */
  kind?: 'code' | 'item' | 'quote';
  /** What stands before a list's item, at its first paragraph: `•`, `3.` */
  mark?: string;
}

/** A paragraph as the author wrote it, in plain text: never markup, and only in code line breaks inside. */
export interface Paragraph extends Setting {
  text: string;
  /** The nearest heading above it, with those that have no text of their own (`Part › Chapter`); null before the first. */
  section: string | null;
  /** 1-based page in paged formats (PDF), else null. */
  page: number | null;
}

/** What a reader finds in a file; where it came from is added by the registry. */
export interface ArticleDraft {
  title: string;
  /** As it is shown; several names are parted by '; '. */
  author: string | null;
  /** ISO 8601 date or date-time, or null where the file does not say. */
  published: string | null;
  updated: string | null;
  /** BCP 47 tag, or null where unknown. */
  language: string | null;
  url: string | null;
  tags: string[];
  paragraphs: Paragraph[];
}

/** One document with its provenance. */
export interface Article extends ArticleDraft {
  /**
   * Stable, URL-safe: a slug of the file's name and a hash of `source`. Editing an article keeps its
   * id; moving it changes it.
   */
  id: string;
  /** Where it came from, as shown to people: the source's label and the path below it, with `/`. */
  source: string;
  /** Name of the reader that read it, e.g. `text`, `markdown`. */
  format: string;
}

/** Bytes to be read as articles, and the name they go by. */
export interface ReadInput {
  bytes: Uint8Array;
  /** File name with extension, for the format and for a title of last resort. */
  name: string;
}

/** One per format. A reader knows bytes, not files. */
export interface Reader {
  format: string;
  /** Lower case, with the dot. */
  extensions: readonly string[];
  /** @throws PilcrowError of kind `input` when the bytes cannot be read as this format */
  read(input: ReadInput): ArticleDraft[] | Promise<ArticleDraft[]>;
}
