/* Samlforce\Salesforce\Client: change events. And Change and ChangeStream, which they come as. */
#include "client.h"

#include "ext/json/php_json.h"
#include "zend_exceptions.h"
#include "zend_interfaces.h"

#include "salesforce/changes.h"

#include "changes_arginfo.h"

#define JSON_DEPTH 64
#define PAUSE_SLICE_MS 500 /* so late a stop is noticed in a pause */
#define CLIENT_NAME_MAX 255
#define SECONDS_MAX 31536000

/* An event that has come and was not given yet. */
struct event {
	struct sf_changes_channel *channel;
	struct sf_span data;
	int64_t replay_id;
};

enum state {
	STATE_NEW = 0,
	STATE_OPEN,
	STATE_OVER,
};

struct stream {
	zval client;
	zval stop;              /* a callable, or undefined */
	zend_string *echo_of;   /* or NULL */
	struct sf_changes *changes;
	int64_t given[SF_CHANGES_CHANNELS]; /* by channel: the replay id up to which events were given; the conversation itself is ahead of it */
	enum state state;
	zend_long seconds, idle_seconds; /* 0: no limit */
	int64_t deadline, idle_from;
	struct sf_failure failure; /* of the last round, as long as changes->failed says that it was none */

	struct sf_arena arena; /* what came last */
	bool filled;
	struct event *events;
	size_t event_n, event_room, event_at;

	zval current;
	zend_object std;
};

static zend_class_entry *ce_change, *ce_stream;
static zend_object_handlers handlers;

static struct stream *from_object(zend_object *object)
{
	return (struct stream *)((char *)object - offsetof(struct stream, std));
}

static zend_object *create(zend_class_entry *ce)
{
	struct stream *stream = zend_object_alloc(sizeof(*stream), ce);

	zend_object_std_init(&stream->std, ce);
	object_properties_init(&stream->std, ce);
	stream->std.handlers = &handlers;
	return &stream->std;
}

static void drop_events(struct stream *stream)
{
	if (stream->filled) {
		sf_arena_free(&stream->arena);
		stream->filled = false;
	}
	stream->events = NULL;
	stream->event_n = stream->event_room = stream->event_at = 0;
}

static void free_object(zend_object *object)
{
	struct stream *stream = from_object(object);

	drop_events(stream);
	if (stream->changes) {
		efree(stream->changes);
	}
	if (stream->echo_of) {
		zend_string_release(stream->echo_of);
	}
	zval_ptr_dtor(&stream->client);
	zval_ptr_dtor(&stream->stop);
	zval_ptr_dtor(&stream->current);
	zend_object_std_dtor(object);
}

static HashTable *get_gc(zend_object *object, zval **table, int *n)
{
	struct stream *stream = from_object(object);
	zend_get_gc_buffer *buffer = zend_get_gc_buffer_create();

	zend_get_gc_buffer_add_zval(buffer, &stream->client);
	zend_get_gc_buffer_add_zval(buffer, &stream->stop);
	zend_get_gc_buffer_add_zval(buffer, &stream->current);
	zend_get_gc_buffer_use(buffer, table, n);
	return zend_std_get_properties(object);
}

/* ---- an event ---- */

static void init_text(zend_object *object, const char *name, zval *header, const char *member, size_t n)
{
	zval *value = header ? sf_member(header, member, n, IS_STRING) : NULL;

	sf_init_string(object, name, value ? sf_span_zstr(Z_STR_P(value)) : SF_SPAN_LIT(""));
}

static void init_number(zend_object *object, const char *name, zval *header)
{
	zval *value = header ? sf_member(header, name, strlen(name), IS_LONG) : NULL, number;

	ZVAL_LONG(&number, value ? Z_LVAL_P(value) : 0);
	sf_init_property(object, name, &number);
}

