import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';

export interface Document {
  _id: string;
  title?: string;
  text: string;
}

/** Twelve documents on subjects that no model confuses. */
export const DOCUMENTS: Document[] = [
  { _id: 'bees', title: 'The hive in winter', text: 'A colony of bees keeps its queen warm through the cold months by shivering in a tight ball around her.' },
  { _id: 'bridge', title: 'The bridge at Orley', text: 'The old stone bridge fell into the river after the flood had washed the gravel from under its piers.' },
  { _id: 'rye', title: 'Baking rye', text: 'Rye dough is sticky because its flour holds little gluten, so the baker shapes it with wet hands.' },
  { _id: 'tides', title: 'Why the sea rises', text: 'The moon pulls at the oceans and raises the water twice a day; the sun helps it at new moon and full moon.' },
  { _id: 'violin', title: 'Wood for violins', text: 'Makers of violins choose spruce from cold slopes, where trees grow slowly and the rings lie close together.' },
  { _id: 'chess', title: 'An endgame', text: 'With a rook and a king against a lone king, checkmate is forced at the edge of the board.' },
  { _id: 'glass', title: 'Church windows', text: 'Medieval glaziers coloured their panes with oxides: cobalt for blue, copper for red, iron for green.' },
  { _id: 'salt', title: 'The salt road', text: 'Caravans of camels carried slabs of salt from the desert mines to the markets on the river.' },
  { _id: 'ferry', title: 'The night ferry', text: 'The ferry to the island leaves at nine in the evening and takes lorries, bicycles and passengers on foot.' },
  { _id: 'owl', title: 'Silent wings', text: 'An owl flies without a sound because the fringes of its feathers break up the air that rushes over them.' },
  { _id: 'clock', title: 'Keeping time', text: 'A pendulum swings in the same time whether its arc is wide or narrow, so clocks could at last be trusted.' },
  { _id: 'potato', title: 'The potato arrives', text: 'Farmers distrusted the potato until famine taught them that it thrives where wheat fails.' },
];

export const QUERIES = [
  { _id: 'q1', text: 'How do honeybees survive when it freezes?' },
  { _id: 'q2', text: 'What made the bridge collapse?' },
  { _id: 'q3', text: 'What lifts the Atlantic along the shore?' },
  { _id: 'q4', text: 'Which timber is used for musical instruments?' },
];

export const QRELS = 'query-id\tcorpus-id\tscore\nq1\tbees\t1\nq2\tbridge\t1\nq3\ttides\t1\nq4\tviolin\t1\n';

/** A folder for one test, removed when the test is over. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'pilcrow-evaluation-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

export function jsonl(rows: readonly unknown[]): string {
  return rows.map((row) => `${JSON.stringify(row)}\n`).join('');
}

/** Writes a BEIR folder; null leaves a file out. */
export async function writeDataset(folder: string, files: Partial<Record<'corpus.jsonl' | 'corpus.jsonl.gz' | 'queries.jsonl' | 'qrels/test.tsv', string | Uint8Array | null>> = {}): Promise<string> {
  const all = { 'corpus.jsonl': jsonl(DOCUMENTS), 'queries.jsonl': jsonl(QUERIES), 'qrels/test.tsv': QRELS, ...files };
  for (const [name, content] of Object.entries(all)) {
    if (content === null) continue;
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), content);
  }
  return folder;
}
