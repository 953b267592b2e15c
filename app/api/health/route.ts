import { engine } from '../../engine';
import { publicStatus } from '../../public-status';
import { respond } from '../respond';

export function GET(): Promise<Response> {
  return respond(async () => publicStatus(await engine().status()));
}

export const dynamic = 'force-dynamic';
