// A request on a phone: asked by hand from the first click, taken on, searched, read through and granted by the archivist, then
// opened and fetched by whoever asked. Every page is judged with its forms folded out; with `pictures` each is kept at three widths.
import { statSync } from 'node:fs';
import { inBrowser, unfold, watching } from './chromium.mjs';

await inBrowser(async ({ page, facts }) => {
  const { pages, look: judge } = watching(page, facts);
  const look = async name => {
    await unfold(page);
    await judge(name);
  };
  const send = async words => {
    await page.getByRole('button', { name: words }).click();
    await page.waitForLoadState();
  };

  await page.goto(facts.asker);
  await look('archive');
  await page.getByRole('link', { name: 'Bed om dine papirer' }).click();
  await look('ask');
  await page.getByRole('radio', { name: 'Kun noget af det' }).check();
  await send('Send');
  await page.locator('.field-problem', { hasText: 'Skriv, hvad du gerne vil have.' }).waitFor();
  await look('ask-again');
  await page.fill('#words', 'Alt om Solbakken.');
  await send('Send');
  await page.locator('.note', { hasText: 'Arkivet har fået din anmodning' }).first().waitFor();
  const request = new URL(page.url()).pathname;
  await look('received');
  await page.fill('#message', 'Er der billeder?');
  await send('Send');
  await page.locator('.thread', { hasText: 'Er der billeder?' }).waitFor();

  await page.goto(facts.archivist);
  await page.goto(`${facts.origin}/arkiv/anmodninger`);
  await look('desk');
  await page.locator(`a[href="${request}"]`).click();
  await look('to-take');
  await send('Jeg tager den');
  await look('to-search');
  await page.fill('#place-1', 'Rigsarkivet');
  await page.fill('#about-1', 'Spædbørnshjemmets journaler før 1996');
  await send('Gem, hvad der er fundet');
  await page.locator('.found').waitFor();
  await look('to-review');
  await send('Jeg har læst det igennem');
  await page.getByRole('radio', { name: 'Nej', exact: true }).check();
  await send('Gem svaret');
  await page.locator('.field-problem', { hasText: 'Skriv, hvorfor.' }).waitFor();
  await look('no-without-reason');
  await page.getByRole('radio', { name: 'Ja til det hele' }).check();
  await send('Gem svaret');
  await look('granted');

  await page.goto(facts.asker);
  await page.locator(`a[href="${request}"]`).click();
  // It is packed in the background.
  const fetch = page.getByRole('link', { name: 'Hent mine papirer' });
  while (!await fetch.count()) {
    await page.waitForTimeout(500);
    await page.reload();
  }
  await look('delivered');
  const report = { pages, request };
  if (facts.fetch) {
    const [download] = await Promise.all([
      page.waitForEvent('download'), fetch.click(),
    ]);
    await download.saveAs(facts.fetch);
    report.bytes = statSync(facts.fetch).size;
  }
  return report;
});
