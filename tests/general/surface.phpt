--TEST--
The public surface is this, and nothing else
--EXTENSIONS--
samlforce
--FILE--
<?php
$extension = new ReflectionExtension('samlforce');
foreach ($extension->getFunctions() as $function) {
    echo "function $function->name\n";
}
foreach ($extension->getClasses() as $class) {
    $kind = $class->isEnum() ? 'enum' : ($class->isInterface() ? 'interface' : implode(' ', Reflection::getModifierNames($class->getModifiers())) . ' class');
    echo "$kind $class->name", $class->getParentClass() ? ' extends ' . $class->getParentClass()->name : '', "\n";
    if ($class->isEnum()) {
        echo '  ', implode(' ', array_map(fn ($case) => $case->name . '=' . $case->getBackingValue(), (new ReflectionEnum($class->name))->getCases())), "\n";
        continue;
    }
    foreach ($class->getProperties() as $property) {
        if ($property->getDeclaringClass()->name === $class->name) {
            echo '  ', implode(' ', Reflection::getModifierNames($property->getModifiers())), " {$property->getType()} \$$property->name\n";
        }
    }
    foreach ($class->getMethods() as $method) {
        if ($method->getDeclaringClass()->name !== $class->name) {
            continue;
        }
        $parameters = [];
        foreach ($method->getParameters() as $p) {
            $secret = $p->getAttributes(SensitiveParameter::class) ? '#[SensitiveParameter] ' : '';
            $parameters[] = "$secret{$p->getType()} \$$p->name" . ($p->isOptional() ? ' = ' . var_export($p->getDefaultValue(), true) : '');
        }
        $modifiers = implode(' ', Reflection::getModifierNames($method->getModifiers()));
        echo "  $modifiers $method->name(", implode(', ', $parameters), ')', $method->hasReturnType() ? ": {$method->getReturnType()}" : '', "\n";
    }
}
?>
--EXPECT--
abstract class Samlforce\SamlforceException extends Exception
enum Samlforce\KeyringReason
  Unknown=unknown Refused=refused WrongKind=wrong_kind Failed=failed
final class Samlforce\KeyringException extends Samlforce\SamlforceException
  public readonly Samlforce\KeyringReason $reason
final class Samlforce\Keyring
  private __construct()
  public static names(): array
  public static has(string $name): bool
  public static generations(string $name): array
  public static kind(string $name): string
  public static publicKey(string $name): string
  public static certificate(string $name): ?string
enum Samlforce\Saml\Reason
  TooLarge=too_large NotBase64=not_base64 InvalidQuery=invalid_query MissingParameter=missing_parameter DuplicateParameter=duplicate_parameter EncodingRefused=encoding_refused NotDeflated=not_deflated SoapInvalid=soap_invalid SoapFault=soap_fault ArtifactInvalid=artifact_invalid ArtifactServiceUnknown=artifact_service_unknown ArtifactUnresolved=artifact_unresolved BackChannelFailed=back_channel_failed NotUtf8=not_utf8 NotWellFormed=not_well_formed Doctype=doctype ProcessingInstruction=processing_instruction TooDeep=too_deep TooManyNodes=too_many_nodes TooManyAttributes=too_many_attributes TooManyNamespaces=too_many_namespaces InvalidNamespace=invalid_namespace UnexpectedElement=unexpected_element MissingElement=missing_element UnexpectedAttribute=unexpected_attribute MissingAttribute=missing_attribute InvalidId=invalid_id DuplicateId=duplicate_id InvalidVersion=invalid_version InvalidTime=invalid_time AssertionCount=assertion_count DecryptionKeyMissing=decryption_key_missing DecryptionFailed=decryption_failed NotSigned=not_signed SignaturePlacement=signature_placement SignatureShape=signature_shape ReferenceMismatch=reference_mismatch TransformRefused=transform_refused AlgorithmRefused=algorithm_refused CanonicalizationFailed=canonicalization_failed SignatureInvalid=signature_invalid DigestMismatch=digest_mismatch StatusNotSuccess=status_not_success IssuerMismatch=issuer_mismatch DestinationMismatch=destination_mismatch RecipientMismatch=recipient_mismatch AudienceMismatch=audience_mismatch InResponseToMismatch=in_response_to_mismatch Unsolicited=unsolicited NoBearerConfirmation=no_bearer_confirmation NotYetValid=not_yet_valid Expired=expired ConditionRefused=condition_refused NoAuthnStatement=no_authn_statement SessionExpired=session_expired NameIdMissing=name_id_missing NameIdMismatch=name_id_mismatch SessionIndexInvalid=session_index_invalid AttributeInvalid=attribute_invalid AuthnTooOld=authn_too_old AuthnContextMismatch=authn_context_mismatch NameIdFormatMismatch=name_id_format_mismatch Replayed=replayed ReplayGuardFailed=replay_guard_failed CertificateInvalid=certificate_invalid MetadataInvalid=metadata_invalid MetadataExpired=metadata_expired EntityNotFound=entity_not_found UrlRefused=url_refused KeyMissing=key_missing KeyUnusable=key_unusable Internal=internal
