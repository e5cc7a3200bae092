<?php
declare(strict_types=1);

namespace SalesforceEmulator;

/** HTTP 300: the External ID is not unique; the body lists the addresses of the records. */
final class MultipleChoices extends \RuntimeException
{
	/** @param list<string> $urls */
	public function __construct(public readonly array $urls)
	{
		parent::__construct('MULTIPLE_CHOICES');
	}
}
