--TEST--
Client::changes(): whatever goes wrong on the way, every change is given, and each once
--EXTENSIONS--
samlforce
--SKIPIF--
<?php require __DIR__ . '/skipif.inc'; ?>
--CONFLICTS--
emulator
--FILE--
<?php
require __DIR__ . '/emulator.inc';

use Samlforce\Salesforce\Client;
use Samlforce\Salesforce\SalesforceException;

Emulator::start();
Emulator::ctl('set', 'cometd_timeout_ms', '1500');
Emulator::ctl('capture', 'Contact');
const CONTACTS = '/data/ContactChangeEvent';
$first = (int) Emulator::ctl('change', 'Contact', 'GAP_CREATE', '003*');
$client = new Client(Emulator::credentials(), timeoutMs: 3000);

// a change, then something that goes wrong before it can be asked for
$wrong = [
    ['fault', 'close', '--match', '/cometd', '--times', '1'],
    ['fault', 'close', '--carried-out', '--match', '/cometd', '--times', '1'], // the events are gone with the connection
    ['fault', 'half', '--match', '/cometd', '--times', '1'],                   // or with the rest of the answer
    ['fault', '503', '--match', '/cometd', '--times', '2'],
    ['fault', 'html', '--match', '/cometd', '--status', '200', '--times', '1'],
    ['fault', 'html', '--match', '/cometd', '--status', '502', '--times', '1'],
    ['forget-clients'],
    ['expire-tokens'],
    ['fault', 'bayeux', '--match', '/meta/connect', '--times', '1', '--message', '403::Unknown client'],
    ['fault', 'bayeux', '--match', '/meta/connect', '--times', '1', '--message', '401::Authentication invalid'],
    ['fault', 'bayeux', '--match', '/meta/(connect|handshake)', '--times', '2', '--message', '503::Server is too busy'],
    ['fault', 'bayeux', '--match', '/meta/subscribe', '--times', '1', '--message', '403::Unknown client'],
    ['drop-connections'],
    ['set', 'cometd_http_401', '1'],
    ['expire-tokens'],
    ['fault', 'timeout', '--carried-out', '--match', '/cometd', '--times', '1'],
];
$made = $seen = [];
$step = 0;
$stop = static function () use ($wrong, &$made, &$seen, &$step): bool {
    if (count($seen) < count($made)) {
        return false; // the last one is still on its way
    }
    if ($step === count($wrong)) {
        return true;
    }
    $made[] = (int) Emulator::ctl('change', 'Contact', 'UPDATE', '003*');
    Emulator::ctl(...$wrong[$step++]);
    return false;
};
foreach ($client->changes(CONTACTS, $first, stop: $stop, seconds: 400) as $change) {
    $seen[] = $change->replayId;
    echo '.'; // and a sign of life
    if ($change->position !== [CONTACTS => $change->replayId]) {
        echo "the position is not that of the event\n";
    }
}
echo "\n", count($made), ' changes, ', $seen === $made ? 'each given once, in order' : json_encode([$made, $seen]), "\n";
Emulator::ctl('fault', 'clear');
$errors = array_filter(array_column(Emulator::requests(), 'fault'));
echo count($errors) >= 8 ? 'the faults were met' : json_encode($errors), "\n";

echo "\n-- the same, with a process killed after any event, which goes on where it had written that it was\n";
$seen = [];
$made = array_map(static fn (): int => (int) Emulator::ctl('change', 'Contact', 'UPDATE', '003*'), range(1, 6));
$position = [CONTACTS => $change->replayId];
while (count($seen) < 6) {
    foreach ((new Client(Emulator::credentials()))->changes($position, idleSeconds: 2) as $change) {
        $seen[] = $change->replayId;
        $position = $change->position;
        if (count($seen) % 2 === 0) {
            break;
        }
    }
}
echo $seen === $made ? 'each once' : json_encode([$made, $seen]), "\n";

echo "\n-- what does not pass\n";
Emulator::ctl('fault', '503', '--match', '/cometd', '--seconds', '0');
$from = microtime(true);
echo told(fn () => iterator_to_array($client->changes($position, seconds: 3), false)), "\n"; // the time is over, and nobody was asked
echo microtime(true) - $from < 15 ? 'in time' : 'late', "\n";
Emulator::ctl('fault', 'clear');
Emulator::ctl('fault', 'bayeux', '--match', '/meta/connect', '--message', '403::Unknown client');
echo told(fn () => iterator_to_array($client->changes($position), false)), "\n";
Emulator::ctl('fault', 'clear');
Emulator::ctl('fault', 'bayeux', '--match', '/meta/connect', '--message', '401::Authentication invalid');
echo told(fn () => iterator_to_array($client->changes($position), false)), "\n"; // a new token is refused too: no going round
Emulator::ctl('fault', 'clear');

echo "\n-- the server holds a request for longer than it was asked to\n";
Emulator::ctl('set', 'cometd_hold_as_asked', '0');
Emulator::ctl('set', 'cometd_timeout_ms', '6000');
$last = (int) Emulator::ctl('change', 'Contact', 'UPDATE', '003*');
$seen = array_map(static fn ($c): int => $c->replayId, iterator_to_array($client->changes($position, idleSeconds: 1), false));
echo $seen === [$last] ? 'given all the same' : json_encode($seen), "\n";

echo "\n-- the cookies of a conversation stay in it\n";
Emulator::ctl('set', 'cometd_hold_as_asked', '1');
Emulator::ctl('set', 'cometd_timeout_ms', '1500');
Emulator::requests();
iterator_to_array($client->changes($position, idleSeconds: 1));
$client->limits();
foreach ($client->changes($position, idleSeconds: 1) as $change) {
    $client->limits();
    break;
}
$before = '';
foreach (Emulator::requests() as $request) {
    $line = strtr($request['path'], ['/services/data/v67.0' => '']) . ($request['cookie'] ? ' with cookies' : ' without') . "\n";
    echo $line === $before ? '' : $line; // how often a request is held depends on the machine
    $before = $line;
}
?>
--EXPECT--
................
16 changes, each given once, in order
the faults were met

-- the same, with a process killed after any event, which goes on where it had written that it was
each once

-- what does not pass
ServerError Retry SERVER_UNAVAILABLE 503
in time
Refused TellPerson 403 200
Authentication Authenticate INVALID_SESSION_ID 401

-- the server holds a request for longer than it was asked to
given all the same

-- the cookies of a conversation stay in it
/cometd/67.0 without
/cometd/67.0 with cookies
/limits without
/cometd/67.0 without
/cometd/67.0 with cookies
/limits without
