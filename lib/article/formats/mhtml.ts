import PostalMime, { type Email } from 'postal-mime';
import { PilcrowError } from '../../errors';
import { readPage } from '../html/page';
import { decodeText } from '../text/decode';
import type { ArticleDraft, ReadContext, Reader, ReadInput } from '../types';

/** Headers are some lines; pictures and styles follow below, in parts that nobody needs here. */
const MAX_HEADERS = 64 * 1024;
const END_OF_HEADERS = /\r?\n\r?\n/;

/**
 * Pages as Chromium, Safari and Internet Explorer save them whole (RFC 2557): the first part that is HTML is the page,
 * those after it are frames in it, styles and pictures.
 */
export const mhtmlReader = {
  async *read(input: ReadInput, context: Pick<ReadContext, 'warn'>): AsyncGenerator<ArticleDraft> {
    const { headers, parts, cut } = split(input.bytes);
    for (const part of parts) {
      if (!/^content-type:\s*(?:text\/html|application\/xhtml\+xml|multipart\/alternative)/im.test(headersOf(part))) continue;
      if (part === cut) context.warn(`${input.name} ends within its page: text may be missing`);
      const { bytes, charset, location } = await decodePart(part, input.name);
      const url = [location, header(headers, 'snapshot-content-location'), header(headers, 'content-location'), input.url].find((address) => address !== undefined && /^https?:/i.test(address));
      const page = { name: input.name, url };
      yield readPage(decodeText({ ...page, bytes, charset }, context), page);
      return;
    }
    throw new PilcrowError('file-damaged', `${input.name} has no page in it`, 'save the page again');
  },
} satisfies Reader;

/** The message's own headers, and its parts with theirs; `cut` is the one whose end is missing. */
function split(bytes: Uint8Array): { headers: string; parts: Buffer[]; cut: Buffer | null } {
  const message = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const headers = headersOf(message);
  const named = /^content-type:\s*multipart\/[^\n]*?boundary="?([^"\s;]{1,200})/im.exec(headers)?.[1];
  if (named === undefined) return { headers, parts: [message], cut: null };
  const boundary = Buffer.from(`\n--${named}`, 'latin1');
  const parts: Buffer[] = [];
  let cut: Buffer | null = null;
  let start = message.indexOf(boundary);
  while (start >= 0) {
    const begin = message.indexOf('\n', start + boundary.length);
    const end = message.indexOf(boundary, start + boundary.length);
    if (begin >= 0 && (end < 0 || begin < end)) parts.push(message.subarray(begin + 1, end < 0 ? undefined : end + 1));
    if (begin >= 0 && end < 0) cut = parts.at(-1) ?? null;
    start = end;
  }
  return { headers, parts, cut };
}

/** As they stand, but each on one line. */
function headersOf(message: Buffer): string {
  const text = message.subarray(0, MAX_HEADERS).toString('latin1').replace(/^\s+/, '');
  return text.slice(0, END_OF_HEADERS.exec(text)?.index ?? text.length).replace(/\r?\n[ \t]+/g, ' ');
}

function header(headers: string, name: string): string | undefined {
  return new RegExp(`^${name}:[ \\t]*(\\S+)`, 'im').exec(headers)?.[1];
}

/** The bytes of a part, whatever they were carried as, and what its headers say of them. */
async function decodePart(part: Buffer, name: string): Promise<{ bytes: Uint8Array; charset: string | undefined; location: string | undefined }> {
  let email: Email;
  try {
    // What is attached is left as it is; what is not, would be decoded without a look at what the page says of its encoding.
    email = await PostalMime.parse(Buffer.concat([Buffer.from('Content-Disposition: attachment\r\n'), part]));
  } catch (cause) {
    throw new PilcrowError('file-damaged', `${name} cannot be taken apart`, 'save the page again', { cause });
  }
  const headers = headersOf(part);
  const location = header(headers, 'content-location');
  const [attached] = email.attachments;
  if (email.html !== undefined || attached === undefined || typeof attached.content === 'string') return { bytes: Buffer.from(email.html ?? ''), charset: 'utf-8', location };
  const charset = /^content-type:[^\n]*?charset\s*=\s*"?([^"\s;]{1,40})/im.exec(headers)?.[1];
  return { bytes: new Uint8Array(attached.content), charset, location };
}
