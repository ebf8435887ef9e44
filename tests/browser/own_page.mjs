// A child makes a page: a title, two lines, a drawing and a voice; looks at it; shares it.
import { inBrowser, watching } from './chromium.mjs';

await inBrowser(async ({ page, facts }) => {
  const scripts = facts.javascript !== false;
  const { pages, look } = watching(page, facts);
  const stroke = async (paint, points) => {
    await page.locator(`.paint-${paint}`).click();
    const box = await page.locator('#canvas').boundingBox();
    const at = ([x, y]) => [box.x + box.width * x, box.y + box.height * y];
    await page.mouse.move(...at(points[0]));
    await page.mouse.down();
    for (const point of points.slice(1)) await page.mouse.move(...at(point), { steps: 5 });
    await page.mouse.up();
  };

  await page.goto(facts.sign_in);
  await page.goto(`${facts.origin}/bog/${facts.child}`);
  await page.getByRole('link', { name: 'Mine egne sider' }).click();
  await look('none');
  await page.getByRole('link', { name: 'Lav en side' }).click();
  await page.fill('#title', 'Min hule');
  await page.fill('#text', 'Den er lavet af grene.\n\nKun Viggo ved, hvor den er.');
  if (scripts) {
    await page.locator('#canvas').scrollIntoViewIfNeeded();
    await stroke('brown', [[0.2, 0.8], [0.5, 0.3], [0.8, 0.8]]);
    await stroke('green', [[0.1, 0.85], [0.9, 0.85]]);
    await stroke('red', [[0.1, 0.1], [0.2, 0.2]]);
    await page.click('#undo');
    await page.click('#record');
    await page.waitForTimeout(700);
    await page.click('#record');
    await page.locator('#listen').waitFor();
    await page.getByLabel('Jeg læser min tekst højt').check();
    // The drawing is put into its field a moment after the last line.
    await page.waitForFunction(() => document.getElementById('drawing-file').files.length === 1);
  }
  await look('sheet');
  await page.getByRole('button', { name: 'Gem' }).click();
  await page.getByText('Kun dig').waitFor();
  await page.getByText('Kun Viggo ved').waitFor();
  await look('page');

  await page.getByRole('link', { name: 'Ret siden' }).click();
  await look('change');
  await page.getByLabel('Alle, der læser min bog').check();
  await page.getByRole('button', { name: 'Gem' }).click();
  await page.getByText('Du deler den').waitFor();
  await page.goto(`${facts.origin}/bog/${facts.child}/mine`);
  await look('shelf');
  return { pages };
});
