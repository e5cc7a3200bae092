// Plays the journey in a real browser against a stack that is up.
//
//   node tests/journey/journey.mjs STACK_DIR SCREENSHOTS SCENARIO...
//
// Prints each step with its time, ends with "N passed, N failed", exits 0 only if all hold.

import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { Trial, assert } from './trial.mjs';

const here = path.dirname(new URL(import.meta.url).pathname);

/** Register, activate, sign in, sign out; and what must not work on the way. */
async function journey(t) {
  const person = { login: 'brook', email: 'brook@example.test', first: 'Brook', last: "O'Lärche", password: t.password() };
  const visitor = await t.person();

  await t.step(
    'A password against the rules is refused before anything is sent',
    async () => {
      const before = (await t.salesforce('requests')).length;
      const weak = 'Brook-ohne-jede-Ziffer';
      t.secrets.push(weak);
      await t.register(visitor, { ...person, password: weak });
      const error = await visitor.locator('#login_error').innerText();
      assert(/number|digit/i.test(error), `the page says: ${error}`);
      assert(t.mailsTo(person.email).length === 0, 'a mail was sent');
      assert((await t.salesforce('requests')).length === before, 'Salesforce was asked');
      return error.replace(/\s+/g, ' ').trim();
    },
    { page: visitor, name: 'weak-password' },
  );

  await t.step(
    'Registration with a password of her own',
    async () => {
      await t.register(visitor, person);
      assert(/checkemail=registered/.test(visitor.url()), `the browser is at ${visitor.url()}: ${await visitor.locator('#login').innerText()}`);
    },
    { page: visitor, name: 'registered' },
  );

  let before;
  await t.step('Salesforce has a Contact and an inactive User of hers', async () => {
    before = await t.until('Contact and User in Salesforce', 60, async () => {
      const found = await t.salesforceUser(person.email);
      return found.user && found;
    });
    assert(before.contacts.length === 1, `${before.contacts.length} Contacts`);
    assert(!t.isActive(before.user), 'the User is active');
    assert(before.user.ContactId === before.contacts[0].Id, 'the User does not belong to the Contact');
    assert(before.user.FirstName === person.first && before.user.LastName === person.last, `the name is ${before.user.FirstName} ${before.user.LastName}`);
    return `${before.user.Id}, ${before.user.WP_User_Id__c}`;
  });

  const early = await t.person();
  await t.step(
    'The inactive User cannot sign in with that password',
    async () => {
      assert(!t.salesforceTakes(person.email, person.password), 'Salesforce takes the password');
      await t.goToSignIn(early);
      await t.signIn(early, person.email, person.password);
      await t.isRefusedAtSignIn(early);
    },
    { page: early, name: 'inactive-refused' },
  );

  await t.step(
    "WordPress's own login waits for the activation too",
    async () => {
      await t.loginLocally(early, person.login, person.password);
      const error = await early.locator('#login_error').innerText();
      assert(/not active yet/i.test(error), `the page says: ${error}`);
      assert((await t.whoAmI(early)) === null, 'it signed her in');
    },
    { page: early, name: 'local-login-waits' },
  );

  let link;
  await t.step('A mail with a link arrives, and the password is not in it', async () => {
    const mails = await t.until('the mail', 30, async () => (t.mailsTo(person.email).length ? t.mailsTo(person.email) : null));
    assert(mails.length === 1, `${mails.length} mails: ${mails.map((mail) => mail.subject).join('; ')}`);
    link = t.activationLink(person.email);
    assert(link, `there is no link in: ${mails[0].message}`);
    assert(!JSON.stringify(mails).includes(person.password.slice(-12)), 'the password is in the mail');
    return mails[0].subject;
  });

  await t.step(
    'A link with a changed code does not activate',
    async () => {
      const changed = link.replace(/(code=)(.)/, (_, name, first) => name + (first === '0' ? '1' : '0'));
      assert(changed !== link, 'the link has no code');
      await visitor.goto(changed);
      const text = await visitor.locator('#login').innerText();
      assert(/does not work/i.test(text), `the page says: ${text}`);
    },
    { page: visitor, name: 'changed-link' },
  );

  await t.step(
    'The link only shows a button: what scans mails activates nothing',
    async () => {
      await visitor.goto(link);
      await visitor.waitForSelector('#samlforce_activate input[type="submit"]');
      assert(!t.isActive((await t.salesforceUser(person.email)).user), 'the User is active');
    },
    { page: visitor, name: 'activation-button' },
  );

  await t.step(
    'Its button activates the account',
    async () => {
      await visitor.click('#samlforce_activate input[type="submit"]');
      await visitor.waitForLoadState();
      const text = await visitor.locator('#login').innerText();
      assert(/account is active/i.test(text), `the page says: ${text}`);
    },
    { page: visitor, name: 'activated' },
  );

  await t.step('The User in Salesforce is active and has her password', async () => {
    await t.until('the active User with the password', 60, async () => {
      const { user } = await t.salesforceUser(person.email);
      return t.isActive(user) && t.salesforceTakes(person.email, person.password);
    });
    const { user, contacts } = await t.salesforceUser(person.email);
    assert(user.Id === before.user.Id && contacts.length === 1, 'it is another User, or a second Contact');
  });

  await t.step('All of it went over connections that were kept', async () => {
    const requests = (await t.salesforce('requests')).split('\n').filter(Boolean).map((line) => JSON.parse(line));
    const connections = new Set(requests.map((request) => request.connection)).size;
    // There are three workers, and each may have its own.
    assert(connections <= 3 && requests.length > connections, `${requests.length} requests over ${connections} connections`);
    return `${requests.length} requests, ${connections} TLS connections`;
  });

  await t.step('The sealed password is erased from WordPress', async () => {
    await t.until('no sealed password in any table', 10, async () => !t.databaseText().includes('sfv1.'));
  });

  await t.step(
    'The used link says so, and does no harm',
    async () => {
      await visitor.goto(link);
      const text = await visitor.locator('#login').innerText();
      assert(/used already/i.test(text), `the page says: ${text}`);
    },
    { page: visitor, name: 'used-link' },
  );

  const brook = await t.person();
  const posted = t.catchResponses(brook);
  const target = `${t.env.WP_URL}/wp-admin/profile.php`;
  await t.step(
    "From WordPress's button to Salesforce's sign-in page",
    async () => {
      await t.goToSignIn(brook, target);
    },
    { page: brook, name: 'sign-in-page' },
  );

  await t.step(
    'A wrong password is refused there',
    async () => {
      await t.signIn(brook, person.email, `${person.password}x`);
      await t.isRefusedAtSignIn(brook);
    },
    { page: brook, name: 'wrong-password' },
  );

  await t.step(
    'The password typed at registration signs her in, as herself, at the page she wanted',
    async () => {
      await t.goToSignIn(brook, target);
      await t.signIn(brook, person.email, person.password);
      await brook.waitForURL((url) => url.href.startsWith(t.env.WP_URL));
      await brook.waitForLoadState();
      assert(brook.url() === target, `the browser is at ${brook.url()}: ${(await brook.locator('body').innerText()).slice(0, 500)}`);
      assert((await brook.inputValue('#user_login')) === person.login, 'WordPress takes her for somebody else');
      assert((await brook.inputValue('#email')) === person.email, 'the address is another one');
      assert((await brook.inputValue('#last_name')) === person.last, 'the name is another one');
      assert(posted.length === 1 && posted[0].SAMLResponse, `${posted.length} SAML answers were posted`);
    },
    { page: brook, name: 'signed-in' },
  );

  await t.step(
    'The same answer posted again, from her own browser, is refused',
    async () => {
      await t.logOut(brook);
      await t.post(brook, posted[0]);
      return t.refusal(brook, 'replayed', 'unsolicited', 'in_response_to_mismatch');
    },
    { page: brook, name: 'replay-refused' },
  );

  const thief = await t.person();
  await t.step(
    "The same answer posted from another person's browser is refused",
    async () => {
      await t.post(thief, posted[0]);
      return t.refusal(thief, 'replayed', 'unsolicited', 'in_response_to_mismatch');
    },
    { page: thief, name: 'stolen-answer-refused' },
  );

  await t.step(
    'The same answer is refused as the answer to a new request',
    async () => {
      const fresh = await t.unusedAnswer(brook);
      await t.post(brook, { ...fresh, SAMLResponse: posted[0].SAMLResponse });
      return t.refusal(brook, 'replayed', 'in_response_to_mismatch');
    },
    { page: brook, name: 'replay-under-a-new-request-refused' },
  );

  await t.step(
    "An unused answer from another person's browser is refused",
    async () => {
      await t.post(thief, await t.unusedAnswer(brook));
      return t.refusal(thief, 'unsolicited', 'in_response_to_mismatch');
    },
    { page: thief, name: 'stolen-unused-answer-refused' },
  );

  await t.step(
    'An unused answer with another name in it is refused',
    async () => {
      const fresh = await t.unusedAnswer(brook);
      const xml = Buffer.from(fresh.SAMLResponse, 'base64').toString();
      const changed = xml.replace('>brook@example.test</saml:NameID>', '>admin@example.test</saml:NameID>');
      assert(changed !== xml, 'there is no NameID to change');
      await t.post(brook, { ...fresh, SAMLResponse: Buffer.from(changed).toString('base64') });
      return t.refusal(brook, 'digest_mismatch');
    },
    { page: brook, name: 'changed-answer-refused' },
  );

  await t.step(
    'Signed in at Salesforce, one click on the button is enough; then she signs out of WordPress',
    async () => {
      await brook.goto(`${t.env.WP_URL}/wp-login.php`);
      await brook.click('a[href*="samlforce_login"]');
      await brook.waitForURL((url) => url.href.startsWith(t.env.WP_URL) && !url.search.includes('samlforce'));
      assert((await t.whoAmI(brook)) === person.login, `WordPress takes her for ${await t.whoAmI(brook)}`);
      await t.logOut(brook);
      assert((await t.whoAmI(brook)) === null, 'she is still signed in');
    },
    { page: brook, name: 'signed-out' },
  );

  await t.step(
    "WordPress's own login takes the same password now",
    async () => {
      await t.loginLocally(brook, person.login, person.password);
      assert((await t.whoAmI(brook)) === person.login, `the page says: ${(await brook.locator('body').innerText()).slice(0, 300)}`);
    },
    { page: brook, name: 'local-login' },
  );
}

