/* This is a generated file, edit the .stub.php file instead.
 * Stub hash: ee00eb6cc873934a1e39fc20c4a2ff0cdb048144 */

ZEND_BEGIN_ARG_INFO_EX(arginfo_class_Samlforce_Salesforce_OutboundMessage___construct, 0, 0, 0)
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_OBJ_INFO_EX(arginfo_class_Samlforce_Salesforce_OutboundMessage_parse, 0, 2, Samlforce\\Salesforce\\OutboundMessage, 0)
	ZEND_ARG_TYPE_INFO(0, soap, IS_STRING, 0)
	ZEND_ARG_TYPE_INFO(0, organizationId, IS_STRING, 0)
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_class_Samlforce_Salesforce_OutboundMessage_acknowledgement, 0, 1, IS_STRING, 0)
	ZEND_ARG_TYPE_INFO(0, accepted, _IS_BOOL, 0)
ZEND_END_ARG_INFO()


ZEND_METHOD(Samlforce_Salesforce_OutboundMessage, __construct);
ZEND_METHOD(Samlforce_Salesforce_OutboundMessage, parse);
ZEND_METHOD(Samlforce_Salesforce_OutboundMessage, acknowledgement);


static const zend_function_entry class_Samlforce_Salesforce_OutboundMessageReason_methods[] = {
	ZEND_FE_END
};


static const zend_function_entry class_Samlforce_Salesforce_OutboundMessageException_methods[] = {
	ZEND_FE_END
};


static const zend_function_entry class_Samlforce_Salesforce_OutboundMessage_methods[] = {
	ZEND_ME(Samlforce_Salesforce_OutboundMessage, __construct, arginfo_class_Samlforce_Salesforce_OutboundMessage___construct, ZEND_ACC_PRIVATE)
	ZEND_ME(Samlforce_Salesforce_OutboundMessage, parse, arginfo_class_Samlforce_Salesforce_OutboundMessage_parse, ZEND_ACC_PUBLIC|ZEND_ACC_STATIC)
	ZEND_ME(Samlforce_Salesforce_OutboundMessage, acknowledgement, arginfo_class_Samlforce_Salesforce_OutboundMessage_acknowledgement, ZEND_ACC_PUBLIC|ZEND_ACC_STATIC)
	ZEND_FE_END
};

static zend_class_entry *register_class_Samlforce_Salesforce_OutboundMessageReason(void)
{
	zend_class_entry *class_entry = zend_register_internal_enum("Samlforce\\Salesforce\\OutboundMessageReason", IS_STRING, class_Samlforce_Salesforce_OutboundMessageReason_methods);

	zval enum_case_TooLarge_value;
	zend_string *enum_case_TooLarge_value_str = zend_string_init("too_large", strlen("too_large"), 1);
	ZVAL_STR(&enum_case_TooLarge_value, enum_case_TooLarge_value_str);
	zend_enum_add_case_cstr(class_entry, "TooLarge", &enum_case_TooLarge_value);

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

	zval enum_case_SoapInvalid_value;
	zend_string *enum_case_SoapInvalid_value_str = zend_string_init("soap_invalid", strlen("soap_invalid"), 1);
	ZVAL_STR(&enum_case_SoapInvalid_value, enum_case_SoapInvalid_value_str);
	zend_enum_add_case_cstr(class_entry, "SoapInvalid", &enum_case_SoapInvalid_value);

	zval enum_case_UnexpectedElement_value;
	zend_string *enum_case_UnexpectedElement_value_str = zend_string_init("unexpected_element", strlen("unexpected_element"), 1);
	ZVAL_STR(&enum_case_UnexpectedElement_value, enum_case_UnexpectedElement_value_str);
	zend_enum_add_case_cstr(class_entry, "UnexpectedElement", &enum_case_UnexpectedElement_value);

	zval enum_case_UnexpectedAttribute_value;
	zend_string *enum_case_UnexpectedAttribute_value_str = zend_string_init("unexpected_attribute", strlen("unexpected_attribute"), 1);
	ZVAL_STR(&enum_case_UnexpectedAttribute_value, enum_case_UnexpectedAttribute_value_str);
	zend_enum_add_case_cstr(class_entry, "UnexpectedAttribute", &enum_case_UnexpectedAttribute_value);

	zval enum_case_MissingElement_value;
	zend_string *enum_case_MissingElement_value_str = zend_string_init("missing_element", strlen("missing_element"), 1);
	ZVAL_STR(&enum_case_MissingElement_value, enum_case_MissingElement_value_str);
	zend_enum_add_case_cstr(class_entry, "MissingElement", &enum_case_MissingElement_value);

	zval enum_case_InvalidId_value;
	zend_string *enum_case_InvalidId_value_str = zend_string_init("invalid_id", strlen("invalid_id"), 1);
	ZVAL_STR(&enum_case_InvalidId_value, enum_case_InvalidId_value_str);
	zend_enum_add_case_cstr(class_entry, "InvalidId", &enum_case_InvalidId_value);

	zval enum_case_DuplicateId_value;
	zend_string *enum_case_DuplicateId_value_str = zend_string_init("duplicate_id", strlen("duplicate_id"), 1);
	ZVAL_STR(&enum_case_DuplicateId_value, enum_case_DuplicateId_value_str);
	zend_enum_add_case_cstr(class_entry, "DuplicateId", &enum_case_DuplicateId_value);

	zval enum_case_DuplicateField_value;
	zend_string *enum_case_DuplicateField_value_str = zend_string_init("duplicate_field", strlen("duplicate_field"), 1);
	ZVAL_STR(&enum_case_DuplicateField_value, enum_case_DuplicateField_value_str);
	zend_enum_add_case_cstr(class_entry, "DuplicateField", &enum_case_DuplicateField_value);

	zval enum_case_TypeInvalid_value;
	zend_string *enum_case_TypeInvalid_value_str = zend_string_init("type_invalid", strlen("type_invalid"), 1);
	ZVAL_STR(&enum_case_TypeInvalid_value, enum_case_TypeInvalid_value_str);
	zend_enum_add_case_cstr(class_entry, "TypeInvalid", &enum_case_TypeInvalid_value);

	zval enum_case_TooManyNotifications_value;
	zend_string *enum_case_TooManyNotifications_value_str = zend_string_init("too_many_notifications", strlen("too_many_notifications"), 1);
	ZVAL_STR(&enum_case_TooManyNotifications_value, enum_case_TooManyNotifications_value_str);
	zend_enum_add_case_cstr(class_entry, "TooManyNotifications", &enum_case_TooManyNotifications_value);

	zval enum_case_OrganizationMismatch_value;
	zend_string *enum_case_OrganizationMismatch_value_str = zend_string_init("organization_mismatch", strlen("organization_mismatch"), 1);
	ZVAL_STR(&enum_case_OrganizationMismatch_value, enum_case_OrganizationMismatch_value_str);
	zend_enum_add_case_cstr(class_entry, "OrganizationMismatch", &enum_case_OrganizationMismatch_value);

	zval enum_case_Internal_value;
	zend_string *enum_case_Internal_value_str = zend_string_init("internal", strlen("internal"), 1);
	ZVAL_STR(&enum_case_Internal_value, enum_case_Internal_value_str);
	zend_enum_add_case_cstr(class_entry, "Internal", &enum_case_Internal_value);

	return class_entry;
}

