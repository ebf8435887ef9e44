// A child reads: opens the cover, then turns every page with the arrow key or by the link, until the book ends.
import { inBrowser } from './chromium.mjs';

await inBrowser(async ({ page, facts }) => {
  await page.goto(facts.sign_in);
  await page.goto(`${facts.origin}/bog/${facts.child}`);
  // By the first chapter, not by "read on", which remembers where the last reading ended.
  await page.locator('main a[href*="/kapitel/"]').first().click();
  await page.waitForURL(/\/kapitel\//);
  await page.locator('main a[href*="/side/"]').first().click();
  await page.waitForURL(/\/side\//);
  const seen = [page.url()];
  const next = page.locator('a[rel~="next"]').first();
  while (await next.count() && seen.length < 200) {
    const here = page.url();
    if (facts.keys) await page.keyboard.press('ArrowRight'); else await next.click();
    await page.waitForURL(url => url.href !== here);
    seen.push(page.url());
  }
  return { seen: seen.map(url => new URL(url).pathname) };
});
