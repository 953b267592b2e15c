import type { ReactNode } from 'react';

/** The text of a page, in its column. */
export function Sheet({ children }: { children: ReactNode }) {
  return (
    <main id="main" tabIndex={-1} className="sheet">
      <div className="column">{children}</div>
    </main>
  );
}
