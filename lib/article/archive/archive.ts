import { inflateRawSync } from 'node:zlib';
import { fromBufferPromise, type Entry, type ZipFile } from 'yauzl';
import { PilcrowError } from '../../errors';
import type { ReadInput } from '../types';
import { entryPath, pathProblem } from './entry-path';

/** Ten times the largest exports of blogs and notes; the list alone takes some 50 MB then. */
export const MAX_ENTRIES = 100_000;
/** As much as a file may have that is no archive: an entry is in memory as a whole. */
export const MAX_ENTRY_BYTES = 64 * 1024 * 1024;
/** Entries are read one after the other, so this is a matter of time: half a minute of mere unpacking is no article. */
export const MAX_UNPACKED_BYTES = 1024 * 1024 * 1024;
/** Deflate takes zeros to a thousandth. No text comes near: logs and tables of one value over and over stay below a 300th. */
export const MAX_RATIO = 500;
/** … in entries of this size, below which nothing can do harm. */
const RATIO_FROM_BYTES = 4 * 1024 * 1024;

const STORED = 0;
const DEFLATED = 8;
/** File type in the upper half of the external attributes, as Unix has it. */
const LINK = 0o120000;
const TYPE_MASK = 0o170000;
const CENTRAL_HEADER = 0x02014b50;
const LOCAL_HEADER_BYTES = 30;

const CRC_OF_BYTE = Int32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  return crc;
});

/** A file in an archive. */
export interface ArchiveEntry {
  /** With `/`, and never out of the archive where `problem` is null. */
  path: string;
  /** Bytes when unpacked, as the archive says; more are never unpacked. */
  size: number;
  isLink: boolean;
  /** Why it cannot be read, or null. Found without unpacking it. */
  problem: PilcrowError | null;
}

/** A zip archive in memory. Its entries are unpacked when they are asked for, and never onto a disk. */
export interface Archive {
  /** Without folders, in the order of the archive. */
  entries: readonly ArchiveEntry[];
  find(path: string): ArchiveEntry | undefined;
  /** @throws PilcrowError `file-damaged`, `file-encrypted`, `limit-exceeded`, `format-unknown` about this entry */
  unpack(entry: ArchiveEntry): Promise<Uint8Array>;
}

/**
 * @throws PilcrowError `file-damaged`, `file-encrypted` where even the list of files is, `limit-exceeded`
 */
export async function openArchive({ bytes, name }: Pick<ReadInput, 'bytes' | 'name'>): Promise<Archive> {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const { zip, listed } = await list(buffer, name);
  const found = new Map<string, Entry>();
  const byPath = new Map<string, ArchiveEntry>();
  const entries: ArchiveEntry[] = [];
  for (const entry of listed) {
    const path = entryPath(entry);
    if (path.endsWith('/')) continue;
    const isLink = (entry.externalFileAttributes >>> 16 & TYPE_MASK) === LINK;
    const problem = byPath.has(path) ? new PilcrowError('file-damaged', `${path} is in the archive twice; the first one is read`) : entryProblem(entry, path);
    const listing = { path, size: entry.uncompressedSize, isLink, problem };
    entries.push(listing);
    if (byPath.has(path)) continue;
    byPath.set(path, listing);
    found.set(path, entry);
  }
  return {
    entries,
    find: (path) => byPath.get(path),
    unpack: async ({ path, problem }) => {
      if (problem !== null) throw problem;
      const entry = found.get(path);
      if (entry === undefined) throw new Error(`${path} is no entry of this archive`);
      return unpack(buffer, zip, entry, path);
    },
  };
}

