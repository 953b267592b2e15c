import { appendFileSync, chmodSync, mkdirSync, mkdtempSync, realpathSync, renameSync, rmSync, symlinkSync, unlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, test as base, vi } from 'vitest';
import { addSources, watchSources, type Watch, type WatchOptions } from '../../lib/article';
import type { PilcrowError } from '../../lib/errors';

const SETTLE_MS = 100;
const OTHER = 'Title\nOther words.';

/** A folder of its own for one test, and what was noticed of it. */
class Stage {
  readonly root = realpathSync.native(mkdtempSync(join(tmpdir(), 'pilcrow-watch-')));
  readonly abort = new AbortController();
  /** Calls of onChange so far. */
  calls = 0;
  readonly errors: PilcrowError[] = [];

  at(...names: string[]): string {
    return join(this.root, ...names);
  }

  write(path: string, text = `Title\nText of ${path}.`): string {
    mkdirSync(dirname(this.at(path)), { recursive: true });
    writeFileSync(this.at(path), text);
    return this.at(path);
  }

  watch(named: string | readonly string[], options: Partial<WatchOptions> = {}): Promise<Watch> {
    return watchSources(addSources([], [named].flat(), this.root), {
      settleMs: SETTLE_MS,
      signal: this.abort.signal,
      onChange: () => { this.calls += 1; },
      onError: (error) => { this.errors.push(error); },
      ...options,
    });
  }

  /** Does something and waits until it has been noticed, and that it is quiet again. */
  async noticed(change: () => void): Promise<void> {
    const before = this.calls;
    change();
    await until(() => this.calls > before);
    await this.quiet();
  }

  /** Does something that makes no call. */
  async unnoticed(change: () => void): Promise<void> {
    const before = this.calls;
    change();
    await this.quiet();
    expect(this.calls).toBe(before);
  }

  /** Until nothing has come for a while: what one change may lead to has come by then. */
  async quiet(): Promise<void> {
    for (let before = -1; before !== this.calls;) {
      before = this.calls;
      await delay(QUIET_MS);
    }
  }

  end(): void {
    this.abort.abort();
    rmSync(this.root, { recursive: true, force: true });
  }
}

/** Longer than it takes to settle, and to look again at what is looked at. */
const QUIET_MS = 1_500;

async function until(condition: () => boolean): Promise<void> {
  await vi.waitFor(() => { expect(condition()).toBe(true); }, { timeout: 30_000, interval: 20 });
}

/** `stage` is empty, `folder` has a folder that is watched already, `files` two files that are. */
const test = base.extend<{ stage: Stage; folder: Stage; files: Stage }>({
  stage: async ({ task: _ }, use) => {
    const stage = new Stage();
    await use(stage);
    stage.end();
  },
  folder: async ({ stage }, use) => {
    for (const path of ['notes/a.md', 'notes/deep/b.md', 'notes/deep/deeper/c.txt', 'elsewhere/d.md']) stage.write(path);
    await stage.watch('notes');
    await use(stage);
  },
  files: async ({ stage }, use) => {
    for (const path of ['notes/a.md', 'notes/b.md']) stage.write(path);
    await stage.watch(['notes/a.md', 'notes/b.md']);
    await use(stage);
  },
});

