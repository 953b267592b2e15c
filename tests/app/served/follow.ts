import type { Locator } from 'playwright-core';

/** Clicks what leads to another page, and waits until that is there as a whole: a click itself waits for its address only. */
export async function follow(link: Locator): Promise<void> {
  await Promise.all([link.page().waitForEvent('domcontentloaded'), link.click()]);
}
