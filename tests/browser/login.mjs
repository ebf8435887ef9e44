// Comes in by a link, connects a login at the provider, signs out, comes in by the login alone, signs out there too, and is
// turned away with a login that nobody knows. With `pictures` each page is also kept as a picture there, at three widths.
import { inBrowser, watching } from './chromium.mjs';

await inBrowser(async ({ page, context, facts }) => {
  const ours = [];
  const { pages, look } = watching(page, facts);
  // The provider's pages want letters from the network.
  await context.route(url => ![facts.origin, facts.issuer].includes(url.origin), route => route.abort());
  page.on('request', request => { if (request.url().startsWith(facts.origin)) ours.push(request.url()); });
  // The provider's own pages: who one is, and yes.
  const over_there = async login => {
    await page.waitForURL(url => url.origin === facts.issuer);
    await page.fill('input[name=login]', login);
    await page.fill('input[name=password]', 'any');
    await page.locator('button[type=submit]').click();
    const yes = page.locator('button[type=submit]', { hasText: 'Continue' });
    const back = page.waitForURL(url => url.origin === facts.origin);
    await Promise.race([back, yes.click().catch(() => back)]);
    await back;
  };
  const sign_out = async () => {
    await page.getByRole('button', { name: 'Log ud' }).click();
    await page.waitForLoadState();
  };

  await page.goto(facts.sign_in);
  await look('connect');
  await page.getByRole('link', { name: `Forbind ${facts.name}` }).click();
  await over_there(facts.subject);
  await page.locator('.note.good', { hasText: 'dit eget login' }).waitFor();
  await look('connected');
  await sign_out();

  await context.clearCookies();
  await page.goto(`${facts.origin}/ind?next=/bidrag`);
  await look('sign-in');
  await page.getByRole('link', { name: `Log ind med ${facts.name}` }).click();
  await over_there(facts.subject);
  const came_to = new URL(page.url()).pathname;
  await sign_out();
  await look('signed-out');
  const signed_out_at = new URL(page.url()).pathname;
  await page.getByRole('link', { name: `Log ud af ${facts.name}` }).click();
  await page.waitForURL(url => url.origin === facts.issuer);
  await page.locator('button[name=logout], button[value=yes], button[type=submit]').first().click();
  await page.waitForURL(url => url.origin === facts.origin);
  const in_the_end = new URL(page.url()).pathname;

  await page.goto(`${facts.origin}/ind`);
  await page.getByRole('link', { name: `Log ind med ${facts.name}` }).click();
  await over_there('a-stranger');
  await look('unknown');
  const unknown = await page.locator('main').innerText();
  const cookies = (await context.cookies(facts.origin)).map(({ name }) => name);
  return { pages, ours, came_to, signed_out_at, in_the_end, unknown, cookies };
});
