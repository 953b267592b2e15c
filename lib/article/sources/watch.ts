import { realpathSync, type Stats } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { FSWatcher } from 'chokidar';
import { asPilcrowError, PilcrowError } from '../../errors';
import { Burst } from './burst';
import { deepFingerprint, fingerprint } from './fingerprint';
import { isIgnoredName } from './ignored';
import { hasKnownExtension } from '../reading/detect';
import { IGNORE_FILE } from './ignore-files';
import { isAddress, pathBelow, type Source } from './source';

export interface WatchOptions {
  /** Absolute folders in which nothing counts, e.g. the index directory. */
  ignore?: readonly string[] | undefined;
  /** Calm after which a burst of changes counts as over, in milliseconds. Default 500. */
  settleMs?: number | undefined;
  /** However restless it stays, `onChange` comes this long after a burst began. Default 5000. */
  maxSettleMs?: number | undefined;
  /** Look at every file every few seconds, as where the system tells of no changes (network drives). */
  polling?: boolean | undefined;
  /** Ends the watch; a call of `onChange` that goes on is not ended by it. */
  signal: AbortSignal;
  /** Something has changed and calmed down. Never called twice at once: what changes meanwhile leads to another call. */
  onChange: () => Promise<void> | void;
  /** What hinders the watch, which goes on all the same, and what `onChange` throws. */
  onError?: ((error: PilcrowError) => void) | undefined;
}

export interface Watch {
  /** From now on watches these. Changes that came to new ones while nobody watched count as one. */
  follow(sources: readonly Source[]): Promise<void>;
}

/**
 * Tells when files in the sources are created, changed, moved or deleted, and folders as well. What a walk
 * passes over makes no call; a source that goes and comes back is followed again.
 *
 * @returns when every change from now on is noticed
 */
export async function watchSources(sources: readonly Source[], options: WatchOptions): Promise<Watch> {
  const watch = new SourcesWatch(options);
  await watch.start(sources);
  return watch;
}

/** Nobody tells of changes at an address: it counts as changed this often, in milliseconds. */
export const NEWS_MS = 60 * 60_000;

/** Files, and whether folders are still the same ones, are looked at this often, in milliseconds. */
const LOOK_MS = 1_000;
/** Where every file of a folder has to be looked at: at least so long between two looks, in milliseconds … */
const DEEP_LOOK_MS = 3_000;
/** … and so many times what a look took: a tenth of a core at most. */
const DEEP_LOOK_REST = 10;

class SourcesWatch implements Watch {
  private readonly burst: Burst;
  private readonly ignore: readonly string[];
  private readonly followed = new Map<string, { abort: AbortController }>();
  private toldOfPolling = false;

  constructor(private readonly options: WatchOptions) {
    const { settleMs = 500, maxSettleMs = 5_000, signal, onChange } = options;
    this.ignore = (options.ignore ?? []).flatMap((folder) => [folder, withoutLinks(folder)]);
    this.burst = new Burst({ settleMs, maxSettleMs, signal, onSettled: onChange, onError: (thrown) => { this.tell(asPilcrowError(thrown)); } });
    signal.addEventListener('abort', () => { this.keep(new Set()); }, { once: true });
  }

  async follow(sources: readonly Source[]): Promise<void> {
    if (await this.start(sources)) this.burst.note();
  }

  /** @returns whether there are new ones among them */
  async start(sources: readonly Source[]): Promise<boolean> {
    this.keep(new Set(sources.map(({ path }) => path)));
    const fresh = sources.filter(({ path }) => !this.followed.has(path));
    await Promise.all(fresh.map((source) => this.startOne(source)));
    return fresh.length > 0;
  }

  private async startOne(source: Source): Promise<void> {
    const abort = new AbortController();
    if (this.options.signal.aborted) abort.abort();
    this.followed.set(source.path, { abort });
    if (isAddress(source.path)) {
      this.waitForNews(abort.signal);
      return;
    }
    const watch = new SourceWatch(source, {
      ignore: this.ignore,
      polling: this.options.polling === true,
      signal: abort.signal,
      note: () => { this.burst.note(); },
      onPolling: (cause) => { this.tellOfPolling(source, cause); },
    });
    await watch.start();
  }

  private waitForNews(signal: AbortSignal): void {
    const timer = setInterval(() => { this.burst.note(); }, NEWS_MS);
    signal.addEventListener('abort', () => { clearInterval(timer); }, { once: true });
    if (signal.aborted) clearInterval(timer);
  }

  private keep(paths: ReadonlySet<string>): void {
    for (const [path, { abort }] of this.followed) {
      if (paths.has(path)) continue;
      abort.abort();
      this.followed.delete(path);
    }
  }

  private tellOfPolling(source: Source, cause: unknown): void {
    if (this.toldOfPolling) return;
    this.toldOfPolling = true;
    this.tell(cannotFollow(source, cause));
  }

  private tell(error: PilcrowError): void {
    this.options.onError?.(error);
  }
}

interface SourceWatchOptions {
  ignore: readonly string[];
  polling: boolean;
  signal: AbortSignal;
  note: () => void;
  /** The system does not tell of changes; `cause` says why. */
  onPolling: (cause: unknown) => void;
}

