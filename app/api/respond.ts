import { belongsInLog, publicLine, toPilcrowError } from '../errors';
import { log } from '../log';
import { STATUS } from '../http-status';
import { NO_STORE, problem } from './problem';

/** Answers with what `work` finds as JSON, or with the problem it ran into. */
export function respond(work: () => Promise<unknown>): Promise<Response> {
  return respondWith(async () => Response.json(await work(), { headers: NO_STORE }));
}

/** Answers with what `work` makes, or with the problem it ran into. */
export async function respondWith(work: () => Promise<Response>): Promise<Response> {
  try {
    return await work();
  } catch (thrown) {
    const error = toPilcrowError(thrown);
    if (belongsInLog(error)) log(error);
    return problem(STATUS[error.kind], error.code, publicLine(error));
  }
}

export function noSuchAddress(): Response {
  return problem(404, 'address-not-found', 'there is nothing at this address of the API');
}
