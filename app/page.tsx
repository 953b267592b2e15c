import type { Metadata } from 'next';
import type { PilcrowError } from '../lib/errors';
import { Answers } from './components/ask/answers';
import { Front } from './components/ask/front';
import { Masthead } from './components/shell/masthead';
import { Nameplate } from './components/shell/nameplate';
import { Nav } from './components/shell/nav';
import { Refused } from './components/ask/refused';
import { Sheet } from './components/shell/sheet';
import { Unavailable } from './components/shell/unavailable';
import { engine } from './engine';
import { attempt, publicLine } from './errors';
import { homeHref } from './links';
import { filtersInput, type PageParams, queryFromPage, trailFromPage } from './query';
import { before, onward, type Step, type Trail as Way } from './trail';

interface Props {
  searchParams: Promise<PageParams>;
}

const RECENT = 5;
const EXAMPLES = 5;

export async function generateMetadata({ searchParams }: Props): Promise<Metadata> {
  const question = queryFromPage(await searchParams).get('q');
  return question === null ? {} : { title: { absolute: `${question.slice(0, 120)} ¶ Pilcrow` } };
}

/** `/` is the front page, `/?q=…` what is found. */
export default async function AskPage({ searchParams }: Props) {
  const params = await searchParams;
  const query = queryFromPage(params);
  const came = trailFromPage(params);
  return query.has('q') ? <Asked query={query} came={came} /> : <NothingAsked query={query} came={came} />;
}

async function NothingAsked({ query, came }: { query: URLSearchParams; came: Way }) {
  const { value, error } = await attempt(() => Promise.all([
    engine().status(),
    engine().recentArticles(RECENT),
    engine().exampleQuestions(EXAMPLES),
    engine().facets(filtersInput(query)),
  ]));
  if (error) return <NoFront error={error} query={query} />;
  const [status, recent, examples, facets] = value;
  return <Sheet><Front query={query} trail={came} status={status} recent={recent} examples={examples} facets={facets} /></Sheet>;
}

/** What is wrong with the filters can be mended in the address or by asking anew; else there is nothing to ask. */
function NoFront({ error, query }: { error: PilcrowError; query: URLSearchParams }) {
  if (error.kind !== 'usage') return <Sheet><Nav current={homeHref} /><Nameplate as="p" /><Unavailable error={error} /></Sheet>;
  return (
    <>
      <Masthead query={query} withMode current={homeHref} />
      <Sheet><Refused reason={publicLine(error)} query={query} came={[]} /></Sheet>
    </>
  );
}

async function Asked({ query, came }: { query: URLSearchParams; came: Way }) {
  const here: Step = { kind: 'ask', query };
  return (
    <>
      <Masthead query={query} withMode current={homeHref} />
      <Sheet>
        <Answers query={query} came={before(came, here)} trail={onward(came, here)} />
      </Sheet>
    </>
  );
}
