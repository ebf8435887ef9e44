// Takes a picture of each place of `rounds`, and lays those of each sheet side by side: one small file for each sheet.
// With `PICTURES=folder` every picture is kept there too, as it was seen.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { brokenPictures, enter, inBrowser } from './chromium.mjs';

await inBrowser(async ({ page, context, facts }) => {
  const sheets = {};
  const take = async (sheet, what) => {
    const tiles = sheets[sheet] ??= [];
    const missing = await brokenPictures(page);
    if (missing.length) throw new Error(`${page.url()} does not show ${missing}`);
    await page.evaluate(() => window.scrollTo(0, 0));
    const picture = await page.screenshot();
    await keep(`${sheet}-${String(tiles.length).padStart(2, '0')}-${what.replaceAll(/\W+/g, '-')}`, picture);
    tiles.push(picture);
  };
  for (const round of facts.rounds) {
    await enter(page, context, facts.origin, round);
    for (const place of round.places) {
      await page.goto(facts.origin + place.path, { waitUntil: 'load' });
      await take(round.sheet, place.what);
    }
  }
  await enter(page, context, facts.origin, facts.tablet);
  await comeIn(page, facts.origin + facts.tablet.path, what => take(facts.tablet.sheet, what));
  for (const [sheet, paths] of Object.entries(facts.printed)) sheets[sheet] = await Promise.all(paths.map(path => readFile(path)));
  const sizes = {};
  await page.goto('about:blank');
  for (const [sheet, tiles] of Object.entries(sheets)) {
    const bytes = Buffer.from(await page.evaluate(laidOut, {
      tiles: tiles.map(tile => tile.toString('base64')), columns: facts.columns[sheet.split('-').pop()] ?? 8,
    }), 'base64');
    await writeFile(join(facts.folder, `${sheet}.webp`), bytes);
    sizes[sheet] = bytes.length;
  }
  return { sizes };
});

// An adult makes the tablet a child's own; the child chooses four pictures, goes, and comes back with them.
async function comeIn(page, enrol, take) {
  const button = name => page.getByRole('main').getByRole('button', { name, exact: true }).first();
  const leaves = press => Promise.all([page.waitForEvent('framenavigated'), press]).then(() => page.waitForLoadState());
  await page.goto(enrol);
  await take('enrol');
  await leaves(button(/^Denne tablet er/).click());
  await take('choose');
  for (const name of ['Kat', 'Drage', 'Kat']) await button(name).click();
  await leaves(button('Snegl').click());
  await take('choose-again');
  for (const name of ['Kat', 'Drage', 'Kat']) await button(name).click();
  await leaves(button('Snegl').click());
  await leaves(page.locator('footer').getByRole('button', { name: 'Log ud' }).click());
  await page.goto(new URL('/ind', enrol).href);
  await take('sign-in');
  for (const name of ['Sol', 'Sol', 'Sol']) await button(name).click();
  await leaves(button('Båd').click());
  await take('wrong');
}

async function keep(name, picture) {
  if (!process.env.PICTURES) return;
  await mkdir(process.env.PICTURES, { recursive: true });
  await writeFile(join(process.env.PICTURES, `${name}.png`), picture);
}

async function laidOut({ tiles, columns }) {
  const gap = 8;
  const load = async tile => createImageBitmap(await (await fetch(`data:image/png;base64,${tile}`)).blob());
  const images = await Promise.all(tiles.map(load));
  const width = Math.min(1800, columns * (images[0].width + gap) + gap);
  const tileWidth = Math.floor((width - gap) / columns) - gap;
  const heights = images.map(image => Math.round(tileWidth * image.height / image.width));
  const rowHeight = Math.max(...heights) + gap;
  const canvas = new OffscreenCanvas(width, gap + rowHeight * Math.ceil(images.length / columns));
  const pen = canvas.getContext('2d');
  pen.fillStyle = '#8b8072';
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.imageSmoothingQuality = 'high';
  images.forEach((image, nth) => {
    const [column, row] = [nth % columns, Math.floor(nth / columns)];
    pen.drawImage(image, gap + column * (tileWidth + gap), gap + row * rowHeight, tileWidth, heights[nth]);
  });
  const blob = await canvas.convertToBlob({ type: 'image/webp', quality: 0.45 });
  const bytes = new Uint8Array(await blob.arrayBuffer());
  let letters = '';
  for (let at = 0; at < bytes.length; at += 8192) letters += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return btoa(letters);
}
