<?php

/** @generate-class-entries */

namespace Samlforce\Salesforce;

/** What a bulk load does with its rows. */
enum Operation: string
{
    case Insert = 'insert';
    /** By Id. */
    case Update = 'update';
    /** By an External ID: a repeat never makes a second record. */
    case Upsert = 'upsert';
    /** Into the recycle bin; the rows have an Id and nothing else. */
    case Delete = 'delete';
    /** Past the recycle bin; needs the permission "Bulk API Hard Delete". */
    case HardDelete = 'hardDelete';
}

/** Where a bulk load stands; the last three are ends. */
enum BulkState: string
{
    /** Not all of its data has been sent, or nobody has said that it is complete: no row has been looked at. */
    case Open = 'Open';
    /** In Salesforce's queue. */
    case UploadComplete = 'UploadComplete';
    case InProgress = 'InProgress';
    /** Every row has been looked at. Rows may have failed all the same: {@see BulkJob::failed()}. */
    case JobComplete = 'JobComplete';
    /** Salesforce gave up before every row had been looked at, for a column that is no field, say. */
    case Failed = 'Failed';
    case Aborted = 'Aborted';
}

/**
 * A bulk load: one job of Bulk API 2.0, or several where the rows were too many for one. {@see Client::ingest()} makes it, and
 * {@see Client::bulkJob()} finds it again in another process. Salesforce keeps a job for seven days after its end.
 *
 * @strict-properties
 * @not-serializable
 */
final class BulkJob
{
    /** What {@see Client::bulkJob()} finds it again by: the ids of its jobs, with commas between them. */
    public readonly string $id;
    /** The column whose value is the key of each result, or null. */
    public readonly ?string $key;

    private function __construct() {}

    /**
     * Asks Salesforce. Of several jobs the one that is least far decides, and at the end one that failed or was aborted.
     *
     * @throws SalesforceException
     */
    public function state(): BulkState {}

    /**
     * What Salesforce said when it was last asked (by ingest(), state() or wait()).
     *
     * @return array{jobs: int, ended: int, processed: int, failed: int} jobs, those of them that have ended, rows that have been looked
     *                                                                     at, and those of them that failed
     */
    public function counts(): array {}

    /**
     * Returns when Salesforce has looked at every row. Asks after half a second, and then ever more seldom, up to every 30 seconds.
     *
     * @param int $timeoutMs for all of it, 100 to 86400000.
     * @param callable|null $progress is given what counts() gives, each time that Salesforce has been asked.
     * @throws SalesforceException Refused, with Salesforce's reason, if a job failed or was aborted; TimedOut, with Retry, if the time is over: the
     *                             load goes on, and can be waited for again.
     */
    public function wait(int $timeoutMs = 3600000, ?callable $progress = null): void {}

    /**
     * The rows that were loaded, in no order, under the key column's value (or, without one, a running number). They are fetched while they
     * are read, and again at every foreach; `row` has what was sent, as texts.
     *
     * @return BulkRows<string|int, array{id: string, created: bool, row: array<string, string>}>
     */
    public function successful(): BulkRows {}

    /**
     * The rows that were not, and why; `reason` and `action` as in a SalesforceException.
     *
     * @return BulkRows<string|int, array{id: ?string, errorCode: ?string, message: string, fields: list<string>, reason: Reason, action: Action, row: array<string, string>}>
     */
    public function failed(): BulkRows {}

    /**
     * The rows that Salesforce has not looked at, of a load that failed or was aborted.
     *
     * @return BulkRows<string|int, array<string, string>>
     */
    public function unprocessed(): BulkRows {}

    /**
     * Ends what has not ended. Rows that have been loaded stay.
     *
     * @throws SalesforceException
     */
    public function abort(): void {}

    /**
     * Takes the jobs out of Salesforce's list, with their data and results. They must have ended.
     *
     * @throws SalesforceException
     */
    public function delete(): void {}
}

/**
 * Rows that come from Salesforce while they are read. A page of them lies in a file that has no name and goes away with this object.
 *
 * @strict-properties
 * @not-serializable
 */
final class BulkRows implements \Iterator
{
    private function __construct() {}

    /** @return array<string, mixed>|null */
    public function current(): ?array {}

    /** @return string|int|null */
    public function key(): string|int|null {}

    /** @throws SalesforceException */
    public function next(): void {}

    /** @throws SalesforceException */
    public function rewind(): void {}

    public function valid(): bool {}
}