describe.concurrent('of a folder', () => {
  const changes: Record<string, (stage: Stage) => void> = {
    'a new file': (stage) => { stage.write('notes/new.md'); },
    'a new file far below': (stage) => { stage.write('notes/deep/deeper/new.md'); },
    'an edit': (stage) => { stage.write('notes/deep/deeper/c.txt', OTHER); },
    'an addition': (stage) => { appendFileSync(stage.at('notes/a.md'), ' And more.'); },
    'saving by renaming a temporary file': (stage) => { renameSync(stage.write('notes/a.md.tmp', OTHER), stage.at('notes/a.md')); },
    'saving as vim does, with a backup': (stage) => {
      renameSync(stage.at('notes/a.md'), stage.at('notes/a.md~'));
      stage.write('notes/a.md', OTHER);
      unlinkSync(stage.at('notes/a.md~'));
    },
    'deleting': (stage) => { unlinkSync(stage.at('notes/deep/b.md')); },
    'deleting a folder': (stage) => { rmSync(stage.at('notes/deep'), { recursive: true }); },
    'another name': (stage) => { renameSync(stage.at('notes/a.md'), stage.at('notes/renamed.md')); },
    'moving into a subfolder': (stage) => { renameSync(stage.at('notes/a.md'), stage.at('notes/deep/a.md')); },
    'moving out of it': (stage) => { renameSync(stage.at('notes/a.md'), stage.at('elsewhere/a.md')); },
    'moving in from elsewhere': (stage) => { renameSync(stage.at('elsewhere/d.md'), stage.at('notes/deep/d.md')); },
    'renaming a folder': (stage) => { renameSync(stage.at('notes/deep'), stage.at('notes/renamed')); },
    'moving a folder in': (stage) => { renameSync(stage.at('elsewhere'), stage.at('notes/elsewhere')); },
    'a link': (stage) => { symlinkSync(stage.at('elsewhere/d.md'), stage.at('notes/link.md')); },
  };

  test.for(Object.entries(changes))('%s is noticed', async ([, change], { folder }) => {
    await folder.noticed(() => { change(folder); });
    // Whatever happened, the watch goes on.
    await folder.noticed(() => { folder.write('notes/afterwards.md'); });
    expect(folder.errors).toEqual([]);
  });

  test('new nested folders with files at once are noticed, and what happens in them later', async ({ folder }) => {
    await folder.noticed(() => { for (let i = 0; i < 5; i += 1) folder.write(`notes/new/nested/folder-${i}/file.md`); });
    await folder.noticed(() => { folder.write('notes/new/nested/folder-3/file.md', OTHER); });
    await folder.noticed(() => { unlinkSync(folder.at('notes/new/nested/folder-4/file.md')); });
  });

  test('what a walk passes over is not', async ({ folder }) => {
    mkdirSync(folder.at('notes/.git'));
    mkdirSync(folder.at('notes/node_modules/package'), { recursive: true });
    await folder.unnoticed(() => {
      for (const name of ['.hidden.md', '.a.md.swp', 'a.md~', '#a.md#', 'a.swx', '4913', 'picture.png', '.git/notes.md', 'node_modules/package/readme.md', 'deep/.b.md.swp', 'a.md.tmp']) {
        folder.write(`notes/${name}`);
        folder.write(`notes/${name}`, 'again');
        unlinkSync(folder.at('notes', name));
      }
    });
    await folder.noticed(() => { folder.write('notes/a.md', OTHER); });
  });

  test('what happens outside is not', async ({ folder }) => {
    await folder.unnoticed(() => { folder.write('elsewhere/new.md'); });
  });

  test('nothing comes once it has been ended', async ({ folder }) => {
    folder.write('notes/a.md', OTHER);
    folder.abort.abort();
    await folder.unnoticed(() => { folder.write('notes/b.md'); });
  });

  test('that goes and comes back is followed again, also under other folders', async ({ folder }) => {
    await folder.noticed(() => { rmSync(folder.at('notes'), { recursive: true }); });
    await folder.noticed(() => { folder.write('notes/again/e.md'); });
    await folder.noticed(() => { folder.write('notes/again/e.md', OTHER); });
    await folder.noticed(() => { renameSync(folder.at('notes'), folder.at('notes-2')); });
    await folder.unnoticed(() => { folder.write('notes-2/again/e.md'); });
    await folder.noticed(() => { renameSync(folder.at('elsewhere'), folder.at('notes')); });
    await folder.noticed(() => { folder.write('notes/d.md', OTHER); });
  });

  test('a file that may be read again is noticed', async ({ folder }) => {
    await folder.noticed(() => { chmodSync(folder.at('notes/a.md'), 0o000); });
    await folder.noticed(() => { chmodSync(folder.at('notes/a.md'), 0o644); });
    expect(folder.errors).toEqual([]);
  });
});

