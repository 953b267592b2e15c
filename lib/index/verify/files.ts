import { readdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { digestOfFile } from '../../digest';
import { generationLayout, GENERATION_FILES, type GenerationFile } from '../generation/layout';
import type { Manifest } from '../generation/manifest';
import { Findings, type Finding } from './findings';

/** Hexadecimal digits of a hash that are shown. */
const SHOWN = 12;

/**
 * Compares every file with what the manifest says of it, however large.
 * @returns with the files that are as they were written: others must not be opened
 */
export async function checkFiles(directory: string, manifest: Manifest): Promise<{ finding: Finding; whole: Set<GenerationFile> }> {
  const findings = new Findings();
  const whole = new Set<GenerationFile>();
  for (const name of GENERATION_FILES) {
    const fault = await faultOf(join(directory, name), manifest.files[name]);
    if (fault === null) whole.add(name);
    else findings.fail(`${name} ${fault}`);
  }
  // A journal beside a database would change what SQLite reads of it.
  const known = new Set<string>([...GENERATION_FILES, basename(generationLayout(directory).manifest)]);
  for (const name of await readdir(directory)) {
    if (!known.has(name)) findings.remark('there are files that Pilcrow did not write', name);
  }
  return { finding: findings.outcome(), whole };
}

async function faultOf(path: string, expected: Manifest['files'][GenerationFile]): Promise<string | null> {
  const bytes = await stat(path).then(({ size }) => size, () => null);
  if (bytes === null) return `is missing: ${expected.bytes} bytes are expected`;
  if (bytes !== expected.bytes) return `has ${bytes} bytes instead of ${expected.bytes}`;
  const sha256 = await digestOfFile(path).catch(() => null);
  if (sha256 === null) return 'cannot be read';
  if (sha256 === expected.sha256) return null;
  return `has changed since it was written: its SHA-256 begins with ${sha256.slice(0, SHOWN)} instead of ${expected.sha256.slice(0, SHOWN)}`;
}
