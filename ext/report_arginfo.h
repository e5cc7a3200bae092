/* This is a generated file, edit the .stub.php file instead.
 * Stub hash: 36e80b75ddf0c49151bbedf50e0757649b5391d9 */

ZEND_BEGIN_ARG_INFO_EX(arginfo_class_Samlforce_Saml_Check___construct, 0, 0, 0)
ZEND_END_ARG_INFO()

#define arginfo_class_Samlforce_Saml_Report___construct arginfo_class_Samlforce_Saml_Check___construct

ZEND_BEGIN_ARG_WITH_RETURN_OBJ_INFO_EX(arginfo_class_Samlforce_Saml_Report_getIterator, 0, 0, Iterator, 0)
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_class_Samlforce_Saml_Report_count, 0, 0, IS_LONG, 0)
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_OBJ_INFO_EX(arginfo_class_Samlforce_Saml_Report_assertion, 0, 1, Samlforce\\Saml\\Assertion, 0)
	ZEND_ARG_OBJ_INFO(0, guard, Samlforce\\Saml\\ReplayGuard, 0)
ZEND_END_ARG_INFO()


ZEND_METHOD(Samlforce_Saml_Check, __construct);
ZEND_METHOD(Samlforce_Saml_Report, __construct);
ZEND_METHOD(Samlforce_Saml_Report, getIterator);
ZEND_METHOD(Samlforce_Saml_Report, count);
ZEND_METHOD(Samlforce_Saml_Report, assertion);


static const zend_function_entry class_Samlforce_Saml_CheckName_methods[] = {
	ZEND_FE_END
};


static const zend_function_entry class_Samlforce_Saml_CheckResult_methods[] = {
	ZEND_FE_END
};


static const zend_function_entry class_Samlforce_Saml_Check_methods[] = {
	ZEND_ME(Samlforce_Saml_Check, __construct, arginfo_class_Samlforce_Saml_Check___construct, ZEND_ACC_PRIVATE)
	ZEND_FE_END
};


static const zend_function_entry class_Samlforce_Saml_Report_methods[] = {
	ZEND_ME(Samlforce_Saml_Report, __construct, arginfo_class_Samlforce_Saml_Report___construct, ZEND_ACC_PRIVATE)
	ZEND_ME(Samlforce_Saml_Report, getIterator, arginfo_class_Samlforce_Saml_Report_getIterator, ZEND_ACC_PUBLIC)
	ZEND_ME(Samlforce_Saml_Report, count, arginfo_class_Samlforce_Saml_Report_count, ZEND_ACC_PUBLIC)
	ZEND_ME(Samlforce_Saml_Report, assertion, arginfo_class_Samlforce_Saml_Report_assertion, ZEND_ACC_PUBLIC)
	ZEND_FE_END
};