final class Samlforce\Saml\SamlException extends Samlforce\SamlforceException
  public readonly Samlforce\Saml\Reason $reason
  public readonly ?string $found
  public readonly ?string $expected
final class Samlforce\Saml\IdentityProvider
  public readonly string $entityId
  public readonly ?string $loginUrl
  public readonly ?string $logoutUrl
  public readonly array $endpoints
  public readonly bool $wantsSignedRequests
  public readonly array $nameIdFormats
  public readonly array $displayNames
  public readonly bool $allowUnsolicited
  public readonly bool $allowSha1
  public readonly bool $allowInclusiveC14n
  public readonly bool $allowRootReference
  public readonly bool $allowRsa15
  public readonly int $clockSkew
  public readonly bool $requireAuthenticatedEncryption
  public __construct(string $entityId, array $certificates, ?string $loginUrl = NULL, ?string $logoutUrl = NULL, bool $allowUnsolicited = false, bool $allowSha1 = false, bool $allowInclusiveC14n = false, bool $allowRootReference = false, bool $allowRsa15 = false, int $clockSkew = 60, bool $requireAuthenticatedEncryption = false, array $endpoints = array (
), bool $wantsSignedRequests = false)
  public static fromMetadata(string $xml, ?string $entityId = NULL, bool $allowUnsolicited = false, bool $allowSha1 = false, bool $allowInclusiveC14n = false, bool $allowRootReference = false, bool $allowRsa15 = false, int $clockSkew = 60, ?int $now = NULL, bool $requireAuthenticatedEncryption = false): Samlforce\Saml\IdentityProvider
  public certificates(): array
final class Samlforce\Saml\MetadataChange
  public readonly array $keysAdded
  public readonly array $keysDropped
  public readonly array $keysKept
  public readonly bool $dropsEveryKey
  public readonly array $endpoints
  public readonly bool $namesNewHost
  public readonly bool $isEmpty
  private __construct()
  public static between(Samlforce\Saml\IdentityProvider $known, Samlforce\Saml\IdentityProvider $newer): Samlforce\Saml\MetadataChange
enum Samlforce\Saml\MetadataOutcome
  Unchanged=unchanged Replaced=replaced Held=held Refused=refused
enum Samlforce\Saml\MetadataHold
  DropsEveryKey=drops_every_key NewHost=new_host Older=older
final class Samlforce\Saml\MetadataRefresh
  public readonly Samlforce\Saml\MetadataOutcome $outcome
  public readonly string $xml
  public readonly ?int $validUntil
  public readonly int $nextRefresh
  public readonly ?Samlforce\Saml\MetadataChange $change
  public readonly array $holds
  public readonly ?string $fingerprint
  public readonly ?Samlforce\Saml\SamlException $problem
  private __construct()
  public static decide(string $known, string $fetched, string $entityId, array $trustedCertificates, ?string $approved = NULL, int $interval = 86400, ?int $now = NULL): Samlforce\Saml\MetadataRefresh
final class Samlforce\Saml\Metadata
  public readonly bool $isSigned
  public readonly ?int $validUntil
  public readonly ?int $cacheDuration
  private __construct()
  public static read(string $xml, array $trustedCertificates, ?string $entityId = NULL, ?int $now = NULL): Samlforce\Saml\Metadata
  public entities(): array
  public identityProvider(?string $entityId = NULL, bool $allowUnsolicited = false, bool $allowSha1 = false, bool $allowInclusiveC14n = false, bool $allowRootReference = false, bool $allowRsa15 = false, int $clockSkew = 60, bool $requireAuthenticatedEncryption = false): Samlforce\Saml\IdentityProvider
  public extract(?string $entityId = NULL): string
  public static queryUrl(string $base, string $entityId, bool $hashed = false): string
