'use client';

import { Notice } from './components/shell/notice';
import { Sheet } from './components/shell/sheet';
import { homeHref } from './links';

/**
 * Something of ours broke. What it was is in the server's log, under the digest. Without the question
 * box: this page's code is sent along with every other page.
 */
export default function ErrorPage({ error }: { error: Error & { digest?: string } }) {
  return (
    <Sheet>
      <Notice title="This went wrong" alert>
        <p>Pilcrow could not make this page. Reload it to try again; if it stays, the log of the server says why. The <a href={homeHref}>front page</a> may still work.</p>
        {error.digest ? <p className="note">In the log: <code>{error.digest}</code></p> : null}
      </Notice>
    </Sheet>
  );
}
