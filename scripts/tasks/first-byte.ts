import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import { availableParallelism, cpus } from 'node:os';
import { withSampleApp } from './sample-app';

const WARM_UP = 10;
const FORMS = ['How was X made?', 'Who paid for X?', 'What became of X in the end?', 'Why did people need X?', 'When did X begin to change?', 'Where can X still be seen?'];
const SUBJECTS = ['the ice', 'bread', 'a map', 'the night train', 'the cable under the sea', 'the bridge', 'a library', 'salt', 'the forest', 'a lost sound'];

/**
 * How long the page of a question takes to its first byte, which is sent when all has been found: warm, on the
 * sample articles, one question after the other, none asked twice. For information: no test depends on it.
 */
export default function measureFirstByte(): Promise<boolean> {
  return withSampleApp(async ({ app }) => {
    const questions = SUBJECTS.flatMap((subject) => FORMS.map((form) => form.replace('X', subject)));
    const times: number[] = [];
    for (const question of questions) times.push(await firstByte(`${app}/?${new URLSearchParams({ q: question }).toString()}`));
    const measured = times.slice(WARM_UP).sort((a, b) => a - b);
    const at = (part: number) => `${(measured[Math.round(part * (measured.length - 1))] ?? NaN).toFixed(0)} ms`;
    process.stdout.write(`${[
      `First byte of /?q=…, ${measured.length} questions after ${WARM_UP} to warm up:`,
      `  median ${at(0.5)}, from ${at(0)} to ${at(1)}, nine of ten within ${at(0.9)}`,
      `  on ${cpus()[0]?.model ?? 'an unknown processor'}, ${availableParallelism()} cores, Node ${process.version}`,
    ].join('\n')}\n`);
    return true;
  });
}

/** Milliseconds until the head of the answer is there; the rest is read to its end. */
async function firstByte(address: string): Promise<number> {
  const started = performance.now();
  const [response] = await once(get(address), 'response') as [IncomingMessage];
  const elapsed = performance.now() - started;
  if (response.statusCode !== 200) throw new Error(`${address} answers with ${response.statusCode ?? 'nothing'}`);
  response.resume();
  await once(response, 'end');
  return elapsed;
}
