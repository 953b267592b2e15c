import { PilcrowError } from '../../errors';
import type { Archive } from '../archive/archive';
import { elementsOf } from '../archive/xml';
import { readXml, resolvePath, type SpineItem } from './package';

/**
 * Refuses a book of which what is to be read is encrypted. Fonts may be: that is how their makers want them embedded.
 *
 * @throws PilcrowError `file-encrypted`
 */
export async function assertUnprotected(archive: Archive, spine: readonly SpineItem[], name: string): Promise<void> {
  const entry = archive.find('META-INF/encryption.xml');
  if (entry === undefined) return;
  const encrypted = new Set(elementsOf(await readXml(archive, entry), 'CipherReference').map(({ attributes }) => resolvePath('', attributes.get('URI'))));
  if (!spine.some(({ path }) => encrypted.has(path))) return;
  throw new PilcrowError('file-encrypted', `${name} is protected against copying`, 'get it without protection (DRM)');
}
