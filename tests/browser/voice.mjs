// A page that somebody has read aloud: their voice is played, and the browser's speaks where it cannot be.
import { inBrowser } from './chromium.mjs';

await inBrowser(async ({ page, facts }) => {
  await page.addInitScript(() => {
    window.said = 0;
    window.played = [];
    window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
    const speech = {
      getVoices: () => [{ lang: 'da-DK', name: 'Test' }], addEventListener() {}, cancel() {}, speak() { window.said += 1; },
    };
    Object.defineProperty(window, 'speechSynthesis', { value: speech });
    HTMLMediaElement.prototype.play = function play() {
      window.played.push(new URL(this.src).pathname);
      return window.broken ? Promise.reject(new Error('not a sound')) : Promise.resolve();
    };
  });
  await page.goto(facts.sign_in);
  await page.goto(new URL(facts.path, facts.origin).href);
  const button = page.getByRole('button', { name: 'Læs højt' });
  await button.click();
  const pressed = await button.getAttribute('aria-pressed');
  const played = await page.evaluate(() => window.played);
  const meanwhile = await page.evaluate(() => window.said);
  await button.click();
  const after = await button.getAttribute('aria-pressed');
  await page.evaluate(() => { window.broken = true; });
  await button.click();
  await page.waitForFunction(() => window.said > 0);
  return {
    played, pressed, after, spoken_meanwhile: meanwhile, spoken_instead: await page.evaluate(() => window.said),
  };
});
