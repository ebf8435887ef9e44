// Goes through each place of `rounds` with the Tab key alone and writes down what a screen reader says at every stop:
// the role and the name. A stop without a visible mark, a way that never ends and a stop passed by are complaints.
import { enter, inBrowser } from './chromium.mjs';

const MOST_STOPS = 250;

await inBrowser(async ({ page, context, facts }) => {
  const problems = [];
  const walks = {};
  const devtools = await context.newCDPSession(page);
  let pages = 0;
  for (const round of facts.rounds) {
    await enter(page, context, facts.origin, round);
    for (const place of round.places) {
      await page.goto(facts.origin + place.path, { waitUntil: 'load' });
      const complain = line => problems.push(`${round.name}: ${place.path} ${line}`);
      const stops = await stopsOf(page, devtools, complain);
      if (!stops[0]?.startsWith('link "Gå til indholdet"')) complain('does not begin with the way to the content');
      if (await page.locator('button[popovertarget]').count()) await bubble(page, complain);
      walks[`${round.name} ${place.what}`] = stops;
      pages += 1;
    }
  }
  return { pages, problems, walks };
});

async function stopsOf(page, devtools, complain) {
  const stops = [];
  await page.evaluate(() => { window.passed = new Set(); });
  for (let presses = 0; presses < MOST_STOPS; presses++) {
    await page.keyboard.press('Tab');
    const at = await page.evaluate(here);
    if (at.end) {
      const missed = await page.evaluate(passedBy);
      if (missed.length) complain(`passes by ${missed}`);
      return stops;
    }
    // A date is one field with several stops inside.
    if (at.again) continue;
    const { result } = await devtools.send('Runtime.evaluate', { expression: 'document.activeElement' });
    const { nodes } = await devtools.send('Accessibility.getPartialAXTree', { objectId: result.objectId, fetchRelatives: false });
    const name = (nodes[0].name?.value ?? '').replace(/\s+/g, ' ').trim();
    stops.push(`${nodes[0].role?.value} "${name}"`);
    if (!name) complain(`has a ${nodes[0].role?.value} without a name`);
    if (!at.seen) complain(`does not show that »${name}« has the focus`);
  }
  complain('never ends');
  return stops;
}

function here() {
  const now = document.activeElement;
  if (!now || now === document.body || (window.passed.has(now) && window.last !== now)) return { end: true };
  if (window.last === now) return { again: true };
  window.last = now;
  window.passed.add(now);
  // A control laid over its picture lets what is around it show the mark.
  const marked = [now, now.parentElement, now.parentElement?.parentElement, now.nextElementSibling].filter(Boolean);
  const outlined = each => {
    const { outlineStyle, outlineWidth } = getComputedStyle(each);
    return outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2;
  };
  const { width, height } = now.getBoundingClientRect();
  return { seen: marked.some(outlined) && width > 0 && height > 0 };
}

// What can have the focus and never had it. Of several choices one is a stop; the arrow keys go between them.
function passedBy() {
  const can = document.querySelectorAll('a[href], button, input, select, textarea, summary, audio[controls], video[controls]');
  return [...can].filter(each => each.checkVisibility() && !each.disabled && each.type !== 'hidden' && each.type !== 'radio'
    && !window.passed.has(each)).map(each => each.outerHTML.slice(0, 80));
}

// A hard word opens its bubble by Enter; Escape closes it and leaves the reader at the word.
async function bubble(page, complain) {
  const word = page.locator('button[popovertarget]').first();
  await word.focus();
  await page.keyboard.press('Enter');
  if (!await page.locator('.bubble:popover-open').count()) complain('does not open the bubble of a hard word');
  await page.keyboard.press('Escape');
  if (await page.locator('.bubble:popover-open').count()) complain('does not close the bubble by Escape');
  if (!await word.evaluate(each => each === document.activeElement)) complain('loses the reader after the bubble');
}
