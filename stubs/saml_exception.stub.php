<?php

/** @generate-class-entries */

namespace Samlforce\Saml;

/** Why a SAML message, metadata or a setting was refused. */
enum Reason: string
{
    // bytes and XML
    case TooLarge = 'too_large';
    case NotBase64 = 'not_base64';
    case InvalidQuery = 'invalid_query';
    case MissingParameter = 'missing_parameter';
    case DuplicateParameter = 'duplicate_parameter';
    case EncodingRefused = 'encoding_refused';
    case NotDeflated = 'not_deflated';
    case SoapInvalid = 'soap_invalid';
    case SoapFault = 'soap_fault';
    case ArtifactInvalid = 'artifact_invalid';
    case ArtifactServiceUnknown = 'artifact_service_unknown';
    case ArtifactUnresolved = 'artifact_unresolved';
    case BackChannelFailed = 'back_channel_failed';
    case NotUtf8 = 'not_utf8';
    case NotWellFormed = 'not_well_formed';
    case Doctype = 'doctype';
    case ProcessingInstruction = 'processing_instruction';
    case TooDeep = 'too_deep';
    case TooManyNodes = 'too_many_nodes';
    case TooManyAttributes = 'too_many_attributes';
    case TooManyNamespaces = 'too_many_namespaces';
    case InvalidNamespace = 'invalid_namespace';
    // shape
    case UnexpectedElement = 'unexpected_element';
    case MissingElement = 'missing_element';
    case UnexpectedAttribute = 'unexpected_attribute';
    case MissingAttribute = 'missing_attribute';
    case InvalidId = 'invalid_id';
    case DuplicateId = 'duplicate_id';
    case InvalidVersion = 'invalid_version';
    case InvalidTime = 'invalid_time';
    case AssertionCount = 'assertion_count';
    // encryption: the second is the one reason for whatever goes wrong with a ciphertext, never with a detail
    case DecryptionKeyMissing = 'decryption_key_missing';
    case DecryptionFailed = 'decryption_failed';
    // signature
    case NotSigned = 'not_signed';
    case SignaturePlacement = 'signature_placement';
    case SignatureShape = 'signature_shape';
    case ReferenceMismatch = 'reference_mismatch';
    case TransformRefused = 'transform_refused';
    case AlgorithmRefused = 'algorithm_refused';
    case CanonicalizationFailed = 'canonicalization_failed';
    case SignatureInvalid = 'signature_invalid';
    case DigestMismatch = 'digest_mismatch';
    // protocol
    case StatusNotSuccess = 'status_not_success';
    case IssuerMismatch = 'issuer_mismatch';
    case DestinationMismatch = 'destination_mismatch';
    case RecipientMismatch = 'recipient_mismatch';
    case AudienceMismatch = 'audience_mismatch';
    case InResponseToMismatch = 'in_response_to_mismatch';
    case Unsolicited = 'unsolicited';
    case NoBearerConfirmation = 'no_bearer_confirmation';
    case NotYetValid = 'not_yet_valid';
    case Expired = 'expired';
    case ConditionRefused = 'condition_refused';
    case NoAuthnStatement = 'no_authn_statement';
    case SessionExpired = 'session_expired';
    case NameIdMissing = 'name_id_missing';
    case NameIdMismatch = 'name_id_mismatch';
    case SessionIndexInvalid = 'session_index_invalid';
    case AttributeInvalid = 'attribute_invalid';
    // what was asked for
    case AuthnTooOld = 'authn_too_old';
    case AuthnContextMismatch = 'authn_context_mismatch';
    case NameIdFormatMismatch = 'name_id_format_mismatch';
    case Replayed = 'replayed';
    case ReplayGuardFailed = 'replay_guard_failed';
    // settings and metadata
    case CertificateInvalid = 'certificate_invalid';
    case MetadataInvalid = 'metadata_invalid';
    case MetadataExpired = 'metadata_expired';
    case EntityNotFound = 'entity_not_found';
    case UrlRefused = 'url_refused';
    case KeyMissing = 'key_missing';
    case KeyUnusable = 'key_unusable';
    case Internal = 'internal';
}

final class SamlException extends \Samlforce\SamlforceException
{
    public readonly Reason $reason;
    /** The value that stood in the message, cut at 200 bytes, where it is safe to show. */
    public readonly ?string $found;
    /** The value that was expected there. */
    public readonly ?string $expected;
}
