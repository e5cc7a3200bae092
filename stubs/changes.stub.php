<?php

/** @generate-class-entries */

namespace Samlforce\Salesforce;

/**
 * A change event, as {@see Client::changes()} gives it. Of a platform event (`/event/…`) there are $channel, $replayId, $fields and $position alone.
 *
 * @strict-properties
 * @not-serializable
 */
final class Change
{
    /** The channel that it came by. */
    public readonly string $channel;
    /** Ascending within a channel, not contiguous. */
    public readonly int $replayId;
    /** The API name of the object, `Contact`. */
    public readonly string $object;
    /**
     * The records that changed in this same way in one transaction, 18 characters each; or a wildcard such as `003*`, where any of the object's
     * records may have changed.
     *
     * @var array
     */
    public readonly array $recordIds;
    /**
     * `CREATE`, `UPDATE`, `DELETE`, `UNDELETE`; with `GAP_` before it where Salesforce knows that something changed and not what: there are no
     * fields then, and the records have to be retrieved. `GAP_OVERFLOW`: so much changed at once that single records are not named.
     */
    public readonly string $changeType;
    /** What made the change, `com/salesforce/api/rest/67.0;client=NAME`, or empty. */
    public readonly string $changeOrigin;
    /** The same for all events of one transaction; $sequenceNumber is their order in it, from 1 on. */
    public readonly string $transactionKey;
    public readonly int $sequenceNumber;
    /** Milliseconds of Unix time. */
    public readonly int $commitTimestamp;
    public readonly int $commitNumber;
    /** The id of the user. */
    public readonly string $commitUser;
    /**
     * Of an update, the fields that changed: `Email`, `Name.FirstName`.
     *
     * @var array
     */
    public readonly array $changedFields;
    /**
     * Of an update, those of them that are empty now.
     *
     * @var array
     */
    public readonly array $nulledFields;
    /**
     * Of an update, the fields of which only the difference is told.
     *
     * @var array
     */
    public readonly array $diffFields;
    /**
     * Of an update those that changed, of a creation those that are not empty. `Name` and addresses have parts: `['Name' => ['FirstName' => 'Ada']]`.
     *
     * @var array
     */
    public readonly array $fields;
    /**
     * Where to go on behind this event, for $channels of {@see Client::changes()}: keep it when the event has been dealt with. A channel of which
     * nothing came yet has what was asked for, -1 or -2.
     *
     * @var array
     */
    public readonly array $position;

    private function __construct() {}
}

/**
 * What {@see Client::changes()} gives: it can be gone through once.
 *
 * @strict-properties
 * @not-serializable
 */
final class ChangeStream implements \Iterator
{
    private function __construct() {}

    public function current(): ?Change {}

    public function key(): ?int {}

    /** Waits for the next event. */
    public function next(): void {}

    /** Waits for the first one. */
    public function rewind(): void {}

    public function valid(): bool {}
}
