/* This is a generated file, edit the .stub.php file instead.
 * Stub hash: 81132a8fc691a71571b8b495e24d50f0d3c11c68 */




static const zend_function_entry class_Samlforce_Saml_Reason_methods[] = {
	ZEND_FE_END
};


static const zend_function_entry class_Samlforce_Saml_SamlException_methods[] = {
	ZEND_FE_END
};

static zend_class_entry *register_class_Samlforce_Saml_Reason(void)
{
	zend_class_entry *class_entry = zend_register_internal_enum("Samlforce\\Saml\\Reason", IS_STRING, class_Samlforce_Saml_Reason_methods);

	zval enum_case_TooLarge_value;
	zend_string *enum_case_TooLarge_value_str = zend_string_init("too_large", strlen("too_large"), 1);
	ZVAL_STR(&enum_case_TooLarge_value, enum_case_TooLarge_value_str);
	zend_enum_add_case_cstr(class_entry, "TooLarge", &enum_case_TooLarge_value);

	zval enum_case_NotBase64_value;
	zend_string *enum_case_NotBase64_value_str = zend_string_init("not_base64", strlen("not_base64"), 1);
	ZVAL_STR(&enum_case_NotBase64_value, enum_case_NotBase64_value_str);
	zend_enum_add_case_cstr(class_entry, "NotBase64", &enum_case_NotBase64_value);

	zval enum_case_InvalidQuery_value;
	zend_string *enum_case_InvalidQuery_value_str = zend_string_init("invalid_query", strlen("invalid_query"), 1);
	ZVAL_STR(&enum_case_InvalidQuery_value, enum_case_InvalidQuery_value_str);
	zend_enum_add_case_cstr(class_entry, "InvalidQuery", &enum_case_InvalidQuery_value);

	zval enum_case_MissingParameter_value;
	zend_string *enum_case_MissingParameter_value_str = zend_string_init("missing_parameter", strlen("missing_parameter"), 1);
	ZVAL_STR(&enum_case_MissingParameter_value, enum_case_MissingParameter_value_str);
	zend_enum_add_case_cstr(class_entry, "MissingParameter", &enum_case_MissingParameter_value);

	zval enum_case_DuplicateParameter_value;
	zend_string *enum_case_DuplicateParameter_value_str = zend_string_init("duplicate_parameter", strlen("duplicate_parameter"), 1);
	ZVAL_STR(&enum_case_DuplicateParameter_value, enum_case_DuplicateParameter_value_str);
	zend_enum_add_case_cstr(class_entry, "DuplicateParameter", &enum_case_DuplicateParameter_value);

	zval enum_case_EncodingRefused_value;
	zend_string *enum_case_EncodingRefused_value_str = zend_string_init("encoding_refused", strlen("encoding_refused"), 1);
	ZVAL_STR(&enum_case_EncodingRefused_value, enum_case_EncodingRefused_value_str);
	zend_enum_add_case_cstr(class_entry, "EncodingRefused", &enum_case_EncodingRefused_value);

	zval enum_case_NotDeflated_value;
	zend_string *enum_case_NotDeflated_value_str = zend_string_init("not_deflated", strlen("not_deflated"), 1);
	ZVAL_STR(&enum_case_NotDeflated_value, enum_case_NotDeflated_value_str);
	zend_enum_add_case_cstr(class_entry, "NotDeflated", &enum_case_NotDeflated_value);

	zval enum_case_SoapInvalid_value;
	zend_string *enum_case_SoapInvalid_value_str = zend_string_init("soap_invalid", strlen("soap_invalid"), 1);
	ZVAL_STR(&enum_case_SoapInvalid_value, enum_case_SoapInvalid_value_str);
	zend_enum_add_case_cstr(class_entry, "SoapInvalid", &enum_case_SoapInvalid_value);

	zval enum_case_SoapFault_value;
	zend_string *enum_case_SoapFault_value_str = zend_string_init("soap_fault", strlen("soap_fault"), 1);
	ZVAL_STR(&enum_case_SoapFault_value, enum_case_SoapFault_value_str);
	zend_enum_add_case_cstr(class_entry, "SoapFault", &enum_case_SoapFault_value);

	zval enum_case_ArtifactInvalid_value;
	zend_string *enum_case_ArtifactInvalid_value_str = zend_string_init("artifact_invalid", strlen("artifact_invalid"), 1);
	ZVAL_STR(&enum_case_ArtifactInvalid_value, enum_case_ArtifactInvalid_value_str);
	zend_enum_add_case_cstr(class_entry, "ArtifactInvalid", &enum_case_ArtifactInvalid_value);

	zval enum_case_ArtifactServiceUnknown_value;
	zend_string *enum_case_ArtifactServiceUnknown_value_str = zend_string_init("artifact_service_unknown", strlen("artifact_service_unknown"), 1);
	ZVAL_STR(&enum_case_ArtifactServiceUnknown_value, enum_case_ArtifactServiceUnknown_value_str);
	zend_enum_add_case_cstr(class_entry, "ArtifactServiceUnknown", &enum_case_ArtifactServiceUnknown_value);

	zval enum_case_ArtifactUnresolved_value;
	zend_string *enum_case_ArtifactUnresolved_value_str = zend_string_init("artifact_unresolved", strlen("artifact_unresolved"), 1);
	ZVAL_STR(&enum_case_ArtifactUnresolved_value, enum_case_ArtifactUnresolved_value_str);
	zend_enum_add_case_cstr(class_entry, "ArtifactUnresolved", &enum_case_ArtifactUnresolved_value);

	zval enum_case_BackChannelFailed_value;
	zend_string *enum_case_BackChannelFailed_value_str = zend_string_init("back_channel_failed", strlen("back_channel_failed"), 1);
	ZVAL_STR(&enum_case_BackChannelFailed_value, enum_case_BackChannelFailed_value_str);
	zend_enum_add_case_cstr(class_entry, "BackChannelFailed", &enum_case_BackChannelFailed_value);

	zval enum_case_NotUtf8_value;
	zend_string *enum_case_NotUtf8_value_str = zend_string_init("not_utf8", strlen("not_utf8"), 1);
	ZVAL_STR(&enum_case_NotUtf8_value, enum_case_NotUtf8_value_str);
	zend_enum_add_case_cstr(class_entry, "NotUtf8", &enum_case_NotUtf8_value);

	zval enum_case_NotWellFormed_value;
	zend_string *enum_case_NotWellFormed_value_str = zend_string_init("not_well_formed", strlen("not_well_formed"), 1);
	ZVAL_STR(&enum_case_NotWellFormed_value, enum_case_NotWellFormed_value_str);
	zend_enum_add_case_cstr(class_entry, "NotWellFormed", &enum_case_NotWellFormed_value);

	zval enum_case_Doctype_value;
	zend_string *enum_case_Doctype_value_str = zend_string_init("doctype", strlen("doctype"), 1);
	ZVAL_STR(&enum_case_Doctype_value, enum_case_Doctype_value_str);
	zend_enum_add_case_cstr(class_entry, "Doctype", &enum_case_Doctype_value);

	zval enum_case_ProcessingInstruction_value;
	zend_string *enum_case_ProcessingInstruction_value_str = zend_string_init("processing_instruction", strlen("processing_instruction"), 1);
	ZVAL_STR(&enum_case_ProcessingInstruction_value, enum_case_ProcessingInstruction_value_str);
	zend_enum_add_case_cstr(class_entry, "ProcessingInstruction", &enum_case_ProcessingInstruction_value);

	zval enum_case_TooDeep_value;
	zend_string *enum_case_TooDeep_value_str = zend_string_init("too_deep", strlen("too_deep"), 1);
	ZVAL_STR(&enum_case_TooDeep_value, enum_case_TooDeep_value_str);
	zend_enum_add_case_cstr(class_entry, "TooDeep", &enum_case_TooDeep_value);

	zval enum_case_TooManyNodes_value;
	zend_string *enum_case_TooManyNodes_value_str = zend_string_init("too_many_nodes", strlen("too_many_nodes"), 1);
	ZVAL_STR(&enum_case_TooManyNodes_value, enum_case_TooManyNodes_value_str);
	zend_enum_add_case_cstr(class_entry, "TooManyNodes", &enum_case_TooManyNodes_value);

	zval enum_case_TooManyAttributes_value;
	zend_string *enum_case_TooManyAttributes_value_str = zend_string_init("too_many_attributes", strlen("too_many_attributes"), 1);
	ZVAL_STR(&enum_case_TooManyAttributes_value, enum_case_TooManyAttributes_value_str);
	zend_enum_add_case_cstr(class_entry, "TooManyAttributes", &enum_case_TooManyAttributes_value);

	zval enum_case_TooManyNamespaces_value;
	zend_string *enum_case_TooManyNamespaces_value_str = zend_string_init("too_many_namespaces", strlen("too_many_namespaces"), 1);
	ZVAL_STR(&enum_case_TooManyNamespaces_value, enum_case_TooManyNamespaces_value_str);
	zend_enum_add_case_cstr(class_entry, "TooManyNamespaces", &enum_case_TooManyNamespaces_value);

	zval enum_case_InvalidNamespace_value;
	zend_string *enum_case_InvalidNamespace_value_str = zend_string_init("invalid_namespace", strlen("invalid_namespace"), 1);
	ZVAL_STR(&enum_case_InvalidNamespace_value, enum_case_InvalidNamespace_value_str);
	zend_enum_add_case_cstr(class_entry, "InvalidNamespace", &enum_case_InvalidNamespace_value);

	zval enum_case_UnexpectedElement_value;
	zend_string *enum_case_UnexpectedElement_value_str = zend_string_init("unexpected_element", strlen("unexpected_element"), 1);
	ZVAL_STR(&enum_case_UnexpectedElement_value, enum_case_UnexpectedElement_value_str);
	zend_enum_add_case_cstr(class_entry, "UnexpectedElement", &enum_case_UnexpectedElement_value);

	zval enum_case_MissingElement_value;
	zend_string *enum_case_MissingElement_value_str = zend_string_init("missing_element", strlen("missing_element"), 1);
	ZVAL_STR(&enum_case_MissingElement_value, enum_case_MissingElement_value_str);
	zend_enum_add_case_cstr(class_entry, "MissingElement", &enum_case_MissingElement_value);

	zval enum_case_UnexpectedAttribute_value;
	zend_string *enum_case_UnexpectedAttribute_value_str = zend_string_init("unexpected_attribute", strlen("unexpected_attribute"), 1);
	ZVAL_STR(&enum_case_UnexpectedAttribute_value, enum_case_UnexpectedAttribute_value_str);
	zend_enum_add_case_cstr(class_entry, "UnexpectedAttribute", &enum_case_UnexpectedAttribute_value);

	zval enum_case_MissingAttribute_value;
	zend_string *enum_case_MissingAttribute_value_str = zend_string_init("missing_attribute", strlen("missing_attribute"), 1);
	ZVAL_STR(&enum_case_MissingAttribute_value, enum_case_MissingAttribute_value_str);
	zend_enum_add_case_cstr(class_entry, "MissingAttribute", &enum_case_MissingAttribute_value);

	zval enum_case_InvalidId_value;
	zend_string *enum_case_InvalidId_value_str = zend_string_init("invalid_id", strlen("invalid_id"), 1);
	ZVAL_STR(&enum_case_InvalidId_value, enum_case_InvalidId_value_str);
	zend_enum_add_case_cstr(class_entry, "InvalidId", &enum_case_InvalidId_value);

	zval enum_case_DuplicateId_value;
	zend_string *enum_case_DuplicateId_value_str = zend_string_init("duplicate_id", strlen("duplicate_id"), 1);
	ZVAL_STR(&enum_case_DuplicateId_value, enum_case_DuplicateId_value_str);
	zend_enum_add_case_cstr(class_entry, "DuplicateId", &enum_case_DuplicateId_value);

	zval enum_case_InvalidVersion_value;
	zend_string *enum_case_InvalidVersion_value_str = zend_string_init("invalid_version", strlen("invalid_version"), 1);
	ZVAL_STR(&enum_case_InvalidVersion_value, enum_case_InvalidVersion_value_str);
	zend_enum_add_case_cstr(class_entry, "InvalidVersion", &enum_case_InvalidVersion_value);

	zval enum_case_InvalidTime_value;
	zend_string *enum_case_InvalidTime_value_str = zend_string_init("invalid_time", strlen("invalid_time"), 1);
	ZVAL_STR(&enum_case_InvalidTime_value, enum_case_InvalidTime_value_str);
	zend_enum_add_case_cstr(class_entry, "InvalidTime", &enum_case_InvalidTime_value);

	zval enum_case_AssertionCount_value;
	zend_string *enum_case_AssertionCount_value_str = zend_string_init("assertion_count", strlen("assertion_count"), 1);
	ZVAL_STR(&enum_case_AssertionCount_value, enum_case_AssertionCount_value_str);
	zend_enum_add_case_cstr(class_entry, "AssertionCount", &enum_case_AssertionCount_value);

	zval enum_case_DecryptionKeyMissing_value;
	zend_string *enum_case_DecryptionKeyMissing_value_str = zend_string_init("decryption_key_missing", strlen("decryption_key_missing"), 1);
	ZVAL_STR(&enum_case_DecryptionKeyMissing_value, enum_case_DecryptionKeyMissing_value_str);
	zend_enum_add_case_cstr(class_entry, "DecryptionKeyMissing", &enum_case_DecryptionKeyMissing_value);

	zval enum_case_DecryptionFailed_value;
	zend_string *enum_case_DecryptionFailed_value_str = zend_string_init("decryption_failed", strlen("decryption_failed"), 1);
	ZVAL_STR(&enum_case_DecryptionFailed_value, enum_case_DecryptionFailed_value_str);
	zend_enum_add_case_cstr(class_entry, "DecryptionFailed", &enum_case_DecryptionFailed_value);

	zval enum_case_NotSigned_value;
	zend_string *enum_case_NotSigned_value_str = zend_string_init("not_signed", strlen("not_signed"), 1);
	ZVAL_STR(&enum_case_NotSigned_value, enum_case_NotSigned_value_str);
	zend_enum_add_case_cstr(class_entry, "NotSigned", &enum_case_NotSigned_value);

	zval enum_case_SignaturePlacement_value;
	zend_string *enum_case_SignaturePlacement_value_str = zend_string_init("signature_placement", strlen("signature_placement"), 1);
	ZVAL_STR(&enum_case_SignaturePlacement_value, enum_case_SignaturePlacement_value_str);
	zend_enum_add_case_cstr(class_entry, "SignaturePlacement", &enum_case_SignaturePlacement_value);

	zval enum_case_SignatureShape_value;
	zend_string *enum_case_SignatureShape_value_str = zend_string_init("signature_shape", strlen("signature_shape"), 1);
	ZVAL_STR(&enum_case_SignatureShape_value, enum_case_SignatureShape_value_str);
	zend_enum_add_case_cstr(class_entry, "SignatureShape", &enum_case_SignatureShape_value);

	zval enum_case_ReferenceMismatch_value;
	zend_string *enum_case_ReferenceMismatch_value_str = zend_string_init("reference_mismatch", strlen("reference_mismatch"), 1);
	ZVAL_STR(&enum_case_ReferenceMismatch_value, enum_case_ReferenceMismatch_value_str);
	zend_enum_add_case_cstr(class_entry, "ReferenceMismatch", &enum_case_ReferenceMismatch_value);

	zval enum_case_TransformRefused_value;
	zend_string *enum_case_TransformRefused_value_str = zend_string_init("transform_refused", strlen("transform_refused"), 1);
	ZVAL_STR(&enum_case_TransformRefused_value, enum_case_TransformRefused_value_str);
	zend_enum_add_case_cstr(class_entry, "TransformRefused", &enum_case_TransformRefused_value);

	zval enum_case_AlgorithmRefused_value;
	zend_string *enum_case_AlgorithmRefused_value_str = zend_string_init("algorithm_refused", strlen("algorithm_refused"), 1);
	ZVAL_STR(&enum_case_AlgorithmRefused_value, enum_case_AlgorithmRefused_value_str);
	zend_enum_add_case_cstr(class_entry, "AlgorithmRefused", &enum_case_AlgorithmRefused_value);

	zval enum_case_CanonicalizationFailed_value;
	zend_string *enum_case_CanonicalizationFailed_value_str = zend_string_init("canonicalization_failed", strlen("canonicalization_failed"), 1);
	ZVAL_STR(&enum_case_CanonicalizationFailed_value, enum_case_CanonicalizationFailed_value_str);
	zend_enum_add_case_cstr(class_entry, "CanonicalizationFailed", &enum_case_CanonicalizationFailed_value);

	zval enum_case_SignatureInvalid_value;
	zend_string *enum_case_SignatureInvalid_value_str = zend_string_init("signature_invalid", strlen("signature_invalid"), 1);
	ZVAL_STR(&enum_case_SignatureInvalid_value, enum_case_SignatureInvalid_value_str);
	zend_enum_add_case_cstr(class_entry, "SignatureInvalid", &enum_case_SignatureInvalid_value);

	zval enum_case_DigestMismatch_value;
	zend_string *enum_case_DigestMismatch_value_str = zend_string_init("digest_mismatch", strlen("digest_mismatch"), 1);
	ZVAL_STR(&enum_case_DigestMismatch_value, enum_case_DigestMismatch_value_str);
	zend_enum_add_case_cstr(class_entry, "DigestMismatch", &enum_case_DigestMismatch_value);

	zval enum_case_StatusNotSuccess_value;
	zend_string *enum_case_StatusNotSuccess_value_str = zend_string_init("status_not_success", strlen("status_not_success"), 1);
	ZVAL_STR(&enum_case_StatusNotSuccess_value, enum_case_StatusNotSuccess_value_str);
	zend_enum_add_case_cstr(class_entry, "StatusNotSuccess", &enum_case_StatusNotSuccess_value);

	zval enum_case_IssuerMismatch_value;
	zend_string *enum_case_IssuerMismatch_value_str = zend_string_init("issuer_mismatch", strlen("issuer_mismatch"), 1);
	ZVAL_STR(&enum_case_IssuerMismatch_value, enum_case_IssuerMismatch_value_str);
	zend_enum_add_case_cstr(class_entry, "IssuerMismatch", &enum_case_IssuerMismatch_value);

	zval enum_case_DestinationMismatch_value;
	zend_string *enum_case_DestinationMismatch_value_str = zend_string_init("destination_mismatch", strlen("destination_mismatch"), 1);
	ZVAL_STR(&enum_case_DestinationMismatch_value, enum_case_DestinationMismatch_value_str);
	zend_enum_add_case_cstr(class_entry, "DestinationMismatch", &enum_case_DestinationMismatch_value);

	zval enum_case_RecipientMismatch_value;
	zend_string *enum_case_RecipientMismatch_value_str = zend_string_init("recipient_mismatch", strlen("recipient_mismatch"), 1);
	ZVAL_STR(&enum_case_RecipientMismatch_value, enum_case_RecipientMismatch_value_str);
	zend_enum_add_case_cstr(class_entry, "RecipientMismatch", &enum_case_RecipientMismatch_value);

	zval enum_case_AudienceMismatch_value;
	zend_string *enum_case_AudienceMismatch_value_str = zend_string_init("audience_mismatch", strlen("audience_mismatch"), 1);
	ZVAL_STR(&enum_case_AudienceMismatch_value, enum_case_AudienceMismatch_value_str);
	zend_enum_add_case_cstr(class_entry, "AudienceMismatch", &enum_case_AudienceMismatch_value);

	zval enum_case_InResponseToMismatch_value;
	zend_string *enum_case_InResponseToMismatch_value_str = zend_string_init("in_response_to_mismatch", strlen("in_response_to_mismatch"), 1);
	ZVAL_STR(&enum_case_InResponseToMismatch_value, enum_case_InResponseToMismatch_value_str);
	zend_enum_add_case_cstr(class_entry, "InResponseToMismatch", &enum_case_InResponseToMismatch_value);

	zval enum_case_Unsolicited_value;
	zend_string *enum_case_Unsolicited_value_str = zend_string_init("unsolicited", strlen("unsolicited"), 1);
	ZVAL_STR(&enum_case_Unsolicited_value, enum_case_Unsolicited_value_str);
	zend_enum_add_case_cstr(class_entry, "Unsolicited", &enum_case_Unsolicited_value);

	zval enum_case_NoBearerConfirmation_value;
	zend_string *enum_case_NoBearerConfirmation_value_str = zend_string_init("no_bearer_confirmation", strlen("no_bearer_confirmation"), 1);
	ZVAL_STR(&enum_case_NoBearerConfirmation_value, enum_case_NoBearerConfirmation_value_str);
	zend_enum_add_case_cstr(class_entry, "NoBearerConfirmation", &enum_case_NoBearerConfirmation_value);

	zval enum_case_NotYetValid_value;
	zend_string *enum_case_NotYetValid_value_str = zend_string_init("not_yet_valid", strlen("not_yet_valid"), 1);
	ZVAL_STR(&enum_case_NotYetValid_value, enum_case_NotYetValid_value_str);
	zend_enum_add_case_cstr(class_entry, "NotYetValid", &enum_case_NotYetValid_value);

	zval enum_case_Expired_value;
	zend_string *enum_case_Expired_value_str = zend_string_init("expired", strlen("expired"), 1);
	ZVAL_STR(&enum_case_Expired_value, enum_case_Expired_value_str);
	zend_enum_add_case_cstr(class_entry, "Expired", &enum_case_Expired_value);

	zval enum_case_ConditionRefused_value;
	zend_string *enum_case_ConditionRefused_value_str = zend_string_init("condition_refused", strlen("condition_refused"), 1);
	ZVAL_STR(&enum_case_ConditionRefused_value, enum_case_ConditionRefused_value_str);
	zend_enum_add_case_cstr(class_entry, "ConditionRefused", &enum_case_ConditionRefused_value);

	zval enum_case_NoAuthnStatement_value;
	zend_string *enum_case_NoAuthnStatement_value_str = zend_string_init("no_authn_statement", strlen("no_authn_statement"), 1);
	ZVAL_STR(&enum_case_NoAuthnStatement_value, enum_case_NoAuthnStatement_value_str);
	zend_enum_add_case_cstr(class_entry, "NoAuthnStatement", &enum_case_NoAuthnStatement_value);

	zval enum_case_SessionExpired_value;
	zend_string *enum_case_SessionExpired_value_str = zend_string_init("session_expired", strlen("session_expired"), 1);
	ZVAL_STR(&enum_case_SessionExpired_value, enum_case_SessionExpired_value_str);
	zend_enum_add_case_cstr(class_entry, "SessionExpired", &enum_case_SessionExpired_value);

	zval enum_case_NameIdMissing_value;
	zend_string *enum_case_NameIdMissing_value_str = zend_string_init("name_id_missing", strlen("name_id_missing"), 1);
	ZVAL_STR(&enum_case_NameIdMissing_value, enum_case_NameIdMissing_value_str);
	zend_enum_add_case_cstr(class_entry, "NameIdMissing", &enum_case_NameIdMissing_value);

	zval enum_case_NameIdMismatch_value;
	zend_string *enum_case_NameIdMismatch_value_str = zend_string_init("name_id_mismatch", strlen("name_id_mismatch"), 1);
	ZVAL_STR(&enum_case_NameIdMismatch_value, enum_case_NameIdMismatch_value_str);
	zend_enum_add_case_cstr(class_entry, "NameIdMismatch", &enum_case_NameIdMismatch_value);

	zval enum_case_SessionIndexInvalid_value;
	zend_string *enum_case_SessionIndexInvalid_value_str = zend_string_init("session_index_invalid", strlen("session_index_invalid"), 1);
	ZVAL_STR(&enum_case_SessionIndexInvalid_value, enum_case_SessionIndexInvalid_value_str);
	zend_enum_add_case_cstr(class_entry, "SessionIndexInvalid", &enum_case_SessionIndexInvalid_value);

	zval enum_case_AttributeInvalid_value;
	zend_string *enum_case_AttributeInvalid_value_str = zend_string_init("attribute_invalid", strlen("attribute_invalid"), 1);
	ZVAL_STR(&enum_case_AttributeInvalid_value, enum_case_AttributeInvalid_value_str);
	zend_enum_add_case_cstr(class_entry, "AttributeInvalid", &enum_case_AttributeInvalid_value);

	zval enum_case_AuthnTooOld_value;
	zend_string *enum_case_AuthnTooOld_value_str = zend_string_init("authn_too_old", strlen("authn_too_old"), 1);
	ZVAL_STR(&enum_case_AuthnTooOld_value, enum_case_AuthnTooOld_value_str);
	zend_enum_add_case_cstr(class_entry, "AuthnTooOld", &enum_case_AuthnTooOld_value);

	zval enum_case_AuthnContextMismatch_value;
	zend_string *enum_case_AuthnContextMismatch_value_str = zend_string_init("authn_context_mismatch", strlen("authn_context_mismatch"), 1);
	ZVAL_STR(&enum_case_AuthnContextMismatch_value, enum_case_AuthnContextMismatch_value_str);
	zend_enum_add_case_cstr(class_entry, "AuthnContextMismatch", &enum_case_AuthnContextMismatch_value);

	zval enum_case_NameIdFormatMismatch_value;
	zend_string *enum_case_NameIdFormatMismatch_value_str = zend_string_init("name_id_format_mismatch", strlen("name_id_format_mismatch"), 1);
	ZVAL_STR(&enum_case_NameIdFormatMismatch_value, enum_case_NameIdFormatMismatch_value_str);
	zend_enum_add_case_cstr(class_entry, "NameIdFormatMismatch", &enum_case_NameIdFormatMismatch_value);

	zval enum_case_Replayed_value;
	zend_string *enum_case_Replayed_value_str = zend_string_init("replayed", strlen("replayed"), 1);
	ZVAL_STR(&enum_case_Replayed_value, enum_case_Replayed_value_str);
	zend_enum_add_case_cstr(class_entry, "Replayed", &enum_case_Replayed_value);

	zval enum_case_ReplayGuardFailed_value;
	zend_string *enum_case_ReplayGuardFailed_value_str = zend_string_init("replay_guard_failed", strlen("replay_guard_failed"), 1);
	ZVAL_STR(&enum_case_ReplayGuardFailed_value, enum_case_ReplayGuardFailed_value_str);
	zend_enum_add_case_cstr(class_entry, "ReplayGuardFailed", &enum_case_ReplayGuardFailed_value);

	zval enum_case_CertificateInvalid_value;
	zend_string *enum_case_CertificateInvalid_value_str = zend_string_init("certificate_invalid", strlen("certificate_invalid"), 1);
	ZVAL_STR(&enum_case_CertificateInvalid_value, enum_case_CertificateInvalid_value_str);
	zend_enum_add_case_cstr(class_entry, "CertificateInvalid", &enum_case_CertificateInvalid_value);

	zval enum_case_MetadataInvalid_value;
	zend_string *enum_case_MetadataInvalid_value_str = zend_string_init("metadata_invalid", strlen("metadata_invalid"), 1);
	ZVAL_STR(&enum_case_MetadataInvalid_value, enum_case_MetadataInvalid_value_str);
	zend_enum_add_case_cstr(class_entry, "MetadataInvalid", &enum_case_MetadataInvalid_value);

	zval enum_case_MetadataExpired_value;
	zend_string *enum_case_MetadataExpired_value_str = zend_string_init("metadata_expired", strlen("metadata_expired"), 1);
	ZVAL_STR(&enum_case_MetadataExpired_value, enum_case_MetadataExpired_value_str);
	zend_enum_add_case_cstr(class_entry, "MetadataExpired", &enum_case_MetadataExpired_value);

	zval enum_case_EntityNotFound_value;
	zend_string *enum_case_EntityNotFound_value_str = zend_string_init("entity_not_found", strlen("entity_not_found"), 1);
	ZVAL_STR(&enum_case_EntityNotFound_value, enum_case_EntityNotFound_value_str);
	zend_enum_add_case_cstr(class_entry, "EntityNotFound", &enum_case_EntityNotFound_value);

	zval enum_case_UrlRefused_value;
	zend_string *enum_case_UrlRefused_value_str = zend_string_init("url_refused", strlen("url_refused"), 1);
	ZVAL_STR(&enum_case_UrlRefused_value, enum_case_UrlRefused_value_str);
	zend_enum_add_case_cstr(class_entry, "UrlRefused", &enum_case_UrlRefused_value);

	zval enum_case_KeyMissing_value;
	zend_string *enum_case_KeyMissing_value_str = zend_string_init("key_missing", strlen("key_missing"), 1);
	ZVAL_STR(&enum_case_KeyMissing_value, enum_case_KeyMissing_value_str);
	zend_enum_add_case_cstr(class_entry, "KeyMissing", &enum_case_KeyMissing_value);

	zval enum_case_KeyUnusable_value;
	zend_string *enum_case_KeyUnusable_value_str = zend_string_init("key_unusable", strlen("key_unusable"), 1);
	ZVAL_STR(&enum_case_KeyUnusable_value, enum_case_KeyUnusable_value_str);
	zend_enum_add_case_cstr(class_entry, "KeyUnusable", &enum_case_KeyUnusable_value);

	zval enum_case_Internal_value;
	zend_string *enum_case_Internal_value_str = zend_string_init("internal", strlen("internal"), 1);
	ZVAL_STR(&enum_case_Internal_value, enum_case_Internal_value_str);
	zend_enum_add_case_cstr(class_entry, "Internal", &enum_case_Internal_value);

	return class_entry;
}

