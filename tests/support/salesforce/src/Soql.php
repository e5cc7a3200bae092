<?php
declare(strict_types=1);

namespace SalesforceEmulator;

/**
 * SOQL: SELECT fields (parents by dots, up to five levels) or COUNT() FROM object [alias] [WHERE] [ORDER BY] [LIMIT] [OFFSET].
 * It is parsed by SOQL's own grammar and compiled to SQL whose values are all bound.
 */
final class Soql
{
	private const RESERVED = ['SELECT', 'FROM', 'WHERE', 'AND', 'OR', 'NOT', 'LIKE', 'IN', 'ORDER', 'BY', 'LIMIT', 'OFFSET', 'ASC', 'DESC', 'NULLS', 'GROUP', 'HAVING', 'FOR', 'WITH', 'USING', 'NULL', 'TRUE', 'FALSE'];

	/** @var list<array{0: string, 1: string, 2: int}> kind, text, position */
	private array $tokens = [];
	private int $at = 0;
	private string $object = '';
	private string $alias = '';
	private bool $count = false;
	/** @var array<string, array{object: string, sql: string, parent: string, on: string}> by relationship path */
	private array $joins = [];
	/** @var list<array{path: string, field: string, object: string}> */
	private array $fields = [];
	private string $where = '';
	private array $values = [];
	private string $order = '';
	private ?int $limit = null;
	private int $offset = 0;

	private function __construct(private readonly string $text, private readonly Store $store)
	{
	}

	public static function parse(string $text, Store $store): self
	{
		$query = new self($text, $store);
		$query->tokenize();
		$query->statement();
		return $query;
	}

	public function isCount(): bool
	{
		return $this->count;
	}

	public function object(): string
	{
		return $this->object;
	}

	/** Has it an OFFSET? */
	public function skips(): bool
	{
		return $this->offset > 0;
	}

	/** As a bulk query gives them: the names of the columns, then row after row as texts, without holding them all. @return \Generator<int, list<string>> */
	public function rows(bool $deletedToo): \Generator
	{
		yield array_map(static fn (array $field): string => ltrim($field['path'] . '.' . $field['field'], '.'), $this->fields);
		$from = Schema::objects()[$this->object]['table'] . ' AS t0';
		foreach ($this->joins as $join) {
			$from .= ' LEFT JOIN ' . Schema::objects()[$join['object']]['table'] . " AS {$join['sql']} ON {$join['sql']}.Id = {$join['on']}";
		}
		$conditions = array_filter([!$deletedToo && isset(Schema::objects()[$this->object]['fields']['IsDeleted']) ? 't0.IsDeleted = 0' : '', $this->where]);
		$columns = array_map(fn (array $field): string => $this->column($field['path'], $field['field']), $this->fields);
		$statement = $this->store->pdo->prepare('SELECT ' . implode(', ', $columns) . " FROM $from" . ($conditions === [] ? '' : ' WHERE ' . implode(' AND ', $conditions)) . " ORDER BY {$this->order}t0.Id LIMIT " . ($this->limit ?? -1));
		$statement->execute($this->values);
		while (($row = $statement->fetch(\PDO::FETCH_NUM)) !== false) {
			foreach ($this->fields as $i => $field) {
				$value = Records::outgoing($field['object'], $field['field'], $row[$i]);
				$row[$i] = is_bool($value) ? ($value ? 'true' : 'false') : (string) $value;
			}
			yield $row;
		}
	}