/** The administrator's Add User page. */
async function addUser(t) {
  const person = { login: 'robin', email: 'robin@example.test', first: 'Robin', last: 'Ahorn', password: t.password() };
  const admin = await t.person();
  await t.step('The administrator signs in with the local password', async () => {
    await t.loginLocally(admin, t.env.WP_ADMIN, t.env.WP_ADMIN_PASSWORD);
    assert((await t.whoAmI(admin)) === t.env.WP_ADMIN, `the page says: ${(await admin.locator('body').innerText()).slice(0, 300)}`);
  });
  await t.step(
    'Add User gives the person an account in Salesforce',
    async () => {
      await admin.goto(`${t.env.WP_URL}/wp-admin/user-new.php`);
      if (!(await admin.locator('#pass1').isVisible())) await admin.click('.wp-generate-pw');
      await t.fill(admin, {
        '#user_login': person.login,
        '#email': person.email,
        '#first_name': person.first,
        '#last_name': person.last,
        '#pass1': person.password,
      });
      await t.shoot(admin, 'add-user-form');
      await admin.click('#createusersub');
      await admin.waitForURL(/users\.php/);
      const { user } = await t.until('the User', 60, async () => {
        const found = await t.salesforceUser(person.email);
        return found.user && found;
      });
      assert(!t.isActive(user), 'the User is active before the address is confirmed');
    },
    { page: admin, name: 'user-added' },
  );
  const robin = await t.person();
  await t.step(
    'The person activates by the mailed link and signs in with that password',
    async () => {
      const link = await t.until('the mail', 30, async () => t.activationLink(person.email));
      await robin.goto(link);
      await robin.click('#samlforce_activate input[type="submit"]');
      await t.until('the active User with the password', 60, async () => t.salesforceTakes(person.email, person.password));
      await t.goToSignIn(robin, `${t.env.WP_URL}/wp-admin/profile.php`);
      await t.signIn(robin, person.email, person.password);
      await robin.waitForURL(`${t.env.WP_URL}/wp-admin/profile.php`);
      assert((await robin.inputValue('#user_login')) === person.login, 'WordPress takes the person for somebody else');
    },
    { page: robin, name: 'added-user-signed-in' },
  );
}

