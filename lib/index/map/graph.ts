import { VectorFile } from '../store/vector-file';
import { VectorIndex } from '../store/vectors';
import type { Links } from './neighbours';

/** Neighbours asked for where links cannot be read: as many as a row has links at most. */
const LINKS = 32;

/** The graph as the map needs it: who is linked with whom, and vectors by the thousand. */
export interface MapGraph {
  /** Rows ever given, those of removed passages included. */
  count: number;
  dimensions: number;
  links: Links;
  /** @param rows ascending @returns shape [rows, dimensions] */
  vectors(rows: Uint32Array): Float32Array;
  close(): void;
}

/** @param path of a graph's file: it is read as such, or hnswlib is asked where its form is unfamiliar */
export async function openMapGraph(path: string, dimensions: number, count: number): Promise<MapGraph> {
  const file = VectorFile.open(path, dimensions, count);
  const links = file?.links(count) ?? null;
  if (file !== null && links !== null) return ofFile(file, links, { count, dimensions });
  file?.close();
  return ofIndex(await VectorIndex.open(path, dimensions));
}

function ofFile(file: VectorFile, { most, table }: { most: number; table: Uint32Array }, size: Pick<MapGraph, 'count' | 'dimensions'>): MapGraph {
  const links = (row: number) => {
    const start = row * (most + 1);
    return table.subarray(start + 1, start + 1 + (table[start] as number));
  };
  return {
    ...size,
    links: { of: links },
    vectors(rows) {
      const read = file.vectors(rows);
      if (read === null) throw new Error('vectors.hnsw cannot be read any more');
      return read;
    },
    close: () => { file.close(); },
  };
}

function ofIndex(index: VectorIndex): MapGraph {
  const { dimensions } = index;
  return {
    count: index.count,
    dimensions,
    links: { of: (row) => index.search(index.vector(row), LINKS).map((neighbour) => neighbour.row) },
    vectors(rows) {
      const vectors = new Float32Array(rows.length * dimensions);
      for (const [i, row] of rows.entries()) vectors.set(index.vector(row), i * dimensions);
      return vectors;
    },
    close: () => { index.close(); },
  };
}
