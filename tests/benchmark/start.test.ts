import { expect, test } from 'vitest';
import { NOT_BUILT } from '../../lib/benchmark/served-app';
import { start } from '../../lib/benchmark/start';
import { isAppFresh } from '../../scripts/start/app.mjs';
import { failedChecks, testContext } from './support';

// Where sources are newer, starting it would build it, beside other tests that do.
test.skipIf(!isAppFresh())(`both commands and the app answer from nothing${isAppFresh() ? '' : ': skipped, since the app has not been built (npm run build)'}`, async () => {
  const context = await testContext();
  try {
    const found = await start.run(context);
    expect(failedChecks(found)).toEqual([]);
    expect(found.figures.map(({ key, runs }) => [key, runs])).toEqual([['ask-npx', 2], ['ask-bin', 2], ['app', 1]]);
    expect(found.notes).not.toContain(NOT_BUILT);
    for (const { value } of found.figures) expect(value).toBeGreaterThan(0);
  } finally {
    await context.close();
  }
});