/* The texts of a list, and nothing else of it. */
static void init_texts(zend_object *object, const char *name, zval *header)
{
	zval *list = header ? sf_member(header, name, strlen(name), IS_ARRAY) : NULL, texts, *one;

	array_init(&texts);
	if (list) {
		ZEND_HASH_FOREACH_VAL(Z_ARRVAL_P(list), one) {
			if (Z_TYPE_P(one) == IS_STRING) {
				Z_ADDREF_P(one);
				add_next_index_zval(&texts, one);
			}
		} ZEND_HASH_FOREACH_END();
	}
	sf_init_property(object, name, &texts);
}

static void add_nulled(zval *list, zend_string *whole, zend_string *part, zval *value)
{
	if (Z_TYPE_P(value) == IS_NULL) {
		add_next_index_str(list, whole ? zend_strpprintf(0, "%s.%s", ZSTR_VAL(whole), ZSTR_VAL(part)) : zend_string_copy(part));
	}
}

static void add_nulled_parts(zval *list, zend_string *whole, HashTable *parts)
{
	zend_string *name;
	zval *value;

	ZEND_HASH_FOREACH_STR_KEY_VAL(parts, name, value) {
		if (name) {
			add_nulled(list, whole, name, value);
		}
	} ZEND_HASH_FOREACH_END();
}

/* Where the header doesn't say which they are, an update shows them: a field that is there and null. */
static void init_nulled(zend_object *object, zval *header, zval *payload)
{
	zval *type = header ? SF_MEMBER(header, "changeType", IS_STRING) : NULL, list, *value;
	zend_string *name;

	if (!type || SF_MEMBER(header, "nulledFields", IS_ARRAY) || !zend_string_equals_literal(Z_STR_P(type), "UPDATE")) {
		init_texts(object, "nulledFields", header);
		return;
	}
	array_init(&list);
	ZEND_HASH_FOREACH_STR_KEY_VAL(Z_ARRVAL_P(payload), name, value) {
		if (!name) {
			continue;
		}
		add_nulled(&list, NULL, name, value);
		if (Z_TYPE_P(value) == IS_ARRAY && !zend_string_equals_literal(name, "ChangeEventHeader")) {
			add_nulled_parts(&list, name, Z_ARRVAL_P(value));
		}
	} ZEND_HASH_FOREACH_END();
	sf_init_property(object, "nulledFields", &list);
}

static void init_position(zend_object *object, const struct stream *stream)
{
	zval position;

	array_init_size(&position, (uint32_t)stream->changes->channel_n);
	for (size_t i = 0; i < stream->changes->channel_n; i++) {
		add_assoc_long(&position, stream->changes->channels[i].name, (zend_long)stream->given[i]);
	}
	sf_init_property(object, "position", &position);
}

#define INIT_TEXT(object, name, header, member) init_text(object, name, header, member, sizeof(member) - 1)

static void event_to_zval(const struct stream *stream, const struct event *event, zval *payload, zval *header, zval *change)
{
	zval replay_id;
	zend_object *object;

	object_init_ex(change, ce_change);
	object = Z_OBJ_P(change);
	sf_init_string(object, "channel", sf_span_of(event->channel->name));
	ZVAL_LONG(&replay_id, (zend_long)event->replay_id);
	sf_init_property(object, "replayId", &replay_id);
	INIT_TEXT(object, "object", header, "entityName");
	init_texts(object, "recordIds", header);
	INIT_TEXT(object, "changeType", header, "changeType");
	INIT_TEXT(object, "changeOrigin", header, "changeOrigin");
	INIT_TEXT(object, "transactionKey", header, "transactionKey");
	init_number(object, "sequenceNumber", header);
	init_number(object, "commitTimestamp", header);
	init_number(object, "commitNumber", header);
	INIT_TEXT(object, "commitUser", header, "commitUser");
	init_texts(object, "changedFields", header);
	init_nulled(object, header, payload);
	init_texts(object, "diffFields", header);
	init_position(object, stream);
	zend_hash_str_del(Z_ARRVAL_P(payload), "ChangeEventHeader", sizeof("ChangeEventHeader") - 1); /* the header is gone from here on */
	Z_ADDREF_P(payload);
	sf_init_property(object, "fields", payload);
}

