import { count } from './words';

/** How the app says times and sizes. */

const UNITS = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
] as const;

const AGO = new Intl.RelativeTimeFormat('en', { numeric: 'always' });

/** `just now`, `12 minutes ago`, `3 days ago`; a clock that was wrong when it was written makes it `just now`. */
export function agoWords(iso: string, now = Date.now()): string {
  const ms = now - Date.parse(iso);
  const unit = UNITS.find(([name, length]) => ms >= (name === 'day' ? 2 : 1) * length);
  return unit === undefined ? 'just now' : AGO.format(-Math.floor(ms / unit[1]), unit[0]);
}

/**
 * `25 November 2026 at 03:29 UTC`
 * @param timeZone of this machine unless said otherwise: the reader's own, mostly, and it is named
 */
export function momentWords(iso: string, timeZone?: string): string {
  const options = { day: 'numeric', month: 'long', year: 'numeric', hour: '2-digit', minute: '2-digit', timeZoneName: 'short' } as const;
  return new Intl.DateTimeFormat('en-GB', { ...options, timeZone }).format(new Date(iso));
}

/** `512 B`, `3.4 kB`, `1.2 GB`: powers of 1000. */
export function sizeWords(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  // What would be rounded to 1,000 is 1.0 of the next unit.
  const power = Math.min(units.length - 1, Math.max(0, Math.floor(Math.log10(bytes / 0.9995) / 3)));
  const value = bytes / 1000 ** power;
  return `${power === 0 || value >= 99.5 ? Math.round(value).toLocaleString('en') : value.toFixed(1)} ${units[power] ?? ''}`;
}

/** `3,412,345 bytes` */
export function exactSizeWords(bytes: number): string {
  return count(bytes, 'byte');
}
