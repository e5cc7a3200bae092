<?php

/** @generate-class-entries */

namespace Samlforce\Salesforce;

/** Why an Outbound Message was refused. */
enum OutboundMessageReason: string
{
    // bytes and XML
    /** Over samlforce.outbound.max_bytes. */
    case TooLarge = 'too_large';
    case NotUtf8 = 'not_utf8';
    case NotWellFormed = 'not_well_formed';
    case Doctype = 'doctype';
    case ProcessingInstruction = 'processing_instruction';
    case TooDeep = 'too_deep';
    /** Over samlforce.outbound.max_nodes. */
    case TooManyNodes = 'too_many_nodes';
    case TooManyAttributes = 'too_many_attributes';
    case TooManyNamespaces = 'too_many_namespaces';
    case InvalidNamespace = 'invalid_namespace';
    // shape
    /** No SOAP 1.1 envelope around one `notifications`. */
    case SoapInvalid = 'soap_invalid';
    case UnexpectedElement = 'unexpected_element';
    case UnexpectedAttribute = 'unexpected_attribute';
    case MissingElement = 'missing_element';
    /** Not 15 or 18 letters and digits, or the last three of 18 don't fit the rest. */
    case InvalidId = 'invalid_id';
    /** Two notifications of one Id. */
    case DuplicateId = 'duplicate_id';
    case DuplicateField = 'duplicate_field';
    /** The sObject has no xsi:type, or one of another namespace than `urn:sobject.enterprise.soap.sforce.com`. */
    case TypeInvalid = 'type_invalid';
    /** More than 100. */
    case TooManyNotifications = 'too_many_notifications';
    /** It comes from another org, or says so. */
    case OrganizationMismatch = 'organization_mismatch';
    case Internal = 'internal';
}

final class OutboundMessageException extends \Samlforce\SamlforceException
{
    public readonly OutboundMessageReason $reason;
    /** The value that stood in the message, cut at 200 bytes. */
    public readonly ?string $found;
    /** The value that was expected there. */
    public readonly ?string $expected;
}

/**
 * What a flow, a workflow rule or an approval of Salesforce posts to an address of ours when a record changes (SOAP API Developer Guide,
 * "Outbound Messaging").
 *
 * Nothing in it is signed: take it only where Salesforce's client certificate came with the connection, or where a secret stood in the
 * address. It may come more than once, out of order, and with newer values than those that set it off: keep the notifications' Ids
 * and pass over those that are known.
 *
 * @strict-properties
 * @not-serializable
 */
final class OutboundMessage
{
    /** 18 characters; the one that was asked for. */
    public readonly string $organizationId;
    /** 18 characters: which Outbound Message of the org's setup it is. */
    public readonly string $actionId;
    /**
     * 1 to 100, as `{id, object, recordId, fields}`: `id` is the notification's, 18 characters and the same when it comes again; `object`
     * the API name; `fields` the values by their API names, as the texts that XML Schema writes (`true`, `2026-01-31T08:00:00.000Z`, `12.5`).
     * A field that is null is not there at all; null only where the message says xsi:nil.
     *
     * @var array
     */
    public readonly array $notifications;

    private function __construct() {}

    /**
     * @param string $soap the body of the POST, at most samlforce.outbound.max_bytes. A byte order mark may come first.
     * @param string $organizationId the org that may send, 15 or 18 characters (`00D…`).
     * @throws OutboundMessageException
     */
    public static function parse(#[\SensitiveParameter] string $soap, string $organizationId): OutboundMessage {}

    /**
     * The answer, to be sent with the status 200 and `Content-Type: text/xml; charset=utf-8`. True when everything in the message has been
     * kept; anything else, a plain 200 too, makes Salesforce send it again, for 24 hours.
     */
    public static function acknowledgement(bool $accepted): string {}
}
