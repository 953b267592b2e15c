import type { PilcrowError } from '../errors';

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

/** What is known of an article beside its text. */
export interface Metadata {
  title: string;
  /** As it is shown; several names are parted by '; '. */
  author: string | null;
  /** ISO 8601 date or date-time, or null where the file does not say. */
  published: string | null;
  updated: string | null;
  /** BCP 47 tag, or null where unknown. */
  language: string | null;
  /** Canonical address, http(s). */
  url: string | null;
  tags: string[];
}

/** What a reader finds in a file; where it came from is added by the registry. */
export interface ArticleDraft extends Metadata {
  paragraphs: Paragraph[];
  /** Which article of its file it is, the same for as long as it is there: a guid, a chapter. Default: its number. */
  key?: string | undefined;
  /** The entry of an archive that it is in, with `/`. */
  path?: string | undefined;
  /** Of the archive's entry, where it is not that of the file. */
  format?: string | undefined;
}

/** One document with its provenance. */
export interface Article extends Metadata {
  paragraphs: Paragraph[];
  /**
   * Stable, URL-safe: a slug of the file's name and a hash of `source`. Editing an article keeps its
   * id; moving it changes it.
   */
  id: string;
  /** Where it came from, as shown to people: the source's label and the path below it (in an archive, too), with `/`. */
  source: string;
  /** Name of the format it was read as, e.g. `text`, `markdown`. */
  format: string;
}

/** Names of fields in data (JSON, CSV) for what an article has; what is not named is guessed. */
export type FieldMap = Partial<Record<'id' | 'text' | keyof Metadata, string>>;

/** Bytes to be read as articles, and what is known of them. */
export interface ReadInput {
  bytes: Uint8Array;
  /** File name with extension, for messages, for the format and for a title of last resort. */
  name: string;
  /** Where the bytes were fetched from (http(s), after redirects): links are relative to it. */
  url?: string | undefined;
  /** The encoding that whoever delivered the bytes names. */
  charset?: string | undefined;
  /** What the archive that it is from calls it. */
  title?: string | undefined;
  map?: FieldMap | undefined;
}

/** How a reader tells of what is neither an article nor the end of reading. */
export interface ReadContext {
  /** Something to know that is no failure: one line, beginning with the input's name. */
  warn(message: string): void;
  /** Part of the file could not be read; the rest goes on. `path` as in `ArticleDraft`. */
  fail(path: string, error: PilcrowError): void;
  /** An entry of an archive that was passed over on purpose. */
  skip(path: string, reason: string, error?: PilcrowError): void;
  /** Says that reading goes on, where the next article may take a while: a process without a sign of life is ended. */
  alive(): void;
  /** Reads what is inside of a container as a file of its own. What it throws is about that entry alone. */
  nested(input: ReadInput): AsyncIterable<ArticleDraft>;
}

/** One per format. A reader knows bytes, not files. */
export interface Reader {
  /**
   * The articles, those without text too: the registry leaves them out and says so where nothing is left.
   * @throws PilcrowError of kind `input` when the bytes cannot be read as this format
   */
  read(input: ReadInput, context: ReadContext): Iterable<ArticleDraft> | AsyncIterable<ArticleDraft>;
}
