import { embedding } from './embedding';
import { growth } from './growth';
import { hnsw } from './hnsw';
import { http } from './http';
import { indexing } from './indexing';
import { memory } from './memory';
import { query } from './query';
import { start } from './start';
import type { Bench } from './types';

/** In the order in which they run. */
export const BENCHES: Bench[] = [embedding, query, hnsw, memory, indexing, http, start, growth];
