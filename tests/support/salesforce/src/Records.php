<?php
declare(strict_types=1);

namespace SalesforceEmulator;

/** Create, retrieve, update, upsert and delete of one record, with what the platform checks for every object. */
final class Records
{
	private readonly Store $store;

	public function __construct(private readonly Context $context)
	{
		$this->store = $context->store;
	}

	/** @return string the new id */
	public function create(string $object, array $body, array $preset = []): string
	{
		return $this->store->transaction(function () use ($object, $body, $preset): string {
			$row = $preset + $this->incoming($object, $body, true);
			$this->requirePresent($object, $row, true);
			foreach (Schema::objects()[$object]['fields'] as $name => $field) {
				if (array_key_exists('default', $field)) {
					$row[$name] ??= (int) $field['default'];
				}
				if (isset($field['owner'])) {
					$row[$name] ??= $this->context->userId;
				}
			}
			$this->context->wrote($object, $object === 'User' && !isset($row['UserRoleId']));
			$row['Id'] = $this->store->nextId(Schema::objects()[$object]['prefix']);
			$this->checkReferences($object, $row, $row);
			if ($object === 'User') {
				$row = (new UserRules($this->context))->beforeCreate($row);
			}
			$this->checkUnique($object, $row, null);
			if ($object === 'Contact') {
				$this->checkDuplicateRule($row);
			}
			$now = Store::now();
			$row += ['CreatedDate' => $now, 'CreatedById' => $this->context->userId, 'LastModifiedDate' => $now, 'LastModifiedById' => $this->context->userId, 'SystemModstamp' => $now];
			$row = $this->derived($object, $row);
			$names = array_keys($row);
			$this->store->run('INSERT INTO ' . $this->table($object) . ' (' . implode(', ', $names) . ') VALUES (' . implode(', ', array_fill(0, count($names), '?')) . ')', array_values($row));
			if ($object === 'User') {
				(new UserRules($this->context))->afterCreate($row);
			}
			(new Changes($this->context))->wrote(Changes::CREATE, $object, [], $row);
			return $row['Id'];
		});
	}

	public function update(string $object, string $id, array $body): void
	{
		$this->store->transaction(function () use ($object, $id, $body): void {
			$old = $this->existing($object, $id);
			$changes = $this->incoming($object, $body, false);
			$this->requirePresent($object, $changes, false);
			$this->context->wrote($object, $object === 'User' && !array_intersect(array_keys($changes), UserRules::SETUP_FIELDS));
			$new = array_merge($old, $changes);
			$this->checkReferences($object, $changes, $new);
			if ($object === 'User') {
				$new = (new UserRules($this->context))->beforeUpdate($old, $new);
			}
			$this->checkUnique($object, $new, $old);
			$now = Store::now();
			$new = array_merge($new, ['LastModifiedDate' => $now, 'LastModifiedById' => $this->context->userId, 'SystemModstamp' => $now]);
			$new = $this->derived($object, $new);
			$sets = implode(', ', array_map(static fn (string $name): string => "$name = ?", array_keys($new)));
			$this->store->run('UPDATE ' . $this->table($object) . " SET $sets WHERE Id = ?", [...array_values($new), $id]);
			if ($object === 'User') {
				(new UserRules($this->context))->afterUpdate($old, $new);
			}
			(new Changes($this->context))->wrote(Changes::UPDATE, $object, $old, $new);
		});
	}