	/** @return list<array<string, mixed>>|int the records as the API shows them, or the number of them for COUNT() */
	public function execute(Context $context, bool $deletedToo): array|int
	{
		$from = Schema::objects()[$this->object]['table'] . ' AS t0';
		foreach ($this->joins as $join) {
			$from .= ' LEFT JOIN ' . Schema::objects()[$join['object']]['table'] . " AS {$join['sql']} ON {$join['sql']}.Id = {$join['on']}";
		}
		$conditions = [];
		if (!$deletedToo && isset(Schema::objects()[$this->object]['fields']['IsDeleted'])) {
			$conditions[] = 't0.IsDeleted = 0';
		}
		if ($this->where !== '') {
			$conditions[] = $this->where;
		}
		$where = $conditions === [] ? '' : ' WHERE ' . implode(' AND ', $conditions);
		if ($this->count) {
			$n = (int) $context->store->value("SELECT COUNT(*) FROM $from$where", $this->values);
			return $this->limit === null ? $n : min($n, $this->limit);
		}
		$columns = ['t0.Id AS k0'];
		foreach (array_values($this->joins) as $i => $join) {
			$columns[] = "{$join['sql']}.Id AS k" . ($i + 1);
		}
		foreach ($this->fields as $i => $field) {
			$columns[] = $this->column($field['path'], $field['field']) . " AS f$i";
		}
		$sql = 'SELECT ' . implode(', ', $columns) . " FROM $from$where ORDER BY {$this->order}t0.Id LIMIT " . ($this->limit ?? -1) . ' OFFSET ' . $this->offset;

		$paths = array_keys($this->joins);
		$records = [];
		foreach ($context->store->all($sql, $this->values) as $row) {
			$record = ['attributes' => self::attributes($context, $this->object, $row['k0'])];
			foreach ($this->fields as $i => $field) {
				$value = Records::outgoing($field['object'], $field['field'], $row["f$i"]);
				$target = &$record;
				$path = '';
				$missing = false;
				foreach ($field['path'] === '' ? [] : explode('.', $field['path']) as $step) {
					$path = ltrim("$path.$step", '.');
					$key = $row['k' . (array_search($path, $paths, true) + 1)];
					if ($key === null) {
						$target[$step] = null;
						$missing = true;
						break;
					}
					$target[$step] ??= ['attributes' => self::attributes($context, $this->joins[$path]['object'], $key)];
					$target = &$target[$step];
				}
				if (!$missing) {
					$target[$field['field']] = $value;
				}
				unset($target);
			}
			$records[] = $record;
		}
		return $records;
	}

	private static function attributes(Context $context, string $object, string $id): array
	{
		return ['type' => $object, 'url' => $context->url("sobjects/$object/$id")];
	}

	private function tokenize(): void
	{
		$length = strlen($this->text);
		$at = 0;
		while ($at < $length) {
			if (preg_match('/\G\s+/A', $this->text, $m, 0, $at) === 1) {
				$at += strlen($m[0]);
				continue;
			}
			$kinds = [
				'string' => "/\\G'(?:[^'\\\\]++|\\\\.)*+'/As",
				'date' => '/\G\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:?\d{2}))?(?![A-Za-z0-9])/A',
				'number' => '/\G[+-]?\d+(?:\.\d+)?(?![A-Za-z0-9_])/A',
				'name' => '/\G[A-Za-z][A-Za-z0-9_]*/A',
				'operator' => '/\G(?:!=|<>|<=|>=|[=<>(),.:])/A',
			];
			$found = false;
			foreach ($kinds as $kind => $pattern) {
				if (preg_match($pattern, $this->text, $m, 0, $at) === 1) {
					$this->tokens[] = [$kind, $m[0], $at];
					$at += strlen($m[0]);
					$found = true;
					break;
				}
			}
			if (!$found) {
				$this->malformed($at, $this->text[$at] === "'" ? 'line 1:' . $at . " mismatched character '<EOF>' expecting '''" : 'line 1:' . $at . " no viable alternative at character '{$this->text[$at]}'");
			}
		}
		$this->tokens[] = ['end', '<EOF>', $length];
	}

	private function malformed(int $position, string $message, string $code = 'MALFORMED_QUERY'): never
	{
		$before = substr($this->text, 0, $position);
		$row = substr_count($before, "\n") + 1;
		$start = $row === 1 ? 0 : strrpos($before, "\n") + 1;
		$column = $position - $start + 1;
		$from = max($start, $position - 30);
		$shown = substr($this->text, $from, strcspn(substr($this->text, $from), "\n"));
		throw ApiError::of(400, $code, "\n" . substr($shown, 0, 80) . "\n" . str_repeat(' ', $position - $from) . "^\nERROR at Row:$row:Column:$column\n$message");
	}

	private function unexpected(): never
	{
		[, $text, $position] = $this->tokens[$this->at];
		$this->malformed($position, "unexpected token: '$text'");
	}

	private function isWord(string $word, int $ahead = 0): bool
	{
		$token = $this->tokens[$this->at + $ahead] ?? ['end', '', 0];
		return $token[0] === 'name' && strcasecmp($token[1], $word) === 0;
	}

	private function takeWord(string $word): bool
	{
		if ($this->isWord($word)) {
			$this->at++;
			return true;
		}
		return false;
	}