describe.concurrent('of a file', () => {
  const saves: Record<string, (stage: Stage) => void> = {
    'writing into it': (stage) => { writeFileSync(stage.at('notes/a.md'), OTHER); },
    'a temporary file that is renamed': (stage) => { renameSync(stage.write('notes/.a.md.tmp', OTHER), stage.at('notes/a.md')); },
    'deleting and creating': (stage) => {
      unlinkSync(stage.at('notes/a.md'));
      writeFileSync(stage.at('notes/a.md'), OTHER);
    },
    'vim, with probe and backup': (stage) => {
      unlinkSync(stage.write('notes/4913', ''));
      renameSync(stage.at('notes/a.md'), stage.at('notes/a.md~'));
      writeFileSync(stage.at('notes/a.md'), OTHER);
      unlinkSync(stage.at('notes/a.md~'));
    },
    'a file of the same size': (stage) => { renameSync(stage.write('notes/other.md', 'Title\nText of notes/A.md.'), stage.at('notes/a.md')); },
  };

  test.for(Object.entries(saves))('saving by %s is noticed, again and again', async ([, save], { files }) => {
    await files.noticed(() => { save(files); });
    await files.noticed(() => { save(files); });
  });

  test('that goes, with its folder, and comes back', async ({ files }) => {
    await files.noticed(() => { unlinkSync(files.at('notes/a.md')); });
    await files.noticed(() => { files.write('notes/a.md'); });
    await files.noticed(() => { rmSync(files.at('notes'), { recursive: true }); });
    await files.noticed(() => { files.write('notes/a.md'); });
    await files.noticed(() => { files.write('notes/a.md', OTHER); });
  });

  test('its neighbours are not noticed', async ({ files }) => {
    await files.unnoticed(() => { files.write('notes/c.md'); });
  });
});

describe.concurrent('bursts', () => {
  test('200 files at once make few calls', async ({ stage }) => {
    stage.write('notes/a.md');
    await stage.watch('notes', { settleMs: 500 });
    await stage.noticed(() => { for (let i = 0; i < 200; i += 1) stage.write(`notes/folder-${i % 7}/file-${i}.md`); });
    expect(stage.calls).toBeLessThanOrEqual(4);
  });

  test('that never calm down make calls all the same', async ({ stage }) => {
    stage.write('notes/a.md');
    await stage.watch('notes', { settleMs: 60_000, maxSettleMs: 300 });
    const writing = setInterval(() => { appendFileSync(stage.at('notes/a.md'), ' more'); }, 20);
    try {
      await until(() => stage.calls >= 2);
    } finally {
      clearInterval(writing);
    }
  });

  test('during a call lead to one more call, never to two at once', async ({ stage }) => {
    stage.write('notes/a.md');
    let atOnce = 0;
    let most = 0;
    let go = (): void => undefined;
    const held = new Promise<void>((resolve) => { go = resolve; });
    await stage.watch('notes', {
      onChange: async () => {
        stage.calls += 1;
        atOnce += 1;
        most = Math.max(most, atOnce);
        await held;
        atOnce -= 1;
      },
    });
    stage.write('notes/a.md', OTHER);
    await until(() => stage.calls === 1);
    for (let i = 0; i < 3; i += 1) {
      stage.write(`notes/during-${i}.md`);
      await delay(5 * SETTLE_MS);
    }
    expect(stage.calls).toBe(1);
    go();
    await until(() => stage.calls === 2);
    await stage.quiet();
    expect({ calls: stage.calls, most }).toEqual({ calls: 2, most: 1 });
  });

  test('a call that fails is told, and the watch goes on', async ({ stage }) => {
    stage.write('notes/a.md');
    await stage.watch('notes', {
      onChange: () => {
        stage.calls += 1;
        throw new Error('no luck');
      },
    });
    await stage.noticed(() => { stage.write('notes/b.md'); });
    await stage.noticed(() => { stage.write('notes/c.md'); });
    expect(stage.errors.map(({ message }) => message)).toEqual(['no luck', 'no luck']);
  });
});