	/** @return array{id: string, created: bool} */
	public function upsert(string $object, string $field, string $value, array $body, bool $updateOnly = false): array
	{
		return $this->store->transaction(function () use ($object, $field, $value, $body, $updateOnly): array {
			foreach (array_keys($body) as $name) {
				foreach (['Id', $field] as $forbidden) {
					if (strcasecmp((string) $name, $forbidden) === 0) {
						throw ApiError::of(400, 'INVALID_FIELD', "The $forbidden field should not be specified in the sobject data.");
					}
				}
			}
			$ids = $this->idsBy($object, $field, $value);
			if (count($ids) > 1) {
				throw new MultipleChoices(array_map(fn (string $id): string => $this->context->url("sobjects/$object/$id"), $ids));
			}
			if ($ids === []) {
				if ($updateOnly) {
					throw ApiError::notFound();
				}
				$definition = Schema::objects()[$object]['fields'][$field];
				return ['id' => $this->create($object, $body, [$field => $this->text($field, $definition, $value)]), 'created' => true];
			}
			$this->update($object, $ids[0], $body);
			return ['id' => $ids[0], 'created' => false];
		});
	}

	public function delete(string $object, string $id): void
	{
		$this->store->transaction(function () use ($object, $id): void {
			$this->existing($object, $id);
			$this->context->wrote($object, false);
			$contacts = match ($object) {
				'Contact' => [$id],
				'Account' => array_column($this->store->all('SELECT Id FROM contacts WHERE AccountId = ? AND IsDeleted = 0', [$id]), 'Id'),
			};
			foreach ($contacts as $contact) {
				$user = $this->store->value('SELECT Name FROM users WHERE ContactId = ?', [$contact]);
				if ($user !== null) {
					throw ApiError::record('DELETE_FAILED', "Your attempt to delete the record could not be completed because it is associated with the following portal users.: $user");
				}
			}
			// The recycle bin: the record stays, and is gone for everybody who doesn't ask for deleted ones.
			$now = Store::now();
			foreach ($contacts as $contact) {
				$this->store->run('UPDATE contacts SET IsDeleted = 1, SystemModstamp = ? WHERE Id = ?', [$now, $contact]);
				(new Changes($this->context))->wrote(Changes::DELETE, 'Contact', [], ['Id' => $contact]);
			}
			if ($object === 'Account') {
				$this->store->run('UPDATE accounts SET IsDeleted = 1, SystemModstamp = ? WHERE Id = ?', [$now, $id]);
				(new Changes($this->context))->wrote(Changes::DELETE, 'Account', [], ['Id' => $id]);
			}
		});
	}

	/** @param list<string>|null $fields */
	public function retrieve(string $object, string $id, ?array $fields): array
	{
		$row = $this->store->row('SELECT * FROM ' . $this->table($object) . ' WHERE Id = ?', [$id]);
		if ($row === null) {
			throw ApiError::notFound();
		}
		if (!empty($row['IsDeleted'])) {
			throw ApiError::record('ENTITY_IS_DELETED', 'entity is deleted', [], 404);
		}
		$names = array_keys(Schema::objects()[$object]['fields']);
		if ($fields !== null) {
			$names = [];
			foreach ($fields as $asked) {
				$name = Schema::field($object, $asked) ?? throw ApiError::of(400, 'INVALID_FIELD', self::noSuchColumn($asked, $object));
				$names[$name] = $name;
			}
			if (!isset($names['Id'])) {
				$names['Id'] = 'Id';
			}
		}
		$result = ['attributes' => ['type' => $object, 'url' => $this->context->url("sobjects/$object/$id")]];
		foreach ($names as $name) {
			$result[$name] = self::outgoing($object, $name, $row[$name]);
		}
		return $result;
	}

	/** @return list<string> */
	public function idsBy(string $object, string $field, string $value): array
	{
		$alive = isset(Schema::objects()[$object]['fields']['IsDeleted']) ? ' AND IsDeleted = 0' : '';
		return array_column($this->store->all('SELECT Id FROM ' . $this->table($object) . " WHERE $field = ?$alive ORDER BY Id", [$value]), 'Id');
	}

	public static function outgoing(string $object, string $field, mixed $value): mixed
	{
		return $value === null ? null : match (Schema::objects()[$object]['fields'][$field]['type']) {
			'boolean' => (bool) $value,
			'int' => (int) $value,
			default => (string) $value,
		};
	}

