<?php

/** @generate-class-entries */

namespace Samlforce\Salesforce;

/**
 * What became of one row of createMany(), updateMany(), upsertMany() or deleteMany().
 *
 * @strict-properties
 * @not-serializable
 */
final class RowResult
{
    private function __construct() {}

    public readonly bool $success;
    /** The record's id, where Salesforce says it. */
    public readonly ?string $id;
    /** Whether it is new; only an upsert knows otherwise than by its name. */
    public readonly bool $created;
    /** Null for a success, as are the next three. */
    public readonly ?Reason $reason;
    /** What to do about it. */
    public readonly ?Action $action;
    /** Salesforce's statusCode. ALL_OR_NONE_OPERATION_ROLLED_BACK: this row is good, and another of the same 200 is not. */
    public readonly ?string $errorCode;
    public readonly ?string $message;
    /**
     * The fields that Salesforce names.
     *
     * @var array
     */
    public readonly array $fields;
}

/**
 * The results of the rows, one after the other, each under its row's own key. It can be read once.
 *
 * Rows are taken from what was given, sent and told of as this is read: never more than 200 are in memory.
 *
 * @strict-properties
 * @not-serializable
 */
final class RowResults implements \Iterator
{
    private function __construct() {}

    /** @throws SalesforceException */
    public function current(): RowResult {}

    public function key(): mixed {}

    /** @throws SalesforceException */
    public function next(): void {}

    /** @throws SalesforceException */
    public function rewind(): void {}

    /** @throws SalesforceException */
    public function valid(): bool {}
}

/**
 * What became of one request of composite() or graph().
 *
 * @strict-properties
 * @not-serializable
 */
final class SubResult
{
    private function __construct() {}

    public readonly bool $success;
    public readonly int $httpStatus;
    /** The decoded JSON; null where there is none. */
    public readonly mixed $body;
    /** Null for a success, as are the next three. */
    public readonly ?Reason $reason;
    public readonly ?Action $action;
    /** PROCESSING_HALTED: not carried out, or undone, since another one failed. */
    public readonly ?string $errorCode;
    public readonly ?string $message;
    /**
     * The fields that Salesforce names.
     *
     * @var array
     */
    public readonly array $fields;
}

/**
 * What became of one graph of graph().
 *
 * @strict-properties
 * @not-serializable
 */
final class GraphResult
{
    private function __construct() {}

    /** All of it was carried out; otherwise nothing of it was. */
    public readonly bool $success;
    /** The reference id of the request that is the cause; null for a success. */
    public readonly ?string $cause;
    /**
     * By reference id.
     *
     * @var array<string, SubResult>
     */
    public readonly array $results;
}

/**
 * The rows of a query, page after page: one page is in memory, and the next is on its way while this one is read.
 *
 * The records of a child subquery, `SELECT Id, (SELECT Id FROM Contacts) FROM Account`, are rows of the same kind, or null where there is none.
 *
 * @strict-properties
 * @not-serializable
 */
final class QueryRows implements \Iterator, \Countable
{
    private function __construct() {}

    /**
     * The row, or null where there is none: `$sf->query(…)->current()` is the first.
     *
     * @return array<string, mixed>|null
     * @throws SalesforceException
     */
    public function current(): mixed {}

    public function key(): int {}

    /** @throws SalesforceException */
    public function next(): void {}

    /** As long as the first page is in memory, which a result of one page always is. */
    public function rewind(): void {}

    /** @throws SalesforceException */
    public function valid(): bool {}

    /** All rows of the result, read or not, as Salesforce counts them. */
    public function count(): int {}
}
