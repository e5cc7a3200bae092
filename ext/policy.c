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

static zend_class_entry *ce_policy, *ce_violation;
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

ZEND_METHOD(Samlforce_Password_Policy, violations)
{
	static const char *const names[] = { "TooShort", "TooLong", "NeedsLetter", "NeedsDigit", "NeedsUpper", "NeedsLower", "NeedsSpecial", "ContainsUsername",
		"InvalidCharacter" };
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
	array_init(return_value);
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		zval violation;

		if (broken & 1u << i) {
			ZVAL_OBJ_COPY(&violation, zend_enum_get_case_cstr(ce_violation, names[i]));
			add_next_index_zval(return_value, &violation);
		}
	}
}

void sf_register_policy(void)
{
	ce_violation = register_class_Samlforce_Password_Violation();
	ce_policy = register_class_Samlforce_Password_Policy();
	ce_policy->create_object = create;
	memcpy(&handlers, &std_object_handlers, sizeof(handlers));
	handlers.offset = offsetof(struct policy, std);
	handlers.clone_obj = NULL;
	handlers.compare = zend_objects_not_comparable;
}