	private function expectWord(string $word): void
	{
		$this->takeWord($word) || $this->unexpected();
	}

	private function takeOperator(string $operator): bool
	{
		if ($this->tokens[$this->at][0] === 'operator' && $this->tokens[$this->at][1] === $operator) {
			$this->at++;
			return true;
		}
		return false;
	}

	private function expectOperator(string $operator): void
	{
		$this->takeOperator($operator) || $this->unexpected();
	}

	/** @return array{0: list<string>, 1: int} the names of a dotted path, and where it stands */
	private function path(): array
	{
		$names = [];
		$position = $this->tokens[$this->at][2];
		do {
			[$kind, $text] = $this->tokens[$this->at];
			if ($kind !== 'name' || in_array(strtoupper($text), self::RESERVED, true)) {
				$this->unexpected();
			}
			$names[] = $text;
			$this->at++;
		} while ($this->takeOperator('.'));
		return [$names, $position];
	}

	private function wholeNumber(): int
	{
		[$kind, $text] = $this->tokens[$this->at];
		if ($kind !== 'number' || !ctype_digit($text)) {
			$this->unexpected();
		}
		$this->at++;
		return (int) $text;
	}

	private function statement(): void
	{
		$this->expectWord('SELECT');
		$selected = [];
		if ($this->isWord('COUNT') && $this->tokens[$this->at + 1][1] === '(') {
			$this->at += 2;
			$this->expectOperator(')');
			$this->count = true;
		} else {
			do {
				$selected[] = $this->path();
				if ($this->tokens[$this->at][1] === '(') {
					$this->unexpected();
				}
			} while ($this->takeOperator(','));
		}
		$this->expectWord('FROM');
		[$kind, $name, $position] = $this->tokens[$this->at];
		if ($kind !== 'name') {
			$this->unexpected();
		}
		$this->at++;
		$object = Schema::find($name);
		if ($object === null) {
			$this->malformed($position, "sObject type '$name' is not supported. If you are attempting to use a custom object, be sure to append the '__c' after the entity name. Please reference your WSDL or the describe call for the appropriate names.", 'INVALID_TYPE');
		}
		$this->object = $object;
		if ($this->tokens[$this->at][0] === 'name' && !in_array(strtoupper($this->tokens[$this->at][1]), self::RESERVED, true)) {
			$this->alias = $this->tokens[$this->at][1];
			$this->at++;
		}
		$seen = [];
		foreach ($selected as [$names, $where]) {
			$field = $this->resolve($names, $where);
			$key = strtolower($field['path'] . '.' . $field['field']);
			if (isset($seen[$key])) {
				$this->malformed($where, "duplicate field selected: {$field['field']}");
			}
			$seen[$key] = true;
			$this->fields[] = $field;
		}
		if ($this->takeWord('WHERE')) {
			$this->where = '(' . $this->expression() . ')';
		}
		if ($this->takeWord('ORDER')) {
			$this->expectWord('BY');
			do {
				[$names, $where] = $this->path();
				$field = $this->resolve($names, $where);
				$direction = $this->takeWord('DESC') ? 'DESC' : 'ASC';
				if ($direction === 'ASC') {
					$this->takeWord('ASC');
				}
				// Nulls come first in SOQL, whatever the direction, unless told otherwise.
				$nulls = 'FIRST';
				if ($this->takeWord('NULLS')) {
					if ($this->takeWord('LAST')) {
						$nulls = 'LAST';
					} else {
						$this->expectWord('FIRST');
					}
				}
				$this->order .= $this->column($field['path'], $field['field']) . " $direction NULLS $nulls, ";
			} while ($this->takeOperator(','));
		}
		if ($this->takeWord('LIMIT')) {
			$this->limit = $this->wholeNumber();
		}
		if ($this->takeWord('OFFSET')) {
			$this->offset = $this->wholeNumber();
			if ($this->offset > 2000) {
				throw ApiError::of(400, 'NUMBER_OUTSIDE_VALID_RANGE', 'Maximum SOQL offset allowed is 2000');
			}
		}
		if ($this->tokens[$this->at][0] !== 'end') {
			$this->unexpected();
		}
	}

