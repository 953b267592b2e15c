import type { Metadata } from 'next';
import { Library } from '../components/library/library';
import { Masthead } from '../components/shell/masthead';
import { Sheet } from '../components/shell/sheet';
import { libraryQuery } from '../library-query';
import { libraryHref } from '../links';
import type { PageParams } from '../query';

interface Props {
  searchParams: Promise<PageParams>;
}

export async function generateMetadata({ searchParams }: Props): Promise<Metadata> {
  const query = libraryQuery(await searchParams);
  const page = query.get('page');
  return { title: ['Library', query.get('q')?.slice(0, 120), page === null ? null : `page ${page.slice(0, 10)}`].filter(Boolean).join(', ') };
}

/** All articles: ordered, filtered, and found by title or author. */
export default async function LibraryPage({ searchParams }: Props) {
  const query = libraryQuery(await searchParams);
  return (
    <>
      <Masthead current={libraryHref} />
      <Sheet><Library query={query} /></Sheet>
    </>
  );
}
