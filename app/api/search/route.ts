import { engine } from '../../engine';
import type { SearchInput } from '../../../lib/search';
import { inputFromQuery } from '../../query';
import { respond } from '../respond';

export function GET(request: Request): Promise<Response> {
  return respond(async () => engine().search(inputFromQuery(new URL(request.url).searchParams) as unknown as SearchInput));
}
