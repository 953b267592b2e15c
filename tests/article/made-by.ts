import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';

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

/** What LibreOffice makes of a file. */
export function soffice(bytes: Uint8Array, from: 'odt' | 'docx' | 'html', to: 'docx' | 'epub' | 'pdf' | 'doc' | 'odt'): Buffer {
  return inFolder((folder) => {
    const input = join(folder, `made.${from}`);
    writeFileSync(input, bytes);
    const filter = to === 'docx' ? 'docx:MS Word 2007 XML' : to;
    const profile = `-env:UserInstallation=file://${join(folder, 'profile')}`;
    execFileSync('soffice', ['--headless', profile, '--convert-to', filter, '--outdir', join(folder, 'out'), input], { stdio: ['ignore', 'ignore', 'pipe'] });
    return readFileSync(join(folder, 'out', `made.${to}`));
  });
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
