import type { PilcrowError } from '../../errors';
import { UNKNOWN, UNKNOWN_REASON } from './detect';

/**
 * Why a file that nobody named is passed over when it was looked into and is no article: nothing of it is lost. The
 * same for files that differ in their names and fields alone, since reasons are counted.
 *
 * @param name by which the error calls the file
 * @returns null for what has to be told as an error
 */
export function reasonToPassOver({ code, message }: PilcrowError, name: string): string | null {
  // Other messages with this code are about what may well hold articles: tar, archives packed in some other way.
  if (code === 'format-unknown') return message.endsWith(UNKNOWN) ? UNKNOWN_REASON : null;
  if (code !== 'not-articles') return null;
  const [what = ''] = message.startsWith(`${name} `) ? message.slice(name.length + 1).split(': ', 1) : [];
  return `it ${what === '' ? 'holds no articles' : what}`;
}
