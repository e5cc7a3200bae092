/* This is a generated file, edit the .stub.php file instead.
 * Stub hash: fd1f465843c072e54e816d1da41bd5c54ccf950d */

ZEND_BEGIN_ARG_INFO_EX(arginfo_class_Samlforce_Keyring___construct, 0, 0, 0)
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_class_Samlforce_Keyring_names, 0, 0, IS_ARRAY, 0)
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_class_Samlforce_Keyring_has, 0, 1, _IS_BOOL, 0)
	ZEND_ARG_TYPE_INFO(0, name, IS_STRING, 0)
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_class_Samlforce_Keyring_generations, 0, 1, IS_ARRAY, 0)
	ZEND_ARG_TYPE_INFO(0, name, IS_STRING, 0)
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_class_Samlforce_Keyring_kind, 0, 1, IS_STRING, 0)
	ZEND_ARG_TYPE_INFO(0, name, IS_STRING, 0)
ZEND_END_ARG_INFO()

#define arginfo_class_Samlforce_Keyring_publicKey arginfo_class_Samlforce_Keyring_kind

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_class_Samlforce_Keyring_certificate, 0, 1, IS_STRING, 1)
	ZEND_ARG_TYPE_INFO(0, name, IS_STRING, 0)
ZEND_END_ARG_INFO()


ZEND_METHOD(Samlforce_Keyring, __construct);
ZEND_METHOD(Samlforce_Keyring, names);
ZEND_METHOD(Samlforce_Keyring, has);
ZEND_METHOD(Samlforce_Keyring, generations);
ZEND_METHOD(Samlforce_Keyring, kind);
ZEND_METHOD(Samlforce_Keyring, publicKey);
ZEND_METHOD(Samlforce_Keyring, certificate);


static const zend_function_entry class_Samlforce_Keyring_methods[] = {
	ZEND_ME(Samlforce_Keyring, __construct, arginfo_class_Samlforce_Keyring___construct, ZEND_ACC_PRIVATE)
	ZEND_ME(Samlforce_Keyring, names, arginfo_class_Samlforce_Keyring_names, ZEND_ACC_PUBLIC|ZEND_ACC_STATIC)
	ZEND_ME(Samlforce_Keyring, has, arginfo_class_Samlforce_Keyring_has, ZEND_ACC_PUBLIC|ZEND_ACC_STATIC)
	ZEND_ME(Samlforce_Keyring, generations, arginfo_class_Samlforce_Keyring_generations, ZEND_ACC_PUBLIC|ZEND_ACC_STATIC)
	ZEND_ME(Samlforce_Keyring, kind, arginfo_class_Samlforce_Keyring_kind, ZEND_ACC_PUBLIC|ZEND_ACC_STATIC)
	ZEND_ME(Samlforce_Keyring, publicKey, arginfo_class_Samlforce_Keyring_publicKey, ZEND_ACC_PUBLIC|ZEND_ACC_STATIC)
	ZEND_ME(Samlforce_Keyring, certificate, arginfo_class_Samlforce_Keyring_certificate, ZEND_ACC_PUBLIC|ZEND_ACC_STATIC)
	ZEND_FE_END
};

static zend_class_entry *register_class_Samlforce_Keyring(void)
{
	zend_class_entry ce, *class_entry;

	INIT_NS_CLASS_ENTRY(ce, "Samlforce", "Keyring", class_Samlforce_Keyring_methods);
	class_entry = zend_register_internal_class_ex(&ce, NULL);
	class_entry->ce_flags |= ZEND_ACC_FINAL;

	return class_entry;
}
