<?php
declare(strict_types=1);

namespace SalesforceEmulator;

/**
 * What follows from a record that was written, in the same transaction: what fails is no change, and tells nobody. Outbound Messages wait in
 * their queue; change events go onto the bus, where they stay for 72 hours.
 */
final class Changes
{
	public const CREATE = 'CREATE', UPDATE = 'UPDATE', DELETE = 'DELETE', UNDELETE = 'UNDELETE';
	public const RETENTION = 259200;

	/** Fields that a change event has as one with parts. */
	private const COMPOUND = [
		'Contact' => ['Name' => ['Salutation' => 'Salutation', 'FirstName' => 'FirstName', 'LastName' => 'LastName'], 'MailingAddress' => ['Street' => 'MailingStreet', 'City' => 'MailingCity', 'State' => 'MailingState', 'PostalCode' => 'MailingPostalCode', 'Country' => 'MailingCountry']],
		'User' => ['Name' => ['FirstName' => 'FirstName', 'LastName' => 'LastName'], 'Address' => ['Street' => 'Street', 'City' => 'City', 'State' => 'State', 'PostalCode' => 'PostalCode', 'Country' => 'Country']],
		'Account' => ['BillingAddress' => ['Street' => 'BillingStreet', 'City' => 'BillingCity', 'State' => 'BillingState', 'PostalCode' => 'BillingPostalCode', 'Country' => 'BillingCountry']],
	];
	/** What is derived or of the system is in no event. */
	private const LEFT_OUT = ['Id', 'IsDeleted', 'SystemModstamp'];

	public function __construct(private readonly Context $context)
	{
	}

	/** @param array<string, mixed> $old as the table had it @param array<string, mixed> $new as it has it now */
	public function wrote(string $change, string $object, array $old, array $new): void
	{
		if ($change === self::CREATE || $change === self::UPDATE) {
			(new Outbound($this->context->store))->queue($object, $new['Id']);
		}
		if ($this->context->store->value('SELECT object FROM captured WHERE object = ?', [$object]) !== null) {
			$this->publish($change, $object, $old, $new);
		}
	}

	private function publish(string $change, string $object, array $old, array $new): void
	{
		[$fields, $changed] = $change === self::DELETE ? [[], []] : $this->fields($object, $change === self::UPDATE ? $old : [], $new, $change === self::UPDATE);
		$store = $this->context->store;
		// The same change of several records in one transaction is one event.
		$last = $store->row('SELECT replay_id, event FROM change_events WHERE transaction_key = ? ORDER BY replay_id DESC LIMIT 1', [$this->context->transaction()]);
		if ($last !== null) {
			$event = json_decode($last['event'], true);
			$header = $event['payload']['ChangeEventHeader'];
			if ($header['entityName'] === $object && $header['changeType'] === $change && array_diff_key($event['payload'], ['ChangeEventHeader' => 1]) === $fields) {
				$event['payload']['ChangeEventHeader']['recordIds'][] = $new['Id'];
				$store->run('UPDATE change_events SET event = ? WHERE replay_id = ?', [self::json($event), $last['replay_id']]);
				return;
			}
		}
		$origin = "com/salesforce/api/rest/{$this->context->version}" . ($this->context->client === '' ? '' : ";client={$this->context->client}");
		self::put($store, $object, $change, [$new['Id']], $fields, $changed, $origin, $this->context->userId, $this->context->transaction(), $this->context->nextInTransaction());
	}

	/** @param list<string> $ids @param array<string, mixed> $fields @param list<string> $changed */
	public static function put(Store $store, string $object, string $change, array $ids, array $fields, array $changed, string $origin, string $user, string $transaction, int $sequence): int
	{
		$now = microtime(true);
		// Ids ascend, and are not contiguous.
		$replay = (int) $store->value("INSERT INTO sequences (prefix, number) VALUES ('replay', 1000) ON CONFLICT (prefix) DO UPDATE SET number = number + 1 + abs(random() % 4) RETURNING number");
		$event = [
			'schema' => rtrim(strtr(base64_encode(md5($object, true)), '+/', '-_'), '='),
			'payload' => $fields + ['ChangeEventHeader' => [
				'commitNumber' => (int) ($now * 1000000),
				'commitUser' => $user,
				'sequenceNumber' => $sequence,
				'entityName' => $object,
				'changeType' => $change,
				'changedFields' => $changed,
				'changeOrigin' => $origin,
				'transactionKey' => $transaction,
				'commitTimestamp' => (int) $now * 1000,
				'recordIds' => $ids,
			]],
			'event' => ['replayId' => $replay],
		];
		$store->run('INSERT INTO change_events (replay_id, object, transaction_key, at, event) VALUES (?, ?, ?, ?, ?)', [$replay, $object, $transaction, (int) $now, self::json($event)]);
		return $replay;
	}

	/** @return array{0: array<string, mixed>, 1: list<string>} the fields as an event has them, and the names of those that changed */
	private function fields(string $object, array $old, array $new, bool $update): array
	{
		$parts = [];
		foreach (self::COMPOUND[$object] ?? [] as $whole => $pieces) {
			foreach ($pieces as $part => $field) {
				$parts[$field] = [$whole, $part];
			}
		}
		$fields = $changed = [];
		foreach (Schema::objects()[$object]['fields'] as $name => $definition) {
			$before = $old[$name] ?? null;
			$after = $new[$name] ?? null;
			if (in_array($name, self::LEFT_OUT, true) || isset(self::COMPOUND[$object][$name]) || ($update ? $before === $after && $name !== 'LastModifiedDate' : $after === null)) {
				continue;
			}
			$value = Records::outgoing($object, $name, $after);
			if ($definition['type'] === 'datetime' && $value !== null) {
				$value = str_replace('+0000', 'Z', $value);
			}
			if (isset($parts[$name])) {
				[$whole, $part] = $parts[$name];
				$fields[$whole][$part] = $value;
				$changed[] = "$whole.$part";
			} else {
				$fields[$name] = $value;
				$changed[] = $name;
			}
		}
		return [$fields, $update ? $changed : []];
	}

	private static function json(array $event): string
	{
		return json_encode($event, JSON_UNESCAPED_SLASHES | JSON_UNESCAPED_UNICODE | JSON_THROW_ON_ERROR);
	}
}
