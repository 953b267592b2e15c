import { PilcrowError } from '../../errors';
import { openArchive, type Archive } from '../archive/archive';
import { assertWithin, parseXml, type XmlElement } from '../archive/xml';
import { decodeText } from '../text/decode';
import type { ReadInput } from '../types';
import { plainWordXml } from './word-xml';

/** Of one part: novels have 5 MB, the longest manuals 20. */
const MAX_PART_BYTES = 48 * 1024 * 1024;
/** mammoth takes some 1.2 kB for each: 180,000 in tables are the most that 256 MiB held. A page of text has thirty. */
const MAX_ELEMENTS = 180_000;
/** mammoth calls itself for each level. Tables in tables in lists have some forty. */
const MAX_DEPTH = 300;

/** A file of a word processor, opened: its parts are read one at a time, within limits. */
export interface WordPackage {
  /** As mammoth wants an unpacked file: so nothing but this unpacks it, and images never are. */
  file: { exists(path: string): boolean; read(path: string, encoding?: string): Promise<string | Uint8Array> };
  /** A small part, parsed; null where there is none. */
  part(path: string): Promise<XmlElement | null>;
}

/** @throws PilcrowError `file-damaged`, `file-encrypted`, `limit-exceeded` */
export async function openWordPackage(input: ReadInput): Promise<WordPackage> {
  const archive = await openArchive(input);
  if (archive.entries.some(({ problem }) => problem?.code === 'file-encrypted')) {
    throw new PilcrowError('file-encrypted', `${input.name} is protected by a password`, 'save it without one');
  }
  return {
    file: {
      exists: (path) => archive.find(path) !== undefined,
      read: async (path, encoding) => (encoding === 'utf-8' ? wordXml(archive, path, input.name) : unpack(archive, path, input.name)),
    },
    part: async (path) => (archive.find(path) === undefined ? null : parseXml(await textOf(archive, path, input.name), `${input.name}, ${path},`)),
  };
}

async function wordXml(archive: Archive, path: string, name: string): Promise<string> {
  const xml = plainWordXml(await textOf(archive, path, name));
  assertWithin(xml, { elements: MAX_ELEMENTS, depth: MAX_DEPTH }, name);
  return xml;
}

async function textOf(archive: Archive, path: string, name: string): Promise<string> {
  return decodeText({ bytes: await unpack(archive, path, name), name: `${name}, ${path},` });
}

async function unpack(archive: Archive, path: string, name: string): Promise<Uint8Array> {
  const entry = archive.find(path);
  if (entry === undefined) throw new PilcrowError('file-damaged', `${name} lacks its part ${path}`, 'save it again');
  if (entry.size > MAX_PART_BYTES) {
    const mebibytes = Math.ceil(entry.size / 1024 / 1024);
    throw new PilcrowError('limit-exceeded', `${name} has a part of ${mebibytes} MiB, more than ${MAX_PART_BYTES / 1024 / 1024} MiB`, 'split it into several documents');
  }
  return archive.unpack(entry);
}