async function list(buffer: Buffer, name: string): Promise<{ zip: ZipFile; listed: Entry[] }> {
  const listed: Entry[] = [];
  try {
    // Names are decoded and sizes checked here, entry by entry: yauzl ends at the first that is wrong.
    const zip = await fromBufferPromise(buffer, { decodeStrings: false, validateEntrySizes: false });
    if (zip.entryCount > MAX_ENTRIES) throw tooManyEntries(name, zip.entryCount);
    for await (const entry of zip.eachEntry()) listed.push(entry);
    // The types have it as a boolean.
    const end = Number(zip.readEntryCursor);
    // Some programs count in sixteen bits and list more.
    if (end + 4 <= buffer.length && buffer.readUInt32LE(end) === CENTRAL_HEADER) throw new Error('more entries than are counted');
    assertApart(listed);
    return { zip, listed };
  } catch (cause) {
    if (cause instanceof PilcrowError) throw cause;
    if (cause instanceof Error && cause.message.startsWith('strong encryption')) throw encrypted(name);
    throw new PilcrowError('file-damaged', `${name} is a damaged archive: its list of files cannot be read`, 'fetch or pack it again', { cause });
  }
}

/** Files that share their bytes make an archive that unpacks to far more than any ratio tells (Fifield 2019). */
function assertApart(listed: readonly Entry[]): void {
  const ranges = listed.map((entry) => ({
    start: entry.relativeOffsetOfLocalHeader,
    end: entry.relativeOffsetOfLocalHeader + LOCAL_HEADER_BYTES + entry.fileNameLength + entry.compressedSize,
  }));
  ranges.sort((a, b) => a.start - b.start);
  let end = 0;
  for (const range of ranges) {
    if (range.start < end) throw new Error('entries that overlap');
    ({ end } = range);
  }
}

function entryProblem(entry: Entry, path: string): PilcrowError | null {
  const wrongPath = pathProblem(path);
  if (wrongPath !== null) return new PilcrowError('file-damaged', `${path} is not read: ${wrongPath}`, 'pack the archive again with another program');
  if (entry.isEncrypted()) return encrypted(path);
  if (entry.compressionMethod !== STORED && entry.compressionMethod !== DEFLATED) {
    return new PilcrowError('format-unknown', `${path} is packed in a way that cannot be read (method ${entry.compressionMethod})`, 'pack the archive again with the usual method (deflate)');
  }
  const { uncompressedSize: size, compressedSize } = entry;
  if (size > MAX_ENTRY_BYTES) {
    return new PilcrowError('limit-exceeded', `${path} has ${mebibytes(size)} unpacked, more than ${mebibytes(MAX_ENTRY_BYTES)}`, 'split it into several files');
  }
  if (size > RATIO_FROM_BYTES && size > compressedSize * MAX_RATIO) {
    return new PilcrowError('limit-exceeded', `${path} unpacks to more than ${MAX_RATIO} times its size, as no text does`, 'leave it out, or unpack it and name the folder');
  }
  return null;
}

/** All that is unpacked has the size and the checksum that the archive says, or is refused. */
async function unpack(buffer: Buffer, zip: ZipFile, entry: Entry, path: string): Promise<Uint8Array> {
  try {
    const { fileDataStart } = await zip.readLocalFileHeaderPromise(entry, { minimal: true });
    const packed = buffer.subarray(fileDataStart, fileDataStart + entry.compressedSize);
    // A limit of zero is none to zlib.
    const bytes = entry.compressionMethod === STORED ? packed : inflateRawSync(packed, { maxOutputLength: Math.max(1, entry.uncompressedSize) });
    if (bytes.length !== entry.uncompressedSize || crc32(bytes) !== entry.crc32) throw new Error('size or checksum differ');
    return bytes;
  } catch (cause) {
    throw new PilcrowError('file-damaged', `${path} is damaged: it does not unpack to what the archive says`, 'fetch or pack the archive again', { cause });
  }
}

/** CRC-32 (ISO 3309), byte by byte; Node has a function of its own for it only from 20.15 on. */
function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) crc = (CRC_OF_BYTE[(crc ^ byte) & 0xff] ?? 0) ^ (crc >>> 8);
  return ~crc >>> 0;
}

function encrypted(name: string): PilcrowError {
  return new PilcrowError('file-encrypted', `${name} is protected by a password`, 'unpack it with the password and name the folder');
}

function tooManyEntries(name: string, count: number): PilcrowError {
  return new PilcrowError('limit-exceeded', `${name} has ${count} entries, more than ${MAX_ENTRIES}`, 'unpack it and name the folder');
}

function mebibytes(bytes: number): string {
  return `${Math.ceil(bytes / 1024 / 1024)} MiB`;
}
