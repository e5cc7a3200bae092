/* This is a generated file, edit the .stub.php file instead.
 * Stub hash: f24089d42b14fced967e73c347243a65b15673c7 */

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_class_Samlforce_Saml_ReplayGuard_claim, 0, 2, _IS_BOOL, 0)
	ZEND_ARG_TYPE_INFO(0, id, IS_STRING, 0)
	ZEND_ARG_TYPE_INFO(0, expiresAt, IS_LONG, 0)
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_INFO_EX(arginfo_class_Samlforce_Saml_ServiceProvider___construct, 0, 0, 2)
	ZEND_ARG_TYPE_INFO(0, entityId, IS_STRING, 0)
	ZEND_ARG_TYPE_INFO(0, assertionConsumerUrl, IS_STRING, 0)
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, key, IS_STRING, 1, "null")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, decryptionKeys, IS_ARRAY, 0, "[]")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, singleLogoutUrl, IS_STRING, 1, "null")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, furtherAssertionConsumerUrls, IS_ARRAY, 0, "[]")
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_class_Samlforce_Saml_ServiceProvider_metadata, 0, 0, IS_STRING, 0)
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, signed, _IS_BOOL, 0, "false")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, artifact, _IS_BOOL, 0, "false")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, nameIdFormats, IS_ARRAY, 0, "[]")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, attributes, IS_ARRAY, 0, "[]")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, contacts, IS_ARRAY, 0, "[]")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, organization, IS_ARRAY, 0, "[]")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, ui, IS_ARRAY, 0, "[]")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, logoutBindings, IS_ARRAY, 1, "null")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, validFor, IS_LONG, 1, "null")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, cacheDuration, IS_LONG, 1, "null")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, wantAssertionsSigned, _IS_BOOL, 0, "true")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, now, IS_LONG, 1, "null")
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_OBJ_INFO_EX(arginfo_class_Samlforce_Saml_ServiceProvider_requestLogin, 0, 1, Samlforce\\Saml\\Message, 0)
	ZEND_ARG_OBJ_INFO(0, idp, Samlforce\\Saml\\IdentityProvider, 0)
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, relayState, IS_STRING, 1, "null")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, forceAuthn, _IS_BOOL, 0, "false")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, isPassive, _IS_BOOL, 0, "false")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, nameIdFormat, IS_STRING, 1, "null")
	ZEND_ARG_OBJ_INFO_WITH_DEFAULT_VALUE(0, binding, Samlforce\\Saml\\Binding, 1, "null")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, authnContexts, IS_ARRAY, 0, "[]")
	ZEND_ARG_OBJ_INFO_WITH_DEFAULT_VALUE(0, comparison, Samlforce\\Saml\\Comparison, 0, "Samlforce\\Saml\\Comparison::Exact")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, authnContextOrder, IS_ARRAY, 0, "[]")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, maxAge, IS_LONG, 1, "null")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, spNameQualifier, IS_STRING, 1, "null")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, allowCreate, _IS_BOOL, 0, "true")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, assertionConsumerUrl, IS_STRING, 1, "null")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, providerName, IS_STRING, 1, "null")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, proxyCount, IS_LONG, 1, "null")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, idpList, IS_ARRAY, 0, "[]")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, requesterIds, IS_ARRAY, 0, "[]")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, byArtifact, _IS_BOOL, 0, "false")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, assertionConsumerIndex, IS_LONG, 1, "null")
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_OBJ_INFO_EX(arginfo_class_Samlforce_Saml_ServiceProvider_acceptLogin, 0, 4, Samlforce\\Saml\\Assertion, 0)
	ZEND_ARG_OBJ_INFO(0, idp, Samlforce\\Saml\\IdentityProvider, 0)
	ZEND_ARG_TYPE_INFO(0, samlResponse, IS_STRING, 0)
	ZEND_ARG_TYPE_INFO(0, requestId, IS_STRING, 1)
	ZEND_ARG_OBJ_INFO(0, guard, Samlforce\\Saml\\ReplayGuard, 0)
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, now, IS_LONG, 1, "null")
	ZEND_ARG_OBJ_INFO_WITH_DEFAULT_VALUE(0, expectation, Samlforce\\Saml\\Expectation, 1, "null")
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_OBJ_INFO_EX(arginfo_class_Samlforce_Saml_ServiceProvider_explainLogin, 0, 3, Samlforce\\Saml\\Report, 0)
	ZEND_ARG_OBJ_INFO(0, idp, Samlforce\\Saml\\IdentityProvider, 0)
	ZEND_ARG_TYPE_INFO(0, samlResponse, IS_STRING, 0)
	ZEND_ARG_TYPE_INFO(0, requestId, IS_STRING, 1)
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, now, IS_LONG, 1, "null")
	ZEND_ARG_OBJ_INFO_WITH_DEFAULT_VALUE(0, expectation, Samlforce\\Saml\\Expectation, 1, "null")
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_OBJ_INFO_EX(arginfo_class_Samlforce_Saml_ServiceProvider_acceptArtifact, 0, 4, Samlforce\\Saml\\Assertion, 0)
	ZEND_ARG_OBJ_INFO(0, idp, Samlforce\\Saml\\IdentityProvider, 0)
	ZEND_ARG_TYPE_INFO(0, artifact, IS_STRING, 0)
	ZEND_ARG_TYPE_INFO(0, requestId, IS_STRING, 1)
	ZEND_ARG_OBJ_INFO(0, guard, Samlforce\\Saml\\ReplayGuard, 0)
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, now, IS_LONG, 1, "null")
	ZEND_ARG_OBJ_INFO_WITH_DEFAULT_VALUE(0, expectation, Samlforce\\Saml\\Expectation, 1, "null")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, timeoutMs, IS_LONG, 0, "10000")
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_OBJ_INFO_EX(arginfo_class_Samlforce_Saml_ServiceProvider_explainArtifact, 0, 3, Samlforce\\Saml\\Report, 0)
	ZEND_ARG_OBJ_INFO(0, idp, Samlforce\\Saml\\IdentityProvider, 0)
	ZEND_ARG_TYPE_INFO(0, artifact, IS_STRING, 0)
	ZEND_ARG_TYPE_INFO(0, requestId, IS_STRING, 1)
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, now, IS_LONG, 1, "null")
	ZEND_ARG_OBJ_INFO_WITH_DEFAULT_VALUE(0, expectation, Samlforce\\Saml\\Expectation, 1, "null")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, timeoutMs, IS_LONG, 0, "10000")
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_class_Samlforce_Saml_ServiceProvider_claimedIssuer, 0, 2, IS_STRING, 0)
	ZEND_ARG_OBJ_INFO(0, binding, Samlforce\\Saml\\Binding, 0)
	ZEND_ARG_TYPE_INFO(0, message, IS_STRING, 0)
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_OBJ_INFO_EX(arginfo_class_Samlforce_Saml_ServiceProvider_requestLogout, 0, 2, Samlforce\\Saml\\Message, 0)
	ZEND_ARG_OBJ_INFO(0, idp, Samlforce\\Saml\\IdentityProvider, 0)
	ZEND_ARG_OBJ_INFO(0, nameId, Samlforce\\Saml\\\116ameId, 0)
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, sessionIndexes, IS_ARRAY, 0, "[]")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, relayState, IS_STRING, 1, "null")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, reason, IS_STRING, 1, "null")
	ZEND_ARG_OBJ_INFO_WITH_DEFAULT_VALUE(0, binding, Samlforce\\Saml\\Binding, 1, "null")
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_OBJ_TYPE_MASK_EX(arginfo_class_Samlforce_Saml_ServiceProvider_acceptLogout, 0, 5, Samlforce\\Saml\\LogoutRequest|Samlforce\\Saml\\LogoutResponse, 0)
	ZEND_ARG_OBJ_INFO(0, idp, Samlforce\\Saml\\IdentityProvider, 0)
	ZEND_ARG_OBJ_INFO(0, binding, Samlforce\\Saml\\Binding, 0)
	ZEND_ARG_TYPE_INFO(0, message, IS_STRING, 0)
	ZEND_ARG_TYPE_INFO(0, requestId, IS_STRING, 1)
	ZEND_ARG_OBJ_INFO(0, guard, Samlforce\\Saml\\ReplayGuard, 0)
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, now, IS_LONG, 1, "null")
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_OBJ_INFO_EX(arginfo_class_Samlforce_Saml_ServiceProvider_respondLogout, 0, 2, Samlforce\\Saml\\Message, 0)
	ZEND_ARG_OBJ_INFO(0, idp, Samlforce\\Saml\\IdentityProvider, 0)
	ZEND_ARG_OBJ_INFO(0, request, Samlforce\\Saml\\LogoutRequest, 0)
	ZEND_ARG_OBJ_INFO_WITH_DEFAULT_VALUE(0, status, Samlforce\\Saml\\LogoutStatus, 0, "Samlforce\\Saml\\LogoutStatus::Success")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, relayState, IS_STRING, 1, "null")
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_class_Samlforce_Saml_ServiceProvider_respondLogoutBySoap, 0, 1, IS_STRING, 0)
	ZEND_ARG_OBJ_INFO(0, request, Samlforce\\Saml\\LogoutRequest, 0)
	ZEND_ARG_OBJ_INFO_WITH_DEFAULT_VALUE(0, status, Samlforce\\Saml\\LogoutStatus, 0, "Samlforce\\Saml\\LogoutStatus::Success")
