import { VectorFile } from '../store/vector-file';
import type { VectorIndex } from '../store/vectors';
import type { Links } from './neighbours';

/** Neighbours asked for where links cannot be read: as many as a row has links at most. */
const LINKS = 32;

/** The graph as the map needs it: who is linked with whom, and vectors by the thousand. */
export interface MapGraph {
  /** Rows ever given, those of removed passages included. */
  count: number;
  dimensions: number;
  links(): Links;
  /** @param rows ascending @returns shape [rows, dimensions] */
  vectors(rows: Uint32Array): Float32Array;
  close(): void;
}

/** @param path of the file that holds `index`: it is read as such, or hnswlib is asked where its form is unfamiliar */
export function openMapGraph(path: string, index: VectorIndex): MapGraph {
  const { dimensions, count } = index;
  const file = VectorFile.open(path, dimensions, count);
  return {
    count,
    dimensions,
    links() {
      const read = file?.links(count) ?? null;
      if (read === null) return { of: (row) => index.search(index.vector(row), LINKS).map((neighbour) => neighbour.row) };
      const { most, table } = read;
      return {
        of: (row) => {
          const start = row * (most + 1);
          return table.subarray(start + 1, start + 1 + (table[start] as number));
        },
      };
    },
    vectors(rows) {
      const read = file?.vectors(rows) ?? null;
      if (read !== null) return read;
      const vectors = new Float32Array(rows.length * dimensions);
      for (const [i, row] of rows.entries()) vectors.set(index.vector(row), i * dimensions);
      return vectors;
    },
    close() {
      file?.close();
    },
  };
}
