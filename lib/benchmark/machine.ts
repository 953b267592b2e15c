import { availableParallelism, cpus, loadavg, totalmem } from 'node:os';
import process from 'node:process';
import { hnswlib } from '../index';
import type { Machine } from './types';

export function machine(): Machine {
  return {
    processor: cpus()[0]?.model.trim() ?? 'unknown',
    cores: availableParallelism(),
    memoryGb: Math.round(totalmem() / 1e8) / 10,
    platform: `${process.platform} ${process.arch}`,
    node: process.version,
    load: Math.round((loadavg()[0] ?? 0) * 100) / 100,
  };
}

/** The build of hnswlib in use, which decides much of a search. */
export function compiledFor(): string {
  return `hnswlib is compiled for ${hnswlib().simd === 'native' ? 'this very processor' : 'any processor'}`;
}
