export { noSuchAddress as GET } from '../respond';

export const dynamic = 'force-dynamic';
