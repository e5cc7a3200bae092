--TEST--
A sealed password reaches the one account that it was sealed for, if that is active, and no other
--EXTENSIONS--
samlforce
--CONFLICTS--
emulator
--SKIPIF--
<?php require __DIR__ . '/skipif.inc'; ?>
--FILE--
<?php
require __DIR__ . '/emulator.inc';
Emulator::start();
$sf = Emulator::client();
[$jane] = Emulator::user($sf);
[$john, $johnId] = Emulator::user($sf, false);
Emulator::requests();

echo "every kind of character arrives as it was typed:\n";
foreach (["quote\" back\\slash 1", "control\tand slash/ 1", 'ünïcödé 😀 1', str_repeat('long ', 180) . '1', '{"NewPassword":"x1"}      '] as $password) {
    $sf->setPassword($jane, Emulator::seal($password, $jane));
    var_dump(Emulator::canSignIn($jane, $password));
}
Emulator::requests();

echo "refused before anything is sent:\n";
$token = Emulator::seal('jane-s-own-1', $jane);
$changed = $token;
$changed[60] = $changed[60] === 'A' ? 'B' : 'A';
foreach (['for another account' => [$john, $token], 'in other letters' => [ucfirst($jane), $token], 'changed' => [$jane, $changed], 'cut' => [$jane, substr($token, 0, -4)],
    'no token' => [$jane, 'password'], 'empty' => [$jane, '']] as $title => [$who, $what]) {
    echo "$title: ", told(fn () => $sf->setPassword($who, $what), true), "\n";
}
$short = Emulator::seal('jane-s-own-1', $jane, 1);
sleep(2);
echo 'expired: ', told(fn () => $sf->setPassword($jane, $short), true), "\n";
echo Emulator::log();

echo "refused by Salesforce:\n";
echo 'not active: ', told(fn () => $sf->setPassword($john, Emulator::seal('john-s-own-1', $john)), true), "\n";
echo 'nobody: ', told(fn () => $sf->setPassword('nobody@example.org', Emulator::seal('nobodys-1', 'nobody@example.org')), true), "\n";
echo 'a name that tries to be SOQL: ', told(fn () => $sf->setPassword("x' OR Username LIKE '%", Emulator::seal('nobodys-1', "x' OR Username LIKE '%")), true), "\n";
echo 'against the policy: ', told(fn () => $sf->setPassword($jane, Emulator::seal('short1', $jane)), true), "\n";
echo Emulator::log();

echo "Salesforce says the password back: it is not shown\n";
Emulator::ctl('fault', 'error', '--code', 'INVALID_NEW_PASSWORD', '--message', 'your password said-it-back-1 is known to all', '--match', 'password$');
echo told(fn () => $sf->setPassword($jane, Emulator::seal('said-it-back-1', $jane)), true), "\n";
Emulator::ctl('fault', 'clear');

echo "once it was sent, nobody sends it again:\n";
Emulator::requests();
foreach ([['503'], ['close'], ['close', '--carried-out'], ['half']] as $fault) {
    Emulator::ctl('fault', ...$fault, ...['--times', '1', '--match', 'password$']);
    $password = 'again-' . implode($fault) . '-1';
    echo implode(' ', $fault), ': ', told(fn () => $sf->setPassword($jane, Emulator::seal($password, $jane))), ', ', Emulator::canSignIn($jane, $password) ? "set\n" : "not set\n";
    Emulator::ctl('fault', 'clear');
}
echo Emulator::log();

echo "the session ends between the look-up and the password:\n";
Emulator::ctl('fault', '401', '--times', '1', '--match', 'password$');
$sf->setPassword($jane, Emulator::seal('after-401-1', $jane));
var_dump(Emulator::canSignIn($jane, 'after-401-1'));
echo Emulator::log();
?>
--EXPECT--
every kind of character arrives as it was typed:
bool(true)
bool(true)
bool(true)
bool(true)
bool(true)
refused before anything is sent:
for another account: SealRefused TellPerson - -: The sealed password is not genuine, was sealed with a key that is no longer in the keyring, or is for another account or site
in other letters: SealRefused TellPerson - -: The sealed password is not genuine, was sealed with a key that is no longer in the keyring, or is for another account or site
changed: SealRefused TellPerson - -: The sealed password is not genuine, was sealed with a key that is no longer in the keyring, or is for another account or site
cut: SealRefused TellPerson - -: The sealed password is not genuine, was sealed with a key that is no longer in the keyring, or is for another account or site
no token: SealRefused TellPerson - -: The sealed password is not genuine, was sealed with a key that is no longer in the keyring, or is for another account or site
empty: SealRefused TellPerson - -: The sealed password is not genuine, was sealed with a key that is no longer in the keyring, or is for another account or site
expired: SealExpired TellPerson - -: The time of the sealed password is over; the person must choose one again

refused by Salesforce:
not active: Refused TellPerson - -: The User is not active in Salesforce; activate it before it gets its password
nobody: NotFound TellPerson - -: Salesforce has no User of that Username, or the integration user may not see it
a name that tries to be SOQL: NotFound TellPerson - -: Salesforce has no User of that Username, or the integration user may not see it
against the policy: Refused TellPerson INVALID_NEW_PASSWORD 400: Your password must be at least 8 characters long.
  GET query 200
  GET query 200
  GET query 200
  GET query 200
  POST sobjects/User/ID/password 400
Salesforce says the password back: it is not shown
Refused TellPerson INVALID_NEW_PASSWORD 400: your password ************** is known to all
once it was sent, nobody sends it again:
503: ServerError Retry SERVER_UNAVAILABLE 503 retryAfter=1, not set
close: BrokenAnswer Retry - - ambiguous, not set
close --carried-out: BrokenAnswer Retry - - ambiguous, set
half: BrokenAnswer Retry - - ambiguous, set
  GET query 200
  POST sobjects/User/ID/password 503
  GET query 200
  POST sobjects/User/ID/password 0
  GET query 200
  POST sobjects/User/ID/password 0
  GET query 200
  POST sobjects/User/ID/password 204
the session ends between the look-up and the password:
bool(true)
  GET query 200
  POST sobjects/User/ID/password 401
  POST /services/oauth2/token 200
  POST sobjects/User/ID/password 204
