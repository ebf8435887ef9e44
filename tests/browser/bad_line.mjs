// A foster mother in a car: the line breaks while a large photo is on its way, and comes back.
import { inBrowser, sidewaysPixels, violations } from './chromium.mjs';

await inBrowser(async ({ page, facts }) => {
  await page.goto(facts.sign_in);
  await page.goto(`${facts.origin}/bidrag`);
  await page.locator('#contribute input[type="file"][multiple]').setInputFiles(facts.photo);
  await page.locator('#contribute input[name="title"]').fill(facts.line);
  await page.locator('#contribute button[type="submit"]').click();

  await page.locator('#status.waits').waitFor();
  const waiting = {
    words: await page.locator('#status').textContent(), bar: await page.locator('#progress').evaluate(bar => bar.value),
    violations: await violations(page), sideways_px: await sidewaysPixels(page),
  };
  const link = page.locator(`#sent a[href*="/bog/${facts.child}/side/"]`);
  await link.waitFor({ state: 'visible', timeout: 60_000 });
  return { waiting, entry: (await link.getAttribute('href')).split('/').pop() };
});