static zend_class_entry *register_class_Samlforce_Salesforce_OutboundMessageException(zend_class_entry *class_entry_Samlforce_SamlforceException)
{
	zend_class_entry ce, *class_entry;

	INIT_NS_CLASS_ENTRY(ce, "Samlforce\\Salesforce", "OutboundMessageException", class_Samlforce_Salesforce_OutboundMessageException_methods);
	class_entry = zend_register_internal_class_ex(&ce, class_entry_Samlforce_SamlforceException);
	class_entry->ce_flags |= ZEND_ACC_FINAL;

	zend_string *property_reason_class_Samlforce_Salesforce_OutboundMessageReason = zend_string_init("Samlforce\\Salesforce\\OutboundMessageReason", sizeof("Samlforce\\Salesforce\\OutboundMessageReason")-1, 1);
	zval property_reason_default_value;
	ZVAL_UNDEF(&property_reason_default_value);
	zend_string *property_reason_name = zend_string_init("reason", sizeof("reason") - 1, 1);
	zend_declare_typed_property(class_entry, property_reason_name, &property_reason_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_CLASS(property_reason_class_Samlforce_Salesforce_OutboundMessageReason, 0, 0));
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

static zend_class_entry *register_class_Samlforce_Salesforce_OutboundMessage(void)
{
	zend_class_entry ce, *class_entry;

	INIT_NS_CLASS_ENTRY(ce, "Samlforce\\Salesforce", "OutboundMessage", class_Samlforce_Salesforce_OutboundMessage_methods);
	class_entry = zend_register_internal_class_ex(&ce, NULL);
	class_entry->ce_flags |= ZEND_ACC_FINAL|ZEND_ACC_NO_DYNAMIC_PROPERTIES|ZEND_ACC_NOT_SERIALIZABLE;

	zval property_organizationId_default_value;
	ZVAL_UNDEF(&property_organizationId_default_value);
	zend_string *property_organizationId_name = zend_string_init("organizationId", sizeof("organizationId") - 1, 1);
	zend_declare_typed_property(class_entry, property_organizationId_name, &property_organizationId_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING));
	zend_string_release(property_organizationId_name);

	zval property_actionId_default_value;
	ZVAL_UNDEF(&property_actionId_default_value);
	zend_string *property_actionId_name = zend_string_init("actionId", sizeof("actionId") - 1, 1);
	zend_declare_typed_property(class_entry, property_actionId_name, &property_actionId_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING));
	zend_string_release(property_actionId_name);

	zval property_notifications_default_value;
	ZVAL_UNDEF(&property_notifications_default_value);
	zend_string *property_notifications_name = zend_string_init("notifications", sizeof("notifications") - 1, 1);
	zend_declare_typed_property(class_entry, property_notifications_name, &property_notifications_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_ARRAY));
	zend_string_release(property_notifications_name);


	zend_add_parameter_attribute(zend_hash_str_find_ptr(&class_entry->function_table, "parse", sizeof("parse") - 1), 0, ZSTR_KNOWN(ZEND_STR_SENSITIVEPARAMETER), 0);

	return class_entry;
}