final class Samlforce\Saml\Assertion
  public readonly string $id
  public readonly string $issuer
  public readonly string $nameId
  public readonly ?string $nameIdFormat
  public readonly ?string $nameQualifier
  public readonly ?string $spNameQualifier
  public readonly ?string $sessionIndex
  public readonly ?string $inResponseTo
  public readonly int $notOnOrAfter
  public readonly ?int $sessionNotOnOrAfter
  public readonly int $authnInstant
  public readonly ?string $authnContext
  public readonly array $attributes
  public readonly array $warnings
  private __construct()
  public attribute(string $name): ?string
enum Samlforce\Saml\Binding
  Redirect=urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect Post=urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST Soap=urn:oasis:names:tc:SAML:2.0:bindings:SOAP
enum Samlforce\Saml\Comparison
  Exact=exact Minimum=minimum Maximum=maximum Better=better
final class Samlforce\Saml\Expectation
  public readonly string $requestId
  public readonly string $provider
  public readonly string $assertionConsumerUrl
  public readonly int $sentAt
  public readonly bool $forceAuthn
  public readonly ?string $nameIdFormat
  public readonly ?string $spNameQualifier
  public readonly array $authnContexts
  public readonly Samlforce\Saml\Comparison $comparison
  public readonly array $authnContextOrder
  public readonly ?int $maxAge
  private __construct()
  public __toString(): string
  public static fromString(string $text): Samlforce\Saml\Expectation
final class Samlforce\Saml\Message
  public readonly string $id
  public readonly Samlforce\Saml\Binding $binding
  public readonly string $url
  public readonly array $fields
  public readonly ?Samlforce\Saml\Expectation $expectation
  private __construct()
  public form(?string $nonce = NULL, string $button = 'Continue', string $language = 'en'): string
enum Samlforce\Saml\CheckName
  Provider=provider Artifact=artifact BackChannel=back_channel Encoding=encoding Xml=xml ArtifactResponse=artifact_response Shape=shape Status=status AssertionCount=assertion_count Ids=ids Wrapping=wrapping Signed=signed Decryption=decryption SignatureShape=signature_shape SignatureAlgorithm=signature_algorithm SignatureValue=signature_value SignatureReference=signature_reference SignatureDigest=signature_digest Certificate=certificate Head=head Issuer=issuer Destination=destination NameId=name_id Confirmation=confirmation Recipient=recipient ConfirmationTime=confirmation_time InResponseTo=in_response_to Validity=validity Audience=audience Conditions=conditions AuthnStatement=authn_statement Session=session Freshness=freshness AuthnContext=authn_context Attributes=attributes Solicited=solicited Replay=replay
enum Samlforce\Saml\CheckResult
  Passed=passed Warned=warned Failed=failed NotReached=not_reached
final class Samlforce\Saml\Check
  public readonly Samlforce\Saml\CheckName $name
  public readonly ?string $subject
  public readonly Samlforce\Saml\CheckResult $result
  public readonly string $title
  public readonly ?Samlforce\Saml\Reason $reason
  public readonly ?string $found
  public readonly ?string $expected
  public readonly ?string $where
  public readonly ?string $advice
  private __construct()
final class Samlforce\Saml\Report
  public readonly bool $accepted
  public readonly ?Samlforce\Saml\Reason $reason
  public readonly array $checks
  public readonly ?string $issuer
  public readonly ?string $nameId
  public readonly ?string $nameIdFormat
  public readonly array $attributes
  private __construct()
  public getIterator(): Iterator
  public count(): int
  public assertion(Samlforce\Saml\ReplayGuard $guard): Samlforce\Saml\Assertion
interface Samlforce\Saml\ReplayGuard
  abstract public claim(string $id, int $expiresAt): bool
