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
