/** 1,234,567 */
export function count(value: number): string {
  return Math.round(value).toLocaleString('en');
}

/** `1 article`, `3 articles` */
export function counted(value: number, singular: string, plural = `${singular}s`): string {
  return `${count(value)} ${value === 1 ? singular : plural}`;
}

/** `3.1 s`, `1m 20s`, `2h 05m` from milliseconds */
export function duration(ms: number): string {
  if (ms < 9_950) return `${(ms / 1000).toFixed(1)} s`;
  return clock(ms);
}

/** `8s`, `1m 20s`, `2h 05m` from milliseconds: for what is still to come, where tenths would only flicker */
export function clock(ms: number): string {
  const seconds = Math.max(1, Math.round(ms / 1000));
  const minutes = Math.floor(seconds / 60);
  if (minutes === 0) return `${String(seconds)}s`;
  if (minutes < 60) return `${String(minutes)}m ${twoDigits(seconds % 60)}s`;
  return `${String(Math.floor(minutes / 60))}h ${twoDigits(minutes % 60)}m`;
}

/** `just now`, `12 minutes ago`, `3 days ago` from milliseconds */
export function ago(ms: number): string {
  const minutes = Math.floor(ms / 60_000);
  if (minutes < 1) return 'just now';
  if (minutes < 60) return `${counted(minutes, 'minute')} ago`;
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? `${counted(hours, 'hour')} ago` : `${counted(Math.floor(hours / 24), 'day')} ago`;
}

/** `512 B`, `3.4 kB`, `1.2 GB`: powers of 1000 */
export function size(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  let value = bytes;
  let unit = 0;
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${unit === 0 || value >= 99.5 ? value.toFixed(0) : value.toFixed(1)} ${units[unit] ?? ''}`;
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}
