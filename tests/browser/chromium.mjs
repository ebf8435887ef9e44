// Starts Debian's Chromium with a fresh profile and gives the script a page, the facts it was called with and axe.
// `ASSETS=web/assets` takes styles and scripts from that folder instead of the program, to try them before a build.
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const require = createRequire(join(process.env.MODULES, 'from-here.js'));
const { chromium } = require('playwright-core');
const AXE = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
  '--disable-background-networking', '--disable-component-update', '--disable-sync',
  // A microphone that hums, and no question about it.
  '--use-fake-ui-for-media-stream', '--use-fake-device-for-media-stream'];
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

export async function inBrowser(work) {
  const facts = JSON.parse(readFileSync('/dev/stdin', 'utf8'));
  // A script that hangs is a failure with a name, not a test that never ends.
  const minutes = facts.minutes ?? 3;
  setTimeout(() => { console.error(`still busy after ${minutes} minutes`); process.exit(1); }, minutes * 60_000).unref();
  const profile = await mkdtemp(join(tmpdir(), 'livsbog-browser-'));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: '/usr/bin/chromium', headless: true, args: FLAGS, locale: 'da-DK', timezoneId: 'Europe/Copenhagen',
    viewport: { width: facts.width, height: facts.height }, hasTouch: facts.width < 500,
    javaScriptEnabled: facts.javascript !== false,
    // Only who asks for it has a worker: it fetches a whole book in the background.
    serviceWorkers: facts.workers ? 'allow' : 'block',
  });
  context.setDefaultTimeout(20_000);
  if (process.env.ASSETS) await context.route('**/web/*', fromFolder);
  try {
    const page = context.pages()[0] ?? await context.newPage();
    const complaints = [];
    page.on('pageerror', error => complaints.push(`${page.url()}: ${error}`));
    page.on('console', message => {
      // A picture still being made answers 202 and is asked for again; the browser calls that a failed load.
      if (message.type() === 'error' && !message.location().url.includes('/api/v1/media/')) {
        complaints.push(`${page.url()}: ${message.text()}`);
      }
    });
    const report = await work({ page, context, facts });
    process.stdout.write(JSON.stringify({ ...report, complaints }));
  } finally {
    await context.close();
    await rm(profile, { recursive: true, force: true });
  }
}

async function fromFolder(route) {
  const name = new URL(route.request().url()).pathname.split('/').pop();
  const body = await readFile(join(process.env.ASSETS, name)).catch(() => null);
  const type = name.endsWith('.css') ? 'text/css' : 'text/javascript';
  return body && !name.endsWith('.svg') ? route.fulfill({ body, contentType: type }) : route.continue();
}

// As the reader of the round, in its language and look.
export async function enter(page, context, origin, { sign_in, language = 'da', letters = '', dark = false, width = 390 }) {
  await context.clearCookies();
  await page.setViewportSize({ width, height: width < 500 ? 844 : 900 });
  if (sign_in) await page.goto(sign_in);
  const cookies = { sprog: language, visning: letters };
  await context.addCookies(Object.entries(cookies).map(([name, value]) => ({ name, value, url: origin })));
  await page.emulateMedia({ colorScheme: dark ? 'dark' : 'light' });
}

// What axe holds against the page, one line for each element. No frames are ours, so axe runs in the page itself; and
// it need not fetch every sheet of styles anew, which only a rule under trial asks for.
export async function violations(page) {
  await page.evaluate(AXE);
  return page.evaluate(async rules => {
    const preload = { assets: ['media'] };
    const { violations } = await axe.run({ runOnly: rules, resultTypes: ['violations'], iframes: false, preload });
    return violations.flatMap(({ id, help, nodes }) => nodes.map(({ target, any }) =>
      `${id} (${help}): ${target.join(' ')} ${any[0]?.message ?? ''}`));
  }, RULES);
}

// Judges pages as they come by; with `pictures` each is also kept as a picture there, at three widths. axe and the measuring
// run in the page, so they can only judge it where scripts may run.
export function watching(page, facts) {
  const pages = [];
  const look = async name => {
    if (facts.javascript === false) return {};
    const seen = { name, violations: await violations(page), sideways_px: await sidewaysPixels(page) };
    pages.push(seen);
    for (const width of facts.pictures ? [390, 820, 1280] : []) {
      await page.setViewportSize({ width, height: 900 });
      await page.screenshot({ path: join(facts.pictures, `${name}-${width}.png`), fullPage: true });
    }
    await page.setViewportSize({ width: facts.width, height: facts.height });
    return seen;
  };
  return { pages, look };
}

// Opens what is folded, so that it is judged too.
export function unfold(page) {
  return page.evaluate(() => document.querySelectorAll('main details').forEach(fold => { fold.open = true; }));
}

// By how many pixels the page can be scrolled sideways.
export function sidewaysPixels(page) {
  return page.evaluate(() => {
    const root = document.scrollingElement;
    return root.scrollWidth - root.clientWidth;
  });
}

// The pictures that were not shown in the end.
export async function brokenPictures(page) {
  // What a narrow window leaves out is not fetched either.
  const pictures = page.locator('main img:visible');
  const broken = [];
  for (let i = 0; i < await pictures.count(); i++) {
    const picture = pictures.nth(i);
    await picture.scrollIntoViewIfNeeded().catch(() => {});
    const shown = await picture.evaluate(async image => {
      // One of our own may still be in the making and is asked for again by the page.
      const tries = image.src.includes('/api/v1/media/') ? 60 : 4;
      for (let i = 0; i < tries && !(image.complete && image.naturalWidth); i++) {
        await new Promise(resolve => setTimeout(resolve, 250));
      }
      return image.naturalWidth > 0;
    });
    if (!shown) broken.push(await picture.getAttribute('src'));
  }
  return broken;
}
