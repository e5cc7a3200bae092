// Other people's clients of CometD against the emulator: the CometD project's own, and Faye, which jsforce is built upon.
//   node streaming.cjs NODE_MODULES https://HOST TOKEN CTL DIR
// Prints a line for each thing that holds, `FAIL: …` for what doesn't, and `N passed, N failed`.
'use strict';
const { execFileSync } = require('node:child_process');
const https = require('node:https');
const dns = require('node:dns');
const { createRequire } = require('node:module');

// *.localhost is the loopback, whatever the machine's resolver knows of it.
const { lookup } = dns;
dns.lookup = (name, options, callback) => lookup(/(^|\.)localhost$/.test(name) ? '127.0.0.1' : name, options, callback);

const [modules, base, token, ctl, dir] = process.argv.slice(2);
const load = createRequire(`${modules}/`);
let passed = 0, failed = 0;

function check(what, holds, seen) {
  if (holds) {
    passed++;
    console.log(`ok    ${what}`);
  } else {
    failed++;
    console.log(`FAIL: ${what}: ${JSON.stringify(seen)}`);
  }
}

const emulator = (...args) => execFileSync(ctl, [dir, ...args], { encoding: 'utf8' });

function rest(method, path, body) {
  return new Promise((resolve, reject) => {
    const request = https.request(`${base}/services/data/v67.0/${path}`, { method, headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json', 'Sforce-Call-Options': 'client=streaming-test' } }, (answer) => {
      let text = '';
      answer.on('data', (piece) => { text += piece; });
      answer.on('end', () => resolve(text ? JSON.parse(text) : null));
    });
    request.on('error', reject);
    request.end(body ? JSON.stringify(body) : undefined);
  });
}

async function until(what, holds, seconds = 20) {
  for (const end = Date.now() + seconds * 1000; Date.now() < end;) {
    if (holds()) {
      return true;
    }
    await new Promise((resolve) => { setTimeout(resolve, 20); });
  }
  console.log(`(waited in vain: ${what})`);
  return false;
}

async function cometd() {
  load('cometd-nodejs-client').adapt();
  const { CometD } = load('cometd');
  const client = new CometD();
  const events = [], metas = [], channel = '/data/ContactChangeEvent';
  let replay = -1;
  client.unregisterTransport('websocket');
  client.configure({ url: `${base}/cometd/67.0`, requestHeaders: { Authorization: `Bearer ${token}` }, appendMessageTypeToURL: true, logLevel: 'error' });
  client.registerExtension('replay', {
    outgoing: (message) => {
      if (message.channel === '/meta/handshake') {
        message.ext = { ...message.ext, replay: true };
      } else if (message.channel === '/meta/subscribe') {
        message.ext = { ...message.ext, replay: { [message.subscription]: replay } };
      }
      return message;
    },
    incoming: (message) => {
      if (message.data?.event) {
        replay = message.data.event.replayId;
      }
      return message;
    },
  });
  for (const meta of ['/meta/handshake', '/meta/connect', '/meta/subscribe']) {
    client.addListener(meta, (message) => metas.push(message));
  }
  client.addListener('/meta/handshake', (message) => {
    if (message.successful) {
      client.subscribe(channel, (event) => events.push(event));
    }
  });
  client.handshake();
  check('cometd: subscribed', await until('subscription', () => metas.some((m) => m.channel === '/meta/subscribe' && m.successful)), metas);
  check('cometd: the handshake says that replay is there', metas[0].ext?.replay === true && metas[0].supportedConnectionTypes.join() === 'long-polling', metas[0]);
  const { id } = await rest('POST', 'sobjects/Contact', { LastName: 'First', FirstName: 'A' });
  await until('event', () => events.length === 1);
  const header = events[0]?.data.payload.ChangeEventHeader;
  check('cometd: a change arrives', header?.changeType === 'CREATE' && header.recordIds[0] === id && header.changeOrigin === 'com/salesforce/api/rest/67.0;client=streaming-test', events);
  check('cometd: with its fields', events[0]?.data.payload.Name.LastName === 'First' && !('Id' in events[0].data.payload), events[0]);
  for (let i = 1; i <= 5; i++) {
    await rest('PATCH', `sobjects/Contact/${id}`, { LastName: `Changed ${i}` });
  }
  check('cometd: five more, in order', await until('events', () => events.length === 6) && events.slice(1).every((e, i) => e.data.payload.Name.LastName === `Changed ${i + 1}`), events.map((e) => e.data.payload.Name));
  check('cometd: replay ids ascend', events.every((e, i) => i === 0 || e.data.event.replayId > events[i - 1].data.event.replayId), events.map((e) => e.data.event));
  emulator('forget-clients');
  await rest('PATCH', `sobjects/Contact/${id}`, { LastName: 'While it was away' });
  check('cometd: an unknown client comes back and has missed nothing', await until('event', () => events.length === 7) && events[6].data.payload.Name.LastName === 'While it was away', metas.slice(-4));
  check('cometd: it was told so', metas.some((m) => m.error === '403::Unknown client' && m.advice.reconnect === 'handshake'), metas);
  await new Promise((resolve) => { client.disconnect(resolve); });
  check('cometd: nothing came twice', events.length === 7, events.length);
  return replay;
}

async function faye(from) {
  const { Client } = load('faye');
  const client = new Client(`${base}/cometd/67.0`, { timeout: 120, retry: 1 });
  const events = [], channel = '/data/ChangeEvents';
  client.disable('websocket');
  client.setHeader('Authorization', `OAuth ${token}`);
  client.addExtension({ outgoing: (message, callback) => {
    if (message.channel === '/meta/subscribe') {
      message.ext = { ...message.ext, replay: { [message.subscription]: from } };
    }
    callback(message);
  } });
  await client.subscribe(channel, (event) => events.push(event));
  await rest('POST', 'sobjects/Account', { Name: 'Acme Two' });
  await rest('POST', 'sobjects/Contact', { LastName: 'Second' });
  check('faye: two objects on one channel', await until('events', () => events.length === 2) && events.map((e) => e.payload.ChangeEventHeader.entityName).join() === 'Account,Contact', events);
  await client.disconnect();

  const second = new Client(`${base}/cometd/67.0`, { timeout: 120, retry: 1 });
  second.setHeader('Authorization', `OAuth ${token}`);
  let ask = -2, said = null;
  second.addExtension({ outgoing: (message, callback) => {
    if (message.channel === '/meta/subscribe') {
      message.ext = { ...message.ext, replay: { [message.subscription]: ask } };
    }
    callback(message);
  } });
  const all = [];
  await second.subscribe(channel, (event) => all.push(event));
  check('faye: all that is still there', await until('events', () => all.length >= 9) && all.length === 9, all.length);
  ask = 1;
  await second.subscribe('/data/ContactChangeEvent', () => {}).then(() => {}, (error) => { said = error.message ?? String(error); });
  check('faye: a replay id that is no event is refused', /replayId \{1\} you provided was invalid/.test(said ?? ''), said);
  await second.disconnect();
}

(async () => {
  emulator('capture', 'Contact', 'Account');
  emulator('set', 'cometd_timeout_ms', '5000');
  await faye(await cometd());
  console.log(`${passed} passed, ${failed} failed`);
  process.exit(failed ? 1 : 0);
})().catch((error) => {
  console.log(`FAIL: ${error?.stack ?? error}`);
  process.exit(1);
});
