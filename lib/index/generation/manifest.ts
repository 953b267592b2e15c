import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { z } from 'zod';
import { isFormatName, type FormatName } from '../../article';
import { modelSpecSchema } from '../../embedding/spec';
import { PilcrowError } from '../../errors';
import { ANALYZER_VERSION } from '../analyze';
import { generationLayout } from './layout';

export const FORMAT = 'pilcrow-generation';
/** Raised whenever a reader of the older form would misread the newer one. */
export const FORMAT_VERSION = 6;

const fileSchema = z.strictObject({ bytes: z.int().nonnegative(), sha256: z.string().regex(/^[0-9a-f]{64}$/) });

export const sourceSchema = z.strictObject({
  label: z.string(),
  path: z.string(),
  options: z
    .strictObject({
      format: z.custom<FormatName>((name) => typeof name === 'string' && isFormatName(name)),
      map: z.partialRecord(z.enum(['id', 'text', 'title', 'author', 'published', 'updated', 'language', 'url', 'tags']), z.string()),
      match: z.string(),
      follow: z.boolean(),
      limit: z.int().positive(),
      allowPrivate: z.boolean(),
    })
    .partial()
    .optional(),
});

const manifestSchema = z.strictObject({
  format: z.literal(FORMAT),
  version: z.literal(FORMAT_VERSION),
  id: z.string().min(1),
  parent: z.string().nullable(),
  createdAt: z.iso.datetime(),
  model: z.strictObject({
    spec: modelSpecSchema,
    id: z.string(),
    dimensions: z.int().positive(),
    maxTokens: z.int().positive(),
    hash: z.string().min(1),
  }),
  /** Versions of what shapes articles, passages and terms: with another, a run publishes even if no article changed. */
  reading: z.int(),
  splitter: z.int(),
  analyzer: z.int(),
  hnsw: z.strictObject({ space: z.literal('ip'), m: z.int(), efConstruction: z.int(), efSearch: z.int() }),
  counts: z.strictObject({ articles: z.int().positive(), passages: z.int().positive() }),
  /** Rows ever given to passages, those of removed ones included: their vectors stay in the graph, marked as deleted. */
  rows: z.int().positive(),
  /** What the index found out about itself when it was built; null when nobody asked. */
  calibration: z.strictObject({
    /** Of the way it was found out: with another, a run publishes even if no article changed. */
    version: z.int(),
    /** The confidence from which a question counts as answered. */
    answerableFrom: z.number(),
    /** `rows` when it was found out: an index that has grown much since is asked again. */
    rows: z.int().positive(),
  }).nullable(),
  map: z.strictObject({
    /** Of the way passages are laid out: with another, a run publishes even if no article changed. */
    version: z.int(),
    /** `rows` and passages when they were laid out: an index that has changed much since is laid out anew. */
    rows: z.int().positive(),
    passages: z.int().positive(),
  }),
  sources: z.array(sourceSchema),
  changes: z.strictObject({ added: z.int(), changed: z.int(), moved: z.int(), removed: z.int(), unchanged: z.int() }),
  files: z.strictObject({ 'passages.sqlite': fileSchema, 'vectors.hnsw': fileSchema }),
});

/** All that is known of a generation without opening it. */
export type Manifest = z.output<typeof manifestSchema>;

export type Calibration = NonNullable<Manifest['calibration']>;

/**
 * @param directory of the generation
 * @throws PilcrowError `index-format` for another format or version, `index-damaged` for anything unreadable
 */
export async function readManifest(directory: string, id = basename(directory)): Promise<Manifest> {
  const path = generationLayout(directory).manifest;
  let parsed: unknown;
  try {
    parsed = JSON.parse(await readFile(path, 'utf8'));
  } catch (cause) {
    throw damaged(id, 'its manifest cannot be read', cause);
  }
  const stamp = z.object({ format: z.unknown(), version: z.unknown() }).safeParse(parsed);
  if (!stamp.success || stamp.data.format !== FORMAT) throw damaged(id, 'its manifest is none of Pilcrow’s');
  if (stamp.data.version !== FORMAT_VERSION) {
    throw new PilcrowError(
      'index-format',
      `generation ${id} has index format ${String(stamp.data.version)}, this Pilcrow reads format ${FORMAT_VERSION}`,
      'bring it up to date with: pilcrow index',
    );
  }
  const manifest = manifestSchema.safeParse(parsed);
  if (!manifest.success) throw damaged(id, `its manifest is wrong at ${manifest.error.issues[0]?.path.join('.') ?? '?'}`, manifest.error);
  return manifest.data;
}

/**
 * @returns why a generation cannot be asked though it is whole: questions would be cut by other rules than the terms
 *   they are compared with; null where it can
 */
export function otherTerms({ id, analyzer }: Manifest, hint = 'bring it up to date with: pilcrow index'): PilcrowError | null {
  if (analyzer === ANALYZER_VERSION) return null;
  return new PilcrowError('index-format', `generation ${id} has terms of version ${analyzer}, this Pilcrow asks for version ${ANALYZER_VERSION}`, hint);
}

/** The one way to refuse a generation: by name, with the reason and the way out. */
export function damaged(id: string, reason: string, cause?: unknown): PilcrowError {
  return new PilcrowError('index-damaged', `generation ${id} is damaged: ${reason}`, 'repair it with: pilcrow index', { cause });
}