static bool is_echo(const struct stream *stream, zval *header)
{
	zval *origin = stream->echo_of && header ? SF_MEMBER(header, "changeOrigin", IS_STRING) : NULL;

	return origin && sf_changes_origin_is(sf_span_zstr(Z_STR_P(origin)), sf_span_zstr(stream->echo_of));
}

static void throw_broken_event(void)
{
	sf_throw_reason(SF_REASON_BROKEN_ANSWER, SF_ACTION_TELL_PERSON, "An event of Salesforce is not the JSON that its documentation says");
}

/* The next of those that have come, into stream->current. False, and maybe an exception, if there is none. */
static bool take_event(struct stream *stream)
{
	while (stream->event_at < stream->event_n) {
		const struct event *event = &stream->events[stream->event_at];
		zval data, *payload = NULL, *header;
		bool echo;

		/* PHP's reader wants a terminator; what stands there has been read */
		((char *)(uintptr_t)event->data.p)[event->data.n] = '\0';
		if (php_json_decode_ex(&data, event->data.p, event->data.n, PHP_JSON_OBJECT_AS_ARRAY, JSON_DEPTH) != SUCCESS || Z_TYPE(data) != IS_ARRAY
				|| !(payload = SF_MEMBER(&data, "payload", IS_ARRAY))) {
			zval_ptr_dtor(&data);
			throw_broken_event();
			return false;
		}
		stream->event_at++;
		stream->given[event->channel - stream->changes->channels] = event->replay_id;
		SEPARATE_ARRAY(payload);
		header = SF_MEMBER(payload, "ChangeEventHeader", IS_ARRAY);
		echo = is_echo(stream, header);
		if (!echo) {
			event_to_zval(stream, event, payload, header, &stream->current);
		}
		zval_ptr_dtor(&data);
		if (!echo) {
			return true;
		}
	}
	drop_events(stream);
	return false;
}

/* ---- a round ---- */

static bool keep_event(void *arg, const struct sf_bayeux_event *event)
{
	struct stream *stream = arg;
	struct event *kept;

	if (stream->event_n == stream->event_room) {
		size_t room = stream->event_room ? 2 * stream->event_room : 64;
		struct event *more = sf_arena_zalloc(&stream->arena, room, sizeof(*more));

		if (!more) {
			return false; /* what doesn't fit comes again */
		}
		if (stream->event_n) {
			memcpy(more, stream->events, stream->event_n * sizeof(*more));
		}
		stream->events = more;
		stream->event_room = room;
	}
	kept = &stream->events[stream->event_n];
	*kept = (struct event){ .data = event->data, .replay_id = event->replay_id };
	for (size_t i = 0; i < stream->changes->channel_n; i++) {
		if (sf_span_is(event->channel, stream->changes->channels[i].name)) {
			kept->channel = &stream->changes->channels[i];
		}
	}
	stream->event_n++;
	return true;
}

/* Whether the caller's code says so, or fails. */
static bool is_stopped(struct stream *stream)
{
	zval answer;
	bool stop;

	if (Z_ISUNDEF(stream->stop)) {
		return false;
	}
	ZVAL_UNDEF(&answer);
	call_user_function(NULL, NULL, &stream->stop, &answer, 0, NULL);
	stop = EG(exception) || zend_is_true(&answer);
	zval_ptr_dtor(&answer);
	return stop;
}

static int64_t least(int64_t a, int64_t b)
{
	return a < b ? a : b;
}