/** An answer that nobody asked for: sign-in that starts at Salesforce. */
async function idpInitiated(t) {
  const person = { login: 'linden', email: 'linden@example.test', first: 'Kim', last: 'Linden', password: t.password() };
  const page = await t.person();
  const start = (relayState) =>
    `${t.env.IDP_START}?spentityid=${encodeURIComponent(t.env.SP_ENTITY_ID)}&RelayState=${encodeURIComponent(relayState)}`;
  const profile = `${t.env.WP_URL}/wp-admin/profile.php`;
  await t.step('Somebody with an active account', async () => {
    await t.register(page, person);
    await page.goto(await t.until('the mail', 30, async () => t.activationLink(person.email)));
    await page.click('#samlforce_activate input[type="submit"]');
    await t.until('the active User with the password', 60, async () => t.salesforceTakes(person.email, person.password));
  });
  await t.step(
    'Sign-in that starts at Salesforce is refused while it is switched off',
    async () => {
      await page.goto(start(profile));
      await page.waitForSelector('input[name="password"]');
      await t.signIn(page, person.email, person.password);
      await page.waitForURL((url) => url.href.startsWith(t.env.WP_URL));
      await page.waitForLoadState();
      return t.refusal(page, 'unsolicited');
    },
    { page, name: 'unasked-refused' },
  );
  const posted = t.catchResponses(page);
  await t.step(
    'Switched on, it is accepted, at the page that was asked for',
    async () => {
      await t.set('main.allow_unsolicited=true');
      await page.goto(start(profile));
      await page.waitForURL((url) => url.href.startsWith(t.env.WP_URL) && !url.search.includes('samlforce'));
      assert(page.url() === profile, `the browser is at ${page.url()}`);
      assert((await page.inputValue('#user_login')) === person.login, 'WordPress takes the person for somebody else');
    },
    { page, name: 'unasked-accepted' },
  );
  await t.step(
    'The same answer again is refused: it has been used',
    async () => {
      await t.logOut(page);
      await t.post(page, posted.at(-1));
      return t.refusal(page, 'replayed');
    },
    { page, name: 'unasked-replay-refused' },
  );
  await t.step(
    'It leads to no page of another site',
    async () => {
      for (const evil of ['https://evil.test/', '//evil.test/', '/\\evil.test', 'javascript:alert(1)']) {
        await page.goto(start(evil));
        await page.waitForURL((url) => url.href.startsWith(t.env.WP_URL) && !url.search.includes('samlforce'));
        assert(new URL(page.url()).origin === t.env.WP_URL, `${evil} led to ${page.url()}`);
      }
      assert((await t.whoAmI(page)) === person.login, 'they were not accepted at all');
      await t.logOut(page);
    },
    { page, name: 'no-open-redirect' },
  );
  await t.step('Switched off again, it is refused again', async () => {
    await t.set('main.allow_unsolicited=false');
    await page.goto(start(profile));
    await page.waitForURL((url) => url.href.startsWith(t.env.WP_URL));
    await page.waitForLoadState();
    return t.refusal(page, 'unsolicited');
  });
}

