// Loaded before the CLI: writes down every passage that is handed to a worker to be embedded, and who works.
import cp from 'node:child_process';
import { createHash } from 'node:crypto';
import { appendFileSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import process from 'node:process';

const log = process.env.PILCROW_TEST_EMBEDDED;
const { fork } = cp;

cp.fork = (...args) => {
  const child = fork(...args);
  appendFileSync(log, `worker ${child.pid}\n`);
  const { send } = child;
  child.send = (message, ...rest) => {
    const passages = message?.work?.passages ?? [];
    appendFileSync(log, passages.map((passage) => `passage ${createHash('sha256').update(JSON.stringify(passage)).digest('hex')}\n`).join(''));
    return send.call(child, message, ...rest);
  };
  return child;
};
syncBuiltinESMExports();
