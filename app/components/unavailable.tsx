import type { PilcrowError } from '../../lib/errors';
import { publicLine } from '../errors';
import { Notice } from './notice';

/** There is nothing that could be asked just now: why, and what to do. */
export function Unavailable({ error }: { error: PilcrowError }) {
  if (error.code !== 'index-missing') {
    return <Notice title="Not available now"><p>{sentence(publicLine(error))}</p></Notice>;
  }
  return (
    <Notice title="Nothing has been indexed yet">
      <p>Pilcrow answers from your own articles. In the folder where it runs, let it read some:</p>
      <pre tabIndex={0}><code>npx pilcrow index path/to/articles</code></pre>
      <p className="note">Without a path it reads the sample articles. When it is done, reload this page.</p>
    </Notice>
  );
}

function sentence(line: string): string {
  return `${line.charAt(0).toUpperCase()}${line.slice(1)}.`;
}
