import { z } from 'zod';
import { PilcrowError } from '../errors';
import type { BenchReport } from './types';

/** Far more than benches make; drawing or comparing it stays quick. */
const MOST = 1_000;

const text = z.string().max(10_000);
const name = z.string().regex(/^[\w.@-]{1,100}$/);
const axis = z.object({ label: text, unit: text });

const reportSchema: z.ZodType<BenchReport> = z.object({
  date: z.iso.datetime(),
  version: text,
  machine: z.object({ processor: text, cores: z.number(), memoryGb: z.number(), platform: text, node: text, load: z.number() }),
  seed: z.number(),
  corpus: text,
  quick: z.boolean().default(false),
  benches: z.array(z.object({
    name,
    title: text,
    date: z.iso.datetime(),
    figures: z.array(z.object({
      key: name,
      label: text,
      unit: z.enum(['ms', 's', '/s', 'tokens/s', 'MB', 'kB', '×', 'share', 'count']),
      value: z.number(),
      range: z.tuple([z.number(), z.number()]).optional(),
      runs: z.number(),
      better: z.enum(['higher', 'lower']).nullable(),
    })).max(MOST),
    series: z.array(z.object({ key: name, label: text, x: axis, y: axis, points: z.array(z.tuple([z.number(), z.number()])).max(MOST) })).max(MOST),
    checks: z.array(z.object({ label: text, passed: z.boolean(), detail: text })).max(MOST),
    notes: z.array(text).max(MOST),
    tookMs: z.number(),
  })).max(MOST),
});

/**
 * What `pilcrow bench --json` has printed.
 * @param named for messages
 * @throws PilcrowError `file-damaged` for anything else
 */
export function parseReport(json: string, named: string): BenchReport {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (cause) {
    throw new PilcrowError('file-damaged', `${named} is no JSON`, 'write one: pilcrow bench --json > FILE', { cause });
  }
  const report = reportSchema.safeParse(value);
  if (report.success) return report.data;
  const { path = [], message = '' } = report.error.issues[0] ?? {};
  throw new PilcrowError('file-damaged', `${named} is no report of benches: ${path.join('.') || 'it'}: ${message}`, 'write one: pilcrow bench --json > FILE');
}
