<?php
declare(strict_types=1);

namespace SalesforceEmulator;

/**
 * Outbound Messages: a rule of the org (an object, its fields, an address) queues a notification for each change; what sends them takes
 * up to 100 of a rule into one message, with the values that the records have by then, and keeps each until it was acknowledged or is
 * a day old.
 */
final class Outbound
{
	private const MOST = 100;
	private const DAY = 86400;
	/** The interval doubles from here to the cap. */
	private const FIRST_RETRY = 15;
	private const LAST_RETRY = 7200;

	public function __construct(private readonly Store $store)
	{
	}

	/** @param list<string> $fields @return string the id of the action */
	public function rule(string $object, string $url, array $fields): string
	{
		return $this->store->transaction(function () use ($object, $url, $fields): string {
			$id = $this->store->nextId('04k');
			$this->store->run('INSERT INTO outbound_rules (action_id, object, url, fields) VALUES (?, ?, ?, ?)', [$id, $object, $url, implode(',', array_unique(['Id', ...$fields]))]);
			return $id;
		});
	}

	public function queue(string $object, string $id): void
	{
		if ($this->store->number('send_outbound') !== 1) {
			return;
		}
		foreach ($this->store->all('SELECT action_id FROM outbound_rules WHERE object = ? ORDER BY action_id', [$object]) as $rule) {
			$this->store->run('INSERT INTO outbound_queue (notification_id, action_id, record_id, queued_at, attempts, next_at) VALUES (?, ?, ?, ?, 0, ?)', [$this->store->nextId('04l'), $rule['action_id'], $id, time(), time()]);
		}
	}

	/**
	 * One run of the sender.
	 *
	 * @param int $later seconds to add to the clock
	 * @param array{twice?: bool, shuffle?: bool, most?: int} $how twice: what was acknowledged is sent once more, as can happen; shuffle: in any order
	 * @return list<array{url: string, status: int, acknowledged: bool, notifications: list<string>}>
	 */
	public function deliver(int $later, array $how = []): array
	{
		$now = time() + $later;
		$this->store->transaction(fn () => $this->store->run('DELETE FROM outbound_queue WHERE queued_at <= ?', [$now - self::DAY]));
		$sent = [];
		foreach ($this->store->all('SELECT * FROM outbound_rules ORDER BY action_id') as $rule) {
			$due = $this->store->all('SELECT * FROM outbound_queue WHERE action_id = ? AND next_at <= ? ORDER BY notification_id', [$rule['action_id'], $now]);
			if ($how['shuffle'] ?? false) {
				shuffle($due);
			}
			foreach (array_chunk($due, $how['most'] ?? self::MOST) as $part) {
				$message = $this->message($rule, $part);
				if ($message === null) {
					continue;
				}
				for ($times = ($how['twice'] ?? false) ? 2 : 1; $times > 0; $times--) {
					$sent[] = $this->send($rule['url'], $message, $part, $now);
				}
			}
		}
		return $sent;
	}

	/** @param list<array<string, mixed>> $notifications */
	private function send(string $url, string $message, array $notifications, int $now): array
	{
		[$status, $body] = self::post($url, $message);
		$acknowledged = $status === 200 && self::acknowledged($body);
		$this->store->transaction(function () use ($notifications, $acknowledged, $now): void {
			foreach ($notifications as $one) {
				if ($acknowledged) {
					$this->store->run('DELETE FROM outbound_queue WHERE notification_id = ?', [$one['notification_id']]);
				} else {
					$wait = min(self::LAST_RETRY, self::FIRST_RETRY << min(20, $one['attempts']));
					$this->store->run('UPDATE outbound_queue SET attempts = attempts + 1, next_at = ? WHERE notification_id = ?', [$now + $wait, $one['notification_id']]);
				}
			}
		});
		return ['url' => $url, 'status' => $status, 'acknowledged' => $acknowledged, 'notifications' => array_column($notifications, 'notification_id')];
	}

