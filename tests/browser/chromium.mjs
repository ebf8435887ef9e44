// Starts Debian's Chromium with a fresh profile and gives the script a page, the facts it was called with and axe.
import { createRequire } from 'node:module';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const require = createRequire(join(process.env.MODULES, 'from-here.js'));
const { chromium } = require('playwright-core');
const { default: AxeBuilder } = require('@axe-core/playwright');

const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
  '--disable-background-networking', '--disable-component-update', '--disable-sync',
  // A microphone that hums, and no question about it.
  '--use-fake-ui-for-media-stream', '--use-fake-device-for-media-stream'];
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

export async function inBrowser(work) {
  const facts = JSON.parse(process.env.FACTS);
  // A script that hangs is a failure with a name, not a test that never ends.
  setTimeout(() => { console.error(`still busy after three minutes`); process.exit(1); }, 180_000).unref();
  const profile = await mkdtemp(join(tmpdir(), 'livsbog-browser-'));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: '/usr/bin/chromium', headless: true, args: FLAGS, locale: 'da-DK', timezoneId: 'Europe/Copenhagen',
    viewport: { width: facts.width, height: facts.height }, hasTouch: facts.width < 500,
    javaScriptEnabled: facts.javascript !== false,
  });
  context.setDefaultTimeout(20_000);
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

// What axe holds against the page, one line for each element.
export async function violations(page) {
  const { violations } = await new AxeBuilder({ page }).withTags(RULES).analyze();
  return violations.flatMap(({ id, help, nodes }) => nodes.map(node => `${id} (${help}): ${node.target.join(' ')}`));
}

// By how many pixels the page can be scrolled sideways.
export function sidewaysPixels(page) {
  return page.evaluate(() => {
    const root = document.scrollingElement;
    return root.scrollWidth - root.clientWidth;
  });
}
