import type { MapRegion } from '../../lib/index';

/**
 * The map as it travels, at `/api/map/points`. Little-endian throughout, whatever the machine:
 *
 * ```
 * 0      Uint32    points
 * 4      Uint32    bytes of the head, with blanks up to a multiple of 4
 * 8      UTF-8     the head, JSON: { generation, passages, regions }
 * …      Uint32 ×  row of each passage, ascending or not
 * …      Uint16 ×  x, y, x, y, …: 0 to 65,535 for 0 to 1
 * …      Uint16 ×  id of its region
 * ```
 */
export interface MapPoints {
  generation: string;
  /** Passages in the index; the points may be a sample of them. */
  passages: number;
  regions: MapRegion[];
  rows: Uint32Array;
  /** Shape [points, 2], 0 to 1, y downwards. */
  places: Float32Array;
  /** Id of the region of each point. */
  pointRegions: Uint16Array;
}

const FRONT_BYTES = 8;
const POINT_BYTES = 10;
const FULL = 0xffff;

export function encodePoints({ generation, passages, regions, ...points }: MapPoints): Uint8Array<ArrayBuffer> {
  const count = points.rows.length;
  const json = new TextEncoder().encode(JSON.stringify({ generation, passages, regions }));
  const headBytes = Math.ceil(json.length / 4) * 4;
  const bytes = new Uint8Array(FRONT_BYTES + headBytes + POINT_BYTES * count);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, count, true);
  view.setUint32(4, headBytes, true);
  bytes.fill(0x20, FRONT_BYTES, FRONT_BYTES + headBytes).set(json, FRONT_BYTES);
  const { rowsAt, placesAt, regionsAt } = layout(count, headBytes);
  for (let i = 0; i < count; i++) {
    view.setUint32(rowsAt + 4 * i, points.rows[i] ?? 0, true);
    view.setUint16(placesAt + 4 * i, quantised(points.places[2 * i] ?? 0), true);
    view.setUint16(placesAt + 4 * i + 2, quantised(points.places[2 * i + 1] ?? 0), true);
    view.setUint16(regionsAt + 2 * i, points.pointRegions[i] ?? 0, true);
  }
  return bytes;
}

/** @throws RangeError or SyntaxError for what `encodePoints` did not make */
export function decodePoints(buffer: ArrayBuffer): MapPoints {
  const view = new DataView(buffer);
  const count = view.getUint32(0, true);
  const headBytes = view.getUint32(4, true);
  if (buffer.byteLength !== FRONT_BYTES + headBytes + POINT_BYTES * count) throw new RangeError('the map is not whole');
  const head = JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, FRONT_BYTES, headBytes))) as Pick<MapPoints, 'generation' | 'passages' | 'regions'>;
  const points = { rows: new Uint32Array(count), places: new Float32Array(2 * count), pointRegions: new Uint16Array(count) };
  const { rowsAt, placesAt, regionsAt } = layout(count, headBytes);
  for (let i = 0; i < count; i++) {
    points.rows[i] = view.getUint32(rowsAt + 4 * i, true);
    points.places[2 * i] = view.getUint16(placesAt + 4 * i, true) / FULL;
    points.places[2 * i + 1] = view.getUint16(placesAt + 4 * i + 2, true) / FULL;
    points.pointRegions[i] = view.getUint16(regionsAt + 2 * i, true);
  }
  return { ...head, ...points };
}

function layout(count: number, headBytes: number) {
  const rowsAt = FRONT_BYTES + headBytes;
  return { rowsAt, placesAt: rowsAt + 4 * count, regionsAt: rowsAt + 8 * count };
}

function quantised(value: number): number {
  return Math.round(Math.min(1, Math.max(0, value)) * FULL);
}
