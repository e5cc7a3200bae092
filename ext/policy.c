/* Samlforce\Password\Policy */
#include "php_samlforce.h"

#include "zend_attributes.h"
#include "zend_enum.h"

#include "password/policy.h"

#include "policy_arginfo.h"

struct policy {
	struct sf_policy rules;
	zend_object std;
};

static zend_class_entry *ce_policy, *ce_violation, *ce_exception, *ce_reason;
static zend_object_handlers handlers;

static struct policy *from_object(zend_object *object)
{
	return (struct policy *)((char *)object - offsetof(struct policy, std));
}

static zend_object *create(zend_class_entry *ce)
{
	struct policy *policy = zend_object_alloc(sizeof(*policy), ce);

	zend_object_std_init(&policy->std, ce);
	object_properties_init(&policy->std, ce);
	policy->std.handlers = &handlers;
	return &policy->std;
}

/* Private: an object comes from salesforce() alone. */
ZEND_METHOD(Samlforce_Password_Policy, __construct)
{
	(void)return_value;
	ZEND_PARSE_PARAMETERS_NONE();
}

ZEND_METHOD(Samlforce_Password_Policy, salesforce)
{
	zend_long minimum = 8, complexity = 1;
	struct policy *policy;

	ZEND_PARSE_PARAMETERS_START(0, 2)
		Z_PARAM_OPTIONAL
		Z_PARAM_LONG(minimum)
		Z_PARAM_LONG(complexity)
	ZEND_PARSE_PARAMETERS_END();
	if (minimum < SF_POLICY_MIN_LENGTH || minimum > SF_POLICY_MAX_LENGTH) {
		zend_argument_value_error(1, "must be between %d and %d", SF_POLICY_MIN_LENGTH, SF_POLICY_MAX_LENGTH);
		RETURN_THROWS();
	}
	if (complexity < 0 || complexity > SF_POLICY_MAX_COMPLEXITY) {
		zend_argument_value_error(2, "must be between 0 and %d", SF_POLICY_MAX_COMPLEXITY);
		RETURN_THROWS();
	}
	object_init_ex(return_value, ce_policy);
	policy = from_object(Z_OBJ_P(return_value));
	policy->rules.minimum_length = (unsigned)minimum;
	policy->rules.complexity = (unsigned)complexity;
}

/* In the order of the bits of enum sf_violation. */
static const struct {
	const char *name;
	const char *sentence;
} violations[] = {
	{ "TooShort", "Choose a longer password." },
	{ "TooLong", "Choose a shorter password: it may have 1024 bytes." },
	{ "NeedsLetter", "Put a letter (a to z) into the password." },
	{ "NeedsDigit", "Put a digit (0 to 9) into the password." },
	{ "NeedsUpper", "Put a capital letter (A to Z) into the password." },
	{ "NeedsLower", "Put a small letter (a to z) into the password." },
	{ "NeedsSpecial", "Put one of these characters into the password: ! # $ % - _ = + < >" },
	{ "ContainsUsername", "Choose a password that doesn't contain your user name." },
	{ "InvalidCharacter", "Choose a password without control characters: one of its characters can't be used." },
	{ "Common", "Choose another password: this one is known to be used by many." },
};

ZEND_METHOD(Samlforce_Password_Violation, sentence)
{
	zval *name = zend_enum_fetch_case_name(Z_OBJ_P(ZEND_THIS));

	ZEND_PARSE_PARAMETERS_NONE();
	for (size_t i = 0; i < sizeof(violations) / sizeof(violations[0]); i++) {
		if (zend_string_equals_cstr(Z_STR_P(name), violations[i].name, strlen(violations[i].name))) {
			RETURN_STRING(violations[i].sentence);
		}
	}
	ZEND_UNREACHABLE();
}

/* What the site's own list says; false with an exception. */
static bool check_deny_list(struct sf_span password, unsigned *broken)
{
	const char *path = SF_G(password_deny_list);
	enum sf_denied denied = path && *path ? sf_policy_denied(path, password) : SF_DENIED_NOT;

	if (denied == SF_DENIED_UNREADABLE) {
		sf_throw(ce_exception, ce_reason, "DenyListUnreadable", "The password was not judged: samlforce.password_deny_list in php.ini must name a plain file of at most 16 MiB that PHP may read");
		return false;
	}
	*broken |= denied == SF_DENIED ? SF_COMMON : 0;
	return true;
}

ZEND_METHOD(Samlforce_Password_Policy, violations)
{
	const struct policy *policy = from_object(Z_OBJ_P(ZEND_THIS));
	zend_string *password, *username = NULL;
	struct sf_span name = SF_SPAN_NONE;
	unsigned broken;

	ZEND_PARSE_PARAMETERS_START(1, 2)
		Z_PARAM_STR(password)
		Z_PARAM_OPTIONAL
		Z_PARAM_STR(username)
	ZEND_PARSE_PARAMETERS_END();
	if (policy->rules.minimum_length == 0) {
		zend_throw_error(NULL, "The policy was not made by Policy::salesforce()");
		RETURN_THROWS();
	}
	if (username) {
		name = (struct sf_span){ ZSTR_VAL(username), ZSTR_LEN(username) };
	}
	broken = sf_policy_check(&policy->rules, (struct sf_span){ ZSTR_VAL(password), ZSTR_LEN(password) }, name);
	if (!check_deny_list((struct sf_span){ ZSTR_VAL(password), ZSTR_LEN(password) }, &broken)) {
		RETURN_THROWS();
	}
	array_init(return_value);
	for (size_t i = 0; i < sizeof(violations) / sizeof(violations[0]); i++) {
		zval violation;

		if (broken & 1u << i) {
			ZVAL_OBJ_COPY(&violation, zend_enum_get_case_cstr(ce_violation, violations[i].name));
			add_next_index_zval(return_value, &violation);
		}
	}
}

void sf_register_policy(void)
{
	ce_violation = register_class_Samlforce_Password_Violation();
	ce_reason = register_class_Samlforce_Password_PolicyReason();
	ce_exception = register_class_Samlforce_Password_PolicyException(sf_ce_exception);
	ce_policy = register_class_Samlforce_Password_Policy();
	ce_policy->create_object = create;
	memcpy(&handlers, &std_object_handlers, sizeof(handlers));
	handlers.offset = offsetof(struct policy, std);
	handlers.clone_obj = NULL;
	handlers.compare = zend_objects_not_comparable;
}