ZEND_END_ARG_INFO()


ZEND_METHOD(Samlforce_Saml_ServiceProvider, __construct);
ZEND_METHOD(Samlforce_Saml_ServiceProvider, metadata);
ZEND_METHOD(Samlforce_Saml_ServiceProvider, requestLogin);
ZEND_METHOD(Samlforce_Saml_ServiceProvider, acceptLogin);
ZEND_METHOD(Samlforce_Saml_ServiceProvider, explainLogin);
ZEND_METHOD(Samlforce_Saml_ServiceProvider, acceptArtifact);
ZEND_METHOD(Samlforce_Saml_ServiceProvider, explainArtifact);
ZEND_METHOD(Samlforce_Saml_ServiceProvider, claimedIssuer);
ZEND_METHOD(Samlforce_Saml_ServiceProvider, requestLogout);
ZEND_METHOD(Samlforce_Saml_ServiceProvider, acceptLogout);
ZEND_METHOD(Samlforce_Saml_ServiceProvider, respondLogout);
ZEND_METHOD(Samlforce_Saml_ServiceProvider, respondLogoutBySoap);


static const zend_function_entry class_Samlforce_Saml_ReplayGuard_methods[] = {
	ZEND_ABSTRACT_ME_WITH_FLAGS(Samlforce_Saml_ReplayGuard, claim, arginfo_class_Samlforce_Saml_ReplayGuard_claim, ZEND_ACC_PUBLIC|ZEND_ACC_ABSTRACT)
	ZEND_FE_END
};


