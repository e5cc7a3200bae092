<?php

/** @generate-class-entries */

namespace Samlforce\Salesforce;

/** What kind of failure it was. */
enum Reason: string
{
    /** The host is not on samlforce.allowed_hosts; nothing was sent. */
    case HostNotAllowed = 'host_not_allowed';
    /** An argument is outside its limits; nothing was sent. */
    case InvalidInput = 'invalid_input';
    /** A key of the keyring could not be used; nothing was sent. */
    case KeyUnusable = 'key_unusable';
    /** The sealed password was refused or has expired; nothing was sent. */
    case SealRefused = 'seal_refused';
    case SealExpired = 'seal_expired';
    /** No TCP connection or no name. */
    case Unreachable = 'unreachable';
    /** The certificate, its name or the handshake. */
    case Tls = 'tls';
    case TimedOut = 'timed_out';
    /** The answer ended early, was no JSON where JSON was due, or was over samlforce.http.max_response_bytes. */
    case BrokenAnswer = 'broken_answer';
    /** Salesforce refused to give a token. */
    case Authentication = 'authentication';
    /** The record or the user does not exist, or is not unique. */
    case NotFound = 'not_found';
    /** Salesforce said no, and why: see $errorCode. */
    case Refused = 'refused';
    /** A 5xx, or an answer that Salesforce's documentation doesn't know. */
    case ServerError = 'server_error';
    /** The {@see TokenStore} failed: its own exception is the previous one. */
    case TokenStore = 'token_store';
    /** Salesforce has no event of this replay id any more. */
    case ReplayExpired = 'replay_expired';
}

/** What to do about a failure. */
enum Action: string
{
    /** The same call again, later (see $retryAfter). */
    case Retry = 'retry';
    /** Stop all calls of this org, and tell the administrator: a limit is reached. */
    case Pause = 'pause';
    /** Something is there already: look it up and use or link it. */
    case LookUp = 'look_up';
    /** The credentials or the key are at fault. */
    case Authenticate = 'authenticate';
    /** A person must change something; a repeat gives the same. */
    case TellPerson = 'tell_person';
}

final class SalesforceException extends \Samlforce\SamlforceException
{
    public readonly Reason $reason;
    public readonly Action $action;
    /** Salesforce's own errorCode, `DUPLICATE_USERNAME` say, or OAuth's error. */
    public readonly ?string $errorCode;
    /**
     * The fields that Salesforce names.
     *
     * @var array
     */
    public readonly array $fields;
    public readonly ?int $httpStatus;
    /** Seconds, where the server asked for a pause. */
    public readonly ?int $retryAfter;
    /** The request may have been carried out although no answer came. */
    public readonly bool $ambiguous;
}
