// A citizen files a request; a clerk answers it; the citizen sees the answer.
//
//   node flow.mjs http://127.0.0.1:PORT
//
// The server is someone else's to start: `cargo xtask test` gives it a fresh demo county.

import { Steps, base, expect, launch, open, signIn, visitor } from "./browser.mjs";
import {
  CHECKED,
  CHECK_FORM,
  CLERK,
  OFFICE,
  PAGES,
  RECEIPT,
  REPLY_FORM,
  REQUEST_FORM,
  SIGN_IN_FORM,
  TRACKED,
  TRACKING_FORM,
} from "./words.mjs";

const BASE = base();
// Told apart from every other request of the county.
const SUBJECT = `青石沟水库二〇二六年蓄水记录（第 ${Date.now() % 1_000_000} 号）`;
const NAME = "测试人丁一";
const ID_NUMBER = "640323199001010017";
const ANSWER = "您申请的蓄水记录予以公开，电子文件随答复发送。";

const REPORT =
  "云岭县水务局2022年政府信息公开工作年度报告\n一、总体情况\n" +
  "全年共收到政府信息公开申请9件，其中网络申请5件，占65.5%；信函申请4件，占44.4%。\n";

const steps = new Steps();
const browser = await launch();
try {
  const citizen = await visitor(browser);
  const clerk = await visitor(browser);

  await steps.step("the citizen reaches the form from the home page", citizen.page, async () => {
    await open(citizen.page, BASE + PAGES.home);
    const link = citizen.page.locator(`a[href="${PAGES.requestForm}"]`).first();
    await link.click();
    await citizen.page.waitForURL(BASE + PAGES.requestForm);
  });

  await steps.step("an empty form is refused, and says where", citizen.page, async () => {
    await citizen.page.getByRole("button", { name: REQUEST_FORM.submit }).click();
    const invalid = citizen.page.locator("input:invalid, select:invalid, textarea:invalid");
    const alert = citizen.page.getByRole("alert");
    expect((await invalid.count()) + (await alert.count()) > 0, "nothing is marked as missing");
  });

  // The form given back with what is missing is a 422, which the console of a browser reports.
  citizen.faults.length = 0;

  const receipt = await steps.step("the citizen files a request", citizen.page, async () => {
    const { page } = citizen;
    await open(page, BASE + PAGES.requestForm);
    await choose(page.getByLabel(REQUEST_FORM.unit), REQUEST_FORM.asked);
    await page.getByLabel(REQUEST_FORM.subject).fill(SUBJECT);
    const form = page.getByLabel(REQUEST_FORM.form);
    if ((await form.count()) > 0) await form.first().check();
    await page.getByLabel(REQUEST_FORM.name).fill(NAME);
    await page.getByLabel(REQUEST_FORM.idNumber).fill(ID_NUMBER);
    await page.getByLabel(REQUEST_FORM.phone).fill("13900000000");
    const email = page.getByLabel(REQUEST_FORM.email);
    if ((await email.count()) > 0) await email.first().fill("dingyi@example.org");
    await page.getByRole("button", { name: REQUEST_FORM.submit }).click();
    const code = await page.locator(RECEIPT.code).first().innerText();
    const number = (await page.locator("main").innerText()).match(RECEIPT.number)?.[1];
    expect(number, `no number of the request on ${page.url()}`);
    expect(code.trim().length >= 8, `the code is too short to be safe: ${code}`);
    return { number, code: code.trim() };
  });

  await steps.step("the citizen finds it by number and code", citizen.page, async () => {
    await track(citizen.page, receipt);
    const text = await citizen.page.locator("main").innerText();
    expect(text.includes(receipt.number), `${citizen.page.url()} does not name the request`);
    expect(!TRACKED.replied.test(text), "it is answered before anyone answered it");
  });

  await steps.step("a wrong code shows nothing", clerk.page, async () => {
    await track(clerk.page, { ...receipt, code: "AAAA-AAAA-AAAA" });
    const text = await clerk.page.locator("main").innerText();
    expect(!text.includes(SUBJECT), "a wrong code opens the request");
  });
  // The refusal may be a 403 or 404, which the console of a browser reports.
  clerk.faults.length = 0;

  await steps.step("the clerk signs in", clerk.page, async () => {
    await signIn(clerk.page, BASE + PAGES.signIn, SIGN_IN_FORM, CLERK);
    expect(
      (await clerk.page.getByRole("button", { name: OFFICE.signOut }).count()) > 0,
      `no way to sign out on ${clerk.page.url()}`,
    );
  });

  await steps.step("the clerk opens the request", clerk.page, async () => {
    const { page } = clerk;
    for (const start of [PAGES.work, OFFICE.requests]) {
      await open(page, BASE + start);
      const row = page.locator("tr, li, article").filter({ hasText: receipt.number });
      const link = row.locator(`a[href^="${OFFICE.requests}/"]`);
      if ((await link.count()) > 0) {
        await link.first().click();
        await page.waitForURL((url) => url.pathname.startsWith(`${OFFICE.requests}/`));
        const text = await page.locator("main").innerText();
        expect(text.includes(SUBJECT), "the page does not show what was asked");
        return;
      }
    }
    throw new Error(`neither ${PAGES.work} nor ${OFFICE.requests} links to ${receipt.number}`);
  });

  await steps.step("the clerk answers", clerk.page, async () => {
    const { page } = clerk;
    const go = page.getByRole("link", { name: OFFICE.reply });
    if ((await go.count()) > 0) await go.first().click();
    await pick(page, REPLY_FORM.outcome, REPLY_FORM.granted);
    await page.getByLabel(REPLY_FORM.text).fill(ANSWER);
    await page.getByRole("button", { name: REPLY_FORM.submit }).click();
    const confirm = page.getByRole("button", { name: REPLY_FORM.confirm });
    if ((await confirm.count()) > 0) await confirm.first().click();
    await page.locator("main").getByText(REPLY_FORM.granted).first().waitFor();
  });

  await steps.step("the citizen sees the answer", citizen.page, async () => {
    await track(citizen.page, receipt);
    const text = await citizen.page.locator("main").innerText();
    expect(TRACKED.replied.test(text), `no answer on ${citizen.page.url()}`);
  });

  await steps.step("nobody else learns who asked", clerk.page, async () => {
    const stranger = await visitor(browser);
    for (const place of [PAGES.home, PAGES.documents, `/search?q=${encodeURIComponent(NAME)}`]) {
      await open(stranger.page, BASE + place);
      // The words typed into a search stand in its field, which is not part of this text.
      const links = await stranger.page.locator("main a").allInnerTexts();
      expect(!links.some((text) => text.includes(NAME)), `${place} names the applicant`);
    }
    await stranger.context.close();
  });

  await steps.step("a report dropped on the page is checked, and the result taken home", clerk.page, async () => {
    const anyone = await visitor(browser);
    const { page } = anyone;
    await open(page, BASE + PAGES.check);
    const dropped = await page.evaluateHandle((text) => {
      const held = new DataTransfer();
      held.items.add(new File([text], "年报.txt", { type: "text/plain" }));
      return held;
    }, REPORT);
    // Beside the field, where a browser would leave the page and open the file.
    await page.dispatchEvent("h1", "drop", { dataTransfer: dropped });
    const chosen = await page.getByLabel(CHECK_FORM.file).evaluate((field) => field.files.length);
    expect(chosen === 1, "what was dropped is not chosen");
    await page.getByRole("button", { name: CHECK_FORM.submit, exact: true }).click();
    await page.locator("main").getByText(CHECKED.wrong).first().waitFor();
    for (const name of [CHECKED.page, CHECKED.data]) {
      const [taken] = await Promise.all([
        page.waitForEvent("download"),
        page.getByRole("link", { name }).click(),
      ]);
      expect((await taken.failure()) === null, `${name} cannot be taken home`);
    }
    expect(anyone.faults.length === 0, anyone.faults.join("\n"));
    await anyone.context.close();
  });

  await steps.step("no page complained", undefined, async () => {
    const faults = [...citizen.faults, ...clerk.faults];
    expect(faults.length === 0, faults.join("\n"));
  });
} finally {
  await browser.close();
}
steps.close();

// The unit that the clerk works for: numbers are counted by unit, so another's may look the same.
async function choose(select, name) {
  const names = await select
    .locator("option")
    .evaluateAll((options) => options.map((option) => option.label));
  const label = names.find((label) => name.test(label.trim()));
  expect(label, `no unit like ${name} to choose among ${names.length}`);
  await select.selectOption({ label });
}

// A choice out of a list or of a group of radio buttons.
async function pick(page, label, choice) {
  const list = page.getByLabel(label).and(page.locator("select"));
  if ((await list.count()) > 0) {
    await list.first().selectOption({ label: choice });
  } else {
    await page.getByRole("radio", { name: choice, exact: true }).first().check();
  }
}

async function track(page, receipt) {
  await open(page, BASE + PAGES.tracking);
  await page.getByLabel(TRACKING_FORM.number).fill(receipt.number);
  await page.getByLabel(TRACKING_FORM.code).fill(receipt.code);
  await page.getByRole("main").getByRole("button", { name: TRACKING_FORM.submit }).click();
  await page.waitForLoadState("load");
}
