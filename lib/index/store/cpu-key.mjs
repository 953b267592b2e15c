// Plain JavaScript: npm's `prepare` asks before anything is bundled.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { cpus } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';

const CPUINFO = '/proc/cpuinfo';

/**
 * Where the build of hnswlib-node lies that fits this machine's CPU and this Node, whether it is there or not. A build
 * for another CPU would end the process by an illegal instruction, so where CPUs cannot be told apart there is none.
 * @param {string} root the folder with node_modules
 * @param {string | null} cpu what tells CPUs apart
 * @returns {string | null} a file's path
 * @throws when hnswlib-node is not installed
 */
export function nativeBuild(root, cpu = cpuTraits()) {
  if (cpu === null) return null;
  const { version } = createRequire(join(root, 'package.json'))('hnswlib-node/package.json');
  return join(root, 'node_modules', '.cache', 'pilcrow', 'hnswlib', buildKey(version, cpu), 'addon.node');
}

/**
 * @param {string} version hnswlib-node's
 * @param {string} cpu what tells CPUs apart
 * @returns {string} a folder's name
 */
export function buildKey(version, cpu) {
  const hash = createHash('sha256').update(cpu).digest('hex').slice(0, 12);
  return [version, `abi${process.versions.modules}`, process.platform, process.arch, hash].join('-');
}

/** The instructions that the CPU has, as Linux tells them; elsewhere its model. Null when neither is known. */
function cpuTraits() {
  const flags = existsSync(CPUINFO) ? cpuFlags(readFileSync(CPUINFO, 'utf8')) : null;
  return flags ?? cpus()[0]?.model ?? null;
}

/**
 * The first processor's flags (x86: `flags`, arm64: `Features`), sorted; Linux tells only those that all processors have.
 * @param {string} cpuinfo text of /proc/cpuinfo
 * @returns {string | null} null when it has none
 */
export function cpuFlags(cpuinfo) {
  const flags = /^(?:flags|Features)[ \t]*:(.*)$/m.exec(cpuinfo)?.[1]?.split(/\s+/).filter(Boolean) ?? [];
  return flags.length === 0 ? null : [...new Set(flags)].sort().join(' ');
}
