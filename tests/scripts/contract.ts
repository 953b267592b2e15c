import { z } from 'zod';

/** The documents that people script against, as DESIGN.md has them: no field missing, none besides. */
const article = z.strictObject({
  id: z.string().min(1),
  title: z.string().min(1),
  url: z.string().nullable(),
  author: z.string().nullable(),
  published: z.string().nullable(),
  language: z.string().nullable(),
  source: z.string().min(1),
});
const ordinal = z.int().min(1);

const result = z.strictObject({
  rank: z.int().min(1),
  score: z.number(),
  fit: z.number().min(0).max(1),
  passage: z.strictObject({ id: z.string().min(1), ordinal, text: z.string().min(1), section: z.string().nullable(), page: ordinal.nullable() }),
  article,
  evidence: z.strictObject({ text: z.string().min(1), start: z.int().min(0), end: z.int().min(1) }),
  words: z.array(z.string().min(1)).max(8),
  matched: z.array(z.enum(['dense', 'lexical'])).min(1),
  alsoIn: z.array(z.strictObject({ passage: z.strictObject({ id: z.string(), ordinal }), article })),
  moreInArticle: z.int().min(0),
}).refine(({ passage, evidence }) => passage.text.slice(evidence.start, evidence.end) === evidence.text, 'the evidence is not where its offsets say');

const results = z.array(result).refine((all) => all.every(({ rank }, i) => rank === i + 1), 'ranks do not count up from 1');
const unknownFilters = z.array(z.strictObject({ name: z.enum(['article', 'source', 'author', 'tag', 'language']), value: z.string() }));
const took = z.strictObject({ totalMs: z.number(), embedMs: z.number(), retrieveMs: z.number() });

export const askDocument = z.strictObject({
  query: z.string(),
  mode: z.enum(['dense', 'lexical', 'hybrid']),
  generation: z.string().min(1),
  answerable: z.boolean(),
  unknownFilters,
  took,
  results,
});

export const relatedDocument = z.looseObject({
  passage: z.strictObject({ id: z.string(), ordinal, text: z.string(), section: z.string().nullable(), page: ordinal.nullable() }),
  article,
  generation: z.string().min(1),
  unknownFilters,
  took,
  results,
});

const count = z.int().min(0);

export const statusDocument = z.strictObject({
  generation: z.string().min(1),
  createdAt: z.iso.datetime(),
  articles: count,
  passages: count,
  model: z.strictObject({ id: z.string(), dimensions: z.int().min(1) }),
  bytes: z.strictObject({ passages: count, vectors: count, embeddingCache: count, total: count }),
  sources: z.array(z.strictObject({
    label: z.string(), path: z.string(),
    options: z.strictObject({ format: z.string(), map: z.record(z.string(), z.string()), match: z.string(), follow: z.boolean(), limit: count, allowPrivate: z.boolean() }).partial().optional(),
  })),
  fallback: z.strictObject({ generation: z.string().nullable(), code: z.string(), reason: z.string() }).nullable(),
  writer: z.strictObject({
    pid: z.int(), host: z.string(), command: z.string(), since: z.iso.datetime(), phase: z.string().nullable(), done: z.number().min(0).max(1), etaMs: z.number().nullable(),
  }).nullable(),
});

const articleName = z.strictObject({ id: z.string().min(1), source: z.string().min(1) });

export const indexDocument = z.strictObject({
  generation: z.string().nullable(),
  published: z.boolean(),
  dryRun: z.boolean(),
  articles: z.strictObject({ total: count, added: z.array(articleName), changed: z.array(articleName), moved: z.array(articleName.extend({ from: articleName })), removed: z.array(articleName), unchanged: count }),
  passages: z.strictObject({ total: count, embedded: count, fromCache: count }),
  skipped: z.array(z.strictObject({ path: z.string(), reason: z.string() })),
  copies: z.array(z.strictObject({ source: z.string(), of: z.string() })),
  failed: z.array(z.strictObject({ path: z.string(), error: z.strictObject({ code: z.string(), message: z.string() }) })),
  warnings: z.array(z.string()),
  pruned: z.array(z.string()),
  tookMs: z.number(),
});

/** What a later run of `pilcrow index --watch --json` prints that failed as a whole. */
export const failedRunDocument = z.strictObject({ error: z.strictObject({ code: z.string(), message: z.string() }) });
