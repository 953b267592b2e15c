import { engine } from '../../engine';
import { inputFromQuery } from '../../query';
import { respond } from '../respond';
import type { SearchInput } from '../../../lib/search';

export function GET(request: Request): Promise<Response> {
  return respond(async () => {
    const input = inputFromQuery(new URL(request.url).searchParams);
    return engine().search(input as unknown as SearchInput);
  });
}