static zend_class_entry *register_class_Samlforce_Saml_CheckName(void)
{
	zend_class_entry *class_entry = zend_register_internal_enum("Samlforce\\Saml\\CheckName", IS_STRING, class_Samlforce_Saml_CheckName_methods);

	zval enum_case_Provider_value;
	zend_string *enum_case_Provider_value_str = zend_string_init("provider", strlen("provider"), 1);
	ZVAL_STR(&enum_case_Provider_value, enum_case_Provider_value_str);
	zend_enum_add_case_cstr(class_entry, "Provider", &enum_case_Provider_value);

	zval enum_case_Artifact_value;
	zend_string *enum_case_Artifact_value_str = zend_string_init("artifact", strlen("artifact"), 1);
	ZVAL_STR(&enum_case_Artifact_value, enum_case_Artifact_value_str);
	zend_enum_add_case_cstr(class_entry, "Artifact", &enum_case_Artifact_value);

	zval enum_case_BackChannel_value;
	zend_string *enum_case_BackChannel_value_str = zend_string_init("back_channel", strlen("back_channel"), 1);
	ZVAL_STR(&enum_case_BackChannel_value, enum_case_BackChannel_value_str);
	zend_enum_add_case_cstr(class_entry, "BackChannel", &enum_case_BackChannel_value);

	zval enum_case_Encoding_value;
	zend_string *enum_case_Encoding_value_str = zend_string_init("encoding", strlen("encoding"), 1);
	ZVAL_STR(&enum_case_Encoding_value, enum_case_Encoding_value_str);
	zend_enum_add_case_cstr(class_entry, "Encoding", &enum_case_Encoding_value);

	zval enum_case_Xml_value;
	zend_string *enum_case_Xml_value_str = zend_string_init("xml", strlen("xml"), 1);
	ZVAL_STR(&enum_case_Xml_value, enum_case_Xml_value_str);
	zend_enum_add_case_cstr(class_entry, "Xml", &enum_case_Xml_value);

	zval enum_case_ArtifactResponse_value;
	zend_string *enum_case_ArtifactResponse_value_str = zend_string_init("artifact_response", strlen("artifact_response"), 1);
	ZVAL_STR(&enum_case_ArtifactResponse_value, enum_case_ArtifactResponse_value_str);
	zend_enum_add_case_cstr(class_entry, "ArtifactResponse", &enum_case_ArtifactResponse_value);

	zval enum_case_Shape_value;
	zend_string *enum_case_Shape_value_str = zend_string_init("shape", strlen("shape"), 1);
	ZVAL_STR(&enum_case_Shape_value, enum_case_Shape_value_str);
	zend_enum_add_case_cstr(class_entry, "Shape", &enum_case_Shape_value);

	zval enum_case_Status_value;
	zend_string *enum_case_Status_value_str = zend_string_init("status", strlen("status"), 1);
	ZVAL_STR(&enum_case_Status_value, enum_case_Status_value_str);
	zend_enum_add_case_cstr(class_entry, "Status", &enum_case_Status_value);

	zval enum_case_AssertionCount_value;
	zend_string *enum_case_AssertionCount_value_str = zend_string_init("assertion_count", strlen("assertion_count"), 1);
	ZVAL_STR(&enum_case_AssertionCount_value, enum_case_AssertionCount_value_str);
	zend_enum_add_case_cstr(class_entry, "AssertionCount", &enum_case_AssertionCount_value);

	zval enum_case_Ids_value;
	zend_string *enum_case_Ids_value_str = zend_string_init("ids", strlen("ids"), 1);
	ZVAL_STR(&enum_case_Ids_value, enum_case_Ids_value_str);
	zend_enum_add_case_cstr(class_entry, "Ids", &enum_case_Ids_value);

	zval enum_case_Wrapping_value;
	zend_string *enum_case_Wrapping_value_str = zend_string_init("wrapping", strlen("wrapping"), 1);
	ZVAL_STR(&enum_case_Wrapping_value, enum_case_Wrapping_value_str);
	zend_enum_add_case_cstr(class_entry, "Wrapping", &enum_case_Wrapping_value);

	zval enum_case_Signed_value;
	zend_string *enum_case_Signed_value_str = zend_string_init("signed", strlen("signed"), 1);
	ZVAL_STR(&enum_case_Signed_value, enum_case_Signed_value_str);
	zend_enum_add_case_cstr(class_entry, "Signed", &enum_case_Signed_value);

	zval enum_case_Decryption_value;
	zend_string *enum_case_Decryption_value_str = zend_string_init("decryption", strlen("decryption"), 1);
	ZVAL_STR(&enum_case_Decryption_value, enum_case_Decryption_value_str);
	zend_enum_add_case_cstr(class_entry, "Decryption", &enum_case_Decryption_value);

	zval enum_case_SignatureShape_value;
	zend_string *enum_case_SignatureShape_value_str = zend_string_init("signature_shape", strlen("signature_shape"), 1);
	ZVAL_STR(&enum_case_SignatureShape_value, enum_case_SignatureShape_value_str);
	zend_enum_add_case_cstr(class_entry, "SignatureShape", &enum_case_SignatureShape_value);

	zval enum_case_SignatureAlgorithm_value;
	zend_string *enum_case_SignatureAlgorithm_value_str = zend_string_init("signature_algorithm", strlen("signature_algorithm"), 1);
	ZVAL_STR(&enum_case_SignatureAlgorithm_value, enum_case_SignatureAlgorithm_value_str);
	zend_enum_add_case_cstr(class_entry, "SignatureAlgorithm", &enum_case_SignatureAlgorithm_value);

	zval enum_case_SignatureValue_value;
	zend_string *enum_case_SignatureValue_value_str = zend_string_init("signature_value", strlen("signature_value"), 1);
	ZVAL_STR(&enum_case_SignatureValue_value, enum_case_SignatureValue_value_str);
	zend_enum_add_case_cstr(class_entry, "SignatureValue", &enum_case_SignatureValue_value);

	zval enum_case_SignatureReference_value;
	zend_string *enum_case_SignatureReference_value_str = zend_string_init("signature_reference", strlen("signature_reference"), 1);
	ZVAL_STR(&enum_case_SignatureReference_value, enum_case_SignatureReference_value_str);
	zend_enum_add_case_cstr(class_entry, "SignatureReference", &enum_case_SignatureReference_value);

	zval enum_case_SignatureDigest_value;
	zend_string *enum_case_SignatureDigest_value_str = zend_string_init("signature_digest", strlen("signature_digest"), 1);
	ZVAL_STR(&enum_case_SignatureDigest_value, enum_case_SignatureDigest_value_str);
	zend_enum_add_case_cstr(class_entry, "SignatureDigest", &enum_case_SignatureDigest_value);

	zval enum_case_Certificate_value;
	zend_string *enum_case_Certificate_value_str = zend_string_init("certificate", strlen("certificate"), 1);
	ZVAL_STR(&enum_case_Certificate_value, enum_case_Certificate_value_str);
	zend_enum_add_case_cstr(class_entry, "Certificate", &enum_case_Certificate_value);

	zval enum_case_Head_value;
	zend_string *enum_case_Head_value_str = zend_string_init("head", strlen("head"), 1);
	ZVAL_STR(&enum_case_Head_value, enum_case_Head_value_str);
	zend_enum_add_case_cstr(class_entry, "Head", &enum_case_Head_value);

	zval enum_case_Issuer_value;
	zend_string *enum_case_Issuer_value_str = zend_string_init("issuer", strlen("issuer"), 1);
	ZVAL_STR(&enum_case_Issuer_value, enum_case_Issuer_value_str);
	zend_enum_add_case_cstr(class_entry, "Issuer", &enum_case_Issuer_value);

	zval enum_case_Destination_value;
	zend_string *enum_case_Destination_value_str = zend_string_init("destination", strlen("destination"), 1);
	ZVAL_STR(&enum_case_Destination_value, enum_case_Destination_value_str);
	zend_enum_add_case_cstr(class_entry, "Destination", &enum_case_Destination_value);

	zval enum_case_NameId_value;
	zend_string *enum_case_NameId_value_str = zend_string_init("name_id", strlen("name_id"), 1);
	ZVAL_STR(&enum_case_NameId_value, enum_case_NameId_value_str);
	zend_enum_add_case_cstr(class_entry, "NameId", &enum_case_NameId_value);

	zval enum_case_Confirmation_value;
	zend_string *enum_case_Confirmation_value_str = zend_string_init("confirmation", strlen("confirmation"), 1);
	ZVAL_STR(&enum_case_Confirmation_value, enum_case_Confirmation_value_str);
	zend_enum_add_case_cstr(class_entry, "Confirmation", &enum_case_Confirmation_value);

	zval enum_case_Recipient_value;
	zend_string *enum_case_Recipient_value_str = zend_string_init("recipient", strlen("recipient"), 1);
	ZVAL_STR(&enum_case_Recipient_value, enum_case_Recipient_value_str);
	zend_enum_add_case_cstr(class_entry, "Recipient", &enum_case_Recipient_value);

	zval enum_case_ConfirmationTime_value;
	zend_string *enum_case_ConfirmationTime_value_str = zend_string_init("confirmation_time", strlen("confirmation_time"), 1);
	ZVAL_STR(&enum_case_ConfirmationTime_value, enum_case_ConfirmationTime_value_str);
	zend_enum_add_case_cstr(class_entry, "ConfirmationTime", &enum_case_ConfirmationTime_value);

	zval enum_case_InResponseTo_value;
	zend_string *enum_case_InResponseTo_value_str = zend_string_init("in_response_to", strlen("in_response_to"), 1);
	ZVAL_STR(&enum_case_InResponseTo_value, enum_case_InResponseTo_value_str);
	zend_enum_add_case_cstr(class_entry, "InResponseTo", &enum_case_InResponseTo_value);

	zval enum_case_Validity_value;
	zend_string *enum_case_Validity_value_str = zend_string_init("validity", strlen("validity"), 1);
	ZVAL_STR(&enum_case_Validity_value, enum_case_Validity_value_str);
	zend_enum_add_case_cstr(class_entry, "Validity", &enum_case_Validity_value);

	zval enum_case_Audience_value;
	zend_string *enum_case_Audience_value_str = zend_string_init("audience", strlen("audience"), 1);
	ZVAL_STR(&enum_case_Audience_value, enum_case_Audience_value_str);
	zend_enum_add_case_cstr(class_entry, "Audience", &enum_case_Audience_value);

	zval enum_case_Conditions_value;
	zend_string *enum_case_Conditions_value_str = zend_string_init("conditions", strlen("conditions"), 1);
	ZVAL_STR(&enum_case_Conditions_value, enum_case_Conditions_value_str);
	zend_enum_add_case_cstr(class_entry, "Conditions", &enum_case_Conditions_value);

	zval enum_case_AuthnStatement_value;
	zend_string *enum_case_AuthnStatement_value_str = zend_string_init("authn_statement", strlen("authn_statement"), 1);
	ZVAL_STR(&enum_case_AuthnStatement_value, enum_case_AuthnStatement_value_str);
	zend_enum_add_case_cstr(class_entry, "AuthnStatement", &enum_case_AuthnStatement_value);

	zval enum_case_Session_value;
	zend_string *enum_case_Session_value_str = zend_string_init("session", strlen("session"), 1);
	ZVAL_STR(&enum_case_Session_value, enum_case_Session_value_str);
	zend_enum_add_case_cstr(class_entry, "Session", &enum_case_Session_value);

	zval enum_case_Freshness_value;
	zend_string *enum_case_Freshness_value_str = zend_string_init("freshness", strlen("freshness"), 1);
	ZVAL_STR(&enum_case_Freshness_value, enum_case_Freshness_value_str);
	zend_enum_add_case_cstr(class_entry, "Freshness", &enum_case_Freshness_value);

	zval enum_case_AuthnContext_value;
	zend_string *enum_case_AuthnContext_value_str = zend_string_init("authn_context", strlen("authn_context"), 1);
	ZVAL_STR(&enum_case_AuthnContext_value, enum_case_AuthnContext_value_str);
	zend_enum_add_case_cstr(class_entry, "AuthnContext", &enum_case_AuthnContext_value);

	zval enum_case_Attributes_value;
	zend_string *enum_case_Attributes_value_str = zend_string_init("attributes", strlen("attributes"), 1);
	ZVAL_STR(&enum_case_Attributes_value, enum_case_Attributes_value_str);
	zend_enum_add_case_cstr(class_entry, "Attributes", &enum_case_Attributes_value);

	zval enum_case_Solicited_value;
	zend_string *enum_case_Solicited_value_str = zend_string_init("solicited", strlen("solicited"), 1);
	ZVAL_STR(&enum_case_Solicited_value, enum_case_Solicited_value_str);
	zend_enum_add_case_cstr(class_entry, "Solicited", &enum_case_Solicited_value);

	zval enum_case_Replay_value;
	zend_string *enum_case_Replay_value_str = zend_string_init("replay", strlen("replay"), 1);
	ZVAL_STR(&enum_case_Replay_value, enum_case_Replay_value_str);
	zend_enum_add_case_cstr(class_entry, "Replay", &enum_case_Replay_value);

	return class_entry;
}

