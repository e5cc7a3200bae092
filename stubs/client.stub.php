<?php

/** @generate-class-entries */

namespace Samlforce\Salesforce;

/**
 * Salesforce's REST API. The TLS connection and the access token are kept by the worker and outlive the request.
 *
 * Every host must stand in samlforce.allowed_hosts (php.ini only), the instance_url that Salesforce gives too.
 * Field values are what JSON can say: null, bool, int, float, string.
 *
 * @strict-properties
 * @not-serializable
 */
final class Client
{
    /**
     * @param string $apiVersion `NN.0`, from 50.0 on.
     * @param int $timeoutMs for one call with its repeats, 100 to 600000.
     * @param int|null $connectTimeoutMs for a connection, 100 to 600000; null: a third of $timeoutMs, at most 10 seconds.
     * @param int|null $firstByteTimeoutMs from the end of a request to the first byte of its answer, 100 to 600000, looked at once
     *                                     a second; null: as long as $timeoutMs.
     */
    public function __construct(Credentials $credentials, string $apiVersion = "67.0", int $timeoutMs = 30000, ?int $connectTimeoutMs = null, ?int $firstByteTimeoutMs = null) {}

    /**
     * The rows of a SOQL query, any number of them; `:name` in the text is replaced by `$parameters['name']`, quoted and
     * escaped as SOQL demands (a string, int, float, bool, null, \DateTimeInterface, or a list of these for IN). The first page is here when
     * this returns.
     *
     * @param int|null $batchSize rows of a page, 200 to 2000; Salesforce takes it as a wish.
     * @return QueryRows arrays
     * @throws SalesforceException
     */
    public function query(string $soql, array $parameters = [], ?int $batchSize = null): QueryRows {}

    /**
     * As {@see query()}, with the rows that were deleted and are still in the recycle bin (`IsDeleted`), and archived activities.
     *
     * @throws SalesforceException
     */
    public function queryAll(string $soql, array $parameters = [], ?int $batchSize = null): QueryRows {}

    /**
     * What a SOSL search finds: `FIND :words IN NAME FIELDS RETURNING Contact(Id, Name WHERE Email != null)`. In a text that is bound to FIND the
     * reserved characters of a search (`* ? " { }` and so on) mean themselves.
     *
     * @return list<array<string, mixed>> each with its `attributes`
     * @throws SalesforceException
     */
    public function search(string $sosl, array $parameters = []): array {}

    /**
     * @param array $fields none: all that the object has.
     * @param \DateTimeInterface|null $ifModifiedSince only if it has changed since.
     * @return array<string, mixed>|null null: it has not changed since then.
     * @throws SalesforceException NotFound if it does not exist.
     */
    public function retrieve(string $object, string $id, array $fields = [], ?\DateTimeInterface $ifModifiedSince = null): ?array {}

    /**
     * What an object and its fields are like, or (null) which objects there are. The Client keeps it, and asks Salesforce each time only whether it
     * has changed.
     *
     * @return array<string, mixed>
     * @throws SalesforceException
     */
    public function describe(?string $object = null): array {}

    /**
     * The ids of what was created or changed. Ask with the last answer's latestDateCovered as the next start: what lies between that and the end that was
     * asked for may not be there yet.
     *
     * @param \DateTimeInterface $start at most 30 days ago. Seconds don't count.
     * @param \DateTimeInterface $end a minute later or more.
     * @return array{ids: list<string>, latestDateCovered: \DateTimeImmutable}
     * @throws SalesforceException INVALID_REPLICATION_DATE, or EXCEEDED_ID_LIMIT for more than 600000: compare all records instead.
     */
    public function updated(string $object, \DateTimeInterface $start, \DateTimeInterface $end): array {}

    /**
     * The same for what was deleted, as far as the recycle bin has not been emptied.
     *
     * @param \DateTimeInterface $start at most 15 days ago.
     * @return array{deleted: array<string, \DateTimeImmutable>, earliestDateAvailable: ?\DateTimeImmutable, latestDateCovered: \DateTimeImmutable} by id, when
     * @throws SalesforceException as {@see updated()}
     */
    public function deleted(string $object, \DateTimeInterface $start, \DateTimeInterface $end): array {}

