<?php
declare(strict_types=1);

namespace SalesforceEmulator;

/** What follows from a record that was written, in the same transaction: what fails is no change, and tells nobody. */
final class Changes
{
	/** Of a change event's header; nobody else needs the names. */
	public const CREATE = 'CREATE', UPDATE = 'UPDATE', DELETE = 'DELETE', UNDELETE = 'UNDELETE';

	public function __construct(private readonly Context $context)
	{
	}

	/** @param array<string, mixed> $old as the table had it @param array<string, mixed> $new as it has it now */
	public function wrote(string $change, string $object, array $old, array $new): void
	{
		if ($change === self::CREATE || $change === self::UPDATE) {
			(new Outbound($this->context->store))->queue($object, $new['Id']);
		}
	}
}
