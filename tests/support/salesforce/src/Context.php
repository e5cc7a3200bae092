<?php
declare(strict_types=1);

namespace SalesforceEmulator;

/** Who calls, with which version of the API, and what has been written so far in this transaction. */
final class Context
{
	/** The first non-setup object written in this transaction. */
	private ?string $business = null;
	/** The first setup object written. */
	private ?string $setup = null;

	/** Of the change events of this transaction. */
	private ?string $transaction = null;
	private int $sequence = 0;

	/** @param string $client what the client calls itself (Sforce-Call-Options) */
	public function __construct(public readonly Store $store, public readonly string $userId, public readonly string $version, public readonly bool $allowDuplicates = false, public readonly string $client = '')
	{
	}

	public function transaction(): string
	{
		return $this->transaction ??= preg_replace('/^(.{8})(.{4})(.{4})(.{4})/', '$1-$2-$3-$4-', bin2hex(random_bytes(16)));
	}

	public function nextInTransaction(): int
	{
		return ++$this->sequence;
	}

	public function major(): int
	{
		return (int) $this->version;
	}

	public function url(string $rest): string
	{
		return "/services/data/v{$this->version}/$rest";
	}

	/** A new transaction knows nothing of the last one. */
	public function begin(): void
	{
		$this->business = $this->setup = $this->transaction = null;
		$this->sequence = 0;
	}

	/**
	 * Setup objects decide who may see what, and Salesforce lets no transaction write both kinds.
	 * $free: an insert of a User without a role, or an update of a User's harmless fields, mixes with everything.
	 */
	public function wrote(string $object, bool $free): void
	{
		if ($free) {
			return;
		}
		$isSetup = Schema::objects()[$object]['setup'];
		$other = $isSetup ? $this->business : $this->setup;
		if ($other !== null) {
			throw ApiError::record('MIXED_DML_OPERATION', "DML operation on setup object is not permitted after you have updated a non-setup object (or vice versa): $object, original object: $other");
		}
		if ($isSetup) {
			$this->setup ??= $object;
		} else {
			$this->business ??= $object;
		}
	}
}
