/* Samlforce\Saml\MetadataChange and MetadataRefresh. */
#include "metadata.h"

#include "zend_enum.h"
#include "zend_exceptions.h"

#include "saml/change.h"

#include "metadata_change_arginfo.h"

#define WAIT_MIN 3600
#define WAIT_MAX (365 * 86400)

static zend_class_entry *ce_change;
static zend_class_entry *ce_outcome;
static zend_class_entry *ce_hold;
static zend_class_entry *ce_refresh;

static void init_bool(zend_object *object, const char *property, bool value)
{
	zval zv;

	ZVAL_BOOL(&zv, value);
	sf_init_property(object, property, &zv);
}

/* ---- what differs ---- */

static void add_url_or_null(zval *row, const char *name, struct sf_span url)
{
	if (url.p) {
		add_assoc_stringl(row, name, url.p, url.n);
	} else {
		add_assoc_null(row, name);
	}
}

static void init_endpoints(zend_object *object, const struct sf_idp_change *change)
{
	static const char *const services[] = { "login", "logout", "logoutResponse", "artifact" }; /* in the order of enum sf_service */
	zval list, row;

	array_init(&list);
	for (size_t i = 0; i < change->endpoint_count; i++) {
		const struct sf_endpoint_change *one = &change->endpoints[i];

		array_init(&row);
		add_assoc_string(&row, "service", services[one->service]);
		if (one->service == SF_SERVICE_ARTIFACT) {
			add_assoc_long(&row, "binding", one->which);
		} else {
			add_assoc_string(&row, "binding", sf_binding_names[one->which]);
		}
		add_url_or_null(&row, "from", one->from);
		add_url_or_null(&row, "to", one->to);
		add_assoc_bool(&row, "newHost", one->new_host);
		add_next_index_zval(&list, &row);
	}
	sf_init_property(object, "endpoints", &list);
}

/* The keys for which flags[i] is `flag`. */
static void init_keys(zend_object *object, const char *property, const struct sf_idp_object *idp, const bool *flags, bool flag)
{
	zval list, row;

	array_init(&list);
	for (size_t i = 0; i < idp->idp.key_count; i++) {
		if (flags[i] == flag) {
			sf_idp_key_to_zval(idp, i, &row);
			add_next_index_zval(&list, &row);
		}
	}
	sf_init_property(object, property, &list);
}

static void change_to_zval(zval *out, const struct sf_idp_object *known, const struct sf_idp_object *newer, const struct sf_idp_change *change)
{
	zend_object *object;

	object_init_ex(out, ce_change);
	object = Z_OBJ_P(out);
	init_keys(object, "keysAdded", newer, change->added, true);
	init_keys(object, "keysDropped", known, change->kept, false);
	init_keys(object, "keysKept", newer, change->added, false);
	init_bool(object, "dropsEveryKey", change->drops_every_key);
	init_endpoints(object, change);
	init_bool(object, "namesNewHost", change->new_host);
	init_bool(object, "isEmpty", !change->any);
}

ZEND_METHOD(Samlforce_Saml_MetadataChange, between)
{
	const struct sf_idp_object *known, *newer;
	struct sf_idp_change change;
	zval *zknown, *znewer;

	ZEND_PARSE_PARAMETERS_START(2, 2)
		Z_PARAM_OBJECT_OF_CLASS(zknown, sf_ce_identity_provider)
		Z_PARAM_OBJECT_OF_CLASS(znewer, sf_ce_identity_provider)
	ZEND_PARSE_PARAMETERS_END();
	known = sf_idp_object(Z_OBJ_P(zknown));
	newer = sf_idp_object(Z_OBJ_P(znewer));
	if (!sf_span_eq(known->idp.entity_id, newer->idp.entity_id)) {
		zend_argument_value_error(2, "must have the entityID of the first");
		RETURN_THROWS();
	}
	sf_idp_compare(&known->idp, &newer->idp, &change);
	change_to_zval(return_value, known, newer, &change);
}

/* ---- what becomes of a refresh ---- */

/* One side: a document, and the provider in it. Both belong to PHP. */
struct side {
	zval metadata, idp;
	struct sf_idp_metadata found; /* points into the document */
};

