// The line breaks after the first piece of a photo, and the page is left: by closing it, or by signing out.
import { inBrowser } from './chromium.mjs';

const kept = page => page.evaluate(async () => ({
  memory: Object.values(localStorage).join(), databases: (await indexedDB.databases()).length,
}));

async function send(page, facts) {
  await page.goto(`${facts.origin}/bidrag`);
  await page.locator('#contribute input[type="file"][multiple]').setInputFiles(facts.photo);
  await page.locator('#contribute input[name="title"]').fill(facts.line);
  await page.locator('#contribute button[type="submit"]').click();
}

await inBrowser(async ({ page, context, facts }) => {
  const offset = request => Number(request.headers()['upload-offset']);
  await page.route('**/uploads/*', route => (offset(route.request()) > 0 ? route.abort() : route.fallback()));
  await page.goto(facts.sign_in);
  await send(page, facts);
  await page.locator('#status.waits').waitFor();
  const before = await kept(page);
  if (facts.sign_out) {
    await page.locator('form[action="/ud"] button').click();
    await page.waitForURL(`${facts.origin}/`);
    return { before, after: await kept(page) };
  }

  // Neither the words nor the photo are kept, as in a private window: it is chosen again.
  await page.evaluate(() => new Promise(done => { indexedDB.deleteDatabase('livsbog').onsuccess = done; }));
  const again = await context.newPage();
  const offsets = [];
  again.on('request', request => { if (request.method() === 'PATCH') offsets.push(offset(request)); });
  await page.close();
  await send(again, facts);
  const link = again.locator(`#sent a[href*="/bog/${facts.child}/side/"]`);
  await link.waitFor({ state: 'visible', timeout: 60_000 });
  return { before, after: await kept(again), offsets, entry: (await link.getAttribute('href')).split('/').pop() };
});
