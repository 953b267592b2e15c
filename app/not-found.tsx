import type { Metadata } from 'next';
import { NOT_HERE, NotHere } from './components/shell/not-here';

export const metadata: Metadata = { title: NOT_HERE };

export default function NotFound() {
  return <NotHere />;
}