/* False with an exception. */
static bool look(struct side *side, zend_string *xml, zend_string *entity_id, HashTable *trusted, int64_t now)
{
	const struct sf_idp_switches switches = SF_IDP_SWITCHES_DEFAULT;
	struct sf_metadata_object *m = sf_metadata_new(&side->metadata);
	struct sf_error error;

	ZVAL_UNDEF(&side->idp);
	if (!sf_metadata_load(m, xml, trusted, now, &error) || !sf_metadata_find(m->doc, sf_zstr_span(entity_id), now, &m->arena, &side->found, &error)) {
		sf_throw_saml(&error);
		return false;
	}
	return sf_idp_to_zval(&side->idp, &side->found, &switches);
}

static void forget(struct side *side)
{
	zval_ptr_dtor(&side->metadata);
	zval_ptr_dtor(&side->idp);
}

static void init_case(zend_object *object, const char *property, const char *name)
{
	zval zv;

	ZVAL_OBJ_COPY(&zv, zend_enum_get_case_cstr(ce_outcome, name));
	sf_init_property(object, property, &zv);
}

static void init_null(zend_object *object, const char *property)
{
	zval zv;

	ZVAL_NULL(&zv);
	sf_init_property(object, property, &zv);
}

/* What is kept from now on, and until when it is good. */
static void init_kept(zend_object *object, struct sf_span xml, const struct sf_validity *validity)
{
	zval zv;

	sf_init_string(object, "xml", xml);
	ZVAL_NULL(&zv);
	if (validity->has_until) {
		ZVAL_LONG(&zv, (zend_long)validity->until);
	}
	sf_init_property(object, "validUntil", &zv);
}

/* Early enough that a failed refresh can be tried again before what is kept is over. */
static void init_next(zend_object *object, const struct sf_validity *kept, int64_t now, int64_t interval, bool failed)
{
	int64_t wait = interval;
	zval zv;

	if (kept->has_duration && kept->duration < wait) {
		wait = kept->duration;
	}
	if (kept->has_until && kept->until > now && (kept->until - now) / 2 < wait) {
		wait = (kept->until - now) / 2;
	}
	if (failed) {
		/* when it is over already nobody can sign in */
		wait = kept->has_until && kept->until <= now ? WAIT_MIN : wait / 4;
	}
	ZVAL_LONG(&zv, (zend_long)(now + (wait < WAIT_MIN ? WAIT_MIN : wait)));
	sf_init_property(object, "nextRefresh", &zv);
}

static void refuse(zend_object *object, zend_string *known_xml, const struct side *known, int64_t now, int64_t interval)
{
	zval problem, none;

	ZVAL_OBJ_COPY(&problem, EG(exception));
	zend_clear_exception();
	sf_init_property(object, "problem", &problem);
	init_case(object, "outcome", "Refused");
	init_kept(object, sf_zstr_span(known_xml), &known->found.validity);
	init_next(object, &known->found.validity, now, interval, true);
	init_null(object, "change");
	ZVAL_EMPTY_ARRAY(&none);
	sf_init_property(object, "holds", &none);
	init_null(object, "fingerprint");
}

static bool is_older(const struct sf_validity *known, const struct sf_validity *newer)
{
	return known->has_until && newer->has_until && newer->until < known->until;
}

static void add_hold(zval *list, const char *name)
{
	zval zv;

	ZVAL_OBJ_COPY(&zv, zend_enum_get_case_cstr(ce_hold, name));
	add_next_index_zval(list, &zv);
}

/*
 * Who signs a document vouches for its addresses; without a signature only TLS does, and then a new host is what somebody who can
 * answer in the provider's place would have to name. The loss of every key is held even from a signer: it is what a publisher's mistake, or
 * somebody with his key, looks like.
 */
static void find_holds(zval *list, const struct sf_idp_change *change, bool is_signed, bool older)
{
	array_init(list);
	if (change->drops_every_key) {
		add_hold(list, "DropsEveryKey");
	}
	if (change->new_host && !is_signed) {
		add_hold(list, "NewHost");
	}
	if (older) {
		add_hold(list, "Older");
	}
}

