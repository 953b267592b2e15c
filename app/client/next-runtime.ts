// A page that could not be rendered has come as nothing: Next's own code shows error.tsx in its place.
import 'next/dist/client/app-bootstrap';
import { hydrate } from 'next/dist/client/app-index';

void hydrate([]);
