import type { Metadata } from 'next';
import { Masthead } from '../components/shell/masthead';
import { Sheet } from '../components/shell/sheet';
import { StatusReport } from '../components/status/status-report';
import { statusHref } from '../links';

export const metadata: Metadata = { title: 'Status' };

/** What is indexed, how it came about, and what is being done to it now. */
export default function StatusPage() {
  return (
    <>
      <Masthead current={statusHref} />
      <Sheet><StatusReport /></Sheet>
    </>
  );
}