final class Samlforce\Saml\ServiceProvider
  public readonly string $entityId
  public readonly string $assertionConsumerUrl
  public readonly ?string $singleLogoutUrl
  public readonly array $furtherAssertionConsumerUrls
  public readonly ?string $key
  public readonly array $decryptionKeys
  public __construct(string $entityId, string $assertionConsumerUrl, ?string $key = NULL, array $decryptionKeys = array (
), ?string $singleLogoutUrl = NULL, array $furtherAssertionConsumerUrls = array (
))
  public metadata(bool $signed = false, bool $artifact = false, array $nameIdFormats = array (
), array $attributes = array (
), array $contacts = array (
), array $organization = array (
), array $ui = array (
), ?array $logoutBindings = NULL, ?int $validFor = NULL, ?int $cacheDuration = NULL, bool $wantAssertionsSigned = true, ?int $now = NULL): string
  public requestLogin(Samlforce\Saml\IdentityProvider $idp, ?string $relayState = NULL, bool $forceAuthn = false, bool $isPassive = false, ?string $nameIdFormat = NULL, ?Samlforce\Saml\Binding $binding = NULL, array $authnContexts = array (
), Samlforce\Saml\Comparison $comparison = \Samlforce\Saml\Comparison::Exact, array $authnContextOrder = array (
), ?int $maxAge = NULL, ?string $spNameQualifier = NULL, bool $allowCreate = true, ?string $assertionConsumerUrl = NULL, ?string $providerName = NULL, ?int $proxyCount = NULL, array $idpList = array (
), array $requesterIds = array (
), bool $byArtifact = false, ?int $assertionConsumerIndex = NULL): Samlforce\Saml\Message
  public acceptLogin(Samlforce\Saml\IdentityProvider $idp, #[SensitiveParameter] string $samlResponse, ?string $requestId, Samlforce\Saml\ReplayGuard $guard, ?int $now = NULL, ?Samlforce\Saml\Expectation $expectation = NULL): Samlforce\Saml\Assertion
  public explainLogin(Samlforce\Saml\IdentityProvider $idp, #[SensitiveParameter] string $samlResponse, ?string $requestId, ?int $now = NULL, ?Samlforce\Saml\Expectation $expectation = NULL): Samlforce\Saml\Report
  public acceptArtifact(Samlforce\Saml\IdentityProvider $idp, #[SensitiveParameter] string $artifact, ?string $requestId, Samlforce\Saml\ReplayGuard $guard, ?int $now = NULL, ?Samlforce\Saml\Expectation $expectation = NULL, int $timeoutMs = 10000): Samlforce\Saml\Assertion
  public explainArtifact(Samlforce\Saml\IdentityProvider $idp, #[SensitiveParameter] string $artifact, ?string $requestId, ?int $now = NULL, ?Samlforce\Saml\Expectation $expectation = NULL, int $timeoutMs = 10000): Samlforce\Saml\Report
  public static claimedIssuer(Samlforce\Saml\Binding $binding, string $message): string
  public requestLogout(Samlforce\Saml\IdentityProvider $idp, Samlforce\Saml\NameId $nameId, array $sessionIndexes = array (
), ?string $relayState = NULL, ?string $reason = NULL, ?Samlforce\Saml\Binding $binding = NULL): Samlforce\Saml\Message
  public acceptLogout(Samlforce\Saml\IdentityProvider $idp, Samlforce\Saml\Binding $binding, string $message, ?string $requestId, Samlforce\Saml\ReplayGuard $guard, ?int $now = NULL): Samlforce\Saml\LogoutRequest|Samlforce\Saml\LogoutResponse
  public respondLogout(Samlforce\Saml\IdentityProvider $idp, Samlforce\Saml\LogoutRequest $request, Samlforce\Saml\LogoutStatus $status = \Samlforce\Saml\LogoutStatus::Success, ?string $relayState = NULL): Samlforce\Saml\Message
  public respondLogoutBySoap(Samlforce\Saml\LogoutRequest $request, Samlforce\Saml\LogoutStatus $status = \Samlforce\Saml\LogoutStatus::Success): string
final class Samlforce\Saml\NameId
  public readonly string $value
  public readonly ?string $format
  public readonly ?string $nameQualifier
  public readonly ?string $spNameQualifier
  public __construct(string $value, ?string $format = NULL, ?string $nameQualifier = NULL, ?string $spNameQualifier = NULL)
enum Samlforce\Saml\LogoutStatus
  Success=success PartialLogout=partial_logout UnknownPrincipal=unknown_principal RequestDenied=request_denied Failed=failed
final class Samlforce\Saml\LogoutRequest
  public readonly string $id
  public readonly string $issuer
  public readonly Samlforce\Saml\NameId $nameId
  public readonly array $sessionIndexes
  public readonly ?string $reason
  public readonly ?string $relayState
  public readonly Samlforce\Saml\Binding $binding
  public readonly array $warnings
  private __construct()
final class Samlforce\Saml\LogoutResponse
  public readonly string $id
  public readonly string $issuer
  public readonly string $inResponseTo
  public readonly Samlforce\Saml\LogoutStatus $status
  public readonly string $statusCode
  public readonly ?string $secondStatusCode
  public readonly ?string $statusMessage
  public readonly ?string $relayState
  public readonly array $warnings
  private __construct()
enum Samlforce\Password\VaultReason
  InvalidInput=invalid_input Refused=refused Expired=expired Failed=failed
final class Samlforce\Password\VaultException extends Samlforce\SamlforceException
  public readonly Samlforce\Password\VaultReason $reason
final class Samlforce\Password\Vault
  public __construct(string $key)
  public seal(#[SensitiveParameter] string $password, string $recipient, int $secondsToLive): string
  public inspect(#[SensitiveParameter] string $token): array
  public reseal(#[SensitiveParameter] string $token): string
enum Samlforce\Password\Violation
  TooShort=too_short TooLong=too_long NeedsLetter=needs_letter NeedsDigit=needs_digit NeedsUpper=needs_upper NeedsLower=needs_lower NeedsSpecial=needs_special ContainsUsername=contains_username InvalidCharacter=invalid_character Common=common
enum Samlforce\Password\PolicyReason
  DenyListUnreadable=deny_list_unreadable
final class Samlforce\Password\PolicyException extends Samlforce\SamlforceException
  public readonly Samlforce\Password\PolicyReason $reason
final class Samlforce\Password\Policy
  private __construct()
  public static salesforce(int $minimumLength = 8, int $complexity = 1): Samlforce\Password\Policy
  public violations(#[SensitiveParameter] string $password, string $username = ''): array
enum Samlforce\Salesforce\Reason
  HostNotAllowed=host_not_allowed InvalidInput=invalid_input KeyUnusable=key_unusable SealRefused=seal_refused SealExpired=seal_expired Unreachable=unreachable Tls=tls TimedOut=timed_out BrokenAnswer=broken_answer Authentication=authentication NotFound=not_found Refused=refused ServerError=server_error TokenStore=token_store ReplayExpired=replay_expired
enum Samlforce\Salesforce\Action
  Retry=retry Pause=pause LookUp=look_up Authenticate=authenticate TellPerson=tell_person
final class Samlforce\Salesforce\SalesforceException extends Samlforce\SamlforceException
  public readonly Samlforce\Salesforce\Reason $reason
  public readonly Samlforce\Salesforce\Action $action
  public readonly ?string $errorCode
  public readonly array $fields
  public readonly ?int $httpStatus
  public readonly ?int $retryAfter
  public readonly bool $ambiguous
interface Samlforce\Salesforce\TokenStore
  abstract public load(string $id): ?string
  abstract public replace(string $id, ?string $expected, ?string $text): bool
final class Samlforce\Salesforce\ClientSecret
  private __construct()
  public static named(string $name): Samlforce\Salesforce\ClientSecret
  public static text(#[SensitiveParameter] string $secret): Samlforce\Salesforce\ClientSecret
final class Samlforce\Salesforce\AuthorizationRequest
  public readonly string $url
  public readonly string $state
  public readonly string $codeVerifier
  private __construct()
final class Samlforce\Salesforce\Credentials
  private __construct()
  public static jwtBearer(string $loginHost, string $consumerKey, string $username, string $key, ?string $audience = NULL): Samlforce\Salesforce\Credentials
  public static clientCredentials(string $myDomainHost, string $consumerKey, Samlforce\Salesforce\ClientSecret $clientSecret): Samlforce\Salesforce\Credentials
  public static refreshToken(string $loginHost, string $consumerKey, ?Samlforce\Salesforce\ClientSecret $clientSecret, Samlforce\Salesforce\TokenStore $store, string $key, string $grant = 'default', #[SensitiveParameter] ?string $refreshToken = NULL): Samlforce\Salesforce\Credentials
  public static authorizationUrl(string $loginHost, string $consumerKey, string $redirectUri, array $scopes = array (
  0 => 'api',
  1 => 'refresh_token',
)): Samlforce\Salesforce\AuthorizationRequest
  public static authorizationCode(string $loginHost, string $consumerKey, ?Samlforce\Salesforce\ClientSecret $clientSecret, string $redirectUri, #[SensitiveParameter] string $code, #[SensitiveParameter] string $codeVerifier, Samlforce\Salesforce\TokenStore $store, string $key, string $grant = 'default', int $timeoutMs = 30000): Samlforce\Salesforce\Credentials
  public sharedBy(Samlforce\Salesforce\TokenStore $store, string $key): Samlforce\Salesforce\Credentials
  public introspect(int $timeoutMs = 30000): array
  public revoke(int $timeoutMs = 30000): void
enum Samlforce\Salesforce\Operation
  Insert=insert Update=update Upsert=upsert Delete=delete HardDelete=hardDelete
enum Samlforce\Salesforce\BulkState
  Open=Open UploadComplete=UploadComplete InProgress=InProgress JobComplete=JobComplete Failed=Failed Aborted=Aborted
final class Samlforce\Salesforce\BulkJob
  public readonly string $id
  public readonly ?string $key
  private __construct()
  public state(): Samlforce\Salesforce\BulkState
  public counts(): array
  public wait(int $timeoutMs = 3600000, ?callable $progress = NULL): void
  public successful(): Samlforce\Salesforce\BulkRows
  public failed(): Samlforce\Salesforce\BulkRows
  public unprocessed(): Samlforce\Salesforce\BulkRows
  public abort(): void
  public delete(): void
final class Samlforce\Salesforce\BulkRows
  private __construct()
  public current(): ?array
  public key(): string|int|null
  public next(): void
  public rewind(): void
  public valid(): bool
final class Samlforce\Salesforce\Change
  public readonly string $channel
  public readonly int $replayId
  public readonly string $object
  public readonly array $recordIds
  public readonly string $changeType
  public readonly string $changeOrigin
  public readonly string $transactionKey
  public readonly int $sequenceNumber
  public readonly int $commitTimestamp
  public readonly int $commitNumber
  public readonly string $commitUser
  public readonly array $changedFields
  public readonly array $nulledFields
  public readonly array $diffFields
  public readonly array $fields
  public readonly array $position
  private __construct()
final class Samlforce\Salesforce\ChangeStream
  private __construct()
  public current(): ?Samlforce\Salesforce\Change
  public key(): ?int
  public next(): void
  public rewind(): void
  public valid(): bool
final class Samlforce\Salesforce\Client
  public __construct(Samlforce\Salesforce\Credentials $credentials, string $apiVersion = '67.0', int $timeoutMs = 30000, ?int $connectTimeoutMs = NULL, ?int $firstByteTimeoutMs = NULL)
  public query(string $soql, array $parameters = array (
), ?int $batchSize = NULL): Samlforce\Salesforce\QueryRows
  public queryAll(string $soql, array $parameters = array (
), ?int $batchSize = NULL): Samlforce\Salesforce\QueryRows
  public search(string $sosl, array $parameters = array (
)): array
  public retrieve(string $object, string $id, array $fields = array (
), ?DateTimeInterface $ifModifiedSince = NULL): ?array
  public describe(?string $object = NULL): array
  public updated(string $object, DateTimeInterface $start, DateTimeInterface $end): array
  public deleted(string $object, DateTimeInterface $start, DateTimeInterface $end): array
  public recordCounts(array $objects): array
  public create(string $object, array $fields): string
  public update(string $object, string $id, array $fields): void
  public upsert(string $object, string $externalIdField, string $externalId, array $fields): array
  public delete(string $object, string $id): void
  public createMany(?string $object, Traversable|array $rows, bool $allOrNone = false): Samlforce\Salesforce\RowResults
  public updateMany(?string $object, Traversable|array $rows, bool $allOrNone = false): Samlforce\Salesforce\RowResults
  public upsertMany(string $object, string $externalIdField, Traversable|array $rows, bool $allOrNone = false): Samlforce\Salesforce\RowResults
  public deleteMany(Traversable|array $ids, bool $allOrNone = false): Samlforce\Salesforce\RowResults
  public composite(array $requests, bool $allOrNone = false): array
  public graph(array $graphs): array
  public tree(string $object, array $records): array
  public download(string $path,  $into, int $maxBytes = 2147483648): int
  public upload(string $object, array $fields, string $fileField, string $fileName,  $from): string
  public ingest(string $object, Samlforce\Salesforce\Operation $operation, Traversable|array $rows, ?string $externalIdField = NULL, ?string $key = NULL, ?array $columns = NULL, int $splitBytes = 100000000, int $limit = 5, ?callable $progress = NULL): Samlforce\Salesforce\BulkJob
  public bulkJob(string $id, ?string $key = NULL): Samlforce\Salesforce\BulkJob
  public bulkQuery(string $soql, array $parameters = array (
), bool $all = false, int $pageRows = 100000, int $timeoutMs = 3600000): Samlforce\Salesforce\BulkRows
  public activateUser(string $userId): void
  public deactivateUser(string $userId): void
  public setPassword(string $username, #[SensitiveParameter] string $sealed): void
  public resetPassword(string $userId): void
  public isPasswordExpired(string $userId): bool
  public limits(): array
  public request(string $method, string $path, ?array $body = NULL): mixed
  public concurrently(array $requests, int $limit = 20): array
  public changes(array|string $channels, ?int $replayFrom = NULL, ?int $seconds = NULL, ?int $idleSeconds = NULL, ?callable $stop = NULL, ?string $echoOf = NULL): Traversable|array
final class Samlforce\Salesforce\RowResult
  public readonly bool $success
  public readonly ?string $id
  public readonly bool $created
  public readonly ?Samlforce\Salesforce\Reason $reason
  public readonly ?Samlforce\Salesforce\Action $action
  public readonly ?string $errorCode
  public readonly ?string $message
  public readonly array $fields
  private __construct()
final class Samlforce\Salesforce\SubResult
  public readonly bool $success
  public readonly int $httpStatus
  public readonly mixed $body
  public readonly ?Samlforce\Salesforce\Reason $reason
  public readonly ?Samlforce\Salesforce\Action $action
  public readonly ?string $errorCode
  public readonly ?string $message
  public readonly array $fields
  private __construct()
final class Samlforce\Salesforce\GraphResult
  public readonly bool $success
  public readonly ?string $cause
  public readonly array $results
  private __construct()
final class Samlforce\Salesforce\RowResults
  private __construct()
  public current(): Samlforce\Salesforce\RowResult
  public key(): mixed
  public next(): void
  public rewind(): void
  public valid(): bool
final class Samlforce\Salesforce\QueryRows
  private __construct()
  public current(): mixed
  public key(): int
  public next(): void
  public rewind(): void
  public valid(): bool
  public count(): int
enum Samlforce\Salesforce\OutboundMessageReason
  TooLarge=too_large NotUtf8=not_utf8 NotWellFormed=not_well_formed Doctype=doctype ProcessingInstruction=processing_instruction TooDeep=too_deep TooManyNodes=too_many_nodes TooManyAttributes=too_many_attributes TooManyNamespaces=too_many_namespaces InvalidNamespace=invalid_namespace SoapInvalid=soap_invalid UnexpectedElement=unexpected_element UnexpectedAttribute=unexpected_attribute MissingElement=missing_element InvalidId=invalid_id DuplicateId=duplicate_id DuplicateField=duplicate_field TypeInvalid=type_invalid TooManyNotifications=too_many_notifications OrganizationMismatch=organization_mismatch Internal=internal
final class Samlforce\Salesforce\OutboundMessageException extends Samlforce\SamlforceException
  public readonly Samlforce\Salesforce\OutboundMessageReason $reason
  public readonly ?string $found
  public readonly ?string $expected
final class Samlforce\Salesforce\OutboundMessage
  public readonly string $organizationId
  public readonly string $actionId
  public readonly array $notifications
  private __construct()
  public static parse(#[SensitiveParameter] string $soap, string $organizationId): Samlforce\Salesforce\OutboundMessage
  public static acknowledgement(bool $accepted): string