static zend_class_entry *register_class_Samlforce_Saml_CheckResult(void)
{
	zend_class_entry *class_entry = zend_register_internal_enum("Samlforce\\Saml\\CheckResult", IS_STRING, class_Samlforce_Saml_CheckResult_methods);

	zval enum_case_Passed_value;
	zend_string *enum_case_Passed_value_str = zend_string_init("passed", strlen("passed"), 1);
	ZVAL_STR(&enum_case_Passed_value, enum_case_Passed_value_str);
	zend_enum_add_case_cstr(class_entry, "Passed", &enum_case_Passed_value);

	zval enum_case_Warned_value;
	zend_string *enum_case_Warned_value_str = zend_string_init("warned", strlen("warned"), 1);
	ZVAL_STR(&enum_case_Warned_value, enum_case_Warned_value_str);
	zend_enum_add_case_cstr(class_entry, "Warned", &enum_case_Warned_value);

	zval enum_case_Failed_value;
	zend_string *enum_case_Failed_value_str = zend_string_init("failed", strlen("failed"), 1);
	ZVAL_STR(&enum_case_Failed_value, enum_case_Failed_value_str);
	zend_enum_add_case_cstr(class_entry, "Failed", &enum_case_Failed_value);

	zval enum_case_NotReached_value;
	zend_string *enum_case_NotReached_value_str = zend_string_init("not_reached", strlen("not_reached"), 1);
	ZVAL_STR(&enum_case_NotReached_value, enum_case_NotReached_value_str);
	zend_enum_add_case_cstr(class_entry, "NotReached", &enum_case_NotReached_value);

	return class_entry;
}

