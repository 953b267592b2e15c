import { embedding } from './embedding';
import { hnsw } from './hnsw';
import { memory } from './memory';
import { query } from './query';
import type { Bench } from './types';

/** In the order in which they run. */
export const BENCHES: Bench[] = [embedding, query, hnsw, memory];
