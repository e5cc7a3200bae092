<?php

/** @generate-class-entries */

namespace Samlforce\Saml;

/** What {@see ServiceProvider::acceptLogin()} looks at, in the order in which it mostly does. */
enum CheckName: string
{
    case Provider = 'provider';
    /** This and the two others of an artifact are made for {@see ServiceProvider::explainArtifact()} alone. */
    case Artifact = 'artifact';
    case BackChannel = 'back_channel';
    case Encoding = 'encoding';
    case Xml = 'xml';
    case ArtifactResponse = 'artifact_response';
    case Shape = 'shape';
    case Status = 'status';
    case AssertionCount = 'assertion_count';
    case Ids = 'ids';
    case Wrapping = 'wrapping';
    case Signed = 'signed';
    case Decryption = 'decryption';
    case SignatureShape = 'signature_shape';
    case SignatureAlgorithm = 'signature_algorithm';
    case SignatureValue = 'signature_value';
    case SignatureReference = 'signature_reference';
    case SignatureDigest = 'signature_digest';
    case Certificate = 'certificate';
    case Head = 'head';
    case Issuer = 'issuer';
    case Destination = 'destination';
    case NameId = 'name_id';
    case Confirmation = 'confirmation';
    case Recipient = 'recipient';
    case ConfirmationTime = 'confirmation_time';
    case InResponseTo = 'in_response_to';
    case Validity = 'validity';
    case Audience = 'audience';
    case Conditions = 'conditions';
    case AuthnStatement = 'authn_statement';
    case Session = 'session';
    case Freshness = 'freshness';
    case AuthnContext = 'authn_context';
    case Attributes = 'attributes';
    case Solicited = 'solicited';
    case Replay = 'replay';
}

enum CheckResult: string
{
    case Passed = 'passed';
    /** The login is good all the same. */
    case Warned = 'warned';
    case Failed = 'failed';
    /** A check before it has failed; or an explanation doesn't make it. */
    case NotReached = 'not_reached';
}

/**
 * One check of a login.
 *
 * @strict-properties
 * @not-serializable
 */
final class Check
{
    public readonly CheckName $name;
    /** What it is about: `Response` or `Assertion`; null where it wasn't reached, or is about the message as it came. */
    public readonly ?string $subject;
    public readonly CheckResult $result;
    /** What is looked at, in one English sentence that says how it should be. */
    public readonly string $title;
    /** Of a failed one. */
    public readonly ?Reason $reason;
    /**
     * What stood in the message, at most 200 bytes, without control characters: whoever sent it chose it, so escape it. Never anything that was
     * encrypted, before its signature was verified.
     */
    public readonly ?string $found;
    public readonly ?string $expected;
    /** Of a failed one: the element, attribute or part of the message that it failed at. */
    public readonly ?string $where;
    /** The next step for an administrator, in one English sentence. */
    public readonly ?string $advice;

    private function __construct() {}
}

/**
 * Why a Response signs somebody in, or doesn't: every check that {@see ServiceProvider::acceptLogin()}, or acceptArtifact(), makes of it. Iterates over the
 * {@see Check}s in the order in which they were made; those that weren't reached come last.
 *
 * @strict-properties
 * @not-serializable
 */
final class Report implements \IteratorAggregate, \Countable
{
    /** What acceptLogin() would say, but for the claim that the Assertion wasn't used before, which an explanation doesn't make. */
    public readonly bool $accepted;
    /** Why it is refused. */
    public readonly ?Reason $reason;
    /**
     * list<Check>
     *
     * @var array
     */
    public readonly array $checks;
    /** Like what follows, from bytes that the provider has signed and nothing else; null where the refusal came before it was read. */
    public readonly ?string $issuer;
    public readonly ?string $nameId;
    public readonly ?string $nameIdFormat;
    /**
     * As in {@see Assertion}; empty where the refusal came before they were read.
     *
     * @var array
     */
    public readonly array $attributes;

    private function __construct() {}

    public function getIterator(): \Iterator {}

    public function count(): int {}

    /**
     * The login that was explained, for whoever wants it after all: what acceptLogin() or acceptArtifact() would have given, once the guard has
     * claimed its Assertion. An artifact can be resolved only once, so that there is no other way from its explanation to the login.
     *
     * @throws SamlException what they would have thrown; Replayed or ReplayGuardFailed, as the guard says.
     */
    public function assertion(ReplayGuard $guard): Assertion {}
}
