import type { PilcrowError } from '../../../lib/errors';
import { publicLine } from '../../errors';
import { capitalised } from '../../words';
import { FirstIndexNotice } from './index-notice';
import { Notice } from './notice';

/** There is nothing that could be asked just now: why, and what to do. */
export function Unavailable({ error }: { error: PilcrowError }) {
  if (error.code === 'index-missing') return <Notice title="Nothing has been indexed yet"><FirstIndexNotice /></Notice>;
  return (
    <Notice title={error.kind === 'failed' ? 'This went wrong' : 'Not available now'} alert>
      <p>{capitalised(publicLine(error))}.</p>
      <p className="note">Reload this page to try again.</p>
    </Notice>
  );
}
