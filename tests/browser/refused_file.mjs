// Two photos are chosen and one is none: the other and the words stay, and a second tap sends them.
import { inBrowser, sidewaysPixels, violations } from './chromium.mjs';

await inBrowser(async ({ page, facts }) => {
  let announced = 0;
  page.on('request', request => { if (request.method() === 'POST' && request.url().endsWith('/uploads')) announced += 1; });
  await page.goto(facts.sign_in);
  await page.goto(`${facts.origin}/bidrag`);
  await page.locator('#contribute input[type="file"][multiple]').setInputFiles([facts.page, facts.photo]);
  await page.locator('#contribute input[name="title"]').fill(facts.line);
  await page.locator('#contribute button[type="submit"]').click();

  await page.locator('#trouble .note').waitFor();
  const refused = {
    words: await page.locator('#trouble').innerText(), marked: await page.locator('#files .refused').count(),
    files: await page.locator('#files li').count(), line: await page.locator('#title').inputValue(),
    violations: await violations(page), sideways_px: await sidewaysPixels(page),
  };
  await page.locator('#contribute button[type="submit"]').click();
  const link = page.locator(`#sent a[href*="/bog/${facts.child}/side/"]`);
  await link.waitFor({ state: 'visible', timeout: 60_000 });
  return { refused, announced, entry: (await link.getAttribute('href')).split('/').pop() };
});
