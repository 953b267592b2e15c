import { open, type FileHandle } from 'node:fs/promises';
import type { Manifest } from '../generation/manifest';
import { RowSet } from '../store/row-set';
import { counted, Findings, type Finding } from './findings';

/*
 * vectors.hnsw as hnswlib 0.8 writes it. First offsetLevel0, max_elements, cur_element_count,
 * size_data_per_element, label_offset, offsetData (8 bytes each), maxlevel, enterpoint (4 each), maxM, maxM0,
 * M, mult, ef_construction (8 each). Then a record for each vector: the links of the lowest level, the
 * vector, its label. At last for each vector the bytes of its links on higher levels, and these. Links are
 * their number (2 bytes), a mark of deletion (bit 0 of the next byte), and rows (4 bytes each).
 */
const HEADER_BYTES = 96;
const DELETED = 1 << 16;
/** Read at once. */
const BATCH_BYTES = 1 << 20;
/** How far from 1 the length of a vector may be. */
const TOLERANCE = 1e-3;

interface Graph {
  count: number;
  dimensions: number;
  recordBytes: number;
  /** Most links of a vector on the lowest level, and on each of the others. */
  links: { lowest: number; higher: number };
  maxLevel: number;
  enterPoint: number;
}

/**
 * Whether every passage has a vector that can be searched for, and everything in the file leads somewhere:
 * hnswlib takes its word for that and crashes.
 *
 * @param passages their rows, ascending
 * @param step called now and then; what it throws ends the check
 */
export async function checkGraph(path: string, manifest: Manifest, passages: Uint32Array, step: () => void): Promise<Finding> {
  const file = await open(path, 'r');
  try {
    return await new GraphCheck(file, passages, step).run(manifest);
  } finally {
    await file.close();
  }
}

class GraphCheck {
  private readonly findings = new Findings();
  private readonly passages: RowSet;
  private deleted = 0;

  constructor(
    private readonly file: FileHandle,
    private readonly rows: Uint32Array,
    private readonly step: () => void,
  ) {
    this.passages = RowSet.of(rows, (rows.at(-1) ?? -1) + 1);
  }

  async run({ rows, model: { dimensions }, hnsw }: Manifest): Promise<Finding> {
    const graph = readHeader(await this.read(HEADER_BYTES, 0), dimensions, hnsw.m);
    const { size } = await this.file.stat();
    if (graph === null || size < HEADER_BYTES + graph.count * (graph.recordBytes + 4)) {
      this.findings.fail('the file is laid out otherwise than hnswlib writes it');
      return this.findings.outcome();
    }
    const { findings } = this;
    if (graph.count !== rows) findings.fail(`there are ${graph.count} vectors instead of ${rows}`);
    for (const row of this.rows) if (row >= graph.count) findings.fail('passages without a vector', `row ${row}`);
    await this.checkRecords(graph);
    this.checkHigherLevels(graph, await this.read(size - HEADER_BYTES - graph.count * graph.recordBytes, HEADER_BYTES + graph.count * graph.recordBytes));
    return findings.outcome(`${counted(graph.count, 'vector')}${this.deleted === 0 ? '' : `, ${this.deleted} of them deleted`}`);
  }

  private async checkRecords(graph: Graph): Promise<void> {
    const { count, recordBytes } = graph;
    const perBatch = Math.max(1, Math.floor(BATCH_BYTES / recordBytes));
    for (let first = 0; first < count; first += perBatch) {
      this.step();
      const records = Math.min(perBatch, count - first);
      const bytes = await this.read(records * recordBytes, HEADER_BYTES + first * recordBytes);
      const words = new Uint32Array(bytes);
      const floats = new Float32Array(bytes);
      for (let i = 0; i < records; i++) this.checkRecord(graph, first + i, words, floats, (i * recordBytes) / 4);
    }
  }

