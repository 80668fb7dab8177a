// Pictures of the main pages at two widths, with checks that need no eye.
//
//   node shots.mjs http://127.0.0.1:PORT FOLDER
//
// At 1280 and 375 px: a title, one h1, lang=zh-CN, no sideways scroll, and no violation of
// WCAG 2.2 A and AA that axe finds. Also the page as it prints (PDF). Someone still has to look.

import { mkdir, readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { Steps, base, expect, launch, open, signIn, visitor } from "./browser.mjs";
import { CLERK, PAGES, SHOTS, SIGN_IN_FORM } from "./words.mjs";

const BASE = base();
const FOLDER = process.argv[3];
if (!FOLDER) {
  console.error("usage: node shots.mjs http://127.0.0.1:PORT FOLDER");
  process.exit(2);
}
const WIDTHS = [1280, 375];
const AXE = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const STANDARD = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

let passed = 0;
let failed = 0;
await mkdir(FOLDER, { recursive: true });
const browser = await launch();
try {
  for (const width of WIDTHS) {
    const options = { viewport: { width, height: width > 700 ? 900 : 812 } };
    for (const [group, pages] of Object.entries(SHOTS)) {
      const { page, context, faults } = await visitor(browser, options);
      if (group === "office") await signIn(page, BASE + PAGES.signIn, SIGN_IN_FORM, CLERK);
      for (const [name, place] of pages) {
        // Pages do not stand on one another: each is looked at, whatever the one before did.
        const steps = new Steps();
        await steps.step(`${name} at ${width}`, page, () => look(page, name, place, width, faults));
        passed += steps.passed;
        failed += steps.failed;
      }
      await context.close();
    }
  }
} finally {
  await browser.close();
}
console.log(`browser: ${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 && passed > 0 ? 0 : 1;

async function look(page, name, place, width, faults) {
  faults.length = 0;
  if (typeof place === "string") {
    await open(page, BASE + place);
  } else {
    await open(page, BASE + place.from);
    const links = await page
      .locator(`main a[href^="${place.first}"]`)
      .evaluateAll((all) => all.map((link) => link.getAttribute("href")));
    const link = links.find((href) => /^[^.?#]+$/.test(href.slice(place.first.length)));
    expect(link, `${place.from} links to no ${place.first}…`);
    await open(page, BASE + link);
  }
  await page.screenshot({ path: path.join(FOLDER, `${name}-${width}.png`), fullPage: true });
  if (width === WIDTHS[0]) {
    await writeFile(path.join(FOLDER, `${name}.pdf`), await page.pdf({ format: "A4" }));
  }
  const facts = await page.evaluate(() => ({
    lang: document.documentElement.lang,
    title: document.title.trim(),
    headings: document.querySelectorAll("h1").length,
    content: document.documentElement.scrollWidth,
    window: document.documentElement.clientWidth,
  }));
  const wrong = [...faults];
  if (facts.lang !== "zh-CN") wrong.push(`lang is "${facts.lang}", not zh-CN`);
  if (facts.title === "") wrong.push("there is no title");
  if (facts.headings !== 1) wrong.push(`${facts.headings} h1, not one`);
  if (facts.content > facts.window) {
    wrong.push(`scrolls sideways: ${facts.content} px in a window of ${facts.window}`);
  }
  wrong.push(...(await violations(page)));
  expect(wrong.length === 0, wrong.join("\n"));
}

// Evaluated over the debugging protocol, which the page's CSP does not concern.
async function violations(page) {
  await page.evaluate(AXE);
  const found = await page.evaluate(async (tags) => {
    const result = await window.axe.run(document, { runOnly: tags, resultTypes: ["violations"] });
    return result.violations.map(({ id, help, nodes }) => {
      const where = nodes.slice(0, 3).map((node) => node.target.join(" "));
      return `axe ${id}: ${help} (${nodes.length}): ${where.join(", ")}`;
    });
  }, STANDARD);
  return found;
}
