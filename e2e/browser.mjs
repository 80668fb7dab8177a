// The browser, the steps and their count.

import { mkdir } from "node:fs/promises";
import path from "node:path";
import { chromium } from "playwright-core";

// The system's Chromium, and no talk with anyone but our server.
const SWITCHES = [
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--disable-default-apps",
  "--lang=zh-CN",
];

export async function launch() {
  const executablePath = process.env.CHROMIUM || "/usr/bin/chromium";
  const root = typeof process.getuid === "function" && process.getuid() === 0;
  // Chromium's sandbox does not start for root; our own pages are all it sees.
  return chromium.launch({ executablePath, chromiumSandbox: !root, args: SWITCHES });
}

export function base() {
  const address = process.argv[2];
  if (!address || !/^http:\/\/(127\.0\.0\.1|localhost):\d+\/?$/.test(address)) {
    console.error(`usage: node ${path.basename(process.argv[1])} http://127.0.0.1:PORT …`);
    process.exit(2);
  }
  return address.replace(/\/$/, "");
}

// A page of a fresh visitor. What the page complains about in the console, a request to another
// host and an answer of 500 and above are faults of the page.
export async function visitor(browser, options = {}) {
  const context = await browser.newContext({
    locale: "zh-CN",
    timezoneId: "Asia/Shanghai",
    viewport: { width: 1280, height: 900 },
    ...options,
  });
  context.setDefaultTimeout(15_000);
  const page = await context.newPage();
  const faults = [];
  page.on("pageerror", (error) => faults.push(`script: ${error.message}`));
  page.on("console", (message) => {
    if (message.type() === "error") faults.push(`console: ${message.text()}`);
  });
  page.on("request", (request) => {
    const { protocol, origin } = new URL(request.url());
    if (protocol.startsWith("http") && origin !== base()) {
      faults.push(`asks another host: ${request.url()}`);
    }
  });
  page.on("response", (response) => {
    if (response.status() >= 500) faults.push(`${response.status()}: ${response.url()}`);
  });
  return { page, context, faults };
}

// Steps run in order; the first that fails ends the flow, since the rest stands on it.
export class Steps {
  passed = 0;
  failed = 0;

  async step(name, page, work) {
    if (this.failed > 0) return undefined;
    try {
      const value = await work();
      this.passed += 1;
      console.log(`ok   ${name}`);
      return value;
    } catch (error) {
      this.failed += 1;
      console.log(`FAIL ${name}\n     ${error.message.replaceAll("\n", "\n     ")}`);
      await this.keep(name, page);
      return undefined;
    }
  }

  async keep(name, page) {
    const folder = process.env.TROUBLE;
    if (!folder || !page) return;
    await mkdir(folder, { recursive: true });
    const file = path.join(folder, `${name.replaceAll(/[^\p{L}\p{N}]+/gu, "-")}.png`);
    try {
      await page.screenshot({ path: file, fullPage: true });
      console.log(`     at ${page.url()}, picture: ${file}`);
    } catch (error) {
      console.log(`     no picture: ${error.message}`);
    }
  }

  // `cargo xtask` reads this line.
  close() {
    console.log(`browser: ${this.passed} passed, ${this.failed} failed`);
    process.exitCode = this.failed === 0 && this.passed > 0 ? 0 : 1;
  }
}

export function expect(holds, message) {
  if (!holds) throw new Error(message);
}

export async function open(page, address) {
  const response = await page.goto(address, { waitUntil: "load" });
  expect(response && response.status() === 200, `${address} answers ${response?.status()}`);
}

export async function signIn(page, address, words, account) {
  await open(page, address);
  await page.getByLabel(words.account).fill(account.account);
  await page.getByLabel(words.password).fill(account.password);
  await Promise.all([
    page.waitForURL((url) => !url.href.startsWith(address)),
    page.getByRole("button", { name: words.submit, exact: true }).click(),
  ]);
}
