import { mkdirSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { isDamagedDatabase, storageError } from './storage-errors';

const ASKED_AGAIN_MS = 20;

/**
 * A lock held by one process at a time: SQLite's on an empty file, thus the operating system's. It ends with
 * its process, however that ends, so there are no stale locks to be guessed at, whatever process ids are
 * reused, and containers on one machine that share a folder see each other's.
 */
export class FileLock {
  private constructor(private readonly db: Database.Database) {}

  /**
   * @param patience how long to stand still for it, ms
   * @returns null when another has it
   * @throws PilcrowError `index-unwritable`
   */
  static take(path: string, patience: number, isRepaired = false): FileLock | null {
    let db: Database.Database | null = null;
    try {
      mkdirSync(dirname(path), { recursive: true });
      db = new Database(path, { timeout: patience });
      db.exec('BEGIN EXCLUSIVE');
      return new FileLock(db);
    } catch (error) {
      db?.close();
      if (isBusy(error)) return null;
      if (!isDamagedDatabase(error) || isRepaired) throw storageError(error, path);
      // There is nothing in it that could be lost.
      rmSync(path);
      return FileLock.take(path, patience, true);
    }
  }

  /**
   * Waits for whoever has it, letting others work meanwhile.
   * @returns null when it is still held after `patience` ms
   */
  static async wait(path: string, patience: number): Promise<FileLock | null> {
    const until = performance.now() + patience;
    for (;;) {
      const lock = FileLock.take(path, 0);
      if (lock !== null || performance.now() > until) return lock;
      await delay(ASKED_AGAIN_MS);
    }
  }

  /** Whether somebody holds it; asking never takes it. @throws what SQLite does when the file cannot be opened */
  static isHeld(path: string): boolean {
    const db = new Database(path, { readonly: true, fileMustExist: true, timeout: 0 });
    try {
      db.exec('BEGIN; SELECT count(*) FROM sqlite_master; COMMIT');
      return false;
    } catch (error) {
      if (isBusy(error)) return true;
      throw error;
    } finally {
      db.close();
    }
  }

  release(): void {
    this.db.close();
  }
}

function isBusy(thrown: unknown): boolean {
  return thrown instanceof Error && 'code' in thrown && typeof thrown.code === 'string' && thrown.code.startsWith('SQLITE_BUSY');
}
