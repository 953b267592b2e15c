import type { UnknownFilter } from '../../../lib/search';
import type { HrefOf } from '../../links';
import { withoutParameters } from '../../query';
import { languageWords } from '../../words';

interface Props {
  filters: UnknownFilter[];
  query: URLSearchParams;
  hrefOf: HrefOf;
  /** The words of the link that leaves one out. */
  again: string;
}

/** Filters that no article passes, whatever is asked: mistyped, or of an article that is gone. */
export function UnknownFilters({ filters, query, hrefOf, again }: Props) {
  return filters.map(({ name, value }) => (
    <p key={name + value}>
      {name === 'article' ? 'There is no article here with the id' : `No article here has the ${name}`} ‘<bdi>{name === 'language' ? languageWords(value) : value}</bdi>’.{' '}
      <a href={hrefOf(withoutParameters(query, [[name, value]]))}>{again}</a>
    </p>
  ));
}
