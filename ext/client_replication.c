/* Samlforce\Salesforce\Client: what objects are like, how many records they have, and which of them have changed. */
#include "client.h"

#include "ext/date/php_date.h"
#include "zend_exceptions.h"

#include "base/text.h"

#define DAY 86400
#define UPDATED_DAYS 30
#define DELETED_DAYS 15
#define APART 60
#define COUNTED_MAX 200
#define DESCRIBED_MAX 64 /* kept by one Client */

/* ---- times ---- */

bool sf_unix_time(zend_object *time, int64_t *seconds)
{
	zend_class_entry *ce = instanceof_function(time->ce, php_date_get_date_ce()) ? php_date_get_date_ce() : php_date_get_immutable_ce();
	zval result;

	/* DateTime's or DateTimeImmutable's own, whatever a child makes of it */
	zend_call_known_instance_method_with_0_params(zend_hash_str_find_ptr(&ce->function_table, "gettimestamp", sizeof("gettimestamp") - 1), time, &result);
	if (EG(exception) || Z_TYPE(result) != IS_LONG) {
		return false;
	}
	*seconds = Z_LVAL(result);
	return true;
}

/* IMF-fixdate (RFC 9110 §5.6.7). */
bool sf_http_date(int64_t seconds, const char *name, char *line, size_t room)
{
	static const char *const days[] = { "Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat" };
	static const char *const months[] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
	time_t time = (time_t)seconds;
	struct tm tm;

	if (seconds < 0 || !gmtime_r(&time, &tm) || tm.tm_year > 9999 - 1900) {
		return false;
	}
	snprintf(line, room, "%s: %s, %02d %s %04d %02d:%02d:%02d GMT", name, days[tm.tm_wday], tm.tm_mday, months[tm.tm_mon], tm.tm_year + 1900, tm.tm_hour, tm.tm_min, tm.tm_sec);
	return true;
}

/* A time of Salesforce's, 2026-01-31T12:00:00.000+0000, as a DateTimeImmutable. */
static bool read_time(zval *answer, const char *name, zval *time)
{
	zval *text = sf_member(answer, name, strlen(name), IS_STRING);

	ZVAL_UNDEF(time);
	if (!text) {
		return false;
	}
	php_date_instantiate(php_date_get_immutable_ce(), time);
	if (php_date_initialize(Z_PHPDATE_P(time), Z_STRVAL_P(text), Z_STRLEN_P(text), NULL, NULL, 0)) {
		return true;
	}
	zval_ptr_dtor(time);
	ZVAL_UNDEF(time);
	return false;
}

/* ---- descriptions ---- */

/* Of the Client: path => [value, Last-Modified, ETag]. */
static zval *kept_description(const struct sf_client *client, const zend_string *path)
{
	return Z_TYPE(client->described) == IS_ARRAY ? zend_hash_find(Z_ARRVAL(client->described), (zend_string *)path) : NULL;
}

static void keep_description(struct sf_client *client, zend_string *path, zval *value, const struct sf_http_answer *answer)
{
	zval entry;

	if (!answer->last_modified.p && !answer->etag.p) {
		return;
	}
	if (Z_TYPE(client->described) != IS_ARRAY) {
		array_init(&client->described);
	}
	if (zend_hash_num_elements(Z_ARRVAL(client->described)) >= DESCRIBED_MAX) {
		zend_hash_clean(Z_ARRVAL(client->described));
	}
	array_init_size(&entry, 3);
	Z_TRY_ADDREF_P(value);
	add_next_index_zval(&entry, value);
	add_next_index_str(&entry, answer->last_modified.p ? zend_strpprintf(0, "If-Modified-Since: %s", answer->last_modified.p) : ZSTR_EMPTY_ALLOC());
	add_next_index_str(&entry, answer->etag.p ? zend_strpprintf(0, "If-None-Match: %s", answer->etag.p) : ZSTR_EMPTY_ALLOC());
	zend_hash_update(Z_ARRVAL(client->described), path, &entry);
}

static size_t conditions(zval *entry, const char **headers)
{
	size_t n = 0;

	for (zend_ulong i = 1; entry && i <= 2; i++) {
		zend_string *line = Z_STR_P(zend_hash_index_find(Z_ARRVAL_P(entry), i));

		if (ZSTR_LEN(line) > 0 && sf_http_header_valid(sf_span_zstr(line))) {
			headers[n++] = ZSTR_VAL(line);
		}
	}
	return n;
}

