import { PilcrowError } from '../errors';

/** A tensor as it lies in the file: little-endian elements, row by row. */
export interface RawTensor {
  readonly dtype: string;
  readonly shape: readonly number[];
  /** A view into the file's bytes, not a copy. */
  readonly bytes: Uint8Array;
}

const HEADER_LENGTH_BYTES = 8;
const ELEMENT_BYTES: Readonly<Record<string, number>> = { F16: 2, F32: 4, I64: 8 };

/**
 * Reads a safetensors file: eight bytes of header length, a JSON header, then the tensors' bytes.
 *
 * @param file the whole file; the tensors are views into it
 * @param name what to call the file in an error
 * @returns every tensor by its name
 * @throws PilcrowError `model-damaged` when header and bytes do not agree
 * @see https://huggingface.co/docs/safetensors
 */
export function readSafetensors(file: Uint8Array, name: string): Map<string, RawTensor> {
  const dataStart = HEADER_LENGTH_BYTES + headerLength(file, name);
  const header = parseHeader(file.subarray(HEADER_LENGTH_BYTES, dataStart), name);
  const data = file.subarray(dataStart);

  const tensors = new Map<string, RawTensor>();
  for (const [tensorName, entry] of Object.entries(header)) {
    if (tensorName === '__metadata__') continue;
    tensors.set(tensorName, readTensor(entry, data, `${name}: tensor ${tensorName}`));
  }
  return tensors;
}

/**
 * @returns the tensor's elements as 32-bit floats, one array of its own
 * @throws PilcrowError `model-damaged` when they are not floats
 */
export function toFloat32(tensor: RawTensor): Float32Array {
  // Copied first: a view may start at an odd address, which typed arrays refuse. (Not by slice(),
  // which on Node's Buffer is another view.)
  const bytes = new Uint8Array(tensor.bytes);
  if (tensor.dtype === 'F32') return new Float32Array(bytes.buffer);
  if (tensor.dtype !== 'F16') throw damaged(`expected F16 or F32 weights, got ${tensor.dtype}`);
  const halves = new Uint16Array(bytes.buffer);
  halfValues ??= allHalfValues();
  const floats = new Float32Array(halves.length);
  for (let i = 0; i < halves.length; i++) floats[i] = halfValues[halves[i] as number] as number;
  return floats;
}

function headerLength(file: Uint8Array, name: string): number {
  if (file.byteLength < HEADER_LENGTH_BYTES) {
    throw damaged(`${name}: ${file.byteLength} bytes are too few for a safetensors file`);
  }
  const length = new DataView(file.buffer, file.byteOffset).getBigUint64(0, true);
  const available = file.byteLength - HEADER_LENGTH_BYTES;
  if (length > BigInt(available)) {
    throw damaged(`${name}: its header claims ${length} bytes, the file has ${available}`);
  }
  return Number(length);
}

function parseHeader(bytes: Uint8Array, name: string): Record<string, unknown> {
  let header: unknown;
  try {
    header = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (cause) {
    throw damaged(`${name}: its header is not JSON`, cause);
  }
  if (!isRecord(header)) throw damaged(`${name}: its header is not an object`);
  return header;
}

function readTensor(entry: unknown, data: Uint8Array, what: string): RawTensor {
  if (!isRecord(entry)) throw damaged(`${what} has no description`);
  const { dtype, shape, data_offsets: offsets } = entry;
  const elementBytes = typeof dtype === 'string' ? ELEMENT_BYTES[dtype] : undefined;
  if (typeof dtype !== 'string' || elementBytes === undefined) throw damaged(`${what} has unknown type ${String(dtype)}`);
  if (!isCounts(shape)) throw damaged(`${what} has no valid shape`);
  const [start, end] = isCounts(offsets) ? offsets : [];
  if (start === undefined || end === undefined || start > end || end > data.byteLength) {
    throw damaged(`${what} lies outside the file`);
  }
  const expected = shape.reduce((product, size) => product * size, elementBytes);
  if (end - start !== expected) throw damaged(`${what} has ${end - start} bytes, its shape wants ${expected}`);
  return { dtype, shape, bytes: data.subarray(start, end) };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isCounts(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((item) => Number.isSafeInteger(item) && item >= 0);
}

function damaged(message: string, cause?: unknown): PilcrowError {
  return new PilcrowError('model-damaged', message, 'reinstall with `npm ci`', { cause });
}

let halfValues: Float32Array | undefined;

/** What each of the 65,536 half-precision bit patterns is worth: a look-up is the fastest conversion. */
function allHalfValues(): Float32Array {
  const values = new Float32Array(1 << 16);
  for (let bits = 0; bits < values.length; bits++) {
    const sign = bits & 0x8000 ? -1 : 1;
    const exponent = (bits >> 10) & 0x1f;
    const fraction = bits & 0x3ff;
    values[bits] = sign * magnitude(exponent, fraction);
  }
  return values;
}

function magnitude(exponent: number, fraction: number): number {
  if (exponent === 0) return fraction * 2 ** -24;
  if (exponent === 31) return fraction === 0 ? Infinity : NaN;
  return (1 + fraction / 1024) * 2 ** (exponent - 15);
}
