/*
 * Samlforce\Salesforce\Client: many rows at once (REST API Developer Guide, "sObject Collections"), and Samlforce\Salesforce\RowResults.
 *
 * At most 200 rows go together, in at most 10 chunks, which are rows of the same object one after the other; a setup object shares a
 * request with no other kind. Rows are read, sent and told of as the results are read.
 */
#include "result.h"

#include "zend_exceptions.h"
#include "zend_interfaces.h"

#define ROWS_TOGETHER 200
#define CHUNKS_TOGETHER 10

enum operation {
	OP_CREATE,
	OP_UPDATE,
	OP_UPSERT,
	OP_DELETE,
};

struct row_results {
	zval client;
	enum operation operation;
	zend_string *object; /* NULL: each row says its own */
	zend_string *field;  /* the External ID's, for an upsert */
	bool all_or_none;
	zval input;
	zend_object_iterator *iterator; /* NULL: the input is an array */
	uint32_t position;              /* in the array */
	bool begun;
	bool input_ended;
	bool reading; /* the input's code is running */
	zval held_key; /* a row that was read, and goes with the next 200; UNDEF: none */
	zval held_row;
	zval keys;    /* of those that were sent, and their results */
	zval results;
	uint32_t at;
	zend_object std;
};

static zend_object_handlers handlers;

static struct row_results *from_object(zend_object *object)
{
	return (struct row_results *)((char *)object - offsetof(struct row_results, std));
}

static zend_object *create(zend_class_entry *ce)
{
	struct row_results *r = zend_object_alloc(sizeof(*r), ce);

	zend_object_std_init(&r->std, ce);
	object_properties_init(&r->std, ce);
	r->std.handlers = &handlers;
	return &r->std;
}

static void drop_batch(struct row_results *r)
{
	zval_ptr_dtor(&r->keys);
	zval_ptr_dtor(&r->results);
	ZVAL_UNDEF(&r->keys);
	ZVAL_UNDEF(&r->results);
	r->at = 0;
}

static void drop_input(struct row_results *r)
{
	zend_object_iterator *iterator = r->iterator;
	zval input;

	ZVAL_COPY_VALUE(&input, &r->input);
	ZVAL_UNDEF(&r->input);
	r->iterator = NULL;
	r->input_ended = true;
	if (iterator) {
		zend_iterator_dtor(iterator);
	}
	zval_ptr_dtor(&input);
}

static void free_object(zend_object *object)
{
	struct row_results *r = from_object(object);

	drop_input(r);
	drop_batch(r);
	zval_ptr_dtor(&r->held_key);
	zval_ptr_dtor(&r->held_row);
	zval_ptr_dtor(&r->client);
	if (r->object) {
		zend_string_release(r->object);
	}
	if (r->field) {
		zend_string_release(r->field);
	}
	zend_object_std_dtor(object);
}

static HashTable *get_gc(zend_object *object, zval **table, int *n)
{
	struct row_results *r = from_object(object);
	zend_get_gc_buffer *buffer = zend_get_gc_buffer_create();

	zend_get_gc_buffer_add_zval(buffer, &r->client);
	zend_get_gc_buffer_add_zval(buffer, &r->input);
	zend_get_gc_buffer_add_zval(buffer, &r->keys);
	zend_get_gc_buffer_add_zval(buffer, &r->results);
	zend_get_gc_buffer_add_zval(buffer, &r->held_key);
	zend_get_gc_buffer_add_zval(buffer, &r->held_row);
	if (r->iterator) {
		zend_get_gc_buffer_add_obj(buffer, &r->iterator->std);
	}
	zend_get_gc_buffer_use(buffer, table, n);
	return zend_std_get_properties(object);
}

/* ---- the input ---- */

/* The next row of an array, or false at its end. */
static bool next_of_array(struct row_results *r, zval *key, zval *row)
{
	HashTable *all = Z_ARRVAL(r->input);
	zval *value = zend_hash_get_current_data_ex(all, &r->position);

	if (!value) {
		return false;
	}
	ZVAL_COPY_DEREF(row, value);
	zend_hash_get_current_key_zval_ex(all, key, &r->position);
	zend_hash_move_forward_ex(all, &r->position);
	return true;
}

