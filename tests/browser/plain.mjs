// Without JavaScript: every place reads, and every form a child meets is sent and taken. Drawing, recording, reading
// aloud and the bubbles' closing by a tap beside them are what scripts add.
import { enter, inBrowser } from './chromium.mjs';

await inBrowser(async ({ page, context, facts }) => {
  const problems = [];
  let pages = 0;
  const [round] = facts.rounds;
  await enter(page, context, facts.origin, round);
  for (const place of round.places) {
    const answer = await page.goto(facts.origin + place.path, { waitUntil: 'load' });
    const words = (await page.getByRole('main').innerText()).trim();
    if (!answer.ok() || words.length < 20) problems.push(`${place.path} reads ${answer.status()} »${words}«`);
    const empty = await page.locator('main button:visible:not([type="submit"]):not([popovertarget])').count();
    if (empty) problems.push(`${place.path} shows ${empty} buttons that only a script answers`);
    pages += 1;
  }

  const open = what => page.goto(facts.origin + round.places.find(place => place.what === what).path);
  const send = name => page.getByRole('main').getByRole('button', { name, exact: true }).click();
  const expect = async (words, what) => {
    const main = await page.getByRole('main').innerText();
    if (!main.includes(words)) problems.push(`${what}: no »${words}« in »${main.slice(0, 200)}«`);
  };
  await open('tell-person');
  await page.fill('[name="name"]', 'Onkel Palle');
  await page.fill('[name="title"]', 'onkel');
  await page.selectOption('[name="group"]', 'family');
  await send('Gem');
  await expect('Onkel Palle', 'telling of somebody');
  await open('tell-school');
  await page.fill('[name="name"]', 'Musikskolen');
  await page.selectOption('[name="kind"]', 'club');
  await page.fill('[name="from"]', '2025-08-12');
  await send('Gem');
  await expect('Musikskolen', 'telling of a school');
  await open('stays');
  await page.fill('[name="words"]', 'Den er min.');
  await send('Ja, det skal blive');
  await expect('Den, bogen handler om, har selv bedt om det.', 'asking that everything stays');
  await page.getByRole('link', { name: 'Ophæv' }).first().click();
  await send('Ja, ophæv det');
  await expect('ophævede det', 'lifting it');
  await open('print');
  await page.selectOption('[name="paper"]', 'a5');
  await send('Lav bogen');
  await expect('Lille, så den kan være i tasken', 'ordering the book on paper');
  await open('own-page-form');
  await page.fill('[name="title"]', 'Min hule');
  await page.fill('[name="text"]', 'كهفي\n\nDen er lavet af grene.');
  await send('Gem');
  await expect('Kun dig', 'making a page');
  const direction = await page.locator('.text').evaluate(text => getComputedStyle(text).direction);
  if (direction !== 'rtl') problems.push(`an Arabic text reads ${direction}`);
  await open('look');
  await page.locator('[value="dark"]').check();
  await send('Gem');
  if (await page.locator('html').getAttribute('data-theme') !== 'dark') problems.push('the look was not kept');
  await page.getByRole('button', { name: 'Log ud' }).click();
  await open('own-page-form');
  if (!page.url().includes('/ind')) problems.push('signing out did nothing');
  return { pages, problems };
});