	public static function noSuchColumn(string $name, string $object): string
	{
		return "No such column '$name' on entity '$object'. If you are attempting to use a custom field, be sure to append the '__c' after the custom field name. Please reference your WSDL or the describe call for the appropriate names.";
	}

	private function table(string $object): string
	{
		return Schema::objects()[$object]['table'];
	}

	private function existing(string $object, string $id): array
	{
		$names = implode(', ', array_keys(Schema::objects()[$object]['fields']));
		$row = $this->store->row("SELECT $names FROM {$this->table($object)} WHERE Id = ?", [$id]);
		if ($row === null) {
			throw ApiError::record('INVALID_CROSS_REFERENCE_KEY', 'invalid cross reference id', [], 404);
		}
		if (!empty($row['IsDeleted'])) {
			throw ApiError::record('ENTITY_IS_DELETED', 'entity is deleted', [], 404);
		}
		return $row;
	}

	/** The body, checked against the fields and with canonical names; values as the tables hold them. */
	private function incoming(string $object, array $body, bool $creating): array
	{
		$row = [];
		$readOnly = [];
		foreach ($body as $given => $value) {
			$given = (string) $given;
			if ($given === 'attributes') {
				if (!is_array($value) || (isset($value['type']) && Schema::find((string) $value['type']) !== $object)) {
					throw ApiError::of(400, 'INVALID_INPUT', "SObject type of the attributes does not match $object");
				}
				continue;
			}
			if (strcasecmp($given, 'Id') === 0) {
				throw $creating
					? ApiError::record('INVALID_FIELD_FOR_INSERT_UPDATE', 'cannot specify Id in an insert call', ['Id'])
					: ApiError::of(400, 'INVALID_FIELD', 'The Id field should not be specified in the sobject data.');
			}
			$name = Schema::field($object, $given);
			if ($name === null) {
				$reference = Schema::relationship($object, $given);
				if ($reference === null) {
					throw ApiError::of(400, 'INVALID_FIELD', "No such column '$given' on sobject of type $object");
				}
				$value = $this->foreignKey($object, $reference, $value);
				$name = $reference;
			}
			$field = Schema::objects()[$object]['fields'][$name];
			if (!$field[$creating ? 'c' : 'u']) {
				$readOnly[] = $name;
				continue;
			}
			$row[$name] = $this->value($object, $name, $field, $value);
		}
		if ($readOnly !== []) {
			throw ApiError::record('INVALID_FIELD_FOR_INSERT_UPDATE', 'Unable to create/update fields: ' . implode(', ', $readOnly) . '. Please check the security settings of this field and verify that it is read/write for your profile or permission set.', $readOnly);
		}
		return $row;
	}

	/** `"Contact": {"WP_User_Id__c": "…"}`: the other record by its External ID. */
	private function foreignKey(string $object, string $reference, mixed $value): ?string
	{
		$target = Schema::objects()[$object]['fields'][$reference]['to'];
		if (!is_array($value) || array_is_list($value)) {
			throw self::notDeserializable('reference', $value);
		}
		unset($value['attributes']);
		if (count($value) !== 1) {
			throw ApiError::of(400, 'INVALID_FIELD', "The relationship $reference needs exactly one External ID of $target");
		}
		$given = (string) array_key_first($value);
		$field = Schema::field($target, $given) ?? throw ApiError::of(400, 'INVALID_FIELD', "No such column '$given' on sobject of type $target");
		if (!isset(Schema::objects()[$target]['fields'][$field]['lookup'])) {
			throw ApiError::of(400, 'INVALID_FIELD', "$field is not an External ID or indexed field for $target");
		}
		$external = (string) $value[$given];
		$ids = $this->idsBy($target, $field, $external);
		if (count($ids) !== 1) {
			throw ApiError::record('INVALID_FIELD', $ids === []
				? "Foreign key external ID: $external not found for field $field in entity $target"
				: "More than one record found for external id field: [" . implode(', ', $ids) . ']', []);
		}
		return $ids[0];
	}

