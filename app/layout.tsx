import type { Metadata, Viewport } from 'next';
import { cookies } from 'next/headers';
import type { ReactNode } from 'react';
import { Footer } from './components/shell/footer';
import { KeysHelp } from './components/shell/keys-help';
import { Palette } from './components/shell/palette';
import { Skeleton } from './components/shell/skeleton';
import { fontVariables } from './fonts';
import './styles/tokens.css';
import './styles/page.css';
import { THEME_COOKIE, themeFrom } from './theme';

export const metadata: Metadata = {
  title: { default: 'Pilcrow ¶ Ask your articles', template: '%s ¶ Pilcrow' },
  description: 'Ask your articles, get the paragraph.',
  robots: { index: false, follow: false },
};

export const viewport: Viewport = { colorScheme: 'light dark' };

/** Every page shows the index as it stands, and carries the nonce of its own answer. */
export const dynamic = 'force-dynamic';

// No loading.tsx anywhere: a page that streams has sent its 200 before it knows that it is a 404, and shows
// nothing without JavaScript. What shows that something takes its time is <Skeleton>.
export default async function RootLayout({ children }: { children: ReactNode }) {
  const theme = themeFrom((await cookies()).get(THEME_COOKIE)?.value);
  return (
    <html lang="en" className={fontVariables} data-theme={theme}>
      <body>
        <a className="skip" href="#main">Skip to the text</a>
        {children}
        <Footer theme={theme} />
        <p className="unseen" role="status" data-said />
        <Palette />
        <KeysHelp />
        <Skeleton />
      </body>
    </html>
  );
}