    /**
     * About how many records there are, as Salesforce last counted.
     *
     * @param array $objects API names, 1 to 200; one that it does not know is not in the answer.
     * @return array<string, int>
     * @throws SalesforceException
     */
    public function recordCounts(array $objects): array {}

    /**
     * Not safe to repeat; use {@see upsert()} where an External ID exists.
     *
     * @return string the new record's id
     * @throws SalesforceException
     */
    public function create(string $object, array $fields): string {}

    /** @throws SalesforceException */
    public function update(string $object, string $id, array $fields): void {}

    /**
     * Creates or updates by an External ID: a repeat never makes a second record.
     *
     * @return array{id: string, created: bool}
     * @throws SalesforceException NotFound (with LookUp) if the External ID is not unique (HTTP 300).
     */
    public function upsert(string $object, string $externalIdField, string $externalId, array $fields): array {}

    /**
     * The record goes into the recycle bin, where {@see queryAll()} still finds it. The REST API has no way to bring it back; a person, Apex or the
     * SOAP API's undelete() has.
     *
     * @throws SalesforceException
     */
    public function delete(string $object, string $id): void {}

    /**
     * Creates any number of records, 200 at a time. Nothing is sent before the results are read; then rows are taken from the
     * iterable as they are needed. Not safe to repeat: where no answer comes, the exception (LookUp) ends the results, and the 200
     * rows from the first one without a result on may have been created.
     *
     * @param string|null $object null: each row names its own, `['attributes' => ['type' => 'Contact'], 'LastName' => …]`. Rows of the same
     *                            object are best given one after the other; a User never goes together with a Contact.
     * @param array|\Traversable $rows fields of each; a value may be another record's External ID, `['Account' => ['Number__c' => '7']]`.
     * @param bool $allOrNone of those that go together: where one fails, none of its 200 is created.
     * @return RowResults a result for each row, in order and under its key
     */
    public function createMany(?string $object, iterable $rows, bool $allOrNone = false): RowResults {}

    /**
     * As {@see createMany()}; each row has its record's `Id`. Safe to repeat.
     */
    public function updateMany(?string $object, iterable $rows, bool $allOrNone = false): RowResults {}

    /**
     * As {@see createMany()}; each row has the External ID. A repeat never makes a second record.
     */
    public function upsertMany(string $object, string $externalIdField, iterable $rows, bool $allOrNone = false): RowResults {}

    /**
     * As {@see createMany()}, of ids. Safe to repeat.
     *
     * @param array|\Traversable $ids 15 or 18 characters each.
     */
    public function deleteMany(iterable $ids, bool $allOrNone = false): RowResults {}

    /**
     * Up to 25 calls in one request, of which a later one can use what an earlier one gave: `@{account.id}`.
     *
     *     $sf->composite([
     *         'account' => ['POST', 'sobjects/Account', ['Name' => 'Acme']],
     *         'contact' => ['POST', 'sobjects/Contact', ['LastName' => 'Bob', 'AccountId' => '@{account.id}']],
     *     ], allOrNone: true);
     *
     * At most 5 of them may be queries or collections. With $allOrNone they are one transaction, so one that changes a User's activation, profile
     * or name can't be among changes of other objects: that is refused here.
     *
     * @param array $requests method, path (relative to /services/data/vNN.N/, or whole) and body of each, by reference id.
     * @return array<string, SubResult> by reference id
     * @throws SalesforceException with $allOrNone: the one failure that undid all
     */
    public function composite(array $requests, bool $allOrNone = false): array {}

    /**
     * Up to 75 graphs of calls, each carried out as a whole or not at all, with 500 calls in all. In a graph references may go 15 deep.
     *
     * @param array $graphs by id, each as for {@see composite()}.
     * @return array<string, GraphResult> by id
     * @throws SalesforceException
     */
    public function graph(array $graphs): array {}

    /**
     * Creates up to 200 records with their children, all or none.
     *
     *     $sf->tree('Account', [
     *         ['attributes' => ['type' => 'Account', 'referenceId' => 'a1'], 'Name' => 'Acme',
     *          'Contacts' => ['records' => [['attributes' => ['type' => 'Contact', 'referenceId' => 'c1'], 'LastName' => 'Bob']]]],
     *     ]);
     *
     * @return array<string, string> ids by reference id
     * @throws SalesforceException with the record's own failure
     */
    public function tree(string $object, array $records): array {}

