// Sees each place of `rounds` at 400 % (WCAG 1.4.10) with letters twice as large on top (1.4.4), and tells what sticks
// out or is cut off.
import { enter, inBrowser, sidewaysPixels } from './chromium.mjs';

await inBrowser(async ({ page, context, facts }) => {
  const problems = [];
  let pages = 0;
  for (const round of facts.rounds) {
    await enter(page, context, facts.origin, round);
    await page.setViewportSize({ width: 320, height: 256 });
    for (const place of round.places) {
      await page.goto(facts.origin + place.path, { waitUntil: 'load' });
      await page.evaluate(() => {
        document.documentElement.style.fontSize = '200%';
        document.querySelectorAll('details').forEach(each => { each.open = true; });
      });
      const sideways = await sidewaysPixels(page);
      const wrong = [
        ...sideways ? [`can be scrolled ${sideways} px sideways by ${await page.evaluate(stickingOut)}`] : [],
        ...(await page.evaluate(cutOff)).map(what => `cuts off ${what}`),
      ];
      pages += 1;
      problems.push(...wrong.map(line => `${round.name}: ${place.path} ${line}`));
    }
  }
  return { pages, problems };
});

function stickingOut() {
  const edge = document.scrollingElement.clientWidth + 1;
  const name = each => `${each.localName}.${each.getAttribute('class') ?? ''}`;
  return [...document.querySelectorAll('body *')].filter(each => each.getBoundingClientRect().right > edge).map(name).slice(0, 4).join(', ');
}

// Words that stand in a box which hides what does not fit. What is hidden from sight on purpose is one pixel large.
function cutOff() {
  const found = [];
  for (const box of document.querySelectorAll('body *')) {
    const style = getComputedStyle(box);
    const hides = [style.overflowX, style.overflowY].some(way => way === 'hidden' || way === 'clip');
    if (!hides || box.clientWidth <= 1 || !box.checkVisibility()) continue;
    const edges = box.getBoundingClientRect();
    const walker = document.createTreeWalker(box, NodeFilter.SHOW_TEXT);
    for (let words = walker.nextNode(); words; words = walker.nextNode()) {
      const range = document.createRange();
      range.selectNodeContents(words);
      const lost = [...range.getClientRects()].some(at =>
        at.width > 1 && (at.right > edges.right + 2 || at.left < edges.left - 2 || at.bottom > edges.bottom + 4));
      const hidden = words.parentElement.closest('.hidden') || words.parentElement.clientWidth === 1;
      if (lost && words.data.trim() && !hidden) found.push(`»${words.data.trim().slice(0, 40)}« in .${box.className}`);
    }
  }
  return found;
}