static const zend_function_entry class_Samlforce_Saml_ServiceProvider_methods[] = {
	ZEND_ME(Samlforce_Saml_ServiceProvider, __construct, arginfo_class_Samlforce_Saml_ServiceProvider___construct, ZEND_ACC_PUBLIC)
	ZEND_ME(Samlforce_Saml_ServiceProvider, metadata, arginfo_class_Samlforce_Saml_ServiceProvider_metadata, ZEND_ACC_PUBLIC)
	ZEND_ME(Samlforce_Saml_ServiceProvider, requestLogin, arginfo_class_Samlforce_Saml_ServiceProvider_requestLogin, ZEND_ACC_PUBLIC)
	ZEND_ME(Samlforce_Saml_ServiceProvider, acceptLogin, arginfo_class_Samlforce_Saml_ServiceProvider_acceptLogin, ZEND_ACC_PUBLIC)
	ZEND_ME(Samlforce_Saml_ServiceProvider, explainLogin, arginfo_class_Samlforce_Saml_ServiceProvider_explainLogin, ZEND_ACC_PUBLIC)
	ZEND_ME(Samlforce_Saml_ServiceProvider, acceptArtifact, arginfo_class_Samlforce_Saml_ServiceProvider_acceptArtifact, ZEND_ACC_PUBLIC)
	ZEND_ME(Samlforce_Saml_ServiceProvider, explainArtifact, arginfo_class_Samlforce_Saml_ServiceProvider_explainArtifact, ZEND_ACC_PUBLIC)
	ZEND_ME(Samlforce_Saml_ServiceProvider, claimedIssuer, arginfo_class_Samlforce_Saml_ServiceProvider_claimedIssuer, ZEND_ACC_PUBLIC|ZEND_ACC_STATIC)
	ZEND_ME(Samlforce_Saml_ServiceProvider, requestLogout, arginfo_class_Samlforce_Saml_ServiceProvider_requestLogout, ZEND_ACC_PUBLIC)
	ZEND_ME(Samlforce_Saml_ServiceProvider, acceptLogout, arginfo_class_Samlforce_Saml_ServiceProvider_acceptLogout, ZEND_ACC_PUBLIC)
	ZEND_ME(Samlforce_Saml_ServiceProvider, respondLogout, arginfo_class_Samlforce_Saml_ServiceProvider_respondLogout, ZEND_ACC_PUBLIC)
	ZEND_ME(Samlforce_Saml_ServiceProvider, respondLogoutBySoap, arginfo_class_Samlforce_Saml_ServiceProvider_respondLogoutBySoap, ZEND_ACC_PUBLIC)
	ZEND_FE_END
};