describe.concurrent('places', () => {
  test('a source below a hidden folder and one below node_modules are followed', async ({ stage }) => {
    stage.write('.hidden/notes/a.md');
    stage.write('node_modules/notes/a.md');
    await stage.watch(['.hidden/notes', 'node_modules/notes']);
    await stage.noticed(() => { stage.write('.hidden/notes/b.md'); });
    await stage.noticed(() => { stage.write('node_modules/notes/deep/b.md'); });
    await stage.unnoticed(() => { stage.write('.hidden/notes/.hidden/b.md'); });
  });

  test('what happens in folders to be ignored does not count, even by another name or before they are there', async ({ stage }) => {
    stage.write('notes/a.md');
    symlinkSync(stage.at('notes'), stage.at('link'));
    await stage.watch('notes', { ignore: [stage.at('link/index/here')] });
    await stage.noticed(() => { stage.write('notes/index/b.md'); });
    await stage.unnoticed(() => { stage.write('notes/index/here/generations/c.md'); });
  });

  test('a source within a folder to be ignored is followed', async ({ stage }) => {
    stage.write('index/notes/a.md');
    await stage.watch('index/notes', { ignore: [stage.at('index')] });
    await stage.noticed(() => { stage.write('index/notes/b.md'); });
  });

  test('links that lead around in circles do no harm', async ({ stage }) => {
    stage.write('notes/deep/a.md');
    symlinkSync(stage.at('notes'), stage.at('notes/deep/around'));
    symlinkSync(stage.at('notes/deep'), stage.at('notes/deep/itself'));
    symlinkSync('/', stage.at('notes/everything'));
    await stage.watch('notes');
    await stage.quiet();
    expect(stage.calls).toBe(0);
    await stage.noticed(() => { stage.write('notes/deep/a.md', OTHER); });
  });

  test('other sources can be followed instead', async ({ stage }) => {
    stage.write('one/a.md');
    stage.write('two/a.md');
    const followed = await stage.watch('one');
    await stage.watch('one', { onChange: () => undefined });
    await stage.noticed(() => void followed.follow(addSources([], ['two'], stage.root)));
    await stage.noticed(() => { stage.write('two/b.md'); });
    await stage.unnoticed(() => { stage.write('one/b.md'); });
    await stage.unnoticed(() => void followed.follow(addSources([], ['two'], stage.root)));
  });

  test('where no events come files are looked at', async ({ stage }) => {
    stage.write('notes/deep/a.md');
    await stage.watch('notes', { polling: true });
    await stage.noticed(() => { stage.write('notes/deep/a.md', OTHER); });
    await stage.noticed(() => { stage.write('notes/new/b.md'); });
    await stage.noticed(() => { rmSync(stage.at('notes'), { recursive: true }); });
    await stage.noticed(() => { stage.write('notes/new/b.md'); });
    const { calls } = stage;
    stage.write('notes/new/.c.md.swp');
    await delay(4_000);
    expect(stage.calls).toBe(calls);
  });
});

// Not beside others: chokidar is tampered with.
describe('where the system does not tell of changes', () => {
  test.for(['ENOSPC', 'EMFILE'])('as with %s, and this is told once', async (code, { stage }) => {
    stage.write('one/a.md');
    stage.write('two/a.md');
    const chokidar = await import('chokidar');
    const failing = vi.spyOn(chokidar.FSWatcher.prototype, 'add').mockImplementation(function add(this: InstanceType<typeof chokidar.FSWatcher>) {
      const error = Object.assign(new Error(`${code}: System limit for number of file watchers reached`), { code });
      // Every folder and file meets with it, also when it has been understood.
      for (const ms of [10, 10, 50]) setTimeout(() => this.emit('error', error), ms);
      return this;
    });
    try {
      await stage.watch(['one', 'two']);
    } finally {
      failing.mockRestore();
    }
    await stage.quiet();
    await stage.noticed(() => { stage.write('two/a.md', OTHER); });
    await stage.noticed(() => { stage.write('one/b.md'); });
    expect(stage.errors.map(({ line }) => line)).toEqual([expect.stringMatching(new RegExp(`${code}.*looked at every few seconds.*${process.platform === 'linux' ? 'sysctl fs.inotify' : ''}`))]);
  });
});
