import type { Metadata, Viewport } from 'next';
import type { ReactNode } from 'react';
import { SlashKey } from './components/slash-key';
import { fontVariables } from './fonts';
import './styles/tokens.css';
import './styles/page.css';

export const metadata: Metadata = {
  title: { default: 'Pilcrow ¶ Ask your articles', template: '%s ¶ Pilcrow' },
  description: 'Ask your articles, get the paragraph.',
  robots: { index: false, follow: false },
};

export const viewport: Viewport = { colorScheme: 'light dark' };

/** Every page shows the index as it stands, and carries the nonce of its own answer. */
export const dynamic = 'force-dynamic';

// No loading.tsx anywhere: a page that streams has sent its 200 before it knows that it is a 404.
export default function RootLayout({ children }: { children: ReactNode }) {
  return (
    <html lang="en" className={fontVariables}>
      <body>
        <a className="skip" href="#main">Skip to the text</a>
        {children}
        <SlashKey />
      </body>
    </html>
  );
}
