import type { Metadata } from 'next';
import { Answers } from './components/answers';
import { Front } from './components/front';
import { Masthead } from './components/masthead';
import { Sheet } from './components/sheet';
import { Trail } from './components/trail';
import { Unavailable } from './components/unavailable';
import { engine } from './engine';
import { attempt } from './errors';
import { type PageParams, queryFromPage, trailFromPage } from './query';
import { homeHref } from './links';
import { before, onward, type Step, type Trail as Way } from './trail';

interface Props {
  searchParams: Promise<PageParams>;
}

const RECENT = 5;

export async function generateMetadata({ searchParams }: Props): Promise<Metadata> {
  const question = queryFromPage(await searchParams).get('q');
  return question === null ? {} : { title: { absolute: `${question.slice(0, 120)} ¶ Pilcrow` } };
}

/** `/` is the front page, `/?q=…` what is found. */
export default async function AskPage({ searchParams }: Props) {
  const params = await searchParams;
  const query = queryFromPage(params);
  return query.has('q') ? <Asked query={query} came={trailFromPage(params)} /> : <NothingAsked query={query} />;
}

async function NothingAsked({ query }: { query: URLSearchParams }) {
  const index = await attempt(() => Promise.all([engine().status(), engine().recentArticles(RECENT)]));
  if (index.error) return <Sheet><Unavailable error={index.error} /></Sheet>;
  const [status, recent] = index.value;
  return <Sheet><Front query={query} status={status} recent={recent} /></Sheet>;
}

async function Asked({ query, came }: { query: URLSearchParams; came: Way }) {
  const here: Step = { kind: 'ask', query };
  return (
    <>
      <Masthead query={query} withMode current={homeHref} />
      <Sheet>
        <Trail trail={before(came, here)} />
        <Answers query={query} trail={onward(came, here)} />
      </Sheet>
    </>
  );
}
