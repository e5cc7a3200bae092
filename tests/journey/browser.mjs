// A real Chromium that trusts the stack's certificate authority, and no other certificate that is wrong in any way.

import { createRequire } from 'node:module';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';

const root = path.resolve(import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname), '../..');
const cache = process.env.SAMLFORCE_CACHE || path.join(root, 'build/cache');
const executable = process.env.CHROMIUM || '/usr/bin/chromium';

function playwright() {
  try {
    return createRequire(path.join(cache, 'node/'))('playwright-core');
  } catch {
    throw new Error(`playwright-core is not in ${cache}/node; run tests/journey/run, which puts it there.`);
  }
}

/** @param {{ca: string, home: string}} where the authority's certificate, and a folder for what the browser writes */
export async function launch({ ca, home }) {
  if (!existsSync(executable)) {
    throw new Error(`${executable} is missing; run tests/support/install-packages browser, or name it in CHROMIUM.`);
  }
  // Chromium on Linux asks the user's NSS database for the authorities that were added to its own.
  const nss = path.join(home, '.pki/nssdb');
  mkdirSync(nss, { recursive: true });
  execFileSync('certutil', ['-N', '-d', `sql:${nss}`, '--empty-password']);
  execFileSync('certutil', ['-A', '-d', `sql:${nss}`, '-n', 'samlforce trial', '-t', 'C,,', '-i', ca]);
  return playwright().chromium.launch({
    executablePath: executable,
    headless: true,
    env: { PATH: process.env.PATH, HOME: home, TMPDIR: home, LANG: 'C.UTF-8' },
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--disable-extensions',
      '--disable-features=OptimizationHints,MediaRouter,DialMediaRouteProvider,Translate,AutofillServerCommunication',
      // Real names, so that SameSite and host-only cookies mean something. Nothing else has an address at all.
      '--host-resolver-rules=MAP *.test 127.0.0.1, MAP *.localhost 127.0.0.1, MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
    ],
  });
}
