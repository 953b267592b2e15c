import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import type { z } from 'zod';
import { PilcrowError } from '../errors';

/** A line of text and its number, 1-based. */
export interface Line {
  number: number;
  text: string;
}

/**
 * The lines of a UTF-8 file that have something on them, unpacked where its name ends in `.gz`. Lines end
 * with LF or CRLF and nothing else: JSON strings may hold U+2028, which Node's readline takes for an end.
 *
 * @throws PilcrowError `dataset-invalid` for what is no UTF-8 or no whole gzip, naming file and line
 */
export async function* linesOf(path: string): AsyncGenerator<Line> {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  let number = 0;
  for await (const bytes of byteLines(path)) {
    number++;
    let text: string;
    try {
      text = decoder.decode(bytes);
    } catch {
      throw badLine(path, number, 'is not UTF-8');
    }
    if (number === 1) text = text.replace(/^\uFEFF/, '');
    if (text.trim() !== '') yield { number, text: text.replace(/\r$/, '') };
  }
}

/**
 * The lines of a JSONL file as `schema` has them.
 * @throws PilcrowError `dataset-invalid` that names file, line and what is wrong
 */
export async function* jsonLines<T extends z.ZodType>(path: string, schema: T): AsyncGenerator<z.output<T>> {
  for await (const { number, text } of linesOf(path)) {
    const parsed = schema.safeParse(parseJson(path, number, text));
    if (!parsed.success) {
      const issue = parsed.error.issues[0];
      const field = issue?.path.join('.') ?? '';
      throw badLine(path, number, `${field === '' ? 'its content' : field} is wrong (${issue?.message ?? 'not as expected'})`);
    }
    yield parsed.data;
  }
}

export function badLine(path: string, number: number, what: string): PilcrowError {
  return new PilcrowError('dataset-invalid', `${path}, line ${number}: ${what}`);
}

function parseJson(path: string, number: number, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw badLine(path, number, `is not JSON (${cause instanceof Error ? cause.message : 'cannot be parsed'})`);
  }
}

async function* byteLines(path: string): AsyncGenerator<Buffer> {
  let rest: Buffer[] = [];
  for await (const chunk of chunksOf(path)) {
    let start = 0;
    for (let end = chunk.indexOf(LF); end >= 0; end = chunk.indexOf(LF, start)) {
      yield Buffer.concat([...rest, chunk.subarray(start, end)]);
      rest = [];
      start = end + 1;
    }
    if (start < chunk.length) rest.push(chunk.subarray(start));
  }
  if (rest.length > 0) yield Buffer.concat(rest);
}

const LF = 0x0a;

async function* chunksOf(path: string): AsyncGenerator<Buffer> {
  const file = createReadStream(path, { highWaterMark: 1 << 18 });
  // Errors of either stream end the iteration below; the callback is there because it must be.
  const stream = path.endsWith('.gz') ? pipeline(file, createGunzip(), () => undefined) : file;
  try {
    for await (const chunk of stream) yield chunk as Buffer;
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown';
    throw new PilcrowError('dataset-invalid', `${path} cannot be read (${code})`, code.startsWith('Z_') ? 'it is no gzip file, or not all of one' : null, { cause });
  }
}