	/** @param list<string> $names @return array{path: string, field: string, object: string} */
	private function resolve(array $names, int $position): array
	{
		if (count($names) > 1 && ($names[0] === $this->alias || strcasecmp($names[0], $this->object) === 0) && Schema::relationship($this->object, $names[0]) === null) {
			array_shift($names);
		}
		$last = array_pop($names);
		$object = $this->object;
		$path = '';
		$alias = 't0';
		if (count($names) > 5) {
			$this->malformed($position, 'SOQL statements cannot reference more than 5 levels of parents');
		}
		foreach ($names as $name) {
			$reference = Schema::relationship($object, $name);
			if ($reference === null) {
				$this->malformed($position, "Didn't understand relationship '$name' in field path. If you are attempting to use a custom relationship, be sure to append the '__r' after the custom relationship name. Please reference your WSDL or the describe call for the appropriate names.", 'INVALID_FIELD');
			}
			$definition = Schema::objects()[$object]['fields'][$reference];
			$path = ltrim($path . '.' . $definition['rel'], '.');
			$this->joins[$path] ??= ['object' => $definition['to'], 'sql' => 't' . (count($this->joins) + 1), 'on' => "$alias.$reference"];
			$object = $definition['to'];
			$alias = $this->joins[$path]['sql'];
		}
		$field = Schema::field($object, $last);
		if ($field === null) {
			$this->malformed($position, Records::noSuchColumn($last, $object), 'INVALID_FIELD');
		}
		return ['path' => $path, 'field' => $field, 'object' => $object];
	}

	private function column(string $path, string $field): string
	{
		$alias = $path === '' ? 't0' : $this->joins[$path]['sql'];
		$object = $path === '' ? $this->object : $this->joins[$path]['object'];
		if ($object === 'UserLicense' && $field === 'UsedLicenses') {
			return "(SELECT COUNT(*) FROM users u JOIN profiles p ON p.Id = u.ProfileId WHERE p.UserLicenseId = $alias.Id AND u.IsActive = 1)";
		}
		if ($object === 'UserLicense' && $field === 'TotalLicenses') {
			return "(CASE $alias.Name WHEN 'Customer Community' THEN " . $this->store->number('licences') . " ELSE $alias.TotalLicenses END)";
		}
		return "$alias.$field";
	}

	/** AND and OR don't mix without parentheses. */
	private function expression(): string
	{
		$sql = $this->term();
		foreach (['AND', 'OR'] as $word) {
			if ($this->isWord($word)) {
				while ($this->takeWord($word)) {
					$sql .= " $word " . $this->term();
				}
				break;
			}
		}
		return $sql;
	}

	private function term(): string
	{
		if ($this->takeWord('NOT')) {
			// A comparison with nothing is false, so its negation is true.
			return 'NOT COALESCE(' . $this->term() . ', 0)';
		}
		if ($this->takeOperator('(')) {
			$sql = '(' . $this->expression() . ')';
			$this->expectOperator(')');
			return $sql;
		}
		return $this->comparison();
	}

	private function comparison(): string
	{
		[$names, $position] = $this->path();
		$field = $this->resolve($names, $position);
		$definition = Schema::objects()[$field['object']]['fields'][$field['field']];
		$column = $this->column($field['path'], $field['field']);
		$this->filterable($definition, $field['field'], $position);

		$negated = false;
		if ($this->isWord('NOT') && $this->isWord('IN', 1)) {
			$this->at++;
			$negated = true;
		}
		if ($this->takeWord('IN')) {
			$this->expectOperator('(');
			$list = [];
			$null = false;
			do {
				$value = $this->literal($definition, $field['field'], false);
				if ($value === null) {
					$null = true;
				} else {
					$this->values[] = $value;
					$list[] = '?';
				}
			} while ($this->takeOperator(','));
			$this->expectOperator(')');
			$in = '(' . ($list === [] ? '0' : "$column IN (" . implode(', ', $list) . ')') . ($null ? " OR $column IS NULL" : '') . ')';
			return $negated ? "NOT COALESCE($in, 0)" : $in;
		}
		if ($this->takeWord('LIKE')) {
			if (in_array($definition['type'], ['id', 'reference', 'boolean', 'int', 'date', 'datetime'], true)) {
				$this->malformed($position, "invalid operator on {$definition['type']} field", 'INVALID_QUERY_FILTER_OPERATOR');
			}
			$value = $this->literal($definition, $field['field'], true);
			if ($value === null) {
				return "$column IS NULL";
			}
			$this->values[] = $value;
			return "$column LIKE ? ESCAPE '\\'";
		}
		[$kind, $operator, $where] = $this->tokens[$this->at];
		if ($kind !== 'operator' || !in_array($operator, ['=', '!=', '<>', '<', '<=', '>', '>='], true)) {
			$this->unexpected();
		}
		$this->at++;
		$value = $this->literal($definition, $field['field'], false);
		if ($operator === '=' || $operator === '!=' || $operator === '<>') {
			// IS and IS NOT count nothing as a value: `Title != 'x'` finds those without a title too, as SOQL does.
			$this->values[] = $value;
			return "$column " . ($operator === '=' ? 'IS' : 'IS NOT') . ' ?';
		}
		if ($definition['type'] === 'boolean' || $value === null) {
			$this->malformed($where, "invalid operator on {$definition['type']} field", 'INVALID_QUERY_FILTER_OPERATOR');
		}
		$this->values[] = $value;
		return "$column $operator ?";
	}