/* Both sides could be read. False with an exception. */
static bool judge(zend_object *object, zend_string *known_xml, const struct side *known, const struct side *newer, bool is_signed, zend_string *approved,
		int64_t now, int64_t interval)
{
	const struct sf_idp_object *a = sf_idp_object(Z_OBJ(known->idp)), *b = sf_idp_object(Z_OBJ(newer->idp));
	struct sf_metadata_object *m = sf_metadata_object(Z_OBJ(newer->metadata));
	bool older = is_older(&known->found.validity, &newer->found.validity), take;
	char fingerprint[SF_FINGERPRINT + 1];
	struct sf_idp_change change;
	struct sf_error error;
	struct sf_span xml;
	zval holds, zv;

	sf_idp_compare(&a->idp, &b->idp, &change);
	if (!sf_metadata_extract(&newer->found, &m->arena, &xml, &error)) {
		sf_throw_saml(&error);
		return false;
	}
	if (!sf_idp_fingerprint(&b->idp, &m->arena, fingerprint)) {
		sf_fail(&error, SF_INTERNAL, "memory");
		sf_throw_saml(&error);
		return false;
	}
	find_holds(&holds, &change, is_signed, older && change.any);
	if (approved && sf_span_is(sf_zstr_span(approved), fingerprint)) {
		zend_hash_clean(Z_ARRVAL(holds));
	}
	/* an older document that says the same has nothing to give */
	take = zend_hash_num_elements(Z_ARRVAL(holds)) == 0 && (change.any || !older);
	init_case(object, "outcome", zend_hash_num_elements(Z_ARRVAL(holds)) ? "Held" : change.any ? "Replaced" : "Unchanged");
	sf_init_property(object, "holds", &holds);
	init_kept(object, take ? xml : sf_zstr_span(known_xml), take ? &newer->found.validity : &known->found.validity);
	init_next(object, take ? &newer->found.validity : &known->found.validity, now, interval, false);
	change_to_zval(&zv, a, b, &change);
	sf_init_property(object, "change", &zv);
	sf_init_string(object, "fingerprint", sf_span_of(fingerprint));
	init_null(object, "problem");
	return true;
}

ZEND_METHOD(Samlforce_Saml_MetadataRefresh, decide)
{
	zend_string *known_xml, *fetched_xml, *entity_id, *approved = NULL;
	struct side known = { .found = { .name_count = 0 } }, newer = { .found = { .name_count = 0 } };
	zend_long interval = 86400, now = 0;
	bool now_is_null = true;
	HashTable *trusted;

	ZEND_PARSE_PARAMETERS_START(4, 7)
		Z_PARAM_STR(known_xml)
		Z_PARAM_STR(fetched_xml)
		Z_PARAM_STR(entity_id)
		Z_PARAM_ARRAY_HT(trusted)
		Z_PARAM_OPTIONAL
		Z_PARAM_STR_OR_NULL(approved)
		Z_PARAM_LONG(interval)
		Z_PARAM_LONG_OR_NULL(now, now_is_null)
	ZEND_PARSE_PARAMETERS_END();
	now = now_is_null ? (zend_long)time(NULL) : now;
	if (interval < WAIT_MIN || interval > WAIT_MAX) {
		zend_argument_value_error(6, "must be between %d seconds and a year", WAIT_MIN);
		RETURN_THROWS();
	}
	if (!sf_trusted_ok(trusted, 4) || !sf_saml_key_cache()) {
		RETURN_THROWS();
	}
	if (!look(&known, known_xml, entity_id, NULL, SF_ANY_TIME)) {
		forget(&known);
		RETURN_THROWS();
	}
	object_init_ex(return_value, ce_refresh);
	if (!look(&newer, fetched_xml, entity_id, trusted, now)) {
		refuse(Z_OBJ_P(return_value), known_xml, &known, now, interval);
	} else if (!judge(Z_OBJ_P(return_value), known_xml, &known, &newer, zend_hash_num_elements(trusted) > 0, approved, now, interval)) {
		zval_ptr_dtor(return_value);
		ZVAL_UNDEF(return_value);
	}
	forget(&known);
	forget(&newer);
}

ZEND_METHOD(Samlforce_Saml_MetadataChange, __construct)
{
	(void)return_value;
	ZEND_PARSE_PARAMETERS_NONE();
}

ZEND_METHOD(Samlforce_Saml_MetadataRefresh, __construct)
{
	(void)return_value;
	ZEND_PARSE_PARAMETERS_NONE();
}

void sf_register_metadata_change(void)
{
	ce_change = register_class_Samlforce_Saml_MetadataChange();
	ce_outcome = register_class_Samlforce_Saml_MetadataOutcome();
	ce_hold = register_class_Samlforce_Saml_MetadataHold();
	ce_refresh = register_class_Samlforce_Saml_MetadataRefresh();
}
