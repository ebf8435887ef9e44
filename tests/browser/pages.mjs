// Opens each of `paths` as the persona behind `sign_in` and tells what axe, the console and the page's width say.
import { brokenPictures, inBrowser, sidewaysPixels, violations } from './chromium.mjs';

await inBrowser(async ({ page, facts }) => {
  if (facts.sign_in) await page.goto(facts.sign_in);
  if (facts.look) await choose(page, facts);
  const pages = [];
  for (const path of facts.paths) {
    const answer = await page.goto(new URL(path, facts.origin).href, { waitUntil: 'load' });
    pages.push({
      path,
      status: answer.status(),
      violations: await violations(page),
      sideways_px: await sidewaysPixels(page),
      headings: await page.locator('h1').count(),
      language: await page.locator('html').getAttribute('lang'),
      look: await page.locator('html').evaluate(html => ({ ...html.dataset })),
      broken_pictures: await brokenPictures(page),
    });
  }
  return { pages };
});

// The reader's own switches, pressed where they are.
async function choose(page, { origin, look }) {
  await page.goto(`${origin}/visning`);
  for (const name of look) {
    await page.locator(`input[name="${name}"], input[value="${name}"]`).check();
  }
  await page.getByRole('main').getByRole('button').click();
  await page.waitForLoadState('load');
}