static bool open_iterator(struct row_results *r)
{
	zend_class_entry *ce = Z_OBJCE(r->input);

	r->iterator = ce->get_iterator(ce, &r->input, 0);
	if (!r->iterator) {
		return false;
	}
	r->iterator->index = 0;
	if (r->iterator->funcs->rewind) {
		r->iterator->funcs->rewind(r->iterator);
	}
	return !EG(exception);
}

static bool next_of_iterator(struct row_results *r, zval *key, zval *row)
{
	zend_object_iterator *it = r->iterator;
	zval *value;

	if (r->begun) {
		it->funcs->move_forward(it);
	}
	r->begun = true;
	if (EG(exception) || it->funcs->valid(it) != SUCCESS || EG(exception) || !(value = it->funcs->get_current_data(it)) || EG(exception)) {
		return false;
	}
	ZVAL_COPY_DEREF(row, value);
	ZVAL_NULL(key);
	if (it->funcs->get_current_key) {
		it->funcs->get_current_key(it, key);
	} else {
		ZVAL_LONG(key, (zend_long)it->index++);
	}
	return !EG(exception);
}

static bool next_row(struct row_results *r, zval *key, zval *row)
{
	bool more;

	if (r->input_ended) {
		return false;
	}
	ZVAL_UNDEF(key);
	ZVAL_UNDEF(row);
	r->reading = true;
	if (Z_TYPE(r->input) == IS_ARRAY) {
		more = next_of_array(r, key, row);
	} else {
		more = (r->iterator || open_iterator(r)) && next_of_iterator(r, key, row);
	}
	r->reading = false;
	if (!more) {
		zval_ptr_dtor(key);
		zval_ptr_dtor(row);
		drop_input(r);
	}
	return more;
}

/* ---- one row ---- */

static bool refuse_row(zval *key, const char *what)
{
	zend_string *name = zval_try_get_string(key);

	if (name) {
		zend_value_error("Row %s %s", ZSTR_VAL(name), what);
		zend_string_release(name);
	}
	return false;
}

static bool is_attributes(const zend_string *name)
{
	return zend_string_equals_literal(name, "attributes");
}

/* A scalar, or another record by its External ID: ['Account' => ['Number__c' => '7']]. */
static bool is_value(zval *value)
{
	zend_string *name;
	zval *inner;

	ZVAL_DEREF(value);
	if (Z_TYPE_P(value) <= IS_STRING) {
		return true;
	}
	if (Z_TYPE_P(value) != IS_ARRAY || zend_hash_num_elements(Z_ARRVAL_P(value)) != 1) {
		return false;
	}
	ZEND_HASH_FOREACH_STR_KEY_VAL(Z_ARRVAL_P(value), name, inner) {
		ZVAL_DEREF(inner);
		if (!name || !sf_is_api_name(sf_span_zstr(name)) || Z_TYPE_P(inner) > IS_STRING || Z_TYPE_P(inner) == IS_NULL) {
			return false;
		}
	} ZEND_HASH_FOREACH_END();
	return true;
}

static bool check_row(zval *key, HashTable *row)
{
	zend_string *name;
	zval *value;

	ZEND_HASH_FOREACH_STR_KEY_VAL(row, name, value) {
		if (!name || !sf_is_api_name(sf_span_zstr(name))) {
			return refuse_row(key, "must have the fields' API names as keys");
		}
		if (!is_attributes(name) && !is_value(value)) {
			return refuse_row(key, "must have null, bool, int, float, string, or one External ID of another record as values");
		}
	} ZEND_HASH_FOREACH_END();
	return true;
}

static zval *find_id(HashTable *row)
{
	zval *id = zend_hash_str_find_deref(row, "Id", 2);

	return id ? id : zend_hash_str_find_deref(row, "id", 2);
}

