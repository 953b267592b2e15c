const USAGE = 'npm start takes no arguments; PORT (default 3000), HOST (default 127.0.0.1) and PILCROW_INDEX_DIR are read from the environment';

/** Something the person who starts it can put right: one line, no stack. */
export class Refusal extends Error {
  /** @param {number} exitCode 1 failed, 2 wrong usage */
  constructor(message, exitCode = 1) {
    super(message);
    this.exitCode = exitCode;
  }
}

/**
 * @param {readonly string[]} args
 * @param {Record<string, string | undefined>} env
 * @returns {{ host: string, port: number }}
 * @throws Refusal when something cannot be meant
 */
export function readSettings(args, env) {
  if (args.length > 0) throw new Refusal(USAGE, 2);
  return { host: env.HOST || '127.0.0.1', port: readPort(env.PORT) };
}

function readPort(given) {
  if (!given) return 3000;
  const port = Number(given);
  if (/^\d+$/.test(given) && port >= 1 && port <= 65_535) return port;
  throw new Refusal(`PORT ${JSON.stringify(given)} is not a port: give a number from 1 to 65535, e.g. PORT=3001 npm start`, 2);
}
