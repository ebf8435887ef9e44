// Opens `index.html` of a package from the disk, as by a double click, with the network off, and every page of it that is
// HTML. Tells what axe says, which pictures stayed away, which addresses lead nowhere, and what was asked of any network.
// With `shots` it leaves a picture of each page at three widths there.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { brokenPictures, inBrowser, sidewaysPixels, violations } from './chromium.mjs';

await inBrowser(async ({ page, context, facts }) => {
  await context.setOffline(true);
  const asked = [];
  page.on('request', request => { if (!request.url().startsWith('file:')) asked.push(request.url()); });
  const pages = [], dead = new Set(), seen = new Set();
  const waiting = [pathToFileURL(join(facts.folder, 'index.html')).href];
  while (waiting.length) {
    const address = waiting.shift();
    if (seen.has(address)) continue;
    seen.add(address);
    await page.goto(address);
    // What is folded is judged too.
    await page.locator('details').evaluateAll(all => all.forEach(it => { it.open = true; }));
    const links = await page.locator('a[href]').evaluateAll(all => all.map(link => link.href));
    for (const link of links) {
      const [file] = link.split('#');
      if (!file.startsWith('file:') || !existsSync(fileURLToPath(file))) dead.add(link);
      else if (file.endsWith('.html')) waiting.push(file);
    }
    pages.push({
      address,
      violations: await violations(page),
      sideways_px: await sidewaysPixels(page),
      broken_pictures: await brokenPictures(page),
      pictures: await page.locator('main img').count(),
      heading: await page.locator('h1').innerText(),
      words: await page.locator('main').innerText(),
    });
    if (facts.shots) await shoot(page, facts, pages.length);
  }
  return { pages, dead: [...dead], asked };
});

async function shoot(page, { shots, width, height }, number) {
  for (const wide of [390, 820, 1280]) {
    await page.setViewportSize({ width: wide, height: 900 });
    await page.screenshot({ path: join(shots, `${number}-${wide}.png`), fullPage: true });
  }
  await page.setViewportSize({ width, height });
}
