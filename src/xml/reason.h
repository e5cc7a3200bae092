/*
 * Why a SAML message, metadata or a setting is refused: one list, which the enum in C and the enum case in PHP
 * (stubs/saml_exception.stub.php) are both made of.
 */
#ifndef SF_XML_REASON_H
#define SF_XML_REASON_H

#define SF_SAML_REASONS(X) \
	X(TOO_LARGE, "TooLarge") \
	X(NOT_BASE64, "NotBase64") \
	X(INVALID_QUERY, "InvalidQuery") \
	X(MISSING_PARAMETER, "MissingParameter") \
	X(DUPLICATE_PARAMETER, "DuplicateParameter") \
	X(ENCODING_REFUSED, "EncodingRefused") \
	X(NOT_DEFLATED, "NotDeflated") \
	X(SOAP_INVALID, "SoapInvalid") \
	X(SOAP_FAULT, "SoapFault") \
	X(ARTIFACT_INVALID, "ArtifactInvalid") \
	X(ARTIFACT_SERVICE_UNKNOWN, "ArtifactServiceUnknown") \
	X(ARTIFACT_UNRESOLVED, "ArtifactUnresolved") \
	X(BACK_CHANNEL_FAILED, "BackChannelFailed") \
	X(NOT_UTF8, "NotUtf8") \
	X(NOT_WELL_FORMED, "NotWellFormed") \
	X(DOCTYPE, "Doctype") \
	X(PROCESSING_INSTRUCTION, "ProcessingInstruction") \
	X(TOO_DEEP, "TooDeep") \
	X(TOO_MANY_NODES, "TooManyNodes") \
	X(TOO_MANY_ATTRIBUTES, "TooManyAttributes") \
	X(TOO_MANY_NAMESPACES, "TooManyNamespaces") \
	X(INVALID_NAMESPACE, "InvalidNamespace") \
	X(UNEXPECTED_ELEMENT, "UnexpectedElement") \
	X(MISSING_ELEMENT, "MissingElement") \
	X(UNEXPECTED_ATTRIBUTE, "UnexpectedAttribute") \
	X(MISSING_ATTRIBUTE, "MissingAttribute") \
	X(INVALID_ID, "InvalidId") \
	X(DUPLICATE_ID, "DuplicateId") \
	X(INVALID_VERSION, "InvalidVersion") \
	X(INVALID_TIME, "InvalidTime") \
	X(ASSERTION_COUNT, "AssertionCount") \
	X(DECRYPTION_KEY_MISSING, "DecryptionKeyMissing") \
	X(DECRYPTION_FAILED, "DecryptionFailed") \
	X(NOT_SIGNED, "NotSigned") \
	X(SIGNATURE_PLACEMENT, "SignaturePlacement") \
	X(SIGNATURE_SHAPE, "SignatureShape") \
	X(REFERENCE_MISMATCH, "ReferenceMismatch") \
	X(TRANSFORM_REFUSED, "TransformRefused") \
	X(ALGORITHM_REFUSED, "AlgorithmRefused") \
	X(CANONICALIZATION_FAILED, "CanonicalizationFailed") \
	X(SIGNATURE_INVALID, "SignatureInvalid") \
	X(DIGEST_MISMATCH, "DigestMismatch") \
	X(STATUS_NOT_SUCCESS, "StatusNotSuccess") \
	X(ISSUER_MISMATCH, "IssuerMismatch") \
	X(DESTINATION_MISMATCH, "DestinationMismatch") \
	X(RECIPIENT_MISMATCH, "RecipientMismatch") \
	X(AUDIENCE_MISMATCH, "AudienceMismatch") \
	X(IN_RESPONSE_TO_MISMATCH, "InResponseToMismatch") \
	X(UNSOLICITED, "Unsolicited") \
	X(NO_BEARER_CONFIRMATION, "NoBearerConfirmation") \
	X(NOT_YET_VALID, "NotYetValid") \
	X(EXPIRED, "Expired") \
	X(CONDITION_REFUSED, "ConditionRefused") \
	X(NO_AUTHN_STATEMENT, "NoAuthnStatement") \
	X(SESSION_EXPIRED, "SessionExpired") \
	X(NAME_ID_MISSING, "NameIdMissing") \
	X(NAME_ID_MISMATCH, "NameIdMismatch") \
	X(SESSION_INDEX_INVALID, "SessionIndexInvalid") \
	X(ATTRIBUTE_INVALID, "AttributeInvalid") \
	X(AUTHN_TOO_OLD, "AuthnTooOld") \
	X(AUTHN_CONTEXT_MISMATCH, "AuthnContextMismatch") \
	X(NAME_ID_FORMAT_MISMATCH, "NameIdFormatMismatch") \
	X(REPLAYED, "Replayed") \
	X(REPLAY_GUARD_FAILED, "ReplayGuardFailed") \
	X(CERTIFICATE_INVALID, "CertificateInvalid") \
	X(METADATA_INVALID, "MetadataInvalid") \
	X(METADATA_EXPIRED, "MetadataExpired") \
	X(ENTITY_NOT_FOUND, "EntityNotFound") \
	X(URL_REFUSED, "UrlRefused") \
	X(KEY_MISSING, "KeyMissing") \
	X(KEY_UNUSABLE, "KeyUnusable") \
	X(INTERNAL, "Internal")

enum sf_saml_reason {
	SF_OK = 0,
#define SF_SAML_REASON_ENUM(name, php) SF_##name,
	SF_SAML_REASONS(SF_SAML_REASON_ENUM)
#undef SF_SAML_REASON_ENUM
};

#endif
