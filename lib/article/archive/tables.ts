import { isRecord, parseJson } from '../data/json-text';
import type { Row } from '../data/records';
import { csvRows } from '../formats/csv';
import { detectFormat } from '../reading/detect';
import type { ReadContext, ReadInput } from '../types';

/**
 * The rows of a table: CSV, or JSON that is one list of objects and nothing beside it.
 *
 * @returns null for anything else
 * @throws PilcrowError as those formats do
 */
export function tableRows(input: ReadInput, context: Pick<ReadContext, 'warn' | 'alive'>): Iterable<Row> | AsyncIterable<Row> | null {
  const format = detectFormat(input.name, input.bytes);
  if (format === 'csv') return csvRows(input, context);
  const items = format === 'json' ? onlyList(parseJson(input)) : null;
  return items === null || !items.every(isRecord) ? null : items.map((record, i) => ({ path: `record ${i + 1}`, record }));
}

/** With lists or objects beside it there may be articles elsewhere. */
function onlyList(value: unknown): unknown[] | null {
  if (Array.isArray(value)) return value as unknown[];
  if (!isRecord(value)) return null;
  const [list, ...others] = Object.values(value).filter((inner) => typeof inner === 'object' && inner !== null);
  return Array.isArray(list) && others.length === 0 ? (list as unknown[]) : null;
}