/** Salesforce is down at registration, and gone altogether at activation. */
async function salesforceDown(t) {
  const person = { login: 'ash', email: 'ash@example.test', first: 'Jo', last: 'Ash', password: t.password() };
  const page = await t.person();
  await t.step(
    'Registration works while Salesforce answers 503',
    async () => {
      await t.salesforce('fault', '503', '--times', '1000');
      await t.register(page, person);
      assert(/checkemail=registered/.test(page.url()), `the browser is at ${page.url()}`);
      await t.until('the mail', 30, async () => t.activationLink(person.email));
      assert((await t.salesforceUser(person.email)).user === null, 'there is a User all the same');
    },
    { page, name: 'registered-without-salesforce' },
  );
  const admin = await t.person();
  await t.step(
    'The administrator sees it',
    async () => {
      await t.loginLocally(admin, t.env.WP_ADMIN, t.env.WP_ADMIN_PASSWORD);
      await admin.goto(`${t.env.WP_URL}/wp-admin/options-general.php`);
      await admin.click('#adminmenu a[href*="page=samlforce"]');
      await admin.click('.nav-tab:has-text("Status")');
      // the first attempt goes on after the person had the page: what it met is there when it ends
      await t.until('the person and the reason on the page', 30, async () => {
        await admin.reload();
        const row = await admin.locator('#wpbody tr', { hasText: person.email }).first().innerText();
        return /503|not available|unavailable|server/i.test(row);
      });
    },
    { page: admin, name: 'status-page' },
  );
  await t.step('Salesforce comes back: the User arrives, inactive', async () => {
    await t.salesforce('fault', 'clear');
    await t.until('the User', 120, async () => (await t.salesforceUser(person.email)).user, { withCron: true });
    const { user, contacts } = await t.salesforceUser(person.email);
    assert(contacts.length === 1 && !t.isActive(user), `${contacts.length} Contacts, active: ${user.IsActive}`);
  });
  await t.step(
    'Activation works while Salesforce cannot be reached at all',
    async () => {
      await t.support('salesforce/stop', t.env.SF_DIR);
      await page.goto(t.activationLink(person.email));
      await page.click('#samlforce_activate input[type="submit"]');
      await page.waitForLoadState();
      const text = await page.locator('#login').innerText();
      assert(/account is active/i.test(text), `the page says: ${text}`);
    },
    { page, name: 'activated-without-salesforce' },
  );
  await t.step(
    "Salesforce comes back, and the administrator presses Retry: the User is active and has the password",
    async () => {
      // The first attempt, which began when the person had the page, must have failed: what is in progress can't be retried.
      const row = admin.locator('tr', { hasText: person.login }).filter({ has: admin.locator('a[href*="what=retry"]') }).first();
      await t.until('the entry that waits', 60, async () => {
        await admin.goto(`${t.env.WP_URL}/wp-admin/options-general.php?page=samlforce&tab=status`);
        return (await row.count()) > 0;
      });
      await t.shoot(admin, 'status-page-waiting');
      await t.support('salesforce/start', t.env.SF_DIR, t.env.SF_HOST.split(':')[1], '--ca', path.dirname(t.env.SF_CA));
      await row.hover();
      await row.locator('a[href*="what=retry"]').click();
      await admin.waitForLoadState();
      await t.until('the active User with the password', 20, async () => t.salesforceTakes(person.email, person.password));
    },
    { page: admin, name: 'status-page-retried' },
  );
  await t.step(
    'The person signs in with it',
    async () => {
      await t.goToSignIn(page, `${t.env.WP_URL}/wp-admin/profile.php`);
      await t.signIn(page, person.email, person.password);
      await page.waitForURL(`${t.env.WP_URL}/wp-admin/profile.php`);
      assert((await page.inputValue('#user_login')) === person.login, 'WordPress takes the person for somebody else');
    },
    { page, name: 'arrived-later' },
  );
}

