import { pageKey } from './canonical';
import { documentName } from './name';
import type { Stored } from './store';

/** A document as if it were a file. */
export interface WebDocument {
  /** As it was found. */
  url: string;
  /** File of the body, absolute. */
  body: string;
  bytes: number;
  /** After redirects. */
  finalUrl: string;
  charset: string | null;
  contentType: string | null;
  /** A file name: for its format, and for a title of last resort. */
  name: string;
}

export interface Page {
  document: WebDocument;
  /** Equal where two addresses have the same page. */
  key: string;
}

/** What is known of a stored page without holding it. */
export function pageOf({ record, bytes, path }: Stored): Page {
  const { url, finalUrl, charset, contentType } = record;
  const document = { url, body: path, bytes: bytes.length, finalUrl, charset, contentType, name: documentName(finalUrl, contentType, bytes) };
  return { document, key: pageKey(finalUrl, bytes) };
}
