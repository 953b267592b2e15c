import type { PilcrowError } from '../../errors';

export interface WebDocument {
  url: string;
  body: string;
  bytes: number;
  finalUrl: string;
  charset: string | null;
  contentType: string | null;
  name: string;
}
export interface Refreshed {
  documents: WebDocument[];
  failed: { url: string; error: PilcrowError; document: WebDocument | null }[];
  skipped: { url: string; reason: string }[];
  fetched: number;
  unchanged: number;
}
