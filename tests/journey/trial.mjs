// What the scenarios share: steps with their times, contexts of the browser, the stack's parts from outside.

import { execFile, execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { promisify } from 'node:util';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { launch } from './browser.mjs';

const run = promisify(execFile);
const here = path.dirname(new URL(import.meta.url).pathname);
const support = path.resolve(here, '../support');

export function assert(condition, message) {
  if (!condition) throw new Error(message);
}

export const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** A password with everything in it that forms, slashes, JSON and URLs could spoil. */
export function newPassword() {
  return `Brook's "7" & <Lärche>+%41-${randomBytes(6).toString('hex')}`;
}

export class Trial {
  passed = 0;
  failed = 0;
  secrets = [];
  #shots = 0;
  #pages = [];
  #browser;
  #home;

  /** @param {string} dir a stack's folder @param {string} screenshots */
  constructor(dir, screenshots) {
    this.dir = dir;
    this.screenshots = screenshots;
    this.env = Object.fromEntries(
      readFileSync(path.join(dir, 'env'), 'utf8')
        .split('\n')
        .filter((line) => line.includes('='))
        .map((line) => {
          const at = line.indexOf('=');
          return [line.slice(0, at), line.slice(at + 1).replace(/^(['"])(.*)\1$/, '$2')];
        }),
    );
    mkdirSync(screenshots, { recursive: true });
  }

  async open() {
    this.#home = mkdtempSync(path.join(tmpdir(), 'samlforce-browser.'));
    this.#browser = await launch({ ca: this.env.STACK_CA, home: this.#home });
  }

  async close() {
    await this.#browser?.close().catch(() => {});
    if (this.#home) rmSync(this.#home, { recursive: true, force: true });
  }

  /** A browser of its own, with no cookies. */
  async person() {
    const context = await this.#browser.newContext({ locale: 'en-US', viewport: { width: 1100, height: 800 } });
    // A busy machine is slow and not wrong.
    context.setDefaultTimeout(45000);
    const page = await context.newPage();
    this.#pages.push(page);
    return page;
  }

  password() {
    const password = newPassword();
    this.secrets.push(password);
    return password;
  }

  /** Takes part in the current step's picture. */
  async shoot(page, name) {
    this.#shots += 1;
    const file = path.join(this.screenshots, `${String(this.#shots).padStart(2, '0')}-${name}.png`);
    await page.screenshot({ path: file, fullPage: true }).catch(() => {});
  }

  /**
   * One promise, tried. What it returns is shown behind it.
   *
   * @param {string} what
   * @param {() => Promise<string|void>} test
   * @param {{page?: import('playwright-core').Page, name?: string}} picture
   */
  async step(what, test, picture = {}) {
    const start = performance.now();
    let note = '';
    let fault = null;
    try {
      note = (await test()) ?? '';
    } catch (error) {
      fault = error;
    }
    const seconds = ((performance.now() - start) / 1000).toFixed(1).padStart(5);
    if (picture.page) await this.shoot(picture.page, picture.name ?? what.toLowerCase().replace(/[^a-z0-9]+/g, '-').slice(0, 50));
    if (fault === null) {
      this.passed += 1;
      console.log(`PASS ${seconds} s  ${what}${note ? ` (${note})` : ''}`);
      return;
    }
    this.failed += 1;
    console.log(`FAIL ${seconds} s  ${what}`);
    console.log(`     ${String(fault.message ?? fault).split('\n').slice(0, 6).join('\n     ')}`);
    if (picture.page && !picture.page.isClosed()) {
      console.log(`     at ${picture.page.url().slice(0, 200)}`);
    }
    // What comes next rests on this one.
    throw new Stopped(what);
  }

  async scenario(name, play) {
    console.log(`\n${name}`);
    try {
      await play(this);
    } catch (error) {
      if (!(error instanceof Stopped)) {
        this.failed += 1;
        console.log(`FAIL         ${error.stack ?? error}`);
      }
      console.log(`     the rest of "${name}" was not played`);
    }
    for (const page of this.#pages.splice(0)) await page.context().close().catch(() => {});
  }

  // The parts of the stack.

  async support(command, ...args) {
    const { stdout } = await run(path.join(support, command), args, { maxBuffer: 1 << 28 });
    return stdout;
  }

  salesforce(...args) {
    return this.support('salesforce/ctl', this.env.SF_DIR, ...args);
  }

  async salesforceUser(username) {
    const dump = JSON.parse(await this.salesforce('dump'));
    const users = dump.users ?? dump.User ?? dump.Users;
    const contacts = dump.contacts ?? dump.Contact ?? dump.Contacts;
    const matches = users.filter((user) => user.Username?.toLowerCase() === username.toLowerCase());
    assert(matches.length <= 1, `${matches.length} Users are called ${username}`);
    const user = matches[0] ?? null;
    return {
      user,
      contacts: contacts.filter((contact) => contact.Email?.toLowerCase() === username.toLowerCase()),
    };
  }

  isActive(user) {
    return user.IsActive === true || user.IsActive === 1 || user.IsActive === '1';
  }

  /** Whether Salesforce itself would take this password now. */
  salesforceTakes(username, password) {
    const result = spawnSync(path.join(support, 'salesforce/ctl'), [this.env.SF_DIR, 'login', username], { input: password });
    return result.status === 0;
  }

  cron() {
    return this.support('stack', 'cron', this.dir);
  }

  set(...pairs) {
    return this.support('stack', 'set', this.dir, ...pairs);
  }

  async sql(query) {
    return (await this.support('stack', 'sql', this.dir, query)).split('\n').filter(Boolean).map((line) => JSON.parse(line));
  }

  /** Why WordPress refused a SAML answer: the page shows a reference, which the administrator finds in the log. */
  async refusal(page, ...reasons) {
    const reference = (await page.locator('#login_error').innerText()).match(/Reference: ([0-9A-F]{8})/)?.[1];
    assert(reference, `the page shows no reference: ${await page.locator('body').innerText()}`);
    const [entry] = await this.sql(`SELECT outcome, reason, found, expected FROM wp_samlforce_log WHERE reference = '${reference}'`);
    assert(entry?.outcome === 'refused', `the log says: ${JSON.stringify(entry)}`);
    assert(reasons.includes(entry.reason), `it was refused because of ${entry.reason}, not ${reasons.join(' or ')}`);
    assert((await this.whoAmI(page)) === null, 'it signed somebody in all the same');
    return entry.reason;
  }

  /** Lets the identity provider answer, and stops the answer on its way to WordPress, so that it has not been used. */
  async unusedAnswer(page) {
    const route = '**/wp-login.php?action=samlforce_acs';
    let fields = null;
    await page.route(route, async (request) => {
      fields = Object.fromEntries(new URLSearchParams(request.request().postData()));
      await request.fulfill({ contentType: 'text/plain', body: 'stopped on its way' });
    });
    await page.goto(`${this.env.WP_URL}/wp-login.php`);
    await page.click('a[href*="samlforce_login"]');
    await page.waitForSelector('text=stopped on its way');
    await page.unroute(route);
    return fields;
  }

  /** Waits until something is so; WordPress's timed events happen meanwhile if withCron says so. */
  async until(what, seconds, test, { withCron = false } = {}) {
    const end = Date.now() + seconds * 1000;
    for (;;) {
      const value = await test();
      if (value) return value;
      assert(Date.now() < end, `${what}: not within ${seconds} s`);
      if (withCron) await this.cron();
      await sleep(withCron ? 1000 : 200);
    }
  }

  /** Types into fields, and goes on when all of them hold it: a script of the page that has just been loaded may empty one again. */
  async fill(page, fields) {
    await this.until('the fields that were filled in', 20, async () => {
      for (const [field, text] of Object.entries(fields)) {
        if ((await page.inputValue(field)) !== text) await page.fill(field, text);
      }
      for (const [field, text] of Object.entries(fields)) {
        if ((await page.inputValue(field)) !== text) return false;
      }
      return true;
    });
  }

  mailsTo(address) {
    return readFileSync(this.env.WP_MAIL, 'utf8')
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line))
      .filter((mail) => mail.to.toLowerCase().includes(address.toLowerCase()));
  }

  activationLink(address) {
    const links = this.mailsTo(address).flatMap((mail) => mail.message.match(/https:\/\/\S*action=samlforce_activate\S*/g) ?? []);
    return links.at(-1) ?? null;
  }

  /** Every value of every table of WordPress's database, as text. */
  databaseText() {
    if (this.env.WP_DB === 'mariadb') {
      return execFileSync(path.join(support, 'mariadb'), ['dump', this.env.WP_DB_DIR], { maxBuffer: 1 << 28 }).toString();
    }
    return execFileSync('php', [path.join(here, 'sqlite-text.php'), path.join(this.env.WP_DB_DIR, 'wordpress.sqlite')], { maxBuffer: 1 << 28 }).toString();
  }

  // What a person does.

  async register(page, { login, email, first, last, password, again = password }) {
    await page.goto(`${this.env.WP_URL}/wp-login.php?action=register`);
    await this.fill(page, {
      '#user_login': login,
      '#user_email': email,
      '#samlforce_first_name': first,
      '#samlforce_last_name': last,
      '#samlforce_password': password,
      '#samlforce_password_again': again,
    });
    await this.shoot(page, 'registration-form');
    await page.click('#wp-submit');
    await page.waitForLoadState();
  }

  /** From WordPress's login page by its button to the identity provider. */
  async goToSignIn(page, target = '') {
    const query = target ? `?redirect_to=${encodeURIComponent(target)}` : '';
    await page.goto(`${this.env.WP_URL}/wp-login.php${query}`);
    await page.click('a[href*="samlforce_login"]');
    await page.waitForSelector('input[name="password"]');
    assert(page.url().startsWith(this.env.IDP_URL), `the button leads to ${page.url()}`);
  }

  /** Types name and password at the identity provider. */
  async signIn(page, username, password) {
    await this.fill(page, { 'input[name="username"]': username, 'input[name="password"]': password });
    await page.click('#submit_button, #regularsubmit button, #regularsubmit input, form[name="f"] button[type="submit"]');
    await page.waitForLoadState();
  }

  async isRefusedAtSignIn(page) {
    await page.waitForSelector('text=Incorrect username or password');
    assert(page.url().startsWith(this.env.IDP_URL), `the browser was sent on to ${page.url()}`);
    const name = await this.whoAmI(page);
    assert(name === null, `WordPress says that this browser is ${name}`);
  }

  async loginLocally(page, login, password) {
    await page.goto(`${this.env.WP_URL}/wp-login.php`);
    await this.fill(page, { '#user_login': login, '#user_pass': password });
    await page.click('#wp-submit');
    await page.waitForLoadState();
  }

  /** Whom WordPress takes this browser for: asked with its cookies, on another page, so that this one stays. */
  async whoAmI(page) {
    const other = await page.context().newPage();
    try {
      // The page alone, without what it would load.
      await other.route('**/*', (route) => (route.request().resourceType() === 'document' ? route.continue() : route.abort()));
      await other.goto(`${this.env.WP_URL}/wp-admin/profile.php`, { waitUntil: 'domcontentloaded' });
      const login = other.locator('#user_login');
      if (other.url().includes('/wp-login.php')) return null;
      return await login.inputValue();
    } finally {
      await other.close();
    }
  }

  async logOut(page) {
    await page.goto(`${this.env.WP_URL}/wp-admin/profile.php`, { waitUntil: 'domcontentloaded' });
    const link = await page.locator('#wp-admin-bar-logout a').getAttribute('href');
    await page.goto(link);
    await page.waitForURL(/wp-login\.php/);
  }

  /** Keeps each SAML answer that the browser posts to WordPress. */
  catchResponses(page) {
    const caught = [];
    page.on('request', (request) => {
      if (request.method() === 'POST' && request.url().includes('samlforce_acs')) {
        caught.push(Object.fromEntries(new URLSearchParams(request.postData() ?? '')));
      }
    });
    return caught;
  }

  /** Posts a SAML answer from the identity provider's own site, as an attacker with a copy of it would. */
  async post(page, fields) {
    await page.goto(`${this.env.IDP_URL}/simplesaml/resources/default.css`);
    await Promise.all([
      page.waitForURL(/wordpress/),
      page.evaluate(
        ([action, values]) => {
          const form = document.createElement('form');
          form.method = 'post';
          form.action = action;
          for (const [name, value] of Object.entries(values)) {
            const input = document.createElement('input');
            input.type = 'hidden';
            input.name = name;
            input.value = value;
            form.append(input);
          }
          document.body.append(form);
          form.submit();
        },
        [this.env.SP_ACS, fields],
      ),
    ]);
    await page.waitForLoadState();
  }
}

class Stopped extends Error {}
