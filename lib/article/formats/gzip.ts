import { gunzipSync } from 'node:zlib';
import { PilcrowError } from '../../errors';
import { MAX_ENTRY_BYTES } from '../archive/archive';
import type { ArticleDraft, ReadContext, Reader, ReadInput } from '../types';

/** Where a tar archive's first header says what it is (POSIX.1-1988). */
const TAR_MAGIC_OFFSET = 257;

/** One file, packed by gzip: what is in it is read as a file of its own, without `.gz` in its name. */
export const gzipReader = {
  read: (input: ReadInput, context: ReadContext): AsyncIterable<ArticleDraft> => {
    const bytes = unpack(input);
    if (Buffer.from(bytes.subarray(TAR_MAGIC_OFFSET, TAR_MAGIC_OFFSET + 5)).toString('latin1') === 'ustar') {
      throw new PilcrowError('format-unknown', `${input.name} is a tar archive, which cannot be read`, 'unpack it and name the folder');
    }
    return context.nested({ bytes, name: input.name.replace(/(?<=[^./\\])\.gz$/i, ''), map: input.map });
  },
} satisfies Reader;

/** All members, each checked against its checksum. Unpacking stops at the limit. */
function unpack({ bytes, name }: ReadInput): Uint8Array {
  try {
    return gunzipSync(bytes, { maxOutputLength: MAX_ENTRY_BYTES });
  } catch (cause) {
    if (cause instanceof RangeError) {
      throw new PilcrowError('limit-exceeded', `${name} has more than ${MAX_ENTRY_BYTES / 1024 ** 2} MiB unpacked`, 'split it into several files', { cause });
    }
    const reason = cause instanceof Error && /unexpected end/.test(cause.message) ? 'it ends too early' : 'it does not unpack to what was packed';
    throw new PilcrowError('file-damaged', `${name} is damaged: ${reason}`, 'fetch or pack it again', { cause });
  }
}
