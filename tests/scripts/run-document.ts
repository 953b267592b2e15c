import { z } from 'zod';
import { indexDocument } from './contract';

const name = z.strictObject({ id: z.string().min(1), source: z.string().min(1) });

/** What `pilcrow index --json` prints, moved articles and removed generations included. */
export const runDocument = indexDocument.extend({
  articles: indexDocument.shape.articles.extend({ moved: z.array(name.extend({ from: name })) }),
  pruned: z.array(z.string()),
});

/** What a later run of `pilcrow index --watch --json` prints that failed as a whole. */
export const failedRunDocument = z.strictObject({ error: z.strictObject({ code: z.string(), message: z.string() }) });