/* How long the next request may be held; 0 if the time is over. */
static long time_left(const struct stream *stream)
{
	int64_t now = sf_api_clock(), left = SF_CHANGES_HOLD_MS;

	if (stream->seconds) {
		left = least(left, stream->deadline - now);
	}
	if (stream->idle_seconds && stream->idle_from) {
		left = least(left, stream->idle_from + stream->idle_seconds * 1000 - now);
	}
	return left > 0 ? (long)left : 0;
}

/* Until the pause, or the time, is over, or somebody says stop: who called sees which. */
static void pause_for(struct stream *stream, long ms)
{
	int64_t until = sf_api_clock() + ms;
	long left;

	while ((left = (long)least(least(until - sf_api_clock(), PAUSE_SLICE_MS), time_left(stream))) > 0 && !is_stopped(stream)) {
		sf_api_sleep(left);
	}
}

/* What the conversation needs of this worker, which may be another one after a fork. */
static bool enter(struct stream *stream)
{
	struct sf_client *client = sf_client_from(Z_OBJ(stream->client));

	stream->changes->credentials = sf_credentials_of(client->credentials);
	stream->changes->api = sf_worker_api();
	if (!stream->changes->credentials || !stream->changes->api) {
		return false;
	}
	sf_keyring_enter(sf_process_keyring);
	drop_events(stream);
	sf_arena_init(&stream->arena, 6 * sf_max_response() + ((size_t)4 << 20));
	stream->filled = true;
	return true;
}

/* One request for events. False, and an exception, where somebody must know. */
static bool ask(struct stream *stream, long hold_ms, long *pause_ms)
{
	bool fresh = !*stream->changes->client_id, ok;

	if (!enter(stream)) {
		return false;
	}
	ok = sf_changes_poll(stream->changes, hold_ms, keep_event, stream, &stream->arena, pause_ms, &stream->failure);
	if (!ok) {
		sf_throw_failure(&stream->failure);
		drop_events(stream);
	}
	stream->failure.field_n = 0; /* they go with the arena */
	sf_end_callbacks();
	if (!ok || EG(exception)) {
		return false;
	}
	/* the first answer of a session comes at once, and is no silence; nor is a failure */
	if (stream->event_n > 0 || fresh || stream->changes->failed > 0) {
		stream->idle_from = sf_api_clock();
	}
	return true;
}

static void end(struct stream *stream)
{
	if (stream->state == STATE_OPEN && *stream->changes->client_id && !EG(exception) && enter(stream)) {
		sf_changes_end(stream->changes, &stream->arena);
		sf_end_callbacks();
	}
	drop_events(stream);
	stream->state = STATE_OVER;
}

/* The time is over. That nothing came means nothing where nobody could be asked. */
static void end_in_time(struct stream *stream)
{
	if (stream->changes->failed > 0) {
		sf_throw_failure(&stream->failure);
	}
	end(stream);
}

static void advance(struct stream *stream)
{
	long left, pause_ms;

	zval_ptr_dtor(&stream->current);
	ZVAL_UNDEF(&stream->current);
	while (stream->state == STATE_OPEN && !take_event(stream) && !EG(exception)) {
		left = time_left(stream);
		if (left == 0) {
			end_in_time(stream);
		} else if (is_stopped(stream)) {
			end(stream);
		} else if (!ask(stream, left, &pause_ms)) {
			stream->state = STATE_OVER;
		} else if (stream->event_n == 0) {
			pause_for(stream, pause_ms);
		}
	}
	if (EG(exception)) {
		stream->state = STATE_OVER;
	}
}

ZEND_METHOD(Samlforce_Salesforce_ChangeStream, __construct)
{
	(void)return_value;
	ZEND_PARSE_PARAMETERS_NONE();
}

ZEND_METHOD(Samlforce_Salesforce_Change, __construct)
{
	(void)return_value;
	ZEND_PARSE_PARAMETERS_NONE();
}

