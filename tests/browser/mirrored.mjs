// Turns each place of `rounds` from right to left and tells what does not stand where a mirror would show it.
import { join } from 'node:path';
import { enter, inBrowser, sidewaysPixels } from './chromium.mjs';

await inBrowser(async ({ page, context, facts }) => {
  const problems = [];
  let pages = 0;
  for (const round of facts.rounds) {
    await enter(page, context, facts.origin, round);
    for (const place of round.places) {
      await page.goto(facts.origin + place.path, { waitUntil: 'load' });
      const moved = await page.evaluate(turnRound);
      const sideways = await sidewaysPixels(page);
      const wrong = [
        ...sideways ? [`can be scrolled ${sideways} px sideways`] : [],
        ...moved.slice(0, 3).map(what => `does not mirror ${what}`),
      ];
      if (process.env.PICTURES) {
        await page.screenshot({ path: join(process.env.PICTURES, `rtl-${round.width}-${round.name.split(',')[0]}-${place.what}.png`) });
      }
      pages += 1;
      problems.push(...wrong.map(line => `${round.name} ${round.width}: ${place.path} ${line}`));
    }
  }
  return { pages, problems };
});

// What stands elsewhere than its mirror image: of all that is not words in a line, or inside something that has a
// direction of its own.
function turnRound() {
  const html = document.documentElement;
  const fixed = each => each.checkVisibility() && getComputedStyle(each).display !== 'inline'
    && each.parentElement.closest('[dir]') === html && !each.closest('bdi') && !each.ownerSVGElement;
  const all = [...document.querySelectorAll('body *')].filter(fixed);
  const boxes = () => all.map(each => each.getBoundingClientRect());
  const before = boxes();
  html.dir = 'rtl';
  const after = boxes();
  return all.flatMap((each, nth) => {
    const [was, is] = [before[nth], after[nth]];
    const off = Math.round(is.left - (html.clientWidth - was.right));
    const same = Math.abs(is.width - was.width) < 1;
    return same && Math.abs(off) > 2 ? [`${each.localName}.${each.getAttribute('class') ?? ''} by ${off} px`] : [];
  });
}
