import type { Metadata } from 'next';
import { cache } from 'react';
import { Masthead } from '../../components/shell/masthead';
import { NOT_HERE, NotHere } from '../../components/shell/not-here';
import { Reading } from '../../components/read/reading';
import { Sheet } from '../../components/shell/sheet';
import { Unavailable } from '../../components/shell/unavailable';
import { engine } from '../../engine';
import { attempt } from '../../errors';
import { type PageParams, trailFromPage } from '../../query';

interface Props {
  params: Promise<{ id: string }>;
  searchParams: Promise<PageParams>;
}

/** Asked once for the title and the page. */
const articleOf = cache((id: string) => attempt(() => engine().article(id)));

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { value, error } = await articleOf((await params).id);
  if (error) return error.kind === 'missing' ? { title: NOT_HERE } : {};
  return { title: value.article.title };
}

/** An article; `?p=7` marks its passage ¶ 7. */
export default async function ArticlePage({ params, searchParams }: Props) {
  const { value, error } = await articleOf((await params).id);
  if (error?.kind === 'missing') return <NotHere />;
  const query = await searchParams;
  return (
    <>
      <Masthead />
      <Sheet>
        {error ? <Unavailable error={error} /> : <Reading view={value} ordinal={Number(query.p)} came={trailFromPage(query)} />}
      </Sheet>
    </>
  );
}
