<?php
declare(strict_types=1);

// What an org tells others by itself. A part of tests/emulator/run, which it has $ctl, $http, $root and $env from.

// ---------------------------------------------------------------------------------------------------------------
section('outbound messages');

mkdir("$root/receiver");
file_put_contents("$root/receiver/router.php", '<?php
	file_put_contents(__DIR__ . "/received", json_encode(["headers" => getallheaders(), "body" => file_get_contents("php://input")]) . "\n", FILE_APPEND);
	[$status, $body] = json_decode(file_get_contents(__DIR__ . "/answer"));
	http_response_code($status);
	echo $body;');
$receiverPort = freePort();
$receiver = proc_open([PHP_BINARY, '-S', "127.0.0.1:$receiverPort", "$root/receiver/router.php"], [1 => ['file', '/dev/null', 'w'], 2 => ['file', '/dev/null', 'w']], $pipes);
for ($until = microtime(true) + 10; !@fsockopen('127.0.0.1', $receiverPort) && microtime(true) < $until;) {
	usleep(20000);
}
$answers = static fn (int $status, string $body): mixed => file_put_contents("$root/receiver/answer", json_encode([$status, $body]));
$received = static function () use ($root): array {
	$lines = array_filter(explode("\n", (string) @file_get_contents("$root/receiver/received")));
	@unlink("$root/receiver/received");
	return array_map(static fn (string $line): array => json_decode($line, true), array_values($lines));
};
$deliver = static fn (string ...$how): array => array_map(static fn (string $line): array => json_decode($line, true), array_values(array_filter(explode("\n", $ctl('deliver', ...$how)[1]))));
$waiting = static fn (): array => array_map(static fn (string $line): array => json_decode($line, true), array_values(array_filter(explode("\n", $ctl('waiting')[1]))));
$ack = static fn (string $word, string $namespace = 'http://soap.sforce.com/2005/09/outbound'): string => "<e:Envelope xmlns:e=\"http://schemas.xmlsoap.org/soap/envelope/\"><e:Body><notificationsResponse xmlns=\"$namespace\"><Ack>$word</Ack></notificationsResponse></e:Body></e:Envelope>";

$contact = $http->ask('POST', 'sobjects/Contact', ['LastName' => 'Before the rule'])->json()['id'];
[$code, $action] = $ctl('outbound', 'contact', "http://127.0.0.1:$receiverPort/in", 'lastname,Email,HasOptedOutOfEmail,SystemModstamp');
check('a rule has an id of its kind', $code === 0 && preg_match('/^04k\w{15}\n$/', $action) === 1, $action);
same('a rule of no object, of no field, of no address', [1, 1, 1], [$ctl('outbound', 'Nothing', 'http://a', 'Name')[0], $ctl('outbound', 'Contact', 'http://a', 'Nothing')[0], $ctl('outbound', 'Contact', 'a', 'LastName')[0]]);
same('what was before waits for nobody', [], $waiting());
$http->ask('PATCH', "sobjects/Contact/$contact", ['LastName' => 'A <b> & "c"', 'Email' => 'c@example.org']);
same('a change waits', [$contact], array_column($waiting(), 'record_id'));
$http->ask('PATCH', "sobjects/Contact/$contact", ['LastName' => str_repeat('x', 81)]);
same('what failed does not', 1, count($waiting()));
foreach ([[200, 'OK'], [200, ''], [200, $ack('false')], [500, $ack('true')], [200, $ack('true', 'urn:other')], [200, '<Ack>true</Ack>'], [200, substr($ack('true'), 0, -5)], [302, $ack('true')]] as $i => [$status, $body]) {
	$answers($status, $body);
	[$sent] = $deliver('--later', (string) (10000 * $i));
	same("refused: $status " . substr($body, 0, 40), [$status, false], [$sent['status'], $sent['acknowledged']]);
}
$messages = $received();
same('each was sent', 8, count($messages));
$document = new SimpleXMLElement($messages[0]['body']);
same('as SOAP', ['text/xml; charset=utf-8', '""'], [$messages[0]['headers']['Content-Type'], $messages[0]['headers']['SOAPAction']]);
$notifications = $document->children('http://schemas.xmlsoap.org/soap/envelope/')->Body->children('http://soap.sforce.com/2005/09/outbound')->notifications;
same('in the order of the WSDL', ['OrganizationId', 'ActionId', 'SessionId', 'EnterpriseUrl', 'PartnerUrl', 'Notification'], array_map(static fn (SimpleXMLElement $e): string => $e->getName(), iterator_to_array($notifications->children('http://soap.sforce.com/2005/09/outbound'), false)));
same('from this org, by this action, with no session', [$env['SF_ORG_ID'], trim($action), 'true', ''], [(string) $notifications->OrganizationId, (string) $notifications->ActionId, (string) $notifications->SessionId->attributes('xsi', true)['nil'], (string) $notifications->SessionId]);
$record = $notifications->Notification->sObject;
same('the type is of the enterprise WSDL', 'sf:Contact', (string) $record->attributes('http://www.w3.org/2001/XMLSchema-instance')['type']);
$fields = iterator_to_array($record->children('urn:sobject.enterprise.soap.sforce.com'));
same('with the fields of the rule and the Id', ['Id', 'LastName', 'Email', 'HasOptedOutOfEmail', 'SystemModstamp'], array_keys($fields));
same('as XML Schema writes them', [$contact, 'A <b> & "c"', 'false'], [(string) $fields['Id'], (string) $fields['LastName'], (string) $fields['HasOptedOutOfEmail']]);
check('times too', preg_match('/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/', (string) $fields['SystemModstamp']) === 1, (string) $fields['SystemModstamp']);
same('at most two hours between two attempts', [0, 1], [count($deliver('--later', '70001')), count($deliver('--later', '77200'))]);
$answers(200, "\u{FEFF}" . $ack(" true\n"));
$http->ask('PATCH', "sobjects/Contact/$contact", ['Email' => null]);
[$sent] = $deliver('--later', '85000');
same('both notifications, the first and the last time', [true, 2], [$sent['acknowledged'], count($sent['notifications'])]);
$document = new SimpleXMLElement($received()[1]['body']);
$document->registerXPathNamespace('s', 'urn:sobject.enterprise.soap.sforce.com');
same('with the newest values: what is null is left out', [0, 2], [count($document->xpath('//s:Email')), count($document->xpath('//s:LastName'))]);
same('nothing waits', [], $waiting());
$answers(500, '');
$http->ask('PATCH', "sobjects/Contact/$contact", ['Email' => 'd@example.org']);
$deliver();
same('after a day it is given up', [[], []], [$deliver('--later', '86400'), $waiting()]);
$http->ask('PATCH', "sobjects/Contact/$contact", ['Email' => 'e@example.org']);
$http->ask('DELETE', "sobjects/Contact/$contact");
same('a record that is gone is not told of', [], $deliver());
proc_terminate($receiver);
proc_close($receiver);

// ---------------------------------------------------------------------------------------------------------------
section('change events over CometD');

same('capture of what there is', [0, 1], [$ctl('capture', 'contact', 'Account')[0], $ctl('capture', 'Nothing')[0]]);
$ctl('set', 'cometd_timeout_ms', '1000');
/** @return array{0: int, 1: list<array>, 2: array} status, messages, headers */
$bayeux = static function (array $messages, array $headers = [], string $path = '/cometd/67.0') use ($http): array {
	$answer = $http->ask('POST', $path, json_encode($messages), $headers + ['Content-Type' => 'application/json']);
	return [$answer->status, $answer->json() ?? [], $answer->headers];
};
$hello = ['channel' => '/meta/handshake', 'id' => '1', 'version' => '1.0', 'supportedConnectionTypes' => ['long-polling'], 'ext' => ['replay' => true]];
$cookies = '';
$handshake = static function () use ($bayeux, $hello, &$cookies): string {
	[, [$reply], $headers] = $bayeux([$hello]);
	$cookies = implode('; ', array_map(static fn (string $line): string => explode(';', $line)[0], (array) ($headers['set-cookie'] ?? [])));
	return $reply['clientId'] ?? '';
};
$say = static function (string $client, string $channel, array $more = []) use ($bayeux, &$cookies): array {
	return $bayeux([['channel' => "/meta/$channel", 'id' => '7', 'clientId' => $client] + $more], ['Cookie' => $cookies])[1];
};
[$status, [$reply], $headers] = $bayeux([$hello]);
same('a handshake', [200, true, '/meta/handshake', '1', '1.0', ['long-polling'], ['replay' => true, 'payload.format' => true]], [$status, $reply['successful'], $reply['channel'], $reply['id'], $reply['version'], $reply['supportedConnectionTypes'], $reply['ext']]);
check('gives a session, and two cookies', preg_match('/^[a-z0-9]{20,}$/', $reply['clientId']) === 1 && count((array) $headers['set-cookie']) === 2, $headers['set-cookie'] ?? null);
same('a message alone is as good as a list', 200, $bayeux($hello)[0]);
same('without long polling', '400::Invalid connection type', $bayeux([['supportedConnectionTypes' => ['websocket']] + $hello])[1][0]['error']);
same('of another version', false, $bayeux([['version' => '2.0'] + $hello])[1][0]['successful']);
[$status, [$reply]] = $bayeux([$hello], ['Authorization' => 'Bearer nobody']);
same('with a token that is void', [200, '403::Handshake denied', '401::Authentication invalid', 'none'], [$status, $reply['error'], $reply['ext']['sfdc']['failureReason'], $reply['advice']['reconnect']]);
same('without one', '401::Request requires authentication', $bayeux([$hello], ['Authorization' => null])[1][0]['ext']['sfdc']['failureReason']);
$ctl('set', 'cometd_http_401', '1');
same('some servers say so by the status too', 401, $bayeux([$hello], ['Authorization' => 'Bearer nobody'])[0]);
$ctl('set', 'cometd_http_401', '0');
same('the version stands in the address', [400, 400, 200], [$bayeux([$hello], [], '/cometd')[0], $bayeux([$hello], [], '/cometd/22.0')[0], $bayeux([$hello], [], '/cometd/67.0/handshake')[0]]);
same('no JSON, no channel, no POST', [400, 400, 400], [$http->ask('POST', '/cometd/67.0', '{', ['Content-Type' => 'application/json'])->status, $bayeux([['id' => '1']])[0], $http->ask('GET', '/cometd/67.0')->status]);

$id = $handshake();
[$reply] = $say('nobody', 'connect', ['connectionType' => 'long-polling']);
same('a session of nobody', ['403::Unknown client', ['interval' => 0, 'reconnect' => 'handshake'], false], [$reply['error'], $reply['advice'], $reply['successful']]);
$kept = $cookies;
$cookies = '';
same('a session without its cookies', '403::Unknown client', $say($id, 'connect', ['connectionType' => 'long-polling'])[0]['error']);
$cookies = preg_replace('/BAYEUX_BROWSER=[^;]*; /', '', $kept);
check('or without one of them', str_contains($say($id, 'connect', ['connectionType' => 'long-polling'])[0]['error'], 'no BAYEUX_BROWSER cookie present'));
$cookies = $kept;
same('another way to connect', '400::Invalid connection type websocket', $say($id, 'connect', ['connectionType' => 'websocket'])[0]['error']);
$channel = '/data/ContactChangeEvent';
$subscribe = static function (string $to, int $replay) use ($say, &$id): array {
	return $say($id, 'subscribe', ['subscription' => $to, 'ext' => ['replay' => [$to => $replay]]])[0];
};
same('a subscription', [true, $channel], [($reply = $subscribe($channel, -1))['successful'], $reply['subscription']]);
same('to nothing', '400::Channel name not specified', $say($id, 'subscribe')[0]['error']);
same('to something else', "400::Channel subscriptions must start with a leading '/'", $subscribe('data/x', -1)['error']);
same('to what there isn\'t', ['400::The channel you requested to subscribe to does not exist {/data/NoChangeEvent}', '400::The channel you requested to subscribe to does not exist {/data/UserChangeEvent}'], [$subscribe('/data/NoChangeEvent', -1)['error'], $subscribe('/data/UserChangeEvent', -1)['error']]);
check('with a map of other channels', str_contains($say($id, 'subscribe', ['subscription' => $channel, 'ext' => ['replay' => ['/x' => -1]]])[0]['error'], "wasn't found using the provided replay ID map"));
same('from an event that never was', '400::The replayId {3} you provided was invalid.  Please provide a valid ID, -2 to replay all events, or -1 to replay only new events.', $subscribe($channel, 3)['error']);
$from = microtime(true);
[$reply] = $say($id, 'connect', ['connectionType' => 'long-polling']);
same('the first connect comes back at once, with advice', [true, ['interval' => 0, 'timeout' => 1000, 'reconnect' => 'retry']], [$reply['successful'], $reply['advice']]);
$from = microtime(true);
same('the next is held', [1, true], [count($list = $say($id, 'connect', ['connectionType' => 'long-polling'])), $list[0]['successful'] && microtime(true) - $from > 0.9]);
$from = microtime(true);
$say($id, 'connect', ['connectionType' => 'long-polling', 'advice' => ['timeout' => 0]]);
check('unless it asks not to be', microtime(true) - $from < 0.9, microtime(true) - $from);

$contact = $http->ask('POST', 'sobjects/Contact', ['LastName' => 'Turing', 'MailingCity' => 'Wilmslow'], ['Sforce-Call-Options' => 'client=mathison, defaultNamespace=x'])->json()['id'];
$http->ask('PATCH', "sobjects/Contact/$contact", ['LastName' => str_repeat('x', 81)]);
[$event, $reply] = $say($id, 'connect', ['connectionType' => 'long-polling']);
same('an event comes before the reply', [$channel, '/meta/connect'], [$event['channel'], $reply['channel']]);
$header = $event['data']['payload']['ChangeEventHeader'];
same('its header', ['commitNumber', 'commitUser', 'sequenceNumber', 'entityName', 'changeType', 'changedFields', 'changeOrigin', 'transactionKey', 'commitTimestamp', 'recordIds'], array_keys($header));
same('says what, of which record, by whom', ['Contact', 'CREATE', [], 'com/salesforce/api/rest/67.0;client=mathison', [$contact], 1], [$header['entityName'], $header['changeType'], $header['changedFields'], $header['changeOrigin'], $header['recordIds'], $header['sequenceNumber']]);
same('its fields: what is not empty, names and addresses in parts', [['LastName' => 'Turing'], ['City' => 'Wilmslow'], false, false], [$event['data']['payload']['Name'], $event['data']['payload']['MailingAddress'], isset($event['data']['payload']['Id']), array_key_exists('Email', $event['data']['payload'])]);
check('times', preg_match('/^\d{4}-\d\d-\d\dT[\d:]{8}\.000Z$/', $event['data']['payload']['CreatedDate']) === 1 && $header['commitTimestamp'] % 1000 === 0);
$http->ask('PATCH', "sobjects/Contact/$contact", ['MailingCity' => null, 'Email' => 'alan@example.org']);
$http->ask('DELETE', "sobjects/Contact/$contact");
$list = $say($id, 'connect', ['connectionType' => 'long-polling']);
same('a failed change is none; the others', ['UPDATE', 'DELETE'], array_map(static fn (array $m): string => $m['data']['payload']['ChangeEventHeader']['changeType'], array_slice($list, 0, 2)));
$changed = $list[0]['data']['payload']['ChangeEventHeader']['changedFields'];
sort($changed);
same('an update has what changed', [['Email', 'LastModifiedDate', 'MailingAddress.City'], ['City' => null]], [$changed, $list[0]['data']['payload']['MailingAddress']]);
same('a deletion nothing', ['ChangeEventHeader'], array_keys($list[1]['data']['payload']));
same('replay ids ascend', true, $event['data']['event']['replayId'] < $list[0]['data']['event']['replayId'] && $list[0]['data']['event']['replayId'] < $list[1]['data']['event']['replayId']);
same('what was given away is given once', 1, count($say($id, 'connect', ['connectionType' => 'long-polling'])));
$subscribe($channel, $event['data']['event']['replayId']);
same('but can be asked for again', 2, count($say($id, 'connect', ['connectionType' => 'long-polling'])) - 1);

$composite = static fn (array $rows, bool $all): array => $http->ask('POST', 'composite', ['allOrNone' => $all, 'compositeRequest' => array_map(static fn (array $row, int $i): array => ['method' => 'POST', 'url' => '/services/data/v67.0/sobjects/Contact', 'referenceId' => "r$i", 'body' => $row], $rows, array_keys($rows))])->json();
$composite([['LastName' => 'Same'], ['LastName' => 'Same'], ['LastName' => 'Other']], true);
$composite([['LastName' => 'Gone'], ['FirstName' => 'No last name']], true);
$list = array_slice($say($id, 'connect', ['connectionType' => 'long-polling']), 0, -1);
$headers = array_map(static fn (array $m): array => $m['data']['payload']['ChangeEventHeader'], $list);
same('of one transaction: the same change in one event, the next number for another; of one that was rolled back nothing', [[2, 1], [1, 2], 1], [array_map(static fn (array $h): int => count($h['recordIds']), $headers), array_column($headers, 'sequenceNumber'), count(array_unique(array_column($headers, 'transactionKey')))]);

$id = $handshake();
same('of all objects', true, $subscribe('/data/ChangeEvents', -2)['successful']);
check('everything that is still there', count($say($id, 'connect', ['connectionType' => 'long-polling'])) >= 6);
$ctl('age-events', '259201');
$subscribe('/data/ChangeEvents', -2);
same('for 72 hours', 1, count($say($id, 'connect', ['connectionType' => 'long-polling', 'advice' => ['timeout' => 0]])));
same('the end of a session', true, $say($id, 'disconnect')[0]['successful']);
same('it is over', '403::Unknown client', $say($id, 'connect', ['connectionType' => 'long-polling'])[0]['error']);
$id = $handshake();
$ctl('set', 'cometd_session_seconds', '0');
$say($id, 'connect', ['connectionType' => 'long-polling']);
usleep(50000);
same('who stays away for too long is forgotten', '403::Unknown client', $say($id, 'connect', ['connectionType' => 'long-polling'])[0]['error']);
$ctl('set', 'cometd_session_seconds', '40');
$id = $handshake();
$ctl('forget-clients');
same('so is everybody when a server is new', '403::Unknown client', $say($id, 'connect', ['connectionType' => 'long-polling'])[0]['error']);
$id = $handshake();
$ctl('fault', 'bayeux', '--match', '/meta/subscribe', '--times', '1', '--message', '403::Organization total events daily limit exceeded');
same('any other error', ['403::Organization total events daily limit exceeded', true], [$subscribe($channel, -1)['error'], $subscribe($channel, -1)['successful']]);
same('an event without a change', 0, $ctl('change', 'Contact', 'GAP_UPDATE', '003*')[0]);