static zend_class_entry *register_class_Samlforce_Saml_Check(void)
{
	zend_class_entry ce, *class_entry;

	INIT_NS_CLASS_ENTRY(ce, "Samlforce\\Saml", "Check", class_Samlforce_Saml_Check_methods);
	class_entry = zend_register_internal_class_ex(&ce, NULL);
	class_entry->ce_flags |= ZEND_ACC_FINAL|ZEND_ACC_NO_DYNAMIC_PROPERTIES|ZEND_ACC_NOT_SERIALIZABLE;

	zend_string *property_name_class_Samlforce_Saml_CheckName = zend_string_init("Samlforce\\Saml\\CheckName", sizeof("Samlforce\\Saml\\CheckName")-1, 1);
	zval property_name_default_value;
	ZVAL_UNDEF(&property_name_default_value);
	zend_string *property_name_name = zend_string_init("name", sizeof("name") - 1, 1);
	zend_declare_typed_property(class_entry, property_name_name, &property_name_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_CLASS(property_name_class_Samlforce_Saml_CheckName, 0, 0));
	zend_string_release(property_name_name);

	zval property_subject_default_value;
	ZVAL_UNDEF(&property_subject_default_value);
	zend_string *property_subject_name = zend_string_init("subject", sizeof("subject") - 1, 1);
	zend_declare_typed_property(class_entry, property_subject_name, &property_subject_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING|MAY_BE_NULL));
	zend_string_release(property_subject_name);

	zend_string *property_result_class_Samlforce_Saml_CheckResult = zend_string_init("Samlforce\\Saml\\CheckResult", sizeof("Samlforce\\Saml\\CheckResult")-1, 1);
	zval property_result_default_value;
	ZVAL_UNDEF(&property_result_default_value);
	zend_string *property_result_name = zend_string_init("result", sizeof("result") - 1, 1);
	zend_declare_typed_property(class_entry, property_result_name, &property_result_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_CLASS(property_result_class_Samlforce_Saml_CheckResult, 0, 0));
	zend_string_release(property_result_name);

	zval property_title_default_value;
	ZVAL_UNDEF(&property_title_default_value);
	zend_string *property_title_name = zend_string_init("title", sizeof("title") - 1, 1);
	zend_declare_typed_property(class_entry, property_title_name, &property_title_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING));
	zend_string_release(property_title_name);

	zend_string *property_reason_class_Samlforce_Saml_Reason = zend_string_init("Samlforce\\Saml\\Reason", sizeof("Samlforce\\Saml\\Reason")-1, 1);
	zval property_reason_default_value;
	ZVAL_UNDEF(&property_reason_default_value);
	zend_string *property_reason_name = zend_string_init("reason", sizeof("reason") - 1, 1);
	zend_declare_typed_property(class_entry, property_reason_name, &property_reason_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_CLASS(property_reason_class_Samlforce_Saml_Reason, 0, MAY_BE_NULL));
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

	zval property_where_default_value;
	ZVAL_UNDEF(&property_where_default_value);
	zend_string *property_where_name = zend_string_init("where", sizeof("where") - 1, 1);
	zend_declare_typed_property(class_entry, property_where_name, &property_where_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING|MAY_BE_NULL));
	zend_string_release(property_where_name);

	zval property_advice_default_value;
	ZVAL_UNDEF(&property_advice_default_value);
	zend_string *property_advice_name = zend_string_init("advice", sizeof("advice") - 1, 1);
	zend_declare_typed_property(class_entry, property_advice_name, &property_advice_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING|MAY_BE_NULL));
	zend_string_release(property_advice_name);

	return class_entry;
}

