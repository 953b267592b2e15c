import { z } from 'zod';
import { PilcrowError } from '../../errors';
import { type RawTensor, toFloat32 } from '../safetensors';
import { Graph, type Port, bytesOf } from './graph';
import { quantizeColumns } from './quantize';

/** The part of a BERT config.json that decides the graph. */
export const bertConfigSchema = z.object({
  num_hidden_layers: z.int().positive(),
  num_attention_heads: z.int().positive(),
  hidden_size: z.int().positive(),
  layer_norm_eps: z.number().positive(),
});

export type BertConfig = z.infer<typeof bertConfigSchema>;

/** What the linear layers compute in. */
export type BertDtype = 'int8' | 'fp32';

const INPUTS: readonly Port[] = ['input_ids', 'attention_mask', 'token_type_ids'].map((name) => ({
  name,
  type: 'INT64',
  shape: ['batch', 'tokens'],
}));

/** `to` of the operator Cast, from ONNX's enumeration of types. */
const CAST_TO_FLOAT = { to: 1n };
const CAST_TO_INT32 = { to: 6n };

/**
 * Writes a BERT encoder as an ONNX model (opset 13 and ONNX Runtime's fused operators) that gives
 * `last_hidden_state`, float [batch, tokens, hidden], with the inputs that transformers.js feeds: `input_ids`, `attention_mask`, `token_type_ids`, all int64
 * [batch, tokens].
 *
 * In int8 the weights are quantised here, once per output channel, and activations at run time, per
 * tensor. So **a text's int8 output depends on its batch mates**: run one text at a time.
 *
 * @param weights tensors named as in Hugging Face's BertModel
 * @returns the bytes of an .onnx file; the same weights give the same bytes
 * @throws PilcrowError `model-damaged` when a tensor is missing
 */
export function writeBertGraph(
  weights: ReadonlyMap<string, RawTensor>,
  config: BertConfig,
  dtype: BertDtype,
): Promise<Uint8Array> {
  return new BertWriter(weights, config, dtype).write();
}

class BertWriter {
  readonly #graph = new Graph('bert', INPUTS);
  readonly #hidden: number;
  /** Value [batch, tokens] of int32: 1 where there is a token, 0 where there is padding. */
  readonly #mask: string;

  constructor(
    private readonly weights: ReadonlyMap<string, RawTensor>,
    private readonly config: BertConfig,
    private readonly dtype: BertDtype,
  ) {
    this.#hidden = config.hidden_size;
    this.#mask = this.#graph.node('Cast', ['attention_mask'], 'mask', CAST_TO_INT32);
  }

  async write(): Promise<Uint8Array> {
    let states = this.#embeddings();
    for (let layer = 0; layer < this.config.num_hidden_layers; layer++) {
      states = this.#feedForward(layer, this.#attention(layer, states));
    }
    this.#graph.node('Identity', [states], 'last_hidden_state');
    return this.#graph.encode({ name: 'last_hidden_state', type: 'FLOAT', shape: ['batch', 'tokens', this.#hidden] });
  }