	private function filterable(array $definition, string $field, int $position): void
	{
		if ($definition['type'] === 'textarea' && $definition['length'] > 255) {
			$this->malformed($position, "field '$field' can not be filtered in a query call", 'INVALID_FIELD');
		}
	}

	private function literal(array $definition, string $field, bool $like): string|int|float|null
	{
		[$kind, $text, $position] = $this->tokens[$this->at];
		if ($kind === 'name' && in_array(strtoupper($text), ['NULL', 'TRUE', 'FALSE'], true)) {
			$kind = strtolower($text) === 'null' ? 'null' : 'boolean';
		}
		if (!in_array($kind, ['string', 'date', 'number', 'null', 'boolean'], true)) {
			$this->unexpected();
		}
		$this->at++;
		if ($kind === 'null') {
			return null;
		}
		[$wanted, $type] = match ($definition['type']) {
			'boolean' => ['boolean', 'boolean'],
			'int' => ['number', 'int'],
			'date', 'datetime' => ['date', $definition['type'] === 'date' ? 'date' : 'dateTime'],
			default => ['string', $definition['type'] === 'id' || $definition['type'] === 'reference' ? 'id' : 'string'],
		};
		if ($kind !== $wanted || ($type === 'dateTime' && !str_contains($text, 'T')) || ($type === 'date' && str_contains($text, 'T'))) {
			$this->malformed($position, "value of filter criterion for field '$field' must be of type $type and should " . ($wanted === 'string' ? '' : 'not ') . 'be enclosed in quotes', 'INVALID_FIELD');
		}
		switch ($wanted) {
			case 'boolean':
				return strtolower($text) === 'true' ? 1 : 0;
			case 'number':
				return $text + 0;
			case 'date':
				if ($type === 'date') {
					return $text;
				}
				return (new \DateTimeImmutable($text))->setTimezone(new \DateTimeZone('UTC'))->format('Y-m-d\TH:i:s.v') . '+0000';
		}
		$value = $this->unescape($text, $position, $like);
		if ($value === '') {
			return null;
		}
		if ($type === 'id') {
			$id = RecordId::normalize($value);
			if ($id === null) {
				$this->malformed($position, "invalid ID field: $value", 'INVALID_QUERY_FILTER_OPERATOR');
			}
			return $id;
		}
		return $value;
	}

	private function unescape(string $quoted, int $position, bool $like): string
	{
		$value = '';
		$inside = substr($quoted, 1, -1);
		for ($i = 0, $n = strlen($inside); $i < $n; $i++) {
			if ($inside[$i] !== '\\') {
				$value .= $inside[$i];
				continue;
			}
			$escaped = $inside[++$i];
			$value .= match (true) {
				$escaped === 'n', $escaped === 'N' => "\n",
				$escaped === 'r', $escaped === 'R' => "\r",
				$escaped === 't', $escaped === 'T' => "\t",
				$escaped === 'b', $escaped === 'B' => "\x08",
				$escaped === 'f', $escaped === 'F' => "\f",
				$escaped === '"' || $escaped === "'" => $escaped,
				// In LIKE the text goes on as a pattern, in which the backslash keeps its meaning.
				$escaped === '\\' => $like ? '\\\\' : '\\',
				($escaped === '_' || $escaped === '%') && $like => '\\' . $escaped,
				default => $this->malformed($position, "Invalid string literal '" . substr($inside, 0, 200) . "'. Illegal character sequence '\\$escaped' in string literal."),
			};
		}
		return $value;
	}
}