static zend_class_entry *register_class_Samlforce_Saml_Report(zend_class_entry *class_entry_IteratorAggregate, zend_class_entry *class_entry_Countable)
{
	zend_class_entry ce, *class_entry;

	INIT_NS_CLASS_ENTRY(ce, "Samlforce\\Saml", "Report", class_Samlforce_Saml_Report_methods);
	class_entry = zend_register_internal_class_ex(&ce, NULL);
	class_entry->ce_flags |= ZEND_ACC_FINAL|ZEND_ACC_NO_DYNAMIC_PROPERTIES|ZEND_ACC_NOT_SERIALIZABLE;
	zend_class_implements(class_entry, 2, class_entry_IteratorAggregate, class_entry_Countable);

	zval property_accepted_default_value;
	ZVAL_UNDEF(&property_accepted_default_value);
	zend_string *property_accepted_name = zend_string_init("accepted", sizeof("accepted") - 1, 1);
	zend_declare_typed_property(class_entry, property_accepted_name, &property_accepted_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_BOOL));
	zend_string_release(property_accepted_name);

	zend_string *property_reason_class_Samlforce_Saml_Reason = zend_string_init("Samlforce\\Saml\\Reason", sizeof("Samlforce\\Saml\\Reason")-1, 1);
	zval property_reason_default_value;
	ZVAL_UNDEF(&property_reason_default_value);
	zend_string *property_reason_name = zend_string_init("reason", sizeof("reason") - 1, 1);
	zend_declare_typed_property(class_entry, property_reason_name, &property_reason_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_CLASS(property_reason_class_Samlforce_Saml_Reason, 0, MAY_BE_NULL));
	zend_string_release(property_reason_name);

	zval property_checks_default_value;
	ZVAL_UNDEF(&property_checks_default_value);
	zend_string *property_checks_name = zend_string_init("checks", sizeof("checks") - 1, 1);
	zend_declare_typed_property(class_entry, property_checks_name, &property_checks_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_ARRAY));
	zend_string_release(property_checks_name);

	zval property_issuer_default_value;
	ZVAL_UNDEF(&property_issuer_default_value);
	zend_string *property_issuer_name = zend_string_init("issuer", sizeof("issuer") - 1, 1);
	zend_declare_typed_property(class_entry, property_issuer_name, &property_issuer_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING|MAY_BE_NULL));
	zend_string_release(property_issuer_name);

	zval property_nameId_default_value;
	ZVAL_UNDEF(&property_nameId_default_value);
	zend_string *property_nameId_name = zend_string_init("nameId", sizeof("nameId") - 1, 1);
	zend_declare_typed_property(class_entry, property_nameId_name, &property_nameId_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING|MAY_BE_NULL));
	zend_string_release(property_nameId_name);

	zval property_nameIdFormat_default_value;
	ZVAL_UNDEF(&property_nameIdFormat_default_value);
	zend_string *property_nameIdFormat_name = zend_string_init("nameIdFormat", sizeof("nameIdFormat") - 1, 1);
	zend_declare_typed_property(class_entry, property_nameIdFormat_name, &property_nameIdFormat_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING|MAY_BE_NULL));
	zend_string_release(property_nameIdFormat_name);

	zval property_attributes_default_value;
	ZVAL_UNDEF(&property_attributes_default_value);
	zend_string *property_attributes_name = zend_string_init("attributes", sizeof("attributes") - 1, 1);
	zend_declare_typed_property(class_entry, property_attributes_name, &property_attributes_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_ARRAY));
	zend_string_release(property_attributes_name);

	return class_entry;
}
