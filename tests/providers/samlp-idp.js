// npm's samlp as an identity provider: a real Express site on a loopback port for as long as it answers; the arguments and files
// are lasso-idp.py's.
'use strict';
const fs = require('fs');
const crypto = require('crypto');
const express = require('express');
const samlp = require('samlp');

const entityId = 'https://samlp.test/metadata';
const ciphers = {
  'aes128-cbc': 'http://www.w3.org/2001/04/xmlenc#aes128-cbc',
  'aes256-cbc': 'http://www.w3.org/2001/04/xmlenc#aes256-cbc',
  'aes128-gcm': 'http://www.w3.org/2009/xmlenc11#aes128-gcm',
  'aes256-gcm': 'http://www.w3.org/2009/xmlenc11#aes256-gcm',
  '3des': 'http://www.w3.org/2001/04/xmlenc#tripledes-cbc',
};

const [command, folder] = process.argv.slice(2);
const key = fs.readFileSync(`${folder}/idp.key`);
const cert = fs.readFileSync(`${folder}/idp.crt`);

function Mapper(user) {
  return {
    getClaims: () => user.attributes,
    getNameIdentifier: () => ({ nameIdentifier: user.nameId, nameIdentifierFormat: 'urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress' }),
  };
}
Mapper.prototype.metadata = [];

// What an administrator copies out of our metadata: samlp has no reader of it.
function serviceProvider() {
  const metadata = fs.readFileSync(`${folder}/sp.xml`, 'utf8');
  const certificate = (use) => {
    const base64 = metadata.match(new RegExp(`use="${use}">[^]*?X509Certificate>([^<]+)<`))[1].replace(/\s/g, '');
    return `-----BEGIN CERTIFICATE-----\n${base64.match(/.{1,64}/g).join('\n')}\n-----END CERTIFICATE-----\n`;
  };
  return {
    signing: certificate('signing'),
    encryption: certificate('encryption'),
    address: metadata.match(/AssertionConsumerService [^>]*Location="([^"]+)"/)[1].replace(/&amp;/g, '&'),
  };
}

function middleware(request, response, next) {
  const { sp, entry } = request.app.locals;
  const options = {
    issuer: entityId,
    key,
    cert,
    recipient: sp.address,
    destination: sp.address,
    signingCert: sp.signing,
    profileMapper: Mapper,
    getUserFromRequest: () => entry,
    getPostURL: (audience, dom, req, done) => done(null, sp.address),
    lifetimeInSeconds: 300,
    authnContextClassRef: 'urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport',
    signResponse: entry.sign !== 'assertion',
    signAssertion: entry.sign !== 'response',
    signatureAlgorithm: `rsa-${entry.hash || 'sha256'}`,
    digestAlgorithm: entry.hash || 'sha256',
    signatureNamespacePrefix: entry.prefix || '',
    typedAttributes: entry.typed === true,
  };
  if (entry.encrypt) {
    Object.assign(options, {
      encryptionCert: sp.encryption,
      encryptionPublicKey: crypto.createPublicKey(sp.encryption).export({ type: 'spki', format: 'pem' }),
      encryptionAlgorithm: entry.cipher === 'default' ? undefined : ciphers[entry.cipher],
      disallowEncryptionWithInsecureAlgorithm: false,
      warnOnInsecureEncryptionAlgorithm: false,
    });
  }
  samlp.auth(options)(request, response, next);
}

const unescape = (text) => text.replace(/&#(x?)([0-9a-f]+);/gi, (all, hex, number) => String.fromCodePoint(parseInt(number, hex ? 16 : 10)))
  .replace(/&quot;/g, '"').replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&amp;/g, '&');

async function main() {
  const app = express();
  app.get('/metadata', samlp.metadata({ issuer: entityId, cert, redirectEndpointPath: '/login', postEndpointPath: '/login', profileMapper: Mapper }));
  app.get('/login', middleware);
  app.post('/login', express.urlencoded({ extended: false }), middleware);
  app.use((error, request, response, next) => response.status(500).type('text').send(String(error.message)));
  const server = await new Promise((resolve) => {
    const listening = app.listen(0, '127.0.0.1', () => resolve(listening));
  });
  const here = `http://127.0.0.1:${server.address().port}`;
  try {
    if (command === 'metadata') {
      // it names its address by what the request says that it is
      const headers = { 'x-forwarded-proto': 'https', 'x-forwarded-host': 'samlp.test' };
      fs.writeFileSync(`${folder}/idp.xml`, await (await fetch(`${here}/metadata`, { headers })).text());
      return;
    }
    const answers = {};
    app.locals.sp = serviceProvider();
    for (const entry of JSON.parse(fs.readFileSync(`${folder}/cases.json`, 'utf8'))) {
      app.locals.entry = entry;
      const page = entry.form
        ? await fetch(here + '/login', { method: 'POST', body: new URLSearchParams(entry.form) })
        : await fetch(here + '/login' + new URL(entry.request).search);
      const html = await page.text();
      const action = html.match(/<form[^>]* action="([^"]+)"/);
      const field = html.match(/name="SAMLResponse"\s+value="([^"]+)"/);
      answers[entry.name] = page.ok && action && field
        ? { response: unescape(field[1]), destination: unescape(action[1]) }
        : { error: `HTTP ${page.status} ${html.slice(0, 300)}` };
    }
    fs.writeFileSync(`${folder}/answers.json`, JSON.stringify(answers));
  } finally {
    server.close();
    server.closeAllConnections();
  }
}

main().catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
