import { engine } from '../../engine';
import { respond } from '../respond';

export function GET(): Promise<Response> {
  return respond(() => engine().status());
}

export { methodNotAllowed as POST, methodNotAllowed as PUT, methodNotAllowed as PATCH, methodNotAllowed as DELETE } from '../respond';

export const dynamic = 'force-dynamic';