static zend_class_entry *register_class_Samlforce_Saml_ReplayGuard(void)
{
	zend_class_entry ce, *class_entry;

	INIT_NS_CLASS_ENTRY(ce, "Samlforce\\Saml", "ReplayGuard", class_Samlforce_Saml_ReplayGuard_methods);
	class_entry = zend_register_internal_interface(&ce);

	return class_entry;
}

static zend_class_entry *register_class_Samlforce_Saml_ServiceProvider(void)
{
	zend_class_entry ce, *class_entry;

	INIT_NS_CLASS_ENTRY(ce, "Samlforce\\Saml", "ServiceProvider", class_Samlforce_Saml_ServiceProvider_methods);
	class_entry = zend_register_internal_class_ex(&ce, NULL);
	class_entry->ce_flags |= ZEND_ACC_FINAL|ZEND_ACC_NO_DYNAMIC_PROPERTIES|ZEND_ACC_NOT_SERIALIZABLE;

	zval property_entityId_default_value;
	ZVAL_UNDEF(&property_entityId_default_value);
	zend_string *property_entityId_name = zend_string_init("entityId", sizeof("entityId") - 1, 1);
	zend_declare_typed_property(class_entry, property_entityId_name, &property_entityId_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING));
	zend_string_release(property_entityId_name);

	zval property_assertionConsumerUrl_default_value;
	ZVAL_UNDEF(&property_assertionConsumerUrl_default_value);
	zend_string *property_assertionConsumerUrl_name = zend_string_init("assertionConsumerUrl", sizeof("assertionConsumerUrl") - 1, 1);
	zend_declare_typed_property(class_entry, property_assertionConsumerUrl_name, &property_assertionConsumerUrl_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING));
	zend_string_release(property_assertionConsumerUrl_name);

	zval property_singleLogoutUrl_default_value;
	ZVAL_UNDEF(&property_singleLogoutUrl_default_value);
	zend_string *property_singleLogoutUrl_name = zend_string_init("singleLogoutUrl", sizeof("singleLogoutUrl") - 1, 1);
	zend_declare_typed_property(class_entry, property_singleLogoutUrl_name, &property_singleLogoutUrl_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING|MAY_BE_NULL));
	zend_string_release(property_singleLogoutUrl_name);

	zval property_furtherAssertionConsumerUrls_default_value;
	ZVAL_UNDEF(&property_furtherAssertionConsumerUrls_default_value);
	zend_string *property_furtherAssertionConsumerUrls_name = zend_string_init("furtherAssertionConsumerUrls", sizeof("furtherAssertionConsumerUrls") - 1, 1);
	zend_declare_typed_property(class_entry, property_furtherAssertionConsumerUrls_name, &property_furtherAssertionConsumerUrls_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_ARRAY));
	zend_string_release(property_furtherAssertionConsumerUrls_name);

	zval property_key_default_value;
	ZVAL_UNDEF(&property_key_default_value);
	zend_string *property_key_name = zend_string_init("key", sizeof("key") - 1, 1);
	zend_declare_typed_property(class_entry, property_key_name, &property_key_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING|MAY_BE_NULL));
	zend_string_release(property_key_name);

	zval property_decryptionKeys_default_value;
	ZVAL_UNDEF(&property_decryptionKeys_default_value);
	zend_string *property_decryptionKeys_name = zend_string_init("decryptionKeys", sizeof("decryptionKeys") - 1, 1);
	zend_declare_typed_property(class_entry, property_decryptionKeys_name, &property_decryptionKeys_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_ARRAY));
	zend_string_release(property_decryptionKeys_name);


	zend_add_parameter_attribute(zend_hash_str_find_ptr(&class_entry->function_table, "acceptlogin", sizeof("acceptlogin") - 1), 1, ZSTR_KNOWN(ZEND_STR_SENSITIVEPARAMETER), 0);

	zend_add_parameter_attribute(zend_hash_str_find_ptr(&class_entry->function_table, "explainlogin", sizeof("explainlogin") - 1), 1, ZSTR_KNOWN(ZEND_STR_SENSITIVEPARAMETER), 0);

	zend_add_parameter_attribute(zend_hash_str_find_ptr(&class_entry->function_table, "acceptartifact", sizeof("acceptartifact") - 1), 1, ZSTR_KNOWN(ZEND_STR_SENSITIVEPARAMETER), 0);

	zend_add_parameter_attribute(zend_hash_str_find_ptr(&class_entry->function_table, "explainartifact", sizeof("explainartifact") - 1), 1, ZSTR_KNOWN(ZEND_STR_SENSITIVEPARAMETER), 0);

	return class_entry;
}