static void describe(struct sf_call *call, zval *return_value)
{
	struct sf_api_call request;
	const char *headers[2];
	zend_string *path;
	zval kept;

	if (!sf_call_request(call, "GET", true, &request)) {
		return;
	}
	path = zend_string_init(request.path.p, request.path.n, 0);
	ZVAL_NULL(&kept);
	if (kept_description(call->client, path)) {
		ZVAL_COPY(&kept, kept_description(call->client, path));
		request.header_count = conditions(&kept, headers);
	}
	request.headers = headers;
	request.conditional = request.header_count > 0;
	if (sf_call_send_request(call, &request)) {
		if (call->answer.status == 304) {
			ZVAL_COPY(return_value, zend_hash_index_find(Z_ARRVAL(kept), 0));
		} else if (sf_call_decode_array(call, return_value, false)) {
			keep_description(call->client, path, return_value, &call->answer);
		}
	}
	zval_ptr_dtor(&kept);
	zend_string_release(path);
}

ZEND_METHOD(Samlforce_Salesforce_Client, describe)
{
	zend_string *object = NULL;
	struct sf_call call;

	ZEND_PARSE_PARAMETERS_START(0, 1)
		Z_PARAM_OPTIONAL
		Z_PARAM_STR_OR_NULL(object)
	ZEND_PARSE_PARAMETERS_END();
	if ((object && !sf_check_api_name(object, 1)) || !sf_call_begin(&call, ZEND_THIS)) {
		RETURN_THROWS();
	}
	sf_call_path(&call, "sobjects");
	if (object) {
		sf_buf_char(&call.path, '/');
		sf_buf_span(&call.path, sf_span_zstr(object));
		sf_buf_str(&call.path, "/describe");
	}
	describe(&call, return_value);
	sf_call_end(&call);
}

/* ---- what has changed ---- */

static bool check_range(zend_object *start, zend_object *end, int days, char from[SF_TIME_TEXT], char to[SF_TIME_TEXT])
{
	int64_t first, last;

	if (!sf_unix_time(start, &first) || !sf_unix_time(end, &last)) {
		return false;
	}
	if (!sf_time_format(first, from) || !sf_time_format(last, to)) {
		zend_argument_value_error(2, "must be of the years 1970 to 9999");
		return false;
	}
	if (last - first < APART) {
		zend_argument_value_error(3, "must be at least a minute after the start");
		return false;
	}
	if (first < (int64_t)time(NULL) - (int64_t)days * DAY) {
		zend_argument_value_error(2, "must be at most %d days ago: Salesforce knows no more of older changes. Compare all records instead", days);
		return false;
	}
	return true;
}

static bool take_updated(zval *answer, zval *return_value)
{
	zval *ids = SF_MEMBER(answer, "ids", IS_ARRAY), latest;

	if (!ids || !read_time(answer, "latestDateCovered", &latest)) {
		return false;
	}
	array_init(return_value);
	Z_TRY_ADDREF_P(ids);
	add_assoc_zval(return_value, "ids", ids);
	add_assoc_zval(return_value, "latestDateCovered", &latest);
	return true;
}

static bool take_deleted(zval *answer, zval *return_value)
{
	zval *records = SF_MEMBER(answer, "deletedRecords", IS_ARRAY), *record, *id, latest, earliest, list, date;

	if (!records || !read_time(answer, "latestDateCovered", &latest)) {
		return false;
	}
	array_init(&list);
	ZEND_HASH_FOREACH_VAL(Z_ARRVAL_P(records), record) {
		id = Z_TYPE_P(record) == IS_ARRAY ? SF_MEMBER(record, "id", IS_STRING) : NULL;
		if (!id || !read_time(record, "deletedDate", &date)) {
			zval_ptr_dtor(&list);
			zval_ptr_dtor(&latest);
			return false;
		}
		zend_hash_update(Z_ARRVAL(list), Z_STR_P(id), &date);
	} ZEND_HASH_FOREACH_END();
	if (!read_time(answer, "earliestDateAvailable", &earliest)) {
		ZVAL_NULL(&earliest);
	}
	array_init(return_value);
	add_assoc_zval(return_value, "deleted", &list);
	add_assoc_zval(return_value, "earliestDateAvailable", &earliest);
	add_assoc_zval(return_value, "latestDateCovered", &latest);
	return true;
}

