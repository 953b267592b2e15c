import { createHash, randomUUID } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { PilcrowError } from '../../errors';
import type { Answer, Fetched } from './client';

const recordSchema = z.strictObject({
  /** As it was asked for. */
  url: z.string(),
  finalUrl: z.string(),
  /** 200; of a robots.txt that is not there, 4xx. */
  status: z.int(),
  contentType: z.string().nullable(),
  charset: z.string().nullable(),
  etag: z.string().nullable(),
  lastModified: z.string().nullable(),
  /** What its listing said of its last change, when it was last asked for. */
  listedAs: z.string().nullable(),
  /** When the body came, ISO 8601. */
  fetchedAt: z.iso.datetime(),
  /** When the server last said that this is what it has. */
  checkedAt: z.iso.datetime(),
  bytes: z.int(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});

/** What the store knows of an address. */
export type FetchRecord = z.output<typeof recordSchema>;

export interface Stored {
  record: FetchRecord;
  bytes: Buffer;
  /** File of the body, absolute. */
  path: string;
}

const listingSchema = z.strictObject({
  url: z.string(),
  kind: z.enum(['feed', 'sitemap']),
  /** When the run began that has not come to its end, ISO 8601. */
  begunAt: z.iso.datetime().nullable(),
  pages: z.array(z.strictObject({
    url: z.string(),
    /** As the feed or sitemap says; null where it does not. */
    date: z.string().nullable(),
    firstSeen: z.iso.datetime(),
  })),
});

/** The pages of a source, those that its feed has let go of among them. */
export type Listing = z.output<typeof listingSchema>;

/**
 * A folder with what was fetched: for each address a record and a body, for each source that lists pages a listing.
 *
 * Names are hashes: nothing that a server says becomes part of a path. A body is named by its content as well, and its
 * record is put in place after it, so that whoever looks at any moment finds the old or the new one whole. For one
 * writer at a time.
 */
export class FetchStore {
  /** @param folder absolute; made when the first thing is kept */
  constructor(private readonly folder: string) {}

  /** Null for an address that is not known, and for one whose record or body is missing or damaged. */
  async get(url: string): Promise<Stored | null> {
    const record = await this.read(recordName(url), recordSchema);
    if (record?.url !== url) return null;
    const path = join(this.folder, bodyName(url, record.sha256));
    const bytes = await readFile(path).catch(() => null);
    return bytes === null || bytes.length !== record.bytes || sha256(bytes) !== record.sha256 ? null : { record, bytes, path };
  }

  /**
   * Keeps an answer in the place of the one before.
   * @throws PilcrowError `index-unwritable`
   */
  async put(url: string, answer: Omit<Answer, 'status'> & { status: number }, listedAs: string | null, now: number): Promise<Stored> {
    const { bytes, ...rest } = answer;
    const at = new Date(now).toISOString();
    const record: FetchRecord = { url, ...rest, listedAs, fetchedAt: at, checkedAt: at, bytes: bytes.length, sha256: sha256(bytes) };
    const before = await this.read(recordName(url), recordSchema);
    await this.write(bodyName(url, record.sha256), bytes);
    await this.write(recordName(url), JSON.stringify(record));
    if (before !== null && before.sha256 !== record.sha256) await this.remove(bodyName(url, before.sha256));
    return { record, bytes, path: join(this.folder, bodyName(url, record.sha256)) };
  }

  /**
   * Keeps an answer, or that nothing has changed.
   *
   * @param stored what the server was told to be known
   * @throws PilcrowError `index-unwritable`
   */
  async keep(url: string, stored: Stored | null, fetched: Fetched, listedAs: string | null, now: number): Promise<Stored> {
    if (fetched.status === 'fetched') return this.put(url, { ...fetched, status: 200 }, listedAs, now);
    if (stored === null) throw new PilcrowError('internal', `${url} is unchanged, but not known`);
    const record = { ...stored.record, listedAs, checkedAt: new Date(now).toISOString() };
    await this.write(recordName(url), JSON.stringify(record));
    return { ...stored, record };
  }

  /** Forgets an address. */
  async drop(url: string): Promise<void> {
    const record = await this.read(recordName(url), recordSchema);
    await this.remove(recordName(url));
    if (record !== null) await this.remove(bodyName(url, record.sha256));
  }

  async listing(source: string): Promise<Listing | null> {
    const listing = await this.read(listingName(source), listingSchema);
    return listing?.url === source ? listing : null;
  }

  /** @throws PilcrowError `index-unwritable` */
  async keepListing(listing: Listing): Promise<void> {
    await this.write(listingName(listing.url), JSON.stringify(listing));
  }

  /**
   * Removes all that belongs to no address of `keep` (`Refreshed.used` of all sources), and what writers left that died.
   * @throws PilcrowError `index-unwritable`
   */
  async prune(keep: ReadonlySet<string>): Promise<void> {
    const names = new Set<string>();
    for (const url of keep) {
      names.add(recordName(url)).add(listingName(url));
      const record = await this.read(recordName(url), recordSchema);
      if (record !== null) names.add(bodyName(url, record.sha256));
    }
    const present = await readdir(this.folder).catch(() => []);
    for (const name of present) if (!names.has(name)) await this.remove(name);
  }

  private async read<T>(name: string, schema: z.ZodType<T>): Promise<T | null> {
    try {
      return schema.parse(JSON.parse(await readFile(join(this.folder, name), 'utf8')));
    } catch {
      return null; // Not there, half of it, or from another version: then it is fetched again.
    }
  }

  private async write(name: string, content: Uint8Array | string): Promise<void> {
    const path = join(this.folder, name);
    const temporary = `${path}.${randomUUID()}.tmp`;
    try {
      await mkdir(this.folder, { recursive: true });
      const file = await open(temporary, 'wx');
      try {
        await file.writeFile(content);
        await file.sync();
      } finally {
        await file.close();
      }
      await rename(temporary, path);
    } catch (cause) {
      await rm(temporary, { force: true }).catch(() => undefined);
      throw this.unwritable(cause);
    }
  }

  private async remove(name: string): Promise<void> {
    await rm(join(this.folder, name), { force: true, recursive: true }).catch((cause: unknown) => { throw this.unwritable(cause); });
  }

  private unwritable(cause: unknown): PilcrowError {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown reason';
    return new PilcrowError('index-unwritable', `cannot write to ${this.folder} (${code})`, 'check its permissions and the free space', { cause });
  }
}

function recordName(url: string): string {
  return `${sha256(url)}.json`;
}

function bodyName(url: string, content: string): string {
  return `${sha256(url)}-${content.slice(0, 16)}.body`;
}

function listingName(source: string): string {
  return `listing-${sha256(source)}.json`;
}

function sha256(content: Uint8Array | string): string {
  return createHash('sha256').update(content).digest('hex');
}
