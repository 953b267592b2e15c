import { createServer, type Server } from 'node:net';
import { join } from 'node:path';
import process from 'node:process';
import { describe, expect, test } from 'vitest';
import { isLoopback } from '../../lib/loopback.mjs';
import { readSettings, Refusal } from '../../scripts/start/settings.mjs';
import { lines, outcome, root, run, type Env } from './cli';

const start = (env: Env, args: readonly string[] = []) => outcome(run(process.execPath, [join(root, 'scripts', 'start.mjs'), ...args], { HOST: undefined, PORT: undefined, ...env }));

describe('npm start refuses at once, in one line', () => {
  test.each(['abc', '70000', '0', '-1', '80.5', '0x50', '3000 '])('PORT %j', async (PORT) => {
    const { code, stdout, stderr } = await start({ PORT });
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(lines(stderr)).toEqual([expect.stringMatching(/^pilcrow: PORT .*1 to 65535/)]);
    expect(stderr).toContain(JSON.stringify(PORT));
  });

  test('a port that is in use', async () => {
    const taken = await listen();
    const { port } = taken.address() as { port: number };
    const { code, stdout, stderr } = await start({ PORT: String(port) });
    taken.close();
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(lines(stderr)).toEqual([expect.stringMatching(new RegExp(`^pilcrow: port ${String(port)} is in use.*PORT`))]);
  });

  test('a HOST that is no address of this machine', async () => {
    // An address of RFC 5737's documentation range.
    const { code, stderr } = await start({ HOST: '192.0.2.1', PORT: '3999' });
    expect(code).toBe(2);
    expect(lines(stderr)).toEqual([expect.stringMatching(/^pilcrow: HOST "192\.0\.2\.1"/)]);
  });

  test('arguments, which it takes none of', async () => {
    const { code, stderr } = await start({}, ['--port', '4000']);
    expect(code).toBe(2);
    expect(lines(stderr)).toEqual([expect.stringMatching(/PORT/)]);
  });

  function listen(): Promise<Server> {
    return new Promise((resolve) => {
      const server = createServer();
      server.listen(0, '127.0.0.1', () => { resolve(server); });
    });
  }
});

describe('settings', () => {
  test('default to port 3000 of this machine only', () => {
    expect(readSettings([], {})).toEqual({ host: '127.0.0.1', port: 3000 });
    expect(readSettings([], { HOST: '', PORT: '' })).toEqual({ host: '127.0.0.1', port: 3000 });
  });

  test('come from HOST and PORT', () => {
    expect(readSettings([], { HOST: '0.0.0.0', PORT: '65535' })).toEqual({ host: '0.0.0.0', port: 65_535 });
  });

  test('are refused as wrong usage', () => {
    expect(() => readSettings([], { PORT: '65536' })).toThrow(Refusal);
  });

  test.each([['127.0.0.1', true], ['127.8.8.8', true], ['localhost', true], ['::1', true], ['0.0.0.0', false], ['::', false], ['192.168.1.5', false], ['127.0.0.1.example.com', false]])('isLoopback(%s) is %s', (host, expected) => {
    expect(isLoopback(host)).toBe(expected);
  });
});
