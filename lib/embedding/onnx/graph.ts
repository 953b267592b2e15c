/** Elements of a constant, by ONNX's names for their types. */
export type ElementType = 'FLOAT' | 'FLOAT16' | 'INT8' | 'INT64';

export interface Constant {
  name: string;
  type: ElementType;
  shape: readonly number[];
  /** Little-endian elements, row by row. */
  bytes: Uint8Array;
}

/** A size that is known (a number) or known at run time only (a name). */
export type Dimension = number | string;

export interface Port {
  name: string;
  type: ElementType;
  shape: readonly Dimension[];
}

/** An integer attribute as bigint, a float attribute as number: ONNX keeps them apart. */
export type Attributes = Readonly<Record<string, bigint | number>>;

interface Node {
  op: string;
  domain: string;
  inputs: readonly string[];
  outputs: readonly string[];
  attributes: Attributes;
}

/** ONNX Runtime's own operators. */
const MICROSOFT = 'com.microsoft';
const IR_VERSION = 7; // the one that goes with opset 13
const OPSETS = [
  { domain: '', version: 13 },
  { domain: MICROSOFT, version: 1 },
];

/** An ONNX graph being written. Values are known by name, in the order in which they are added. */
export class Graph {
  readonly #nodes: Node[] = [];
  readonly #constants: Constant[] = [];

  constructor(
    private readonly name: string,
    private readonly inputs: readonly Port[],
  ) {}

  /** @returns the constant's name, for use as an input */
  constant(constant: Constant): string {
    this.#constants.push(constant);
    return constant.name;
  }

  floats(name: string, values: Float32Array, shape: readonly number[] = [values.length]): string {
    return this.constant({ name, type: 'FLOAT', shape, bytes: bytesOf(values) });
  }

  integers(name: string, values: readonly number[]): string {
    const bytes = bytesOf(BigInt64Array.from(values, BigInt));
    return this.constant({ name, type: 'INT64', shape: [values.length], bytes });
  }

  /**
   * Adds a node with one output.
   * @param inputs names; an optional input that is left out is the empty string
   * @param output the value that it computes
   * @returns `output`
   */
  node(op: string, inputs: readonly string[], output: string, attributes: Attributes = {}): string {
    this.#nodes.push({ op, domain: '', inputs, outputs: [output], attributes });
    return output;
  }

  /** The same for an operator of the domain com.microsoft. */
  fused(op: string, inputs: readonly string[], output: string, attributes: Attributes = {}): string {
    this.#nodes.push({ op, domain: MICROSOFT, inputs, outputs: [output], attributes });
    return output;
  }

  /** Adds a node with several outputs. */
  split(op: string, inputs: readonly string[], outputs: readonly string[]): void {
    this.#nodes.push({ op, domain: '', inputs, outputs, attributes: {} });
  }

  /** @returns the graph as the bytes of an .onnx file */
  async encode(output: Port): Promise<Uint8Array> {
    // Needed once per machine, so it is not loaded with the rest.
    const { onnx } = (await import('onnx-proto')).default;
    const { ModelProto, TensorProto, AttributeProto } = onnx;

    const port = ({ name, type, shape }: Port) => ({
      name,
      type: {
        tensorType: {
          elemType: TensorProto.DataType[type],
          shape: { dim: shape.map((size) => (typeof size === 'number' ? { dimValue: size } : { dimParam: size })) },
        },
      },
    });
    const attribute = ([name, value]: [string, bigint | number]) =>
      typeof value === 'bigint'
        ? { name, type: AttributeProto.AttributeType.INT, i: Number(value) }
        : { name, type: AttributeProto.AttributeType.FLOAT, f: value };

    const model = ModelProto.fromObject({
      irVersion: IR_VERSION,
      producerName: 'pilcrow',
      opsetImport: OPSETS,
      graph: {
        name: this.name,
        input: this.inputs.map(port),
        output: [port(output)],
        node: this.#nodes.map((node) => ({
          opType: node.op,
          domain: node.domain,
          name: node.outputs[0],
          input: [...node.inputs],
          output: [...node.outputs],
          attribute: Object.entries(node.attributes).map(attribute),
        })),
        initializer: this.#constants.map(({ name, type, shape, bytes }) => ({
          name,
          dataType: TensorProto.DataType[type],
          dims: [...shape],
          rawData: bytes,
        })),
      },
    });
    return ModelProto.encode(model).finish();
  }
}

/** The bytes of a typed array. Every platform that Node runs ONNX Runtime on is little-endian. */
export function bytesOf(values: Float32Array | Int8Array | BigInt64Array): Uint8Array {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
}