	private function value(string $object, string $name, array $field, mixed $value): string|int|null
	{
		if (is_array($value)) {
			throw self::notDeserializable($field['type'] === 'boolean' ? 'boolean' : 'string', $value);
		}
		if ($field['type'] === 'boolean') {
			if ($value === null) {
				throw ApiError::record('INVALID_TYPE_ON_FIELD_IN_RECORD', "$name: value not of required type: null", [$name]);
			}
			if (is_string($value) && in_array(strtolower($value), ['true', 'false'], true)) {
				return strtolower($value) === 'true' ? 1 : 0;
			}
			if (!is_bool($value)) {
				throw self::notDeserializable('boolean', $value);
			}
			return (int) $value;
		}
		if ($value !== null && !is_string($value)) {
			throw self::notDeserializable('string', $value);
		}
		// Salesforce trims, and knows no difference between nothing and an empty text.
		if ($value !== null) {
			$value = trim($value, " \t\n\r\0\x0B");
		}
		if ($value === null || $value === '') {
			return null;
		}
		return $this->text($name, $field, $value);
	}

	private function text(string $name, array $field, string $value): string
	{
		$label = $field['label'] ?? $name;
		if ($field['type'] === 'reference') {
			$id = RecordId::normalize($value);
			if ($id === null || RecordId::prefix($id) !== Schema::objects()[$field['to']]['prefix']) {
				throw ApiError::record('MALFORMED_ID', "$label: id value of incorrect type: $value", [$name]);
			}
			return $id;
		}
		if (isset($field['restricted'])) {
			if (!in_array($value, $field['restricted'], true)) {
				throw ApiError::record('INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST', "$label: bad value for restricted picklist field: $value", [$name]);
			}
			return $value;
		}
		// (counting is slow, and a text has no more characters than bytes)
		if (strlen($value) > $field['length'] && iconv_strlen($value, 'UTF-8') > $field['length']) {
			throw ApiError::record('STRING_TOO_LONG', "$label: data value too large: $value (max length={$field['length']})", [$name]);
		}
		if ($field['type'] === 'email' && !self::isEmail($value)) {
			throw ApiError::record('INVALID_EMAIL_ADDRESS', "$label: invalid email address: $value", [$name]);
		}
		return $value;
	}

	public static function isEmail(string $value): bool
	{
		return preg_match('~^[A-Za-z0-9.!#$%&\'*+/=?^_`{|}\~-]+@[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)+$~D', $value) === 1
			&& !str_contains($value, '..') && !str_starts_with($value, '.') && !str_contains($value, '.@');
	}

	private static function notDeserializable(string $type, mixed $value): ApiError
	{
		[$token, $shown] = match (true) {
			is_int($value) => ['VALUE_NUMBER_INT', (string) $value],
			is_float($value) => ['VALUE_NUMBER_FLOAT', (string) $value],
			is_bool($value) => [$value ? 'VALUE_TRUE' : 'VALUE_FALSE', $value ? 'true' : 'false'],
			is_array($value) => array_is_list($value) && $value !== [] ? ['START_ARRAY', '['] : ['START_OBJECT', '{'],
			default => ['VALUE_STRING', (string) $value],
		};
		return ApiError::of(400, 'JSON_PARSER_ERROR', "Cannot deserialize instance of $type from $token value $shown or request may be missing a required field at [line:1, column:1]");
	}

	private function requirePresent(string $object, array $row, bool $creating): void
	{
		$missing = [];
		foreach (Schema::objects()[$object]['fields'] as $name => $field) {
			$given = array_key_exists($name, $row);
			if (isset($field['required']) && ($given ? $row[$name] === null : $creating)) {
				$missing[] = $name;
			}
			if (isset($field['notnull']) && !$creating && $given && $row[$name] === null) {
				$missing[] = $name;
			}
		}
		if ($missing !== []) {
			throw ApiError::record('REQUIRED_FIELD_MISSING', 'Required fields are missing: [' . implode(', ', $missing) . ']', $missing);
		}
	}

