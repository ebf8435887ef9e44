// Goes through `rounds`: each a reader, a language, a look and the places to see. Tells what is wrong, line by line.
import { brokenPictures, enter, inBrowser, sidewaysPixels, violations } from './chromium.mjs';

await inBrowser(async ({ page, context, facts }) => {
  const problems = [];
  let pages = 0;
  for (const round of facts.rounds) {
    await enter(page, context, facts.origin, round);
    for (const place of round.places) {
      const answer = await page.goto(facts.origin + place.path, { waitUntil: 'load' });
      await page.evaluate(() => document.querySelectorAll('details').forEach(each => { each.open = true; }));
      // At the end of the page nothing stands under a bar that follows the reader.
      await page.evaluate(() => window.scrollTo(0, document.body.scrollHeight));
      const wrong = [
        ...await violations(page),
        ...await sidewaysPixels(page) ? [`can be scrolled ${await sidewaysPixels(page)} px sideways`] : [],
        ...await page.locator('h1').count() === 1 ? [] : ['has not one heading'],
        ...await page.locator('html').getAttribute('lang') === round.language ? [] : ['is not in its language'],
        ...answer.ok() || place.path === '/bog/ukendt' ? [] : [`answers ${answer.status()}`],
        ...round.pictures ? (await brokenPictures(page)).map(src => `does not show ${src}`) : [],
      ];
      pages += 1;
      problems.push(...wrong.map(line => `${round.name}: ${place.path} ${line}`));
    }
  }
  return { pages, problems };
});
