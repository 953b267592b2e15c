import { PilcrowError } from '../../lib/errors';
import type { PageParams } from '../query';

/**
 * The region that an address asks for, or null where it asks a question or nothing.
 * @throws PilcrowError `usage` for what is no region's number
 */
export function regionFromPage({ q, region }: PageParams): number | null {
  const values = [region ?? []].flat();
  if (values.length === 0 || [q ?? []].flat().some((value) => value.trim() !== '')) return null;
  const [value = ''] = values;
  if (values.length > 1) throw new PilcrowError('usage', `region is given ${values.length} times`, 'give it once');
  return wholeNumber('region', value);
}

/** @throws PilcrowError `usage` for anything but a whole number */
export function wholeNumber(name: string, value: string): number {
  if (/^(0|[1-9]\d{0,8})$/.test(value)) return Number(value);
  throw new PilcrowError('usage', `${name} is ${JSON.stringify(value.slice(0, 100))}`, 'it is a whole number');
}