	/** @return array{0: int, 1: string} status 0: no answer */
	private static function post(string $url, string $message): array
	{
		$context = stream_context_create(['http' => ['method' => 'POST', 'header' => ['Content-Type: text/xml; charset=utf-8', 'SOAPAction: ""', 'Accept: text/xml', 'Connection: close'],
			'user_agent' => 'SFDC-Callout/67.0', 'content' => $message, 'ignore_errors' => true, 'follow_location' => 0, 'timeout' => 10, 'protocol_version' => 1.1]]);
		$body = @file_get_contents($url, false, $context, 0, 1 << 20);
		$line = $http_response_header[0] ?? '';
		return [$body !== false && preg_match('~^HTTP/\S+ (\d{3})~', $line, $m) === 1 ? (int) $m[1] : 0, (string) $body];
	}

	/** `<Ack>true</Ack>` in the envelope of the WSDL, and nothing else. */
	private static function acknowledged(string $body): bool
	{
		libxml_use_internal_errors(true);
		libxml_clear_errors();
		$reader = new \XMLReader();
		if ($body === '' || !@$reader->XML($body, null, LIBXML_NONET)) {
			return false;
		}
		$path = [];
		$said = '';
		$place = 'http://schemas.xmlsoap.org/soap/envelope/ Envelope/http://schemas.xmlsoap.org/soap/envelope/ Body/http://soap.sforce.com/2005/09/outbound notificationsResponse/http://soap.sforce.com/2005/09/outbound Ack';
		while (@$reader->read()) {
			if ($reader->nodeType === \XMLReader::ELEMENT) {
				$path = array_slice($path, 0, $reader->depth);
				$path[] = "$reader->namespaceURI $reader->localName";
			} elseif (in_array($reader->nodeType, [\XMLReader::TEXT, \XMLReader::CDATA], true) && implode('/', array_slice($path, 0, $reader->depth)) === $place) {
				$said .= $reader->value;
			}
		}
		return libxml_get_last_error() === false && in_array(trim($said), ['true', '1'], true);
	}

	/** @param list<array<string, mixed>> $notifications */
	private function message(array $rule, array $notifications): ?string
	{
		$escape = static fn (string $text): string => htmlspecialchars($text, ENT_XML1 | ENT_NOQUOTES, 'UTF-8');
		$host = 'https://' . $this->store->setting('instance_host');
		$organization = $this->store->number('outbound_short_ids') === 1 ? substr(Org::id('Organization'), 0, 15) : Org::id('Organization');
		$xml = ($this->store->number('outbound_bom') === 1 ? "\xEF\xBB\xBF" : '') . '<?xml version="1.0" encoding="UTF-8"?>' . "\n"
			. '<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">' . "\n"
			. " <soapenv:Body>\n  <notifications xmlns=\"http://soap.sforce.com/2005/09/outbound\">\n   <OrganizationId>$organization</OrganizationId>\n   <ActionId>{$rule['action_id']}</ActionId>\n"
			. "   <SessionId xsi:nil=\"true\"/>\n   <EnterpriseUrl>$host/services/Soap/c/67.0/" . substr(Org::id('Organization'), 0, 15) . "</EnterpriseUrl>\n   <PartnerUrl>$host/services/Soap/u/67.0/" . substr(Org::id('Organization'), 0, 15) . "</PartnerUrl>\n";
		$told = 0;
		foreach ($notifications as $one) {
			$row = $this->store->row('SELECT * FROM ' . Schema::objects()[$rule['object']]['table'] . ' WHERE Id = ?', [$one['record_id']]);
			if ($row === null || !empty($row['IsDeleted'])) {
				continue;
			}
			$told++;
			$xml .= "   <Notification>\n    <Id>{$one['notification_id']}</Id>\n    <sObject xsi:type=\"sf:{$rule['object']}\" xmlns:sf=\"urn:sobject.enterprise.soap.sforce.com\">\n";
			foreach (explode(',', $rule['fields']) as $name) {
				$value = Records::outgoing($rule['object'], $name, $row[$name]);
				// What is null is left out.
				if ($value !== null) {
					$xml .= "     <sf:$name>" . $escape(match (true) {
						is_bool($value) => $value ? 'true' : 'false',
						Schema::objects()[$rule['object']]['fields'][$name]['type'] === 'datetime' => str_replace('+0000', 'Z', $value),
						default => (string) $value,
					}) . "</sf:$name>\n";
				}
			}
			$xml .= "    </sObject>\n   </Notification>\n";
		}
		return $told === 0 ? null : $xml . "  </notifications>\n </soapenv:Body>\n</soapenv:Envelope>";
	}
}