/** The passwords are nowhere, and nothing complained. */
async function afterwards(t) {
  await t.step('The search for the passwords finds one where it is planted', async () => {
    const control = spawnSync(path.join(here, 'leak-search-control'), [], { input: t.secrets[0], encoding: 'utf8' });
    assert(control.status === 0, control.stdout + control.stderr);
    return control.stdout.trim();
  });
  await t.step('And none of them in a database, log, mail, session, file, argument or environment', async () => {
    const scratch = mkdtempSync(path.join(tmpdir(), 'samlforce-dump.'));
    try {
      writeFileSync(path.join(scratch, 'database.txt'), t.databaseText(), { mode: 0o600 });
      const pids = (await t.support('stack', 'processes', t.dir)).split('\n').filter(Boolean);
      assert(pids.length >= 6, `the stack has only ${pids.length} processes; the search would leave some out`);
      // And what they may have written outside of it: the system's logs, and files of the web server's user.
      const since = ['-xdev', '-type', 'f', '-newermt', readFileSync(path.join(t.dir, 'started'), 'utf8').trim()];
      const logs = [
        ...find(['/var/log', '/var/lib/php/sessions'], since),
        ...find(['/tmp', '/var/tmp', '/dev/shm'], [...since, '-user', 'www-data']),
      ].filter((file) => !file.startsWith(`${t.dir}/`));
      const search = spawnSync(
        path.join(here, 'leak-search'),
        ['--processes', ...pids.flatMap((pid) => ['--open-files-of', pid]), t.dir, scratch, ...logs],
        { input: t.secrets.join('\n'), encoding: 'utf8', maxBuffer: 1 << 26 },
      );
      assert(search.status === 0, search.stdout + search.stderr);
      return search.stdout.trim().split('\n').at(-1);
    } finally {
      rmSync(scratch, { recursive: true, force: true });
    }
  });
  await t.step('PHP had nothing to complain about in the plugin, and no worker crashed', async () => {
    const complaints = [];
    const logs = [t.env.WP_DEBUG_LOG, ...readdirSync(path.join(t.dir, 'logs')).map((name) => path.join(t.dir, 'logs', name))];
    for (const log of logs.filter((name) => !name.includes('access'))) {
      for (const line of readFileSync(log, 'utf8').split('\n')) {
        if (/PHP (Warning|Notice|Deprecated|Recoverable).*\/plugins\/samlforce\//.test(line) || /exited on signal|SIGSEGV|segfault|Sanitizer|PHP Fatal|Uncaught/.test(line)) {
          complaints.push(`${path.basename(log)}: ${line.slice(0, 300)}`);
        }
      }
    }
    assert(complaints.length === 0, complaints.slice(0, 5).join('\n'));
  });
}

