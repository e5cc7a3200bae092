/* Samlforce\Keyring: what PHP may know of the keys. */
#include "php_samlforce.h"

#include "zend_smart_str.h"

#include "base/base64.h"

#include "keyring_arginfo.h"

const struct sf_key *sf_keyring_use(zend_string *name)
{
	struct sf_span span = { ZSTR_VAL(name), ZSTR_LEN(name) };
	const struct sf_key *key = sf_keyring_find(sf_process_keyring, span);
	const char *refusal;

	if (key) {
		sf_keyring_enter(sf_process_keyring);
		return key;
	}
	refusal = sf_keyring_refusal(sf_process_keyring, span);
	if (refusal) {
		sf_throw(sf_ce_keyring_exception, sf_ce_keyring_reason, "Refused", "The key \"%s\" was refused when PHP started: %s", ZSTR_VAL(name), refusal);
	} else if (!sf_process_keyring) {
		sf_throw(sf_ce_keyring_exception, sf_ce_keyring_reason, "Unknown", "There is no key \"%s\": %s", ZSTR_VAL(name), sf_keyring_trouble);
	} else {
		sf_throw(sf_ce_keyring_exception, sf_ce_keyring_reason, "Unknown",
				"There is no key \"%s\": put %s.pem, %s.key or %s.secret into the folder that samlforce.keyring names, and restart PHP",
				ZSTR_VAL(name), ZSTR_VAL(name), ZSTR_VAL(name), ZSTR_VAL(name));
	}
	return NULL;
}

ZEND_METHOD(Samlforce_Keyring, __construct)
{
	(void)return_value;
	ZEND_PARSE_PARAMETERS_NONE();
}

ZEND_METHOD(Samlforce_Keyring, names)
{
	const struct sf_key *key;

	ZEND_PARSE_PARAMETERS_NONE();
	array_init(return_value);
	for (size_t i = 0; (key = sf_keyring_at(sf_process_keyring, i)); i++) {
		if (sf_keyring_is_newest(sf_process_keyring, key)) {
			add_next_index_string(return_value, key->name);
		}
	}
}

ZEND_METHOD(Samlforce_Keyring, generations)
{
	const struct sf_key *key;
	zend_string *name;

	ZEND_PARSE_PARAMETERS_START(1, 1)
		Z_PARAM_STR(name)
	ZEND_PARSE_PARAMETERS_END();
	key = sf_keyring_use(name);
	if (!key) {
		RETURN_THROWS();
	}
	array_init(return_value);
	for (; key; key = key->older) {
		add_next_index_str(return_value, zend_strpprintf(0, "%s~%u", key->name, key->generation));
	}
}

ZEND_METHOD(Samlforce_Keyring, kind)
{
	static const char *const names[] = { [SF_KEY_RSA] = "rsa", [SF_KEY_EC] = "ec", [SF_KEY_RAW] = "vault", [SF_KEY_SECRET] = "secret" };
	const struct sf_key *key;
	zend_string *name;

	ZEND_PARSE_PARAMETERS_START(1, 1)
		Z_PARAM_STR(name)
	ZEND_PARSE_PARAMETERS_END();
	key = sf_keyring_use(name);
	if (!key) {
		RETURN_THROWS();
	}
	RETURN_STRING(names[key->kind]);
}

ZEND_METHOD(Samlforce_Keyring, has)
{
	zend_string *name;

	ZEND_PARSE_PARAMETERS_START(1, 1)
		Z_PARAM_STR(name)
	ZEND_PARSE_PARAMETERS_END();
	RETURN_BOOL(sf_keyring_find(sf_process_keyring, (struct sf_span){ ZSTR_VAL(name), ZSTR_LEN(name) }) != NULL);
}

zend_string *sf_pem(struct sf_span der, const char *label)
{
	size_t n = SF_BASE64_ENCODED(der.n);
	char *text = emalloc(n);
	smart_str out = { 0 };

	n = sf_base64_encode((const unsigned char *)der.p, der.n, text);
	smart_str_append_printf(&out, "-----BEGIN %s-----\n", label);
	for (size_t i = 0; i < n; i += 64) {
		smart_str_appendl(&out, text + i, MIN(64, n - i));
		smart_str_appendc(&out, '\n');
	}
	smart_str_append_printf(&out, "-----END %s-----\n", label);
	smart_str_0(&out);
	efree(text);
	return out.s;
}

const char *sf_key_kind_name(const struct sf_key *key)
{
	return key->kind == SF_KEY_RAW ? "a vault key" : key->kind == SF_KEY_SECRET ? "a client secret" : "a private key";
}

static const struct sf_key *pair_or_throw(zend_string *name)
{
	const struct sf_key *key = sf_keyring_use(name);

	if (key && !sf_key_is_pair(key)) {
		sf_throw(sf_ce_keyring_exception, sf_ce_keyring_reason, "WrongKind", "The key \"%s\" is %s: it has no public half", ZSTR_VAL(name), sf_key_kind_name(key));
		return NULL;
	}
	return key;
}

ZEND_METHOD(Samlforce_Keyring, publicKey)
{
	const struct sf_key *key;
	zend_string *name;

	ZEND_PARSE_PARAMETERS_START(1, 1)
		Z_PARAM_STR(name)
	ZEND_PARSE_PARAMETERS_END();
	key = pair_or_throw(name);
	if (key) {
		RETURN_STR(sf_pem(key->spki, "PUBLIC KEY"));
	}
}

ZEND_METHOD(Samlforce_Keyring, certificate)
{
	const struct sf_key *key;
	zend_string *name;

	ZEND_PARSE_PARAMETERS_START(1, 1)
		Z_PARAM_STR(name)
	ZEND_PARSE_PARAMETERS_END();
	key = pair_or_throw(name);
	if (key && key->certificate.p) {
		RETURN_STR(sf_pem(key->certificate, "CERTIFICATE"));
	}
}

void sf_register_keyring(void)
{
	register_class_Samlforce_Keyring();
}