static void changed(INTERNAL_FUNCTION_PARAMETERS, const char *what, int days, bool (*take)(zval *answer, zval *return_value))
{
	char from[SF_TIME_TEXT], to[SF_TIME_TEXT];
	zend_object *start, *end;
	zend_string *object;
	struct sf_call call;
	zval answer;

	ZEND_PARSE_PARAMETERS_START(3, 3)
		Z_PARAM_STR(object)
		Z_PARAM_OBJ_OF_CLASS(start, php_date_get_interface_ce())
		Z_PARAM_OBJ_OF_CLASS(end, php_date_get_interface_ce())
	ZEND_PARSE_PARAMETERS_END();
	if (!sf_check_api_name(object, 1) || !check_range(start, end, days, from, to) || !sf_call_begin(&call, ZEND_THIS)) {
		RETURN_THROWS();
	}
	sf_call_record_path(&call, object, NULL);
	sf_buf_char(&call.path, '/');
	sf_buf_str(&call.path, what);
	sf_buf_str(&call.path, "/?start=");
	sf_buf_url(&call.path, sf_span_of(from));
	sf_buf_str(&call.path, "&end=");
	sf_buf_url(&call.path, sf_span_of(to));
	if (sf_call_send(&call, "GET", NULL, true) && sf_call_decode_array(&call, &answer, false)) {
		if (!take(&answer, return_value)) {
			sf_throw_broken(&call, false);
		}
		zval_ptr_dtor(&answer);
	}
	sf_call_end(&call);
}

ZEND_METHOD(Samlforce_Salesforce_Client, updated)
{
	changed(INTERNAL_FUNCTION_PARAM_PASSTHRU, "updated", UPDATED_DAYS, take_updated);
}

ZEND_METHOD(Samlforce_Salesforce_Client, deleted)
{
	changed(INTERNAL_FUNCTION_PARAM_PASSTHRU, "deleted", DELETED_DAYS, take_deleted);
}

/* ---- how many ---- */

/* {"sObjects":[{"count":3,"name":"Account"}]} */
static bool take_counts(zval *answer, zval *return_value)
{
	zval *list = SF_MEMBER(answer, "sObjects", IS_ARRAY), *entry;

	if (!list) {
		return false;
	}
	array_init(return_value);
	ZEND_HASH_FOREACH_VAL(Z_ARRVAL_P(list), entry) {
		zval *name = Z_TYPE_P(entry) == IS_ARRAY ? SF_MEMBER(entry, "name", IS_STRING) : NULL;
		zval *count = name ? SF_MEMBER(entry, "count", IS_LONG) : NULL;

		if (!count) {
			zval_ptr_dtor(return_value);
			ZVAL_NULL(return_value);
			return false;
		}
		zend_hash_update(Z_ARRVAL_P(return_value), Z_STR_P(name), count);
	} ZEND_HASH_FOREACH_END();
	return true;
}

ZEND_METHOD(Samlforce_Salesforce_Client, recordCounts)
{
	const char *separator = "?sObjects=";
	HashTable *objects;
	struct sf_call call;
	zval *object, answer;
	bool ok = true;

	ZEND_PARSE_PARAMETERS_START(1, 1)
		Z_PARAM_ARRAY_HT(objects)
	ZEND_PARSE_PARAMETERS_END();
	if (zend_hash_num_elements(objects) == 0 || zend_hash_num_elements(objects) > COUNTED_MAX) {
		zend_argument_value_error(1, "must have 1 to %d objects", COUNTED_MAX);
		RETURN_THROWS();
	}
	if (!sf_call_begin(&call, ZEND_THIS)) {
		RETURN_THROWS();
	}
	sf_call_path(&call, "limits/recordCount");
	ZEND_HASH_FOREACH_VAL(objects, object) {
		ZVAL_DEREF(object);
		ok = ok && Z_TYPE_P(object) == IS_STRING && sf_is_api_name(sf_span_zstr(Z_STR_P(object)));
		if (ok) {
			sf_buf_str(&call.path, separator);
			sf_buf_span(&call.path, sf_span_zstr(Z_STR_P(object)));
			separator = ",";
		}
	} ZEND_HASH_FOREACH_END();
	if (!ok) {
		zend_argument_value_error(1, "must be a list of API names");
	} else if (sf_call_send(&call, "GET", NULL, true) && sf_call_decode_array(&call, &answer, false)) {
		if (!take_counts(&answer, return_value)) {
			sf_throw_broken(&call, false);
		}
		zval_ptr_dtor(&answer);
	}
	sf_call_end(&call);
}
