import { describe, expect, it } from 'vitest';
import { readSafetensors, toFloat32 } from '../../lib/embedding/safetensors';

/** A file as the format has it; `length` overrides what the file says of its header's length. */
function file(header: unknown, data: Uint8Array, length?: bigint): Uint8Array {
  const text = typeof header === 'string' ? header : JSON.stringify(header);
  const json = new TextEncoder().encode(text);
  const bytes = new Uint8Array(8 + json.length + data.length);
  new DataView(bytes.buffer).setBigUint64(0, length ?? BigInt(json.length), true);
  bytes.set(json, 8);
  bytes.set(data, 8 + json.length);
  return bytes;
}

/** Half-precision numbers, given as their bits. */
function halves(...bits: number[]): Uint8Array {
  return new Uint8Array(new Uint16Array(bits).buffer);
}

function readOne(bytes: Uint8Array): Float32Array {
  return toFloat32(readSafetensors(bytes, 'test.safetensors').get('w')!);
}

describe('readSafetensors', () => {
  it('finds each tensor with its type, shape and bytes, and skips the metadata', () => {
    const header = {
      __metadata__: { format: 'pt' },
      a: { dtype: 'F16', shape: [1, 2], data_offsets: [0, 4] },
      b: { dtype: 'I64', shape: [1], data_offsets: [4, 12] },
    };
    const tensors = readSafetensors(file(header, Uint8Array.from({ length: 12 }, (_, i) => i)), 'test');
    expect([...tensors.keys()]).toEqual(['a', 'b']);
    expect(tensors.get('a')).toMatchObject({ dtype: 'F16', shape: [1, 2], bytes: Uint8Array.of(0, 1, 2, 3) });
    expect(tensors.get('b')?.bytes).toEqual(Uint8Array.of(4, 5, 6, 7, 8, 9, 10, 11));
  });

  const whole = { dtype: 'F16', shape: [2], data_offsets: [0, 4] };
  it.each([
    ['a file shorter than its length field', Uint8Array.of(1, 2, 3), /3 bytes are too few/],
    ['a header longer than the file', file({}, new Uint8Array(0), 1n << 60n), /header claims/],
    ['a header that is not JSON', file('{"a":', new Uint8Array(0)), /not JSON/],
    ['a header that is not UTF-8', file({}, Uint8Array.of(0xff, 0xff), 4n), /not JSON/],
    ['a header that is a list', file([], new Uint8Array(0)), /not an object/],
    ['a tensor without description', file({ w: 3 }, new Uint8Array(0)), /tensor w has no description/],
    ['an unknown type', file({ w: { ...whole, dtype: 'F7' } }, new Uint8Array(4)), /unknown type F7/],
    ['a negative size', file({ w: { ...whole, shape: [-2] } }, new Uint8Array(4)), /no valid shape/],
    ['a tensor cut off at the end', file({ w: whole }, new Uint8Array(3)), /outside the file/],
    ['a tensor that ends before it starts', file({ w: { ...whole, data_offsets: [4, 0] } }, new Uint8Array(4)), /outside the file/],
    ['a shape that wants more bytes', file({ w: { ...whole, shape: [3] } }, new Uint8Array(4)), /4 bytes, its shape wants 6/],
  ])('refuses %s', (_, bytes, message) => {
    expect(() => readSafetensors(bytes, 'test')).toThrow(expect.objectContaining({ code: 'model-damaged', message: expect.stringMatching(message) as string }));
  });
});

describe('toFloat32', () => {
  it('converts half precision exactly: signs, subnormals, largest and smallest, infinities', () => {
    const bits = [0x0000, 0x3c00, 0xc000, 0x3555, 0x0001, 0x03ff, 0x0400, 0x7bff, 0x7c00, 0xfc00];
    const values = [0, 1, -2, 0.333251953125, 2 ** -24, 1023 * 2 ** -24, 2 ** -14, 65504, Infinity, -Infinity];
    const header = { w: { dtype: 'F16', shape: [bits.length], data_offsets: [0, 2 * bits.length] } };
    expect([...readOne(file(header, halves(...bits)))]).toEqual(values);
  });

  it('keeps not-a-number and the sign of zero', () => {
    const header = { w: { dtype: 'F16', shape: [2], data_offsets: [0, 4] } };
    const [nan, zero] = readOne(file(header, halves(0x7e00, 0x8000)));
    expect(nan).toBeNaN();
    expect(zero).toBe(-0);
  });

  it('reads tensors at odd addresses', () => {
    const header = { w: { dtype: 'F32', shape: [1], data_offsets: [1, 5] } };
    const data = new Uint8Array([0, ...new Uint8Array(new Float32Array([1.5]).buffer)]);
    for (const padding of ['', ' ']) expect([...readOne(file(JSON.stringify(header) + padding, data))]).toEqual([1.5]);
  });

  it('refuses integers as weights', () => {
    const header = { w: { dtype: 'I64', shape: [1], data_offsets: [0, 8] } };
    expect(() => readOne(file(header, new Uint8Array(8)))).toThrow(expect.objectContaining({ code: 'model-damaged' }));
  });
});
