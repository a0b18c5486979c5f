// counter.mjs - the counter's day as its people live it: numbers taken and called, the day's report,
// tables that leave and arrive as Excel.
import { readFileSync } from 'node:fs';
import { base, phones, modes, launch, check, test, end, api, token, context, faults, look, watch } from './lib.mjs';

const browser = await launch();
const found = [];
const shown = [];
const say = (what) => { throw new Error(what); };

async function open(who, path, { mode = modes.desk, height = 768 } = {}) {
  const c = await context(browser, { phone: phones[who] || who || undefined, mode, height });
  const page = await c.newPage();
  page.setDefaultTimeout(15000);
  watch(page, found);
  await page.goto(base + path);
  await page.locator('h1').first().waitFor();
  return page;
}
const sees = (page, words) => page.getByText(words).first().waitFor();
async function shot(page, name) {
  if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/${name}.png` });
}
async function see(page, name, looks = ['desk', 'contrast', 'elder', 'max']) {
  const size = page.viewportSize();
  for (const key of looks) {
    await look(page, modes[key], size.height);
    shown.push([`${key}: ${name}`, await faults(page, modes[key].tap)]);
  }
  await look(page, { ...modes.desk, ...size }, size.height);
  await page.evaluate(() => scrollTo(0, 0));
  await shot(page, name);
}

// ---- numbers ----
await test('a number from the kiosk is called at the desk by a key and stands on the board within 5 s', async () => {
  const kiosk = await open('', '/kiosk/demo', { mode: { ...modes.normal, width: 1080 }, height: 1920 });
  await shot(kiosk, 'kiosk-home');
  if (await kiosk.locator('.six > *').count() !== 6) say('not six buttons');
  for (const want of ['001', '002', '003']) {
    await kiosk.getByRole('button', { name: '取号' }).click();
    await kiosk.getByText(want, { exact: true }).waitFor();
    if (want === '003') await sees(kiosk, '前面还有 2 人,大约等 10 分钟');
    if (want === '003') await shot(kiosk, 'kiosk-number');
    await kiosk.getByRole('link', { name: '拿好了' }).click();
    await sees(kiosk, '今天能干的活');
  }
  const board = await open('', '/hall/board', { mode: { ...modes.normal, width: 1920 }, height: 1080 });
  const desk = await open('desk', '/app#/desk'), other = await open('desk', '/app#/desk');
  for (const [page, counter] of [[desk, '1'], [other, '2']]) {
    await page.getByLabel('站点').selectOption({ label: '海珠制衣零工广场' });
    await sees(page, '3 人在等');
    await page.getByLabel('窗口', { exact: true }).fill(counter);
  }
  await Promise.all([desk.keyboard.press('F6'), other.keyboard.press('F6')]);
  const here = (page) => page.locator('.now b').innerText();
  const both = [await here(desk), await here(other)].sort().join();
  if (both !== '001,002') say(`the two counters called ${both}`);
  const from = Date.now();
  await board.locator('.calls b').nth(1).waitFor();
  if (Date.now() - from > 5000) say('the board is late');
  await see(desk, 'desk-queue');
  const again = desk.waitForResponse(/\/call$/);
  await desk.keyboard.press('F7');
  await again;
  await board.locator('.calls .now', { hasText: await here(desk) }).waitFor();
  // Keys wait for the one before them, and the same key twice is one press.
  const calls = [];
  await desk.route(/\/(next|skip|call)$/, async (r) => { calls.push(r.request().url().split('/').pop()); await new Promise((go) => setTimeout(go, 300)); await r.continue(); });
  const called = desk.waitForResponse(/\/call$/);
  for (const key of ['Shift+F7', 'F6', 'F6', 'F7']) await desk.keyboard.press(key);
  await sees(desk, '0 人在等');
  await desk.locator('.now b', { hasText: '003' }).waitFor();
  await called;
  if (calls.join() !== 'skip,next,call') say(calls.join());
  await desk.unroute(/\/(next|skip|call)$/);
  await board.locator('.calls .now', { hasText: '003' }).waitFor();
  await shot(board, 'hall-called');
  await desk.getByRole('button', { name: /人在等/ }).click();
  await desk.getByRole('button', { name: /没来过/ }).click(); // whoever missed his turn comes back
  await desk.locator('.now b', { hasText: /00[12]/ }).waitFor();
  await desk.keyboard.press('Shift+F6');
  await desk.locator('.now b').waitFor({ state: 'detached' });
  const [slip] = await Promise.all([desk.context().waitForEvent('page'), desk.getByRole('button', { name: '取号' }).click()]);
  await slip.getByText('004', { exact: true }).waitFor();
  await shot(slip, 'queue-slip');
  for (const p of [kiosk, board, desk, other]) await p.context().close();
});

// ---- the day's report ----
await test('the report has the numbers of the today screen, by site and day, on A4 and as a workbook', async () => {
  const page = await open('admin', '/app#/today');
  await page.locator('.figure').first().waitFor();
  const numbers = (lines) => lines.map((l) => l.replace(/\s+/g, ' ').trim()).filter(Boolean);
  const today = numbers(await page.locator('.figure .number').allInnerTexts());
  await see(page, 'today');
  await page.getByRole('link', { name: '一键日报' }).click();
  const cells = page.locator('section[aria-label="日报"] td.n');
  await cells.first().waitFor();
  const report = numbers(await cells.allInnerTexts()).map((l) => l.replace(/\s*元$/, ''));
  if (report.join('|') !== today.join('|')) say(`${report} is not ${today}`);
  await see(page, 'report');
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: '下载 Excel' }).click()]);
  if (!/^日报-.*\.xlsx$/.test(file.suggestedFilename())) say(file.suggestedFilename());
  await page.getByLabel('范围').selectOption({ label: '海珠制衣零工广场' });
  await page.getByRole('heading', { name: /海珠制衣零工广场/ }).waitFor();
  await page.getByRole('heading', { name: '分站点' }).waitFor({ state: 'detached' });
  await page.emulateMedia({ media: 'print' });
  if (await page.locator('.no-print').isVisible()) say('buttons stand on the paper');
  await shot(page, 'report-print');
  await page.context().close();
});

// ---- Excel at the desk ----
await test('many are registered from a workbook, with what is wrong said before, and taken back', async () => {
  const page = await open('desk', '/app#/desk');
  await page.keyboard.press('F8');
  const file = (name) => ({ name, mimeType: 'application/octet-stream', buffer: readFileSync(new URL(`./${name}`, import.meta.url)) });
  await page.getByLabel('选一个文件').setInputFiles({ name: 'old.xls', mimeType: '', buffer: Buffer.from([0xd0, 0xcf, 0x11, 0xe0]) });
  await sees(page, '这是旧格式(.xls)');
  await page.getByLabel('选一个文件').setInputFiles({ name: 'torn.xlsx', mimeType: '', buffer: Buffer.from('PK\x03\x04 no workbook') });
  await sees(page, '文件打不开');
  await page.getByLabel('选一个文件').setInputFiles(file('people.xlsx'));
  await sees(page, '2 行可以登记,1 行有问题');
  await page.getByText('13955550001').first().waitFor(); // typed as a number, still whole
  await see(page, 'batch-excel', ['desk', 'elder']);
  await page.getByRole('button', { name: '登记这 2 人' }).click();
  await sees(page, '登记了 2 人');
  await page.getByRole('button', { name: '全部撤回(2 人)' }).click();
  await sees(page, '撤回 2 人');
  await page.context().close();
});

// ---- the card reader ----
// Keys as a reader sends them: at once, to whatever has the focus.
const swipe = (page, card) => page.evaluate((keys) => {
  for (const key of keys) document.body.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
}, [...card, 'Enter']);

await test('a card is found wherever the focus is, a wrong digit is named, and no digit of it assigns work', async () => {
  const page = await open('desk', '/app#/desk');
  await page.keyboard.press('F2');
  await page.keyboard.type('11010519491231002X');
  await page.keyboard.press('Enter');
  await sees(page, '没有找到');
  await page.keyboard.press('F4');
  await sees(page, '身份证已读到,尾号 002X');
  await page.getByRole('dialog').getByLabel('姓名').fill('陈秀英');
  await page.keyboard.press('Enter');
  await page.locator('td .pay').first().waitFor();
  await page.locator('h1').click(); // no field has the focus, and the matches are there
  await swipe(page, '11010519491231002x');
  await page.locator('.person').getByText('陈').first().waitFor();
  await page.locator('td .pay').first().waitFor();
  if (await page.locator('.paper').count()) say('a digit of the card assigned work');
  await page.keyboard.press('F2');
  await page.keyboard.type('110105194912310021');
  await page.keyboard.press('Enter');
  await sees(page, '身份证号');
  await page.locator('[role=alert]').first().waitFor();
  await shot(page, 'card-wrong');
  await page.context().close();
});

// ---- gaps ----
await test('a gap names whom to call, opens a number with its reason, and brings the person to the desk', async () => {
  const page = await open('desk', '/app#/desk');
  await page.getByRole('button', { name: /打给谁$/ }).first().click();
  const numbers = page.getByRole('button', { name: /^打开 .* 的号码$/ });
  await numbers.first().waitFor();
  if (await page.getByText(/1\d{10}/).count()) say('a number stands open');
  await see(page, 'desk-gaps', ['desk', 'elder', 'max']);
  const number = page.getByRole('link', { name: /^1\d{10}$/ }), none = page.getByText('没有留电话');
  for (let opened = 0; !(await number.count()); opened++) { // who came by paper may have left no number, and then it says so
    await numbers.first().click();
    await number.or(none.nth(opened)).first().waitFor();
  }
  await page.getByRole('button', { name: /^派 .*\*/ }).first().click();
  await page.locator('td .pay').first().waitFor();
  await page.context().close();
});

// ---- whoever does not want to work yet ----
await test('a talk is kept sealed, and whom to ask again stands on the desk', async () => {
  const page = await open('desk', '/app#/desk');
  await page.keyboard.press('F2');
  await page.keyboard.type('1009');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: '记一次谈心' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('说了什么').fill('怕干不好被笑话');
  await dialog.getByLabel('下一小步').fill('周三来看看车位');
  await page.waitForTimeout(400); // the dialog fades in
  await see(page, 'talk', ['desk', 'elder', 'max']);
  await dialog.getByRole('button', { name: '保存' }).click();
  await sees(page, '周三来看看车位');
  await shot(page, 'desk-talks');
  await page.getByRole('button', { name: /^去问问 / }).first().click();
  await page.getByRole('dialog').getByLabel('为什么要看').fill('今天回访她');
  await page.getByRole('button', { name: '打开看' }).click();
  await sees(page, '怕干不好被笑话');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: /问过了$/ }).first().click();
  await sees(page, '没有要回访的人');
  await page.context().close();
});

for (const [name, lines] of shown) check(lines.length === 0, name, lines.slice(0, 8).join('\n'));
check(found.length === 0, 'the counter keeps to its origin and policy', found.join('\n'));
await browser.close();
end();