ZEND_METHOD(Samlforce_Salesforce_ChangeStream, rewind)
{
	struct stream *stream = from_object(Z_OBJ_P(ZEND_THIS));

	(void)return_value;
	ZEND_PARSE_PARAMETERS_NONE();
	if (stream->state != STATE_NEW || !stream->changes) {
		zend_throw_error(NULL, "Changes can be gone through once: call changes() again, with the position of the last one");
		RETURN_THROWS();
	}
	stream->state = STATE_OPEN;
	stream->deadline = sf_api_clock() + stream->seconds * 1000;
	advance(stream);
}

ZEND_METHOD(Samlforce_Salesforce_ChangeStream, next)
{
	(void)return_value;
	ZEND_PARSE_PARAMETERS_NONE();
	advance(from_object(Z_OBJ_P(ZEND_THIS)));
}

ZEND_METHOD(Samlforce_Salesforce_ChangeStream, valid)
{
	ZEND_PARSE_PARAMETERS_NONE();
	RETURN_BOOL(!Z_ISUNDEF(from_object(Z_OBJ_P(ZEND_THIS))->current));
}

ZEND_METHOD(Samlforce_Salesforce_ChangeStream, current)
{
	struct stream *stream = from_object(Z_OBJ_P(ZEND_THIS));

	ZEND_PARSE_PARAMETERS_NONE();
	if (!Z_ISUNDEF(stream->current)) {
		RETURN_COPY(&stream->current);
	}
}

ZEND_METHOD(Samlforce_Salesforce_ChangeStream, key)
{
	struct stream *stream = from_object(Z_OBJ_P(ZEND_THIS));
	zval rv;

	ZEND_PARSE_PARAMETERS_NONE();
	if (!Z_ISUNDEF(stream->current)) {
		RETURN_COPY(zend_read_property(ce_change, Z_OBJ(stream->current), "replayId", sizeof("replayId") - 1, 1, &rv));
	}
}

/* ---- changes() ---- */

static bool add_channel(struct sf_changes *changes, zend_string *name, zend_long replay)
{
	struct sf_changes_channel *channel = &changes->channels[changes->channel_n];

	if (!sf_bayeux_channel_valid(sf_span_zstr(name)) || changes->channel_n == SF_CHANGES_CHANNELS) {
		zend_argument_value_error(1, "must be channels such as \"/data/ContactChangeEvent\", at most %d", SF_CHANGES_CHANNELS);
		return false;
	}
	for (size_t i = 0; i < changes->channel_n; i++) {
		if (strcmp(changes->channels[i].name, ZSTR_VAL(name)) == 0) {
			zend_argument_value_error(1, "must not have a channel twice");
			return false;
		}
	}
	if (replay < SF_REPLAY_ALL) {
		zend_argument_value_error(1, "must have replay ids of 0 or more, or -1 or -2");
		return false;
	}
	memcpy(channel->name, ZSTR_VAL(name), ZSTR_LEN(name) + 1);
	channel->replay = replay;
	changes->channel_n++;
	return true;
}

static bool add_channels(struct sf_changes *changes, HashTable *list, zend_long replay)
{
	zend_string *name;
	zval *value;

	ZEND_HASH_FOREACH_STR_KEY_VAL(list, name, value) {
		ZVAL_DEREF(value);
		if (name ? Z_TYPE_P(value) != IS_LONG : Z_TYPE_P(value) != IS_STRING) {
			zend_argument_value_error(1, "must be a list of channels, or a map of channels to replay ids");
			return false;
		}
		if (!add_channel(changes, name ? name : Z_STR_P(value), name ? Z_LVAL_P(value) : replay)) {
			return false;
		}
	} ZEND_HASH_FOREACH_END();
	if (changes->channel_n == 0) {
		zend_argument_value_error(1, "must have a channel");
		return false;
	}
	return true;
}

static bool check_seconds(zend_long seconds, bool none, uint32_t argument)
{
	if (!none && (seconds < 1 || seconds > SECONDS_MAX)) {
		zend_argument_value_error(argument, "must be between 1 and %d", SECONDS_MAX);
		return false;
	}
	return true;
}