    /**
     * What a resource gives, written into a stream while it comes: `sobjects/ContentVersion/068…/VersionData`, `sobjects/Attachment/00P…/Body`.
     * $timeoutMs of the client is for as long as nothing moves. What has begun to come is not repeated.
     *
     * @param string $path as for {@see request()}.
     * @param resource $into a stream that can be written.
     * @param int $maxBytes more than this is an error, 1 to 2^40.
     * @return int how many bytes were written
     * @throws SalesforceException
     */
    public function download(string $path, $into, int $maxBytes = 2147483648): int {}

    /**
     * Creates a record with a file, which is read while it is sent. Not safe to repeat.
     *
     * @param string $object `ContentVersion`, with `VersionData` as the file's field; `Attachment` or `Document`, with `Body`.
     * @param string $fileName what Salesforce shows, at most 255 bytes.
     * @param resource $from a stream, from where it stands to its end; at most 2 GB for a ContentVersion and 500 MB for the others, says Salesforce.
     * @return string the new record's id
     * @throws SalesforceException
     */
    public function upload(string $object, array $fields, string $fileField, string $fileName, $from): string {}

    /**
     * Loads rows by Bulk API 2.0: any number of them, read one after the other and sent as CSV, in bounded memory. They wait in a
     * temporary file without a name (sys_temp_dir) of at most $splitBytes.
     *
     * Salesforce looks at no row before the last one has been sent. So an exception in $rows or in $progress, a row with an unknown
     * column or a failed call leaves the org as it was: the jobs are aborted, and it passes. An upload that ends in doubt is given up
     * with its job and goes to a new one: no row is lost, none is loaded twice. When it returns, all has been sent; {@see BulkJob::wait()}.
     *
     * In a row, null empties a field, while an empty text or a missing column leaves it as it is (in an insert all three give the
     * default). A DateTimeInterface becomes UTC. The text `#N/A`, Salesforce's own word for null, is refused.
     *
     * @param array $rows or a Traversable, of arrays of column => null, bool, int, float, string or DateTimeInterface. Columns are API names; a parent is
     *                       named by its External ID: `Account.Key__c`, or `User:Owner.Key__c` where it may be of several objects.
     * @param string|null $externalIdField for an upsert, and for nothing else.
     * @param string|null $key the column whose value is the key of each result; null: the External ID or the Id, and none for an insert.
     * @param array|null $columns all that rows may have; null: those of the first row.
     * @param int $splitBytes of CSV in one job, 1000 to 110000000; what is more goes to further jobs, at most 100.
     * @param int $limit how many jobs Salesforce may have under way at the same time, 1 to 100. With 1 none locks another's records.
     * @param callable|null $progress is given what BulkJob::counts() gives, and `rows` and `bytes` sent so far, after each job that was sent
     *                                and while jobs are waited for.
     * @throws SalesforceException InvalidInput, with the row's number, for a row that can't be sent. If the end of one of several jobs can't
     *                             be told, those that were closed before go on.
     */
    public function ingest(string $object, Operation $operation, iterable $rows, ?string $externalIdField = null, ?string $key = null, ?array $columns = null, int $splitBytes = 100000000, int $limit = 5, ?callable $progress = null): BulkJob {}

    /**
     * A bulk load that was begun before, perhaps by another process.
     *
     * @param string $id what BulkJob::$id was.
     * @param string|null $key as for ingest(): only an insert's can't be found out.
     * @throws SalesforceException NotFound after it was deleted, or seven days after its end.
     */
    public function bulkJob(string $id, ?string $key = null): BulkJob {}

    /**
     * All rows of a SOQL query by Bulk API 2.0: any number of them, in bounded memory. Parameters as in {@see query()}. Salesforce takes no
     * aggregates, no OFFSET and no child subqueries here. The query begins at once, and is waited for at the first row.
     *
     * @param bool $all deleted and archived rows too.
     * @param int $pageRows in one answer, which waits in a temporary file without a name; 1 to 10000000.
     * @param int $timeoutMs until Salesforce has the rows together, 100 to 86400000.
     * @return BulkRows<int, array<string, ?string>> every value is a text, as CSV has it; null where there is none
     * @throws SalesforceException
     */
    public function bulkQuery(string $soql, array $parameters = [], bool $all = false, int $pageRows = 100000, int $timeoutMs = 3600000): BulkRows {}

