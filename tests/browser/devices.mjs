// A tablet becomes a child's: an adult enrols it, the child chooses four pictures with the keyboard, comes in with them by touch,
// and reads for two. Every page is judged in light and in dark. With `pictures` each is also kept as a picture, at three widths.
import { inBrowser, watching } from './chromium.mjs';

const CODE = ['Kat', 'Drage', 'Kat', 'Snegl'];
const NAMES = { Kat: 'cat', Drage: 'kite', Snegl: 'snail' };

await inBrowser(async ({ page, context, facts }) => {
  const { pages, look: judge } = watching(page, facts);
  const small = [];
  const look = async name => {
    if (facts.javascript === false) return;
    for (const scheme of ['light', 'dark']) {
      await page.emulateMedia({ colorScheme: scheme });
      await judge(`${name}-${scheme}`);
    }
    small.push(...await tooSmall(page));
  };
  const send = async words => {
    await page.getByRole('main').getByRole('button', { name: words }).first().click();
    await page.waitForLoadState();
  };
  // Without scripts each press is a page of its own.
  const press = async names => {
    for (const [index, name] of names.entries()) {
      const button = page.getByRole('button', { name, exact: true });
      const leads = facts.javascript === false || index === names.length - 1;
      const led = leads ? page.waitForEvent('framenavigated') : null;
      if (facts.width < 500 && facts.javascript !== false) await button.tap();
      else await button.click();
      await led;
      await page.waitForLoadState();
    }
  };

  await page.goto(facts.adult);
  await page.goto(`${facts.origin}/enhed`);
  await page.goto(`${facts.origin}/enhed/${facts.child}`);
  await look('enrol');
  await send(/Denne tablet er Almas/);
  await look('choose');
  if (facts.javascript === false) await press(CODE);
  else {
    // By keyboard alone: from picture to picture, and Enter.
    for (const name of CODE) {
      for (let step = 0; step < 40; step++) {
        if (await page.evaluate(() => document.activeElement.value) === NAMES[name]) break;
        await page.keyboard.press(step < 20 ? 'Tab' : 'Shift+Tab');
      }
      await page.keyboard.press('Enter');
      await page.waitForLoadState();
    }
    await page.getByRole('heading', { name: 'Tryk på dem igen' }).waitFor();
  }
  await look('repeat');
  await press(CODE);
  await page.waitForURL(`**/bog/${facts.child}`);
  await look('cover');
  await page.goto(`${facts.origin}/bog/${facts.child}/mine`);
  await look('own-pages-closed');
  await page.goto(`${facts.origin}/bog/${facts.child}/hvem`);
  await look('who');
  await Promise.all([
    page.waitForEvent('framenavigated'), page.locator('footer').getByRole('button', { name: 'Log ud' }).click(),
  ]);
  await page.waitForLoadState();
  await page.goto(`${facts.origin}/ind`);
  await look('pictures');
  await press(['Sol', 'Sol', 'Sol', 'Båd']);
  await page.getByText('Det var ikke dine billeder').waitFor();
  await look('wrong');
  await press(CODE);
  await page.waitForURL(`**/bog/${facts.child}`);

  // The adult gets three pictures, and the child presses them.
  await context.clearCookies({ name: 'livsbog' });
  await page.goto(facts.adult);
  await page.goto(`${facts.origin}/enhed/${facts.child}`);
  await look('devices');
  await page.goto(`${facts.origin}/bog/${facts.child}/sammen`);
  await look('invite');
  await send('Få tre billeder');
  await look('invited');
  const shown = await page.locator('.shown-signs li span').allTextContents();
  await context.clearCookies({ name: 'livsbog' });
  await page.goto(`${facts.origin}/ind`);
  await press(CODE);
  await page.waitForURL(`**/bog/${facts.child}`);
  await page.getByRole('link', { name: 'Vi er to nu' }).click();
  await look('for-two');
  await press(shown);
  await page.waitForURL(`**/bog/${facts.child}`);
  await page.getByText('Du læser sammen med').waitFor();
  await look('together');
  await Promise.all([page.waitForEvent('framenavigated'), page.getByRole('button', { name: 'Vi er færdige' }).click()]);
  await page.waitForLoadState();
  await page.getByText('Du læser sammen med').waitFor({ state: 'detached' });

  // Far too many wrong ones.
  await context.clearCookies({ name: 'livsbog' });
  await page.goto(`${facts.origin}/ind`);
  for (let wrong = 0; wrong < 5; wrong++) await press(['Sol', 'Sol', 'Sol', 'Båd']);
  await page.goto(`${facts.origin}/ind`);
  await page.getByRole('heading', { name: 'Vent lidt' }).waitFor();
  await look('wait');
  return { pages, small };
});

// Drawings below 72 pixels and things to press below 44.
function tooSmall(page) {
  return page.evaluate(() => {
    const of = (selector, least) => [...document.querySelectorAll(selector)].filter(it => {
      const box = it.getBoundingClientRect();
      return box.width && Math.min(box.width, box.height) < least;
    }).map(it => `${location.pathname} ${selector} ${Math.round(it.getBoundingClientRect().width)}x${Math.round(it.getBoundingClientRect().height)}`);
    return [...of('.sign .sign-drawing', 71.5), ...of('main button, main a.button', 43.5)];
  });
}
