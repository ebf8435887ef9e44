// A child has a page read aloud: with a Danish voice, then with none. The voice is ours and says nothing, but keeps what
// it was given and which sentence was marked at that moment.
import { inBrowser } from './chromium.mjs';

await inBrowser(async ({ page, facts }) => {
  await page.addInitScript(lang => {
    window.said = [];
    const voices = lang ? [{ lang, name: 'Test' }] : [];
    window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
    const speech = {
      getVoices: () => voices,
      addEventListener() {},
      cancel() { window.cancelled = true; },
      speak(said) {
        const marked = [...(CSS.highlights.get('aloud') ?? [])].map(range => range.toString());
        window.said.push({ text: said.text, lang: said.lang, marked });
        if (window.said.length < 5) setTimeout(() => said.onend(), 10);
      },
    };
    Object.defineProperty(window, 'speechSynthesis', { value: speech });
  }, facts.voice);
  await page.goto(facts.sign_in);
  await page.goto(new URL(facts.path, facts.origin).href);
  const button = page.getByRole('button', { name: 'Læs højt' });
  if (!await button.isVisible()) return { offered: false };
  await button.click();
  await page.waitForFunction(() => window.said.length === 5);
  const pressed = await button.getAttribute('aria-pressed');
  await button.click();
  return {
    offered: true,
    pressed,
    after: await button.getAttribute('aria-pressed'),
    said: await page.evaluate(() => window.said),
    left_marked: await page.evaluate(() => CSS.highlights.has('aloud')),
  };
});
