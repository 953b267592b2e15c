import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** Programs that make files as readers of the project will have them. */
export type Program = 'pandoc' | 'soffice' | 'zip' | 'gzip' | '7z';

const found = new Map<Program, boolean>();

/** Whether a program is on this machine; says so where it is not, since the tests that need it are then left out. */
export function has(program: Program): boolean {
  const known = found.get(program);
  if (known !== undefined) return known;
  const there = spawnSync('sh', ['-c', `command -v ${program}`]).status === 0;
  if (!there) process.stderr.write(`${program} is not on this machine: tests of files that it makes are left out\n`);
  found.set(program, there);
  return there;
}

/** A folder that is gone when `use` is done. */
export function inFolder<T>(use: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'pilcrow-made-by-'));
  try {
    return use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What pandoc makes of a Markdown text. */
export function pandoc(markdown: string, to: 'docx' | 'epub2' | 'epub3' | 'odt' | 'html', options: readonly string[] = []): Buffer {
  return inFolder((folder) => {
    const output = join(folder, 'made');
    execFileSync('pandoc', ['--from', 'markdown', '--to', to, '--standalone', ...options, '--output', output], { input: markdown, stdio: ['pipe', 'ignore', 'pipe'] });
    return readFileSync(output);
  });
}

/** LibreOffice's settings, for as long as this process lives: making them takes longer than most conversions. */
let profile: string | null = null;

/** What LibreOffice makes of each file, all in one go: it takes seconds to start. */
export function soffice(files: readonly Uint8Array[], from: 'odt' | 'docx' | 'html', to: 'docx' | 'epub' | 'pdf' | 'doc' | 'odt'): Buffer[] {
  return inFolder((folder) => {
    const inputs = files.map((_, i) => join(folder, `${i}.${from}`));
    for (const [i, bytes] of files.entries()) writeFileSync(inputs[i] ?? '', bytes);
    const filter = to === 'docx' ? 'docx:MS Word 2007 XML' : to;
    const settings = `-env:UserInstallation=${pathToFileURL(sofficeProfile()).href}`;
    execFileSync('soffice', ['--headless', settings, '--convert-to', filter, '--outdir', join(folder, 'out'), ...inputs], { stdio: ['ignore', 'ignore', 'pipe'] });
    return files.map((_, i) => readFileSync(join(folder, 'out', `${i}.${to}`)));
  });
}

function sofficeProfile(): string {
  if (profile !== null) return profile;
  const folder = mkdtempSync(join(tmpdir(), 'pilcrow-soffice-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  return (profile = folder);
}

/** An archive of these files by `zip` or `7z`, with further options of that program. */
export function archive(program: 'zip' | '7z', files: Readonly<Record<string, string | Uint8Array>>, options: readonly string[] = []): Buffer {
  return inFolder((folder) => {
    const root = join(folder, 'files');
    for (const [name, data] of Object.entries(files)) {
      mkdirSync(dirname(join(root, name)), { recursive: true });
      writeFileSync(join(root, name), data);
    }
    const output = join(folder, 'made.zip');
    const command = program === 'zip' ? ['-q', '-r', ...options, output, '.'] : ['a', '-bd', '-tzip', ...options, output, '.'];
    execFileSync(program, command, { cwd: root, stdio: ['ignore', 'ignore', 'pipe'] });
    return readFileSync(output);
  });
}

/** What `gzip` makes of a file of this name. */
export function gzip(name: string, data: string | Uint8Array): Buffer {
  return inFolder((folder) => {
    const path = join(folder, basename(name));
    writeFileSync(path, data);
    execFileSync('gzip', [path]);
    return readFileSync(`${path}.gz`);
  });
}
