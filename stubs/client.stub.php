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
     * All rows of a SOQL query, page after page; `:name` in the text is replaced by `$parameters['name']`, quoted and
     * escaped as SOQL demands (a string, int, float, bool, null, \DateTimeInterface, or a list of these for IN).
     *
     * @return list<array<string, mixed>> at most 50000 rows
     * @throws SalesforceException
     */
    public function query(string $soql, array $parameters = []): iterable {}

    /**
     * @param array $fields none: all that the object has.
     * @return array<string, mixed>
     * @throws SalesforceException NotFound if it does not exist.
     */
    public function retrieve(string $object, string $id, array $fields = []): array {}

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

    /** @throws SalesforceException */
    public function delete(string $object, string $id): void {}

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
}
