import type { UnknownFilter } from '../../lib/search';
import { searchHref } from '../links';
import { withoutParameters } from '../query';
import type { Trail } from '../trail';
import { languageWords } from '../words';

/** Filters that no article passes, whatever is asked: mistyped, or of an article that is gone. */
export function UnknownFilters({ filters, query, trail }: { filters: UnknownFilter[]; query: URLSearchParams; trail: Trail }) {
  return filters.map(({ name, value }) => (
    <p key={name + value}>
      {name === 'article' ? 'There is no article here with the id' : `No article here has the ${name}`} ‘<bdi>{name === 'language' ? languageWords(value) : value}</bdi>’.{' '}
      <a href={searchHref(withoutParameters(query, [[name, value]]), trail)}>Ask without it</a>
    </p>
  ));
}