  /** Words + positions + segments, normalised: [batch, tokens, hidden]. */
  #embeddings(): string {
    const graph = this.#graph;
    const words = this.#lookUp('embeddings.word_embeddings.weight', 'input_ids', 'words');
    const segments = this.#lookUp('embeddings.token_type_embeddings.weight', 'token_type_ids', 'segments');
    const positions = this.#firstPositions();
    const placed = graph.node('Add', [segments, positions], 'placed');
    return this.#addAndNormalise('embeddings.LayerNorm', words, placed, null);
  }

  /** Rows of a table. It stays in half precision until they are looked up: half the memory, same values. */
  #lookUp(table: string, ids: string, output: string): string {
    const { dtype, shape, bytes } = this.#tensor(table);
    const type = dtype === 'F16' ? 'FLOAT16' : 'FLOAT';
    const rows = this.#graph.node('Gather', [this.#graph.constant({ name: table, type, shape, bytes }), ids], `${output}.rows`);
    return this.#graph.node('Cast', [rows], output, CAST_TO_FLOAT);
  }

  /** The embeddings of positions 0 to tokens − 1: [tokens, hidden]. */
  #firstPositions(): string {
    const graph = this.#graph;
    const table = 'embeddings.position_embeddings.weight';
    const { shape } = this.#tensor(table);
    const size = graph.node('Shape', ['input_ids'], 'input.shape');
    const tokens = graph.node('Slice', [size, graph.integers('one', [1]), graph.integers('two', [2])], 'input.tokens');
    const inputs = [graph.floats(table, this.#floats(table), shape), graph.integers('zero', [0]), tokens];
    return graph.node('Slice', inputs, 'positions');
  }

  /** Self-attention with its residual connection. */
  #attention(layer: number, states: string): string {
    const prefix = `encoder.layer.${layer}.attention`;
    const parts = ['query', 'key', 'value'].map((part) => `${prefix}.self.${part}`);
    const matrix = sideBySide(parts.map((part) => this.#transposed(part)), this.#hidden);
    const bias = this.#graph.floats(`${prefix}.bias`, concatenate(parts.map((part) => this.#floats(`${part}.bias`))));
    const context = this.#attend(prefix, states, matrix, bias);
    const projected = this.#linear(`${prefix}.output.dense`, context);
    return this.#addAndNormalise(`${prefix}.output.LayerNorm`, projected, states, `${prefix}.output.dense.bias`);
  }

  /** @param matrix query, key and value side by side: [hidden, 3 · hidden] */
  #attend(prefix: string, states: string, matrix: Float32Array, bias: string): string {
    const graph = this.#graph;
    const shape = [this.#hidden, 3 * this.#hidden] as const;
    const heads = { num_heads: BigInt(this.config.num_attention_heads) };
    const output = `${prefix}.context`;
    if (this.dtype === 'fp32') {
      const weight = graph.floats(`${prefix}.weight`, matrix, shape);
      return graph.fused('Attention', [states, weight, bias, this.#mask], output, heads);
    }
    const [input, scale, zero] = ['quantized', 'scale', 'zero'].map((part) => `${prefix}.input.${part}`) as [string, string, string];
    graph.split('DynamicQuantizeLinear', [states], [input, scale, zero]);
    const weight = this.#quantized(`${prefix}.weight`, matrix, shape);
    return graph.fused('QAttention', [input, weight.values, bias, scale, weight.scales, this.#mask, zero], output, heads);
  }

  /** Two linear layers with GELU between them, and the residual connection. */
  #feedForward(layer: number, states: string): string {
    const graph = this.#graph;
    const prefix = `encoder.layer.${layer}`;
    const wide = this.#linear(`${prefix}.intermediate.dense`, states);
    const bias = graph.floats(`${prefix}.intermediate.dense.bias`, this.#floats(`${prefix}.intermediate.dense.bias`));
    // In int8 the tanh form of GELU is 6 % faster in all, and its error drowns in that of the activations.
    const gelu = this.dtype === 'int8' ? 'FastGelu' : 'BiasGelu';
    const active = graph.fused(gelu, [wide, bias], `${prefix}.gelu`);
    const narrow = this.#linear(`${prefix}.output.dense`, active);
    return this.#addAndNormalise(`${prefix}.output.LayerNorm`, narrow, states, `${prefix}.output.dense.bias`);
  }

  /** x · W, the bias left to the operator that follows and adds it on its way. */
  #linear(name: string, input: string): string {
    const [columns, rows] = this.#tensor(`${name}.weight`).shape as [number, number];
    const matrix = this.#transposed(name);
    const output = `${name}.product`;
    if (this.dtype === 'fp32') {
      return this.#graph.node('MatMul', [input, this.#graph.floats(`${name}.weight`, matrix, [rows, columns])], output);
    }
    const weight = this.#quantized(`${name}.weight`, matrix, [rows, columns]);
    return this.#graph.fused('DynamicQuantizeMatMul', [input, weight.values, weight.scales], output);
  }

  #quantized(name: string, matrix: Float32Array, shape: readonly [number, number]): { values: string; scales: string } {
    const { values, scales } = quantizeColumns(matrix, shape[1]);
    return {
      values: this.#graph.constant({ name, type: 'INT8', shape, bytes: bytesOf(values) }),
      scales: this.#graph.floats(`${name}.scales`, scales),
    };
  }

  /** LayerNorm(added + residual + bias). */
  #addAndNormalise(name: string, added: string, residual: string, bias: string | null): string {
    const graph = this.#graph;
    const inputs = [
      added,
      residual,
      graph.floats(`${name}.weight`, this.#floats(`${name}.weight`)),
      graph.floats(`${name}.bias`, this.#floats(`${name}.bias`)),
    ];
    if (bias !== null) inputs.push(graph.floats(bias, this.#floats(bias)));
    return graph.fused('SkipLayerNormalization', inputs, name, { epsilon: this.config.layer_norm_eps });
  }

  /** The matrix of a linear layer, turned from Hugging Face's [out, in] to [in, out]. */
  #transposed(name: string): Float32Array {
    const [rows, columns] = this.#tensor(`${name}.weight`).shape as [number, number];
    return transpose(this.#floats(`${name}.weight`), rows, columns);
  }

  #floats(name: string): Float32Array {
    return toFloat32(this.#tensor(name));
  }

  #tensor(name: string): RawTensor {
    const tensor = this.weights.get(name);
    if (tensor === undefined) throw new PilcrowError('model-damaged', `the weights have no tensor ${name}`);
    return tensor;
  }
}

function transpose(matrix: Float32Array, rows: number, columns: number): Float32Array {
  const turned = new Float32Array(matrix.length);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) turned[column * rows + row] = matrix[row * columns + column] as number;
  }
  return turned;
}

/** Matrices of `rows` rows each, joined at their sides. */
function sideBySide(matrices: readonly Float32Array[], rows: number): Float32Array {
  const rowsOfAll = Array.from({ length: rows }, (_, row) =>
    matrices.map((matrix) => matrix.subarray((row * matrix.length) / rows, ((row + 1) * matrix.length) / rows)),
  );
  return concatenate(rowsOfAll.flat());
}

function concatenate(parts: readonly Float32Array[]): Float32Array {
  const whole = new Float32Array(parts.reduce((length, part) => length + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
}