	private function checkReferences(string $object, array $changes, array $whole): void
	{
		foreach (Schema::objects()[$object]['fields'] as $name => $field) {
			if ($field['type'] !== 'reference' || !isset($changes[$name])) {
				continue;
			}
			$target = $this->store->row('SELECT * FROM ' . $this->table($field['to']) . ' WHERE Id = ?', [$changes[$name]]);
			if ($target === null) {
				throw ApiError::record('INVALID_CROSS_REFERENCE_KEY', 'invalid cross reference id', []);
			}
			if (!empty($target['IsDeleted'])) {
				throw ApiError::record('ENTITY_IS_DELETED', 'entity is deleted', []);
			}
			if (isset($field['owner']) && !$target['IsActive']) {
				throw ApiError::record('INACTIVE_OWNER_OR_USER', "operation performed with inactive user [{$target['Id']}] as owner of " . strtolower($object), ['OwnerId']);
			}
			if ($name === 'ParentId' && $changes[$name] === $whole['Id']) {
				throw ApiError::record('CIRCULAR_DEPENDENCY', 'attempt to create a circular dependency', []);
			}
		}
	}

	private function checkUnique(string $object, array $row, ?array $old): void
	{
		foreach (Schema::objects()[$object]['fields'] as $name => $field) {
			$unique = isset($field['unique']) || (isset($field['external']) && $this->store->number('external_id_unique') === 1);
			if (!$unique || !isset($row[$name]) || ($old !== null && $old[$name] === $row[$name])) {
				continue;
			}
			$other = $this->store->value("SELECT Id FROM {$this->table($object)} WHERE $name = ? AND Id <> ?", [$row[$name], $row['Id']]);
			if ($other !== null) {
				throw ApiError::record('DUPLICATE_VALUE', "duplicate value found: $name duplicates value on record with id: " . substr($other, 0, 15), []);
			}
		}
	}

	/** The standard duplicate rule of contacts, in short: the same e-mail address and last name; it warns, and the API must say that it wants to save. */
	private function checkDuplicateRule(array $row): void
	{
		if ($this->store->number('duplicate_rule') !== 1 || $this->context->allowDuplicates || !isset($row['Email'])) {
			return;
		}
		$found = array_column($this->store->all('SELECT Id FROM contacts WHERE Email = ? AND LastName = ? AND IsDeleted = 0', [$row['Email'], $row['LastName']]), 'Id');
		if ($found === []) {
			return;
		}
		throw new ApiError(400, [[
			'duplicateResult' => [
				'allowSave' => true,
				'duplicateRule' => 'Standard_Contact_Duplicate_Rule',
				'duplicateRuleEntityType' => 'Contact',
				'errorMessage' => 'Use one of these records?',
				'matchResults' => [[
					'entityType' => 'Contact',
					'errors' => [],
					'matchEngine' => 'FuzzyMatchEngine',
					'matchRecords' => array_map(fn (string $id): array => ['additionalInformation' => [], 'fieldDiffs' => [], 'matchConfidence' => 100.0, 'record' => ['attributes' => ['type' => 'Contact', 'url' => "/services/data/v{$this->context->version}/sobjects/Contact/$id"], 'Id' => $id]], $found),
					'rule' => 'Standard_Contact_Match_Rule_v1_0',
					'size' => count($found),
					'success' => true,
				]],
			],
			'errorCode' => 'DUPLICATES_DETECTED',
			'message' => 'Use one of these records?',
		]]);
	}

	private function derived(string $object, array $row): array
	{
		if ($object !== 'Account') {
			$row['Name'] = trim(($row['FirstName'] ?? '') . ' ' . $row['LastName']);
		}
		return $row;
	}
}
