// A foster mother at the kitchen table: choose the photo, write one line, send. Counts her taps.
import { inBrowser, sidewaysPixels, violations } from './chromium.mjs';

// axe and the measuring run in the page, so they can only judge it where scripts may run.
async function judged(page, facts) {
  if (facts.javascript === false) return { violations: [], sideways_px: 0 };
  return { violations: await violations(page), sideways_px: await sidewaysPixels(page) };
}

await inBrowser(async ({ page, facts }) => {
  const asked = [];
  page.on('request', request => asked.push(`${request.method()} ${new URL(request.url()).pathname.split('/').at(5) ?? ''}`));
  await page.goto(facts.sign_in);
  await page.goto(`${facts.origin}/bidrag`);
  const before = await judged(page, facts);
  let taps = 0;

  // With one child it is chosen already.
  const child = page.locator(`input[name="child"][value="${facts.child}"]`);
  if (await child.count() && await child.getAttribute('type') === 'radio' && !await child.isChecked()) {
    await page.locator(`label:has(input[name="child"][value="${facts.child}"]), label[for="${await child.getAttribute('id')}"]`).first().click();
    taps += 1;
  }
  await page.locator('#contribute input[type="file"][multiple]').setInputFiles(facts.photo);
  taps += 1;
  await page.locator('#contribute input[name="title"]').fill(facts.line);
  taps += 1;
  await page.locator('#contribute button[type="submit"]').click();
  taps += 1;

  const link = page.locator(`#sent a[href*="/bog/${facts.child}/side/"]`);
  await link.waitFor({ state: 'visible', timeout: 60_000 });
  const entry = (await link.getAttribute('href')).split('/').pop().split('?')[0];
  return { taps, entry, asked, before, after: await judged(page, facts) };
});