/**
 * One source. The system tells of changes below a folder. Whether the folder itself is another one is found
 * by looking at it, and so is all of a source that is a file: editors save by putting another file in its
 * place, its folder may go and come back, a drive may be taken off. Whoever waits for events loses track then.
 */
class SourceWatch {
  private state = '';
  private deep: boolean;
  private events: FSWatcher | null = null;

  constructor(
    private readonly source: Source,
    private readonly options: SourceWatchOptions,
  ) {
    this.deep = options.polling;
  }

  async start(): Promise<void> {
    await this.begin();
    void this.keepLooking();
  }

  private async begin(): Promise<void> {
    this.state = await this.look();
    if (!this.deep && this.state.startsWith('folder')) await this.listen();
  }

  private look(): Promise<string> {
    return this.deep ? deepFingerprint(this.source, this.options.signal) : fingerprint(this.source.path);
  }

  private async keepLooking(): Promise<void> {
    const { signal, note } = this.options;
    let rest = LOOK_MS;
    while (await pause(rest, signal)) {
      const started = performance.now();
      const deep = this.deep;
      const state = await this.look();
      rest = deep ? Math.max(DEEP_LOOK_MS, DEEP_LOOK_REST * (performance.now() - started)) : LOOK_MS;
      // Listening may have failed meanwhile, and then this was another kind of look.
      if (state === this.state || deep !== this.deep || signal.aborted) continue;
      if (deep) {
        this.state = state;
      } else {
        await this.stopListening();
        await this.begin();
      }
      note();
    }
    await this.stopListening();
  }

  /** Returns when the system tells of every change, or it is known that it won't. */
  private async listen(): Promise<void> {
    const { signal, note } = this.options;
    // Only who watches needs it: it would take its time at the start of every command.
    const { watch } = await import('chokidar');
    if (signal.aborted) return;
    const events = watch(this.source.path, {
      ignoreInitial: true,
      // The walk follows links to hidden places of the same source only; here they could lead around in circles.
      followSymlinks: false,
      // We settle bursts ourselves.
      atomic: false,
      usePolling: false,
      ignored: (path, stats) => this.ignores(path, stats),
    });
    this.events = events;
    await new Promise<void>((resolve) => {
      signal.addEventListener('abort', () => { resolve(); }, { once: true });
      events.once('ready', () => {
        events.on('all', note);
        resolve();
      });
      events.on('error', (error) => {
        // What may not be read does not hinder the rest; the run says so.
        if (isForbidden(error) || this.events !== events) return;
        void this.poll(error).then(resolve);
      });
    });
  }

  private async poll(cause: unknown): Promise<void> {
    this.deep = true;
    await this.stopListening();
    this.options.onPolling(cause);
    this.state = await this.look();
    // What came between the last event and this look.
    this.options.note();
  }

  private async stopListening(): Promise<void> {
    const { events } = this;
    this.events = null;
    if (events === null) return;
    const closed = events.close();
    // A look that is still under way may fail, and nobody listens any more: Node would end the process.
    events.on('error', () => undefined);
    await closed;
  }

  private ignores(path: string, stats: Stats | undefined): boolean {
    const below = pathBelow(this.source.path, path);
    if (below === null) return true;
    if (below.at(-1) === IGNORE_FILE && !below.slice(0, -1).some(isIgnoredName)) return false;
    if (below.some(isIgnoredName)) return true;
    if (stats?.isFile() === true && !hasKnownExtension(path)) return true;
    return this.options.ignore.some((folder) => (pathBelow(this.source.path, folder)?.length ?? 0) > 0 && pathBelow(folder, path) !== null);
  }
}

function cannotFollow({ path }: Source, cause: unknown): PilcrowError {
  const code = codeOf(cause);
  const message = `the system does not tell of changes in ${path} (${code}); its files are looked at every few seconds instead`;
  return new PilcrowError('source-unreadable', message, HINTS[process.platform === 'linux' ? code : ''] ?? null, { cause });
}

/** What to raise where a limit of Linux is in the way. */
const HINTS: Partial<Record<string, string>> = {
  ENOSPC: 'raise the limit, e.g. sudo sysctl fs.inotify.max_user_watches=1048576',
  EMFILE: 'raise the limit, e.g. sudo sysctl fs.inotify.max_user_instances=1024',
};

function isForbidden(thrown: unknown): boolean {
  return ['EACCES', 'EPERM'].includes(codeOf(thrown));
}

function codeOf(thrown: unknown): string {
  return thrown instanceof Error && 'code' in thrown ? String(thrown.code) : 'unknown reason';
}

/** @returns false when it was ended */
async function pause(ms: number, signal: AbortSignal): Promise<boolean> {
  return delay(ms, true, { signal }).catch(() => false);
}

/** Of a folder that need not exist yet. */
function withoutLinks(path: string): string {
  try {
    return realpathSync.native(path);
  } catch {
    const parent = dirname(path);
    return parent === path ? path : join(withoutLinks(parent), basename(path));
  }
}
