import { deflateRawSync, gzipSync } from 'node:zlib';

/** An entry, and what a liar would say about it. */
export interface Entry {
  name: string | Buffer;
  data?: string | Buffer;
  method?: number;
  flags?: number;
  crc?: number;
  /** Declared size when unpacked. */
  size?: number;
  /** Type and permissions, as Unix has them. */
  mode?: number;
  /** Bytes as they lie in the archive, where they are not made of `data`. */
  packed?: Buffer;
  extra?: Buffer;
  /** Where the list says that it begins. */
  offset?: number;
}

export const UTF8_NAME = 0x800;

/** A zip archive, byte by byte. `count` is what the end says, zip64 beyond 65,535. */
export function zipBytes(entries: readonly Entry[], { count = entries.length }: { count?: number } = {}): Buffer {
  const locals: Buffer[] = [];
  const centrals: Buffer[] = [];
  let offset = 0;
  for (const entry of entries) {
    const name = typeof entry.name === 'string' ? Buffer.from(entry.name) : entry.name;
    const data = Buffer.from(entry.data ?? '');
    const method = entry.method ?? 8;
    const packed = entry.packed ?? (method === 8 ? deflateRawSync(data) : data);
    const extra = entry.extra ?? Buffer.alloc(0);
    const fields = Buffer.alloc(26);
    fields.writeUInt16LE(20, 0);
    fields.writeUInt16LE(entry.flags ?? (typeof entry.name === 'string' ? UTF8_NAME : 0), 2);
    fields.writeUInt16LE(method, 4);
    fields.writeUInt32LE(entry.crc ?? crc32(data), 10);
    fields.writeUInt32LE(packed.length, 14);
    fields.writeUInt32LE(entry.size ?? data.length, 18);
    fields.writeUInt16LE(name.length, 22);
    fields.writeUInt16LE(extra.length, 24);
    const local = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), fields, name, extra, packed]);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(((entry.mode ?? 0o100644) << 16) >>> 0, 6);
    tail.writeUInt32LE(entry.offset ?? offset, 10);
    centrals.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\x03', 'latin1'), fields, tail, name, extra]));
    locals.push(local);
    offset += local.length;
  }
  const list = Buffer.concat(centrals);
  return Buffer.concat([...locals, list, end(count, list.length, offset)]);
}

function end(count: number, size: number, offset: number): Buffer {
  const record = Buffer.alloc(22);
  record.write('PK\x05\x06', 'latin1');
  record.writeUInt16LE(Math.min(count, 0xffff), 8);
  record.writeUInt16LE(Math.min(count, 0xffff), 10);
  record.writeUInt32LE(size, 12);
  record.writeUInt32LE(offset, 16);
  if (count <= 0xffff) return record;
  const long = Buffer.alloc(56);
  long.write('PK\x06\x06', 'latin1');
  long.writeBigUInt64LE(44n, 4);
  long.writeBigUInt64LE(BigInt(count), 24);
  long.writeBigUInt64LE(BigInt(count), 32);
  long.writeBigUInt64LE(BigInt(size), 40);
  long.writeBigUInt64LE(BigInt(offset), 48);
  const locator = Buffer.alloc(20);
  locator.write('PK\x06\x07', 'latin1');
  locator.writeBigUInt64LE(BigInt(offset + size), 8);
  locator.writeUInt32LE(1, 16);
  return Buffer.concat([long, locator, record]);
}

/** Every gzip ends in it. */
export function crc32(bytes: Buffer): number {
  const packed = gzipSync(bytes, { level: 0 });
  return packed.readUInt32LE(packed.length - 8);
}