static bool is_id(const zend_string *id)
{
	for (size_t i = 0; i < ZSTR_LEN(id); i++) {
		char c = ZSTR_VAL(id)[i];

		if (!((c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'))) {
			return false;
		}
	}
	return ZSTR_LEN(id) == 15 || ZSTR_LEN(id) == 18;
}

/* The name of the row's object, borrowed; NULL, and a ValueError, if there is none. */
static zend_string *object_of(const struct row_results *r, zval *key, HashTable *row)
{
	zval *attributes = zend_hash_str_find_deref(row, "attributes", sizeof("attributes") - 1), *type = NULL;

	if (r->object) {
		if (attributes) {
			refuse_row(key, "must not name its object again in \"attributes\"");
			return NULL;
		}
		return r->object;
	}
	if (attributes && Z_TYPE_P(attributes) == IS_ARRAY) {
		type = zend_hash_str_find_deref(Z_ARRVAL_P(attributes), "type", sizeof("type") - 1);
	}
	if (!type || Z_TYPE_P(type) != IS_STRING || !sf_is_api_name(sf_span_zstr(Z_STR_P(type)))) {
		refuse_row(key, "must name its object, as in ['attributes' => ['type' => 'Contact'], …], since the call names none");
		return NULL;
	}
	return Z_STR_P(type);
}

/* {"attributes":{"type":"Contact"},…} */
static void write_record(zval *record, zend_string *object, HashTable *row)
{
	zval attributes, *value;
	zend_string *name;

	array_init_size(record, zend_hash_num_elements(row) + 1);
	array_init_size(&attributes, 1);
	add_assoc_str(&attributes, "type", zend_string_copy(object));
	add_assoc_zval(record, "attributes", &attributes);
	ZEND_HASH_FOREACH_STR_KEY_VAL(row, name, value) {
		if (!is_attributes(name)) {
			ZVAL_DEREF(value);
			Z_TRY_ADDREF_P(value);
			zend_hash_update(Z_ARRVAL_P(record), name, value);
		}
	} ZEND_HASH_FOREACH_END();
}

/* Of the 200 that are being gathered. */
struct batch {
	zval keys;
	zval records; /* or ids */
	uint32_t n;
	uint32_t chunks;
	zend_string *last; /* the object of the last row, owned */
	bool full;
};

static bool fits(const struct batch *b, const zend_string *object)
{
	if (b->n == ROWS_TOGETHER) {
		return false;
	}
	if (b->n == 0 || zend_string_equals_ci(b->last, object)) {
		return true;
	}
	return b->chunks < CHUNKS_TOGETHER && sf_is_setup_object(sf_span_zstr(b->last)) == sf_is_setup_object(sf_span_zstr(object));
}

static void put(struct batch *b, zval *key, zval *record, zend_string *object)
{
	if (object) {
		b->chunks += b->n == 0 || !zend_string_equals_ci(b->last, object);
		if (b->last) {
			zend_string_release(b->last);
		}
		b->last = zend_string_copy(object);
	}
	zend_hash_next_index_insert_new(Z_ARRVAL(b->keys), key);
	zend_hash_next_index_insert_new(Z_ARRVAL(b->records), record);
	b->n++;
}

static void hold(struct row_results *r, struct batch *b, zval *key, zval *row)
{
	ZVAL_COPY(&r->held_key, key);
	ZVAL_COPY(&r->held_row, row);
	b->full = true;
}

/* Adds the row, or holds it for the next 200. False, and an exception, if it is none. */
static bool add_id(struct row_results *r, struct batch *b, zval *key, zval *row)
{
	if (Z_TYPE_P(row) != IS_STRING || !is_id(Z_STR_P(row))) {
		return refuse_row(key, "must be a Salesforce id of 15 or 18 letters and digits");
	}
	if (b->n == ROWS_TOGETHER) {
		hold(r, b, key, row);
		return true;
	}
	Z_TRY_ADDREF_P(key);
	Z_TRY_ADDREF_P(row);
	put(b, key, row, NULL);
	return true;
}

static bool add_fields(struct row_results *r, struct batch *b, zval *key, zval *row)
{
	zend_string *object;
	zval record, *id;

	if (Z_TYPE_P(row) != IS_ARRAY) {
		return refuse_row(key, "must be an array of fields");
	}
	if (!check_row(key, Z_ARRVAL_P(row)) || !(object = object_of(r, key, Z_ARRVAL_P(row)))) {
		return false;
	}
	id = find_id(Z_ARRVAL_P(row));
	if (r->operation == OP_UPDATE && (!id || Z_TYPE_P(id) != IS_STRING || !is_id(Z_STR_P(id)))) {
		return refuse_row(key, "must have its record's id as Id");
	}
	if (r->operation == OP_CREATE && id) {
		return refuse_row(key, "must have no Id: it is to be created");
	}
	if (r->operation == OP_UPSERT && !zend_hash_exists(Z_ARRVAL_P(row), r->field)) {
		return refuse_row(key, "must have the External ID");
	}
	if (!fits(b, object)) {
		hold(r, b, key, row);
		return true;
	}
	write_record(&record, object, Z_ARRVAL_P(row));
	Z_TRY_ADDREF_P(key);
	put(b, key, &record, object);
	return true;
}

static bool gather(struct row_results *r, struct batch *b)
{
	bool ok = true;
	zval key, row;

	array_init(&b->keys);
	array_init(&b->records);
	while (ok && !b->full) {
		if (Z_TYPE(r->held_key) != IS_UNDEF) {
			ZVAL_COPY_VALUE(&key, &r->held_key);
			ZVAL_COPY_VALUE(&row, &r->held_row);
			ZVAL_UNDEF(&r->held_key);
			ZVAL_UNDEF(&r->held_row);
		} else if (!next_row(r, &key, &row)) {
			break;
		}
		ok = r->operation == OP_DELETE ? add_id(r, b, &key, &row) : add_fields(r, b, &key, &row);
		zval_ptr_dtor(&key);
		zval_ptr_dtor(&row);
	}
	return ok && !EG(exception);
}

static void free_batch(struct batch *b)
{
	zval_ptr_dtor(&b->keys);
	zval_ptr_dtor(&b->records);
	if (b->last) {
		zend_string_release(b->last);
	}
}

/* ---- the call ---- */

static void write_path(const struct row_results *r, struct sf_call *call, const struct batch *b)
{
	const char *separator = "?ids=";
	zval *id;

	sf_call_path(call, "composite/sobjects");
	if (r->operation == OP_UPSERT) {
		sf_buf_char(&call->path, '/');
		sf_buf_span(&call->path, sf_span_zstr(r->object));
		sf_buf_char(&call->path, '/');
		sf_buf_span(&call->path, sf_span_zstr(r->field));
	}
	if (r->operation != OP_DELETE) {
		return;
	}
	ZEND_HASH_FOREACH_VAL(Z_ARRVAL(b->records), id) {
		sf_buf_str(&call->path, separator);
		sf_buf_span(&call->path, sf_span_zstr(Z_STR_P(id)));
		separator = ",";
	} ZEND_HASH_FOREACH_END();
	sf_buf_str(&call->path, r->all_or_none ? "&allOrNone=true" : "&allOrNone=false");
}

static zend_string *write_body(const struct row_results *r, struct batch *b)
{
	zend_string *json;
	zval body;

	array_init_size(&body, 2);
	add_assoc_bool(&body, "allOrNone", r->all_or_none);
	Z_ADDREF(b->records);
	add_assoc_zval(&body, "records", &b->records);
	json = sf_encode_json(&body, true, 0);
	zval_ptr_dtor(&body);
	return json;
}

/* Gone is what it was to be, if an earlier attempt of ours may have been the one that deleted it. */
static bool is_gone(const struct row_results *r, const struct sf_call *call, const struct sf_failure *failure)
{
	return r->operation == OP_DELETE && call->answer.unsure && (strcmp(failure->code, "ENTITY_IS_DELETED") == 0 || strcmp(failure->code, "INVALID_CROSS_REFERENCE_KEY") == 0);
}

/* {"id":"…","success":true,"errors":[],"created":true} */
static bool take_result(const struct row_results *r, const struct sf_call *call, zval *entry, zval *result)
{
	zval *errors, *error, *fields;
	struct sf_failure failure;
	bool failed;

	if (Z_TYPE_P(entry) != IS_ARRAY) {
		return false;
	}
	failed = !SF_IS_TRUE(entry, "success");
	errors = SF_MEMBER(entry, "errors", IS_ARRAY);
	error = failed && errors ? sf_first_error(errors) : NULL;
	fields = error ? SF_MEMBER(error, "fields", IS_ARRAY) : NULL;
	sf_failure_of_zval(&failure, error, 0);
	failed = failed && !is_gone(r, call, &failure);
	sf_row_result(result, zend_hash_str_find(Z_ARRVAL_P(entry), "id", 2), r->operation == OP_CREATE || SF_IS_TRUE(entry, "created"), failed ? &failure : NULL, fields);
	return true;
}

static bool take_results(struct row_results *r, struct sf_call *call, const struct batch *b, zval *answer)
{
	zval *entry, result;
	bool ok = zend_hash_num_elements(Z_ARRVAL_P(answer)) == b->n;

	array_init_size(&r->results, b->n);
	ZEND_HASH_FOREACH_VAL(Z_ARRVAL_P(answer), entry) {
		if (!ok || !(ok = take_result(r, call, entry, &result))) {
			break;
		}
		zend_hash_next_index_insert_new(Z_ARRVAL(r->results), &result);
	} ZEND_HASH_FOREACH_END();
	if (!ok) {
		sf_throw_broken(call, true);
		return false;
	}
	ZVAL_COPY(&r->keys, &b->keys);
	return true;
}

static bool send_batch(struct row_results *r, struct batch *b)
{
	static const char *const methods[] = { [OP_CREATE] = "POST", [OP_UPDATE] = "PATCH", [OP_UPSERT] = "PATCH", [OP_DELETE] = "DELETE" };
	zend_string *json = NULL;
	struct sf_call call;
	bool ok = false;
	zval answer;

	if ((r->operation != OP_DELETE && !(json = write_body(r, b))) || !sf_call_begin(&call, &r->client)) {
		goto cleanup;
	}
	write_path(r, &call, b);
	if (sf_call_send(&call, methods[r->operation], json, r->operation == OP_UPDATE || r->operation == OP_UPSERT) && sf_call_decode_array(&call, &answer, true)) {
		ok = take_results(r, &call, b, &answer);
		zval_ptr_dtor(&answer);
	}
	sf_call_end(&call);
cleanup:
	if (json) {
		zend_string_release(json);
	}
	return ok;
}

/* The next 200, if there are any. After an exception there is nothing more. */
static void fetch(struct row_results *r)
{
	struct batch b = { .n = 0 };

	drop_batch(r);
	if (!gather(r, &b) || (b.n > 0 && !send_batch(r, &b))) {
		drop_batch(r);
		drop_input(r);
		zval_ptr_dtor(&r->held_key);
		zval_ptr_dtor(&r->held_row);
		ZVAL_UNDEF(&r->held_key);
		ZVAL_UNDEF(&r->held_row);
	}
	free_batch(&b);
}

static bool has_current(const struct row_results *r)
{
	return Z_TYPE(r->results) == IS_ARRAY && r->at < zend_hash_num_elements(Z_ARRVAL(r->results));
}

static struct row_results *ready(zval *self)
{
	struct row_results *r = from_object(Z_OBJ_P(self));

	if (r->reading) {
		zend_throw_error(NULL, "The results can't be read by the code that gives the rows");
		return NULL;
	}
	if (!has_current(r) && !(r->input_ended && Z_TYPE(r->held_key) == IS_UNDEF)) {
		fetch(r);
	}
	return r;
}

ZEND_METHOD(Samlforce_Salesforce_RowResults, current)
{
	struct row_results *r;

	ZEND_PARSE_PARAMETERS_NONE();
	if (!(r = ready(ZEND_THIS)) || EG(exception)) {
		RETURN_THROWS();
	}
	if (!has_current(r)) {
		zend_throw_error(NULL, "There are no more results");
		RETURN_THROWS();
	}
	RETURN_COPY(zend_hash_index_find(Z_ARRVAL(r->results), r->at));
}

ZEND_METHOD(Samlforce_Salesforce_RowResults, key)
{
	struct row_results *r;

	ZEND_PARSE_PARAMETERS_NONE();
	if (!(r = ready(ZEND_THIS)) || EG(exception)) {
		RETURN_THROWS();
	}
	if (has_current(r)) {
		RETURN_COPY(zend_hash_index_find(Z_ARRVAL(r->keys), r->at));
	}
}

ZEND_METHOD(Samlforce_Salesforce_RowResults, next)
{
	struct row_results *r;

	ZEND_PARSE_PARAMETERS_NONE();
	(void)return_value;
	if ((r = ready(ZEND_THIS)) && !EG(exception)) {
		r->at++;
	}
}

ZEND_METHOD(Samlforce_Salesforce_RowResults, rewind)
{
	struct row_results *r;

	(void)return_value;
	ZEND_PARSE_PARAMETERS_NONE();
	r = from_object(Z_OBJ_P(ZEND_THIS));
	if (r->at > 0 || (r->input_ended && !has_current(r))) {
		zend_throw_error(NULL, "The results can be read once");
		RETURN_THROWS();
	}
	ready(ZEND_THIS);
}

ZEND_METHOD(Samlforce_Salesforce_RowResults, valid)
{
	struct row_results *r;

	ZEND_PARSE_PARAMETERS_NONE();
	if (!(r = ready(ZEND_THIS)) || EG(exception)) {
		RETURN_THROWS();
	}
	RETURN_BOOL(has_current(r));
}

/* ---- the four methods ---- */

static void start(zval *return_value, zval *self, enum operation operation, zend_string *object, zend_string *field, zval *rows, bool all_or_none)
{
	struct row_results *r;

	object_init_ex(return_value, sf_ce_row_results);
	r = from_object(Z_OBJ_P(return_value));
	ZVAL_COPY(&r->client, self);
	ZVAL_COPY(&r->input, rows);
	r->operation = operation;
	r->object = object ? zend_string_copy(object) : NULL;
	r->field = field ? zend_string_copy(field) : NULL;
	r->all_or_none = all_or_none;
}

static void create_or_update(INTERNAL_FUNCTION_PARAMETERS, enum operation operation)
{
	zend_string *object = NULL;
	bool all_or_none = false;
	zval *rows;

	ZEND_PARSE_PARAMETERS_START(2, 3)
		Z_PARAM_STR_OR_NULL(object)
		Z_PARAM_ITERABLE(rows)
		Z_PARAM_OPTIONAL
		Z_PARAM_BOOL(all_or_none)
	ZEND_PARSE_PARAMETERS_END();
	if (object && !sf_check_api_name(object, 1)) {
		RETURN_THROWS();
	}
	start(return_value, ZEND_THIS, operation, object, NULL, rows, all_or_none);
}

ZEND_METHOD(Samlforce_Salesforce_Client, createMany)
{
	create_or_update(INTERNAL_FUNCTION_PARAM_PASSTHRU, OP_CREATE);
}

ZEND_METHOD(Samlforce_Salesforce_Client, updateMany)
{
	create_or_update(INTERNAL_FUNCTION_PARAM_PASSTHRU, OP_UPDATE);
}

ZEND_METHOD(Samlforce_Salesforce_Client, upsertMany)
{
	zend_string *object, *field;
	bool all_or_none = false;
	zval *rows;

	ZEND_PARSE_PARAMETERS_START(3, 4)
		Z_PARAM_STR(object)
		Z_PARAM_STR(field)
		Z_PARAM_ITERABLE(rows)
		Z_PARAM_OPTIONAL
		Z_PARAM_BOOL(all_or_none)
	ZEND_PARSE_PARAMETERS_END();
	if (!sf_check_api_name(object, 1) || !sf_check_api_name(field, 2)) {
		RETURN_THROWS();
	}
	start(return_value, ZEND_THIS, OP_UPSERT, object, field, rows, all_or_none);
}

ZEND_METHOD(Samlforce_Salesforce_Client, deleteMany)
{
	bool all_or_none = false;
	zval *ids;

	ZEND_PARSE_PARAMETERS_START(1, 2)
		Z_PARAM_ITERABLE(ids)
		Z_PARAM_OPTIONAL
		Z_PARAM_BOOL(all_or_none)
	ZEND_PARSE_PARAMETERS_END();
	start(return_value, ZEND_THIS, OP_DELETE, NULL, NULL, ids, all_or_none);
}

void sf_register_row_results(void)
{
	sf_ce_row_results->create_object = create;
	memcpy(&handlers, &std_object_handlers, sizeof(handlers));
	handlers.offset = offsetof(struct row_results, std);
	handlers.free_obj = free_object;
	handlers.get_gc = get_gc;
	handlers.clone_obj = NULL;
}
