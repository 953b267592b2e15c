import { basename, isAbsolute } from 'node:path';
import { engine } from '../../engine';
import { respond } from '../respond';
import type { IndexWriter } from '../../../lib/index';

export function GET(): Promise<Response> {
  return respond(async () => {
    // Where on this machine articles and models lie, and what runs on it, is no business of whoever can reach the port.
    const { sources, writer, model, ...status } = await engine().status();
    const id = isAbsolute(model.id) ? basename(model.id) : model.id;
    return { ...status, model: { ...model, id }, sources: sources.map(({ label }) => ({ label })), writer: writer === null ? null : publicWriter(writer) };
  });
}

function publicWriter({ command, since, phase, done, etaMs }: IndexWriter) {
  return { command, since, phase, done, etaMs };
}

export const dynamic = 'force-dynamic';
