import { z } from 'zod';

export type EmbeddedText = 'query' | 'passage';

/** A passage as the model reads it: its sentences in order, after what says where they stand. */
export interface PassageText {
  /** Read by the model, but no part of any vector; may be empty. */
  context: string;
  sentences: readonly string[];
}

/** The model that ships with Pilcrow. */
export const DEFAULT_MODEL = 'all-MiniLM-L6-v2';

/** Which model, and how its texts go in and its vectors come out. Stored in every manifest. */
export const modelSpecSchema = z.strictObject({
  /** `all-MiniLM-L6-v2`, a local folder in transformers.js layout, or a hub id such as `Xenova/bge-small-en-v1.5`. */
  model: z.string().min(1).default(DEFAULT_MODEL),
  dtype: z.enum(['int8', 'fp32']).default('int8'),
  pooling: z.enum(['mean', 'cls']).default('mean'),
  /** Put in front of every question, e.g. `query: ` for the e5 family. */
  queryPrefix: z.string().default(''),
  passagePrefix: z.string().default(''),
});

export type ModelSpec = z.infer<typeof modelSpecSchema>;
