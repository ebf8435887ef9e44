// A leader's first morning: an adult, a child, its home, a move, a role and its end, a link to hand over. Every page is
// judged with its forms folded out. With `pictures` each is also kept as a picture there, at three widths.
import { inBrowser, unfold, watching } from './chromium.mjs';

await inBrowser(async ({ page, facts }) => {
  const { pages, look: judge } = watching(page, facts);
  const look = async name => {
    await unfold(page);
    await judge(name);
  };
  const fold = async words => {
    const summary = page.locator('summary', { hasText: words });
    if (!await summary.evaluate(it => it.parentElement.open)) await summary.click();
  };
  const send = async words => {
    await page.getByRole('button', { name: words }).click();
    await page.waitForLoadState();
  };
  const said = async words => page.locator('.note.good', { hasText: words }).waitFor();

  await page.goto(facts.sign_in);
  await look('overview');
  await page.getByRole('link', { name: 'Voksne' }).click();
  for (const [name, title] of [['Karen Holm', 'plejemor'], ['Ib Friis', 'plejefar'], ['Mette Lund', 'rådgiver']]) {
    await fold('Opret en voksen');
    await page.fill('#name', name);
    await page.fill('#title', title);
    await send('Opret');
    await said('Personen er oprettet');
  }
  await look('adults');

  await page.goto(`${facts.origin}/overblik`);
  await page.getByRole('link', { name: 'Nyt barn' }).click();
  await look('new-child');
  await page.fill('#name', 'Alma Vestervang');
  await page.fill('#called', 'Alma');
  await page.fill('#born', '2017-05-14');
  await send('Opret barnet');
  await said('Barnet er oprettet');
  await look('child-new');
  const child = new URL(page.url()).pathname;

  const move = async (carer, home, from) => {
    await page.selectOption('#home_kind', 'foster_family');
    await page.fill('#home_name', home);
    await page.fill('#home_from', from);
    await page.getByRole('checkbox', { name: carer }).check();
    await send('Gem hjemmet');
  };
  await move('Karen Holm', 'Hos Karen', '2024-08-01');
  await said('Hjemmet er gemt');
  await fold('Flyt til et nyt hjem');
  await move('Ib Friis', 'Hos Ib', '2024-07-01');
  // Refused, and everything is still there.
  const refused = await page.locator('#home_from-problem').innerText();
  const kept = await page.inputValue('#home_name');
  await look('child-refused');
  await page.fill('#home_from', '2026-06-01');
  await send('Gem hjemmet');
  await said('Hjemmet er gemt');

  await fold('Giv en voksen en rolle');
  await page.selectOption('#person', { label: 'Mette Lund, rådgiver' });
  await page.selectOption('#role', 'support_person');
  await page.fill('#role_from', '2026-01-01');
  await send('Giv rollen');
  await said('Rollen er givet');
  await look('child');
  await fold('Slut rollen');
  await page.locator('input[name="until"]').fill('2026-06-30');
  await send('Gem slutdatoen');
  await said('Slutdatoen er gemt');
  await look('child-after');
  const text = await page.locator('main').innerText();

  await send('Lav et link til at komme ind');
  await look('handed-over');
  const link = await page.locator('#link').innerText();
  await page.getByRole('link', { name: 'Tilbage' }).click();
  const back = new URL(page.url()).pathname;
  return { pages, child, refused, kept, text, link, back };
});
