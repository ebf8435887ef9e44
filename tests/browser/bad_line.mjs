// A foster mother in a car: the line breaks while a large photo is on its way, and comes back. Later it takes away the
// answer to the last piece and the answer to the words.
import { inBrowser, sidewaysPixels, violations } from './chromium.mjs';

// The program does what it is asked and the browser never hears of it.
async function loseOneAnswer(page, pattern, meant) {
  let lost = 0;
  await page.route(pattern, async route => {
    if (lost > 0 || !meant(route.request())) return route.fallback();
    lost += 1;
    await route.fetch();
    return route.abort();
  });
  return () => lost;
}

await inBrowser(async ({ page, facts }) => {
  const isLastPiece = request => Number(request.headers()['upload-offset']) + request.postDataBuffer()?.length === facts.photo_bytes;
  const pieces = await loseOneAnswer(page, '**/uploads/*', request => request.method() === 'PATCH' && isLastPiece(request));
  const entries = await loseOneAnswer(page, '**/entries', () => true);
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
  return { waiting, lost: [pieces(), entries()], entry: (await link.getAttribute('href')).split('/').pop() };
});