function find(folders, tests) {
  const { stdout, stderr } = spawnSync('find', [...folders.filter(existsSync), ...tests], { encoding: 'utf8', maxBuffer: 1 << 26 });
  // Others' files come and go meanwhile; whatever else is wrong would leave something out.
  const faults = stderr.split('\n').filter((line) => line && !line.endsWith('No such file or directory'));
  assert(faults.length === 0, faults.join('\n'));
  return stdout.split('\n').filter(Boolean);
}

const scenarios = {
  journey: ['The journey', journey],
  'add-user': ['Added by the administrator', addUser],
  'idp-initiated': ['Sign-in that starts at Salesforce', idpInitiated],
  'salesforce-down': ['Salesforce is down', salesforceDown],
};

const [dir, screenshots, ...names] = process.argv.slice(2);
const unknown = names.filter((name) => !(name in scenarios));
if (!dir || !screenshots || names.length === 0 || unknown.length > 0) {
  console.error(`journey.mjs: STACK_DIR SCREENSHOTS SCENARIO..., out of: ${Object.keys(scenarios).join(' ')}`);
  process.exit(2);
}
const trial = new Trial(dir, screenshots);
const start = performance.now();
let ended = false;
const end = async (code) => {
  if (ended) return;
  ended = true;
  await trial.close();
  process.exit(code);
};
for (const [signal, code] of [['SIGINT', 130], ['SIGTERM', 143]]) process.on(signal, () => void end(code));
try {
  await trial.open();
  for (const name of names) await trial.scenario(...scenarios[name]);
  await trial.scenario('Afterwards', afterwards);
} catch (error) {
  trial.failed += 1;
  console.error(error.stack ?? error);
}
console.log(`\nPictures of the steps: ${screenshots}`);
console.log(`${((performance.now() - start) / 1000).toFixed(1)} s`);
console.log(`${trial.passed} passed, ${trial.failed} failed`);
await end(trial.failed === 0 && trial.passed > 0 ? 0 : 1);
