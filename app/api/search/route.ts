import { engine } from '../../engine';
import { searchInput } from '../../query';
import { respond } from '../respond';

export function GET(request: Request): Promise<Response> {
  return respond(async () => engine().search(searchInput(new URL(request.url).searchParams)));
}
