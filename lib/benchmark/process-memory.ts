import { readFileSync } from 'node:fs';

/** Resident memory of a process and of all that it started, in bytes. */
export interface TreeMemory {
  processes: number;
  /** What they have in common counted once (PSS). */
  shared: number;
  /** Sum of what each has resident (RSS), where the system tells no PSS counted more than once. */
  resident: number;
}

/** @returns null where there is no /proc to tell */
export function memoryOfTree(pid: number): TreeMemory | null {
  const pids = treeOf(pid);
  const resident = pids.map((one) => kilobytes(`/proc/${one}/status`, 'VmRSS'));
  if (resident[0] == null) return null;
  const shared = pids.map((one, i) => kilobytes(`/proc/${one}/smaps_rollup`, 'Pss') ?? resident[i] ?? 0);
  const sum = (sizes: readonly (number | null)[]) => 1024 * sizes.reduce<number>((total, size) => total + (size ?? 0), 0);
  return { processes: pids.length, shared: sum(shared), resident: sum(resident) };
}

function treeOf(pid: number): number[] {
  const children = read(`/proc/${pid}/task/${pid}/children`).split(' ').filter((text) => /^\d+$/.test(text));
  return [pid, ...children.flatMap((child) => treeOf(Number(child)))];
}

function kilobytes(path: string, name: string): number | null {
  const found = new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(read(path))?.[1];
  return found === undefined ? null : Number(found);
}

/** Empty where there is none: a process may end at any moment. */
function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