  /** @param at of the record, in words of four bytes */
  private checkRecord({ count, dimensions, recordBytes, links }: Graph, row: number, words: Uint32Array, floats: Float32Array, at: number): void {
    const { findings } = this;
    const place = `row ${row}`;
    const vectorAt = at + 1 + links.lowest;
    const labelAt = at + recordBytes / 4 - 2;
    if (words[labelAt] !== row || words[labelAt + 1] !== 0) findings.fail('vectors out of their order', place);
    if (!leadsToVectors(words, at, links.lowest, (linked) => linked < count)) findings.fail('vectors with links that lead nowhere', place);
    const isDeleted = ((words[at] ?? 0) & DELETED) !== 0;
    if (isDeleted) this.deleted++;
    if (isDeleted && this.passages.has(row)) findings.fail('vectors that are marked as deleted, and have a passage', place);
    if (!isDeleted && !this.passages.has(row)) findings.fail('vectors without a passage that are not marked as deleted', place);
    let squares = 0;
    for (let d = 0; d < dimensions; d++) squares += (floats[vectorAt + d] ?? NaN) ** 2;
    if (!(Math.abs(Math.sqrt(squares) - 1) <= TOLERANCE)) findings.fail('vectors whose length is not 1', place);
  }

  private checkHigherLevels({ count, links, maxLevel, enterPoint }: Graph, bytes: ArrayBuffer): void {
    const listWords = links.higher + 1;
    const words = new Uint32Array(bytes, 0, Math.floor(bytes.byteLength / 4));
    const levels = new Uint16Array(count);
    let end = 0;
    for (let row = 0; row < count; row++) {
      const level = (words[end] ?? NaN) / (4 * listWords);
      if (!(Number.isInteger(level) && level <= maxLevel)) {
        this.findings.fail('the higher levels of the graph are not as hnswlib writes them');
        return;
      }
      levels[row] = level;
      end += 1 + level * listWords;
    }
    if (4 * end !== bytes.byteLength || enterPoint >= count || levels[enterPoint] !== maxLevel) this.findings.fail('the higher levels of the graph are not as hnswlib writes them');
    let at = 0;
    for (const [row, highest] of levels.entries()) {
      at++;
      for (let level = 1; level <= highest; level++, at += listWords) {
        if (!leadsToVectors(words, at, links.higher, (linked) => (levels[linked] ?? -1) >= level)) this.findings.fail('vectors with links that lead nowhere', `row ${row}`);
      }
    }
  }

  private async read(bytes: number, position: number): Promise<ArrayBuffer> {
    const buffer = new ArrayBuffer(bytes);
    for (let done = 0; done < bytes; ) {
      const { bytesRead } = await this.file.read(new Uint8Array(buffer), done, bytes - done, position + done);
      // What is missing stays zero, which nothing in the file may be where it matters.
      if (bytesRead === 0) break;
      done += bytesRead;
    }
    return buffer;
  }
}

/** @param at of a list of links: their number, then where they lead */
function leadsToVectors(words: Uint32Array, at: number, most: number, isThere: (row: number) => boolean): boolean {
  const number = (words[at] ?? 0) & 0xffff;
  if (number > most) return false;
  for (let i = 1; i <= number; i++) if (!isThere(words[at + i] ?? Infinity)) return false;
  return true;
}

/** @returns null for anything but a graph of vectors of this length with `m` links */
function readHeader(header: ArrayBuffer, dimensions: number, m: number): Graph | null {
  const view = new DataView(header);
  const size = (offset: number) => Number(view.getBigUint64(offset, true));
  const [offsetLevel0, capacity, count, recordBytes, labelOffset, vectorOffset] = [size(0), size(8), size(16), size(24), size(32), size(40)];
  const [higher, lowest, links] = [size(56), size(64), size(72)];
  const isExpected =
    offsetLevel0 === 0 &&
    count <= capacity &&
    links === m && higher === m && lowest === 2 * m &&
    vectorOffset === 4 + 4 * lowest &&
    labelOffset === vectorOffset + 4 * dimensions &&
    recordBytes === labelOffset + 8;
  return isExpected ? { count, dimensions, recordBytes, links: { lowest, higher }, maxLevel: view.getInt32(48, true), enterPoint: view.getUint32(52, true) } : null;
}