static zend_class_entry *register_class_Samlforce_Saml_SamlException(zend_class_entry *class_entry_Samlforce_SamlforceException)
{
	zend_class_entry ce, *class_entry;

	INIT_NS_CLASS_ENTRY(ce, "Samlforce\\Saml", "SamlException", class_Samlforce_Saml_SamlException_methods);
	class_entry = zend_register_internal_class_ex(&ce, class_entry_Samlforce_SamlforceException);
	class_entry->ce_flags |= ZEND_ACC_FINAL;

	zend_string *property_reason_class_Samlforce_Saml_Reason = zend_string_init("Samlforce\\Saml\\Reason", sizeof("Samlforce\\Saml\\Reason")-1, 1);
	zval property_reason_default_value;
	ZVAL_UNDEF(&property_reason_default_value);
	zend_string *property_reason_name = zend_string_init("reason", sizeof("reason") - 1, 1);
	zend_declare_typed_property(class_entry, property_reason_name, &property_reason_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_CLASS(property_reason_class_Samlforce_Saml_Reason, 0, 0));
	zend_string_release(property_reason_name);

	zval property_found_default_value;
	ZVAL_UNDEF(&property_found_default_value);
	zend_string *property_found_name = zend_string_init("found", sizeof("found") - 1, 1);
	zend_declare_typed_property(class_entry, property_found_name, &property_found_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING|MAY_BE_NULL));
	zend_string_release(property_found_name);

	zval property_expected_default_value;
	ZVAL_UNDEF(&property_expected_default_value);
	zend_string *property_expected_name = zend_string_init("expected", sizeof("expected") - 1, 1);
	zend_declare_typed_property(class_entry, property_expected_name, &property_expected_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING|MAY_BE_NULL));
	zend_string_release(property_expected_name);

	return class_entry;
}
