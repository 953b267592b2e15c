import { engine } from '../../engine';
import { respond } from '../respond';

export function GET(): Promise<Response> {
  return respond(async () => {
    // Where on this machine the articles lie is no business of whoever can reach the port.
    const { sources, ...status } = await engine().status();
    return { ...status, sources: sources.map(({ label }) => ({ label })) };
  });
}

export const dynamic = 'force-dynamic';