static void init_stream(struct stream *stream, zval *self, const struct sf_changes *changes)
{
	const struct sf_client *client = sf_client_from(Z_OBJ_P(self));

	stream->changes = emalloc(sizeof(*stream->changes));
	*stream->changes = *changes;
	snprintf(stream->changes->path, sizeof(stream->changes->path), "/cometd/%s", client->version);
	stream->changes->timeout_ms = (long)client->timeout_ms;
	stream->changes->connect_ms = (long)client->connect_ms;
	for (size_t i = 0; i < changes->channel_n; i++) {
		stream->given[i] = changes->channels[i].replay;
	}
	ZVAL_COPY(&stream->client, self);
}

ZEND_METHOD(Samlforce_Salesforce_Client, changes)
{
	zend_long replay = SF_REPLAY_NEW, seconds = 0, idle = 0;
	bool no_replay = true, no_seconds = true, no_idle = true, ok;
	zend_fcall_info stop = { 0 };
	zend_fcall_info_cache stop_cache = { 0 };
	zend_string *channel = NULL, *echo_of = NULL;
	HashTable *channels = NULL;
	struct sf_changes *changes;
	struct stream *stream;

	ZEND_PARSE_PARAMETERS_START(1, 6)
		Z_PARAM_ARRAY_HT_OR_STR(channels, channel)
		Z_PARAM_OPTIONAL
		Z_PARAM_LONG_OR_NULL(replay, no_replay)
		Z_PARAM_LONG_OR_NULL(seconds, no_seconds)
		Z_PARAM_LONG_OR_NULL(idle, no_idle)
		Z_PARAM_FUNC_OR_NULL(stop, stop_cache)
		Z_PARAM_STR_OR_NULL(echo_of)
	ZEND_PARSE_PARAMETERS_END();
	if (!sf_client_from(Z_OBJ_P(ZEND_THIS))->credentials) {
		zend_throw_error(NULL, "The client has not been constructed");
		RETURN_THROWS();
	}
	if (no_replay) {
		replay = SF_REPLAY_NEW;
	}
	if (replay < SF_REPLAY_ALL) {
		zend_argument_value_error(2, "must be a replay id, -1 or -2");
		RETURN_THROWS();
	}
	if (!check_seconds(seconds, no_seconds, 3) || !check_seconds(idle, no_idle, 4)) {
		RETURN_THROWS();
	}
	if (echo_of && (ZSTR_LEN(echo_of) == 0 || ZSTR_LEN(echo_of) > CLIENT_NAME_MAX)) {
		zend_argument_value_error(6, "must be 1 to %d bytes", CLIENT_NAME_MAX);
		RETURN_THROWS();
	}
	changes = ecalloc(1, sizeof(*changes));
	ok = channel ? add_channel(changes, channel, replay) : add_channels(changes, channels, replay);
	if (ok) {
		object_init_ex(return_value, ce_stream);
		stream = from_object(Z_OBJ_P(return_value));
		init_stream(stream, ZEND_THIS, changes);
		stream->seconds = no_seconds ? 0 : seconds;
		stream->idle_seconds = no_idle ? 0 : idle;
		stream->echo_of = echo_of ? zend_string_copy(echo_of) : NULL;
		if (ZEND_FCI_INITIALIZED(stop)) {
			ZVAL_COPY(&stream->stop, &stop.function_name);
		}
	}
	efree(changes);
}

void sf_register_changes(void)
{
	ce_change = register_class_Samlforce_Salesforce_Change();
	ce_stream = register_class_Samlforce_Salesforce_ChangeStream(zend_ce_iterator);
	ce_stream->create_object = create;
	memcpy(&handlers, zend_get_std_object_handlers(), sizeof(handlers));
	handlers.offset = offsetof(struct stream, std);
	handlers.free_obj = free_object;
	handlers.get_gc = get_gc;
	handlers.clone_obj = NULL;
}