    /**
     * A User becomes IsActive = TRUE, in a transaction of its own (it can't share one with Contact or Account).
     *
     * @param string $userId 15 or 18 characters.
     * @throws SalesforceException
     */
    public function activateUser(string $userId): void {}

    /** @throws SalesforceException */
    public function deactivateUser(string $userId): void {}

    /**
     * Gives the account the sealed password. The token is opened inside C; the User is looked up by the
     * recipient that the token was sealed for, must be active, and the body is sent from locked memory and wiped.
     *
     * @param string $username must be the recipient of the token.
     * @param string $sealed a token of {@see \Samlforce\Password\Vault::seal()}.
     * @throws SalesforceException
     */
    public function setPassword(string $username, #[\SensitiveParameter] string $sealed): void {}

    /**
     * Salesforce makes a temporary password and mails the User a link. The password, which its answer holds, is wiped unread. Not safe to repeat: each is a
     * mail.
     *
     * @throws SalesforceException
     */
    public function resetPassword(string $userId): void {}

    /** @throws SalesforceException */
    public function isPasswordExpired(string $userId): bool {}

    /**
     * The org's limits, `{"DailyApiRequests": {"Max": 15000, "Remaining": 14998}, …}`.
     *
     * @throws SalesforceException
     */
    public function limits(): array {}

    /**
     * Any other resource under `/services/`.
     *
     * @param string $path from `/services/` on, or relative to `/services/data/vNN.N/`.
     * @return mixed the decoded JSON, or null for an empty answer.
     * @throws SalesforceException
     */
    public function request(string $method, string $path, ?array $body = null): mixed {}

    /**
     * Several calls of {@see request()} at the same time, over one connection where the server speaks HTTP/2. None of them waits for
     * another or hinders it; GETs are repeated as usual, and all of them have $timeoutMs together.
     *
     * @param array $requests method, path and body of each, at most 1000:
     *                  `['ada' => ['GET', 'sobjects/Contact/003…'], 'bob' => ['POST', 'sobjects/Contact', ['LastName' => 'Bob']]]`
     * @param int $limit how many at the same time, 1 to 100; an org takes 25 long ones.
     * @return array for each, under its key and in the same order, the decoded JSON, null for an empty answer, or the
     *               SalesforceException that request() would have thrown.
     * @throws SalesforceException if there is no token for any of them
     */
    public function concurrently(array $requests, int $limit = 20): array {}

    /**
     * Change events (Change Data Capture), as they happen: Salesforce holds a request until there is one, and the next follows it. Whatever
     * goes wrong between (the connection, the session, the token), it begins again behind the last event that was given: none is lost, none
     * comes twice. A loop over it ends after $seconds, after $idleSeconds without an event, or when $stop says so; without any of these it
     * goes on until it fails.
     *
     * @param string|array $channels `/data/ContactChangeEvent`, `/data/ChangeEvents`, `/event/Order__e`…; a list of at most 50, or a map of them to
     *                         the replay id to resume behind ({@see Change::$position}).
     * @param int|null $replayFrom for channels without one: -1 (the default) only what comes from now on, -2 all that is still there (72 hours).
     * @param int|null $seconds 1 or more; null: no limit.
     * @param int|null $idleSeconds 1 or more; null: no limit.
     * @param callable|null $stop asked before each request, at least every 15 seconds or so; true ends the loop.
     * @param string|null $echoOf a client's name: changes made with `Sforce-Call-Options: client=` of it are left out.
     * @return iterable<int, Change> the keys are the replay ids. It can be gone through once.
     * @throws SalesforceException ReplayExpired (with LookUp) if the replay id is too old.
     */
    public function changes(string|array $channels, ?int $replayFrom = null, ?int $seconds = null, ?int $idleSeconds = null, ?callable $stop = null, ?string $echoOf = null): iterable {}
}
