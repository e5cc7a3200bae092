/*
 * Samlforce\Salesforce\Client: several calls in one request (REST API Developer Guide, "Composite", "Composite Graph", "sObject Tree").
 */
#include "result.h"

#include "zend_exceptions.h"

#define REQUESTS_MAX 25
#define HEAVY_MAX 5 /* queries and collections */
#define GRAPHS_MAX 75
#define NODES_MAX 500
#define DEPTH_MAX 15
#define TREE_MAX 200
#define TREE_DEPTH 5
#define PATH_MAX_BYTES 16384

/* ---- one request among several ---- */

struct node {
	zend_string *id;
	const char *method;
	zend_string *path; /* as it was given */
	zval *body;        /* NULL: none */
	unsigned depth;    /* 1: it refers to no other */
};

struct plan {
	bool graph;
	const char *where; /* "in the graph x " or nothing */
	struct node *nodes;
	size_t n;
	size_t heavy;
	const struct node *setup;    /* one that changes a setup object for good, and one that changes another, where they share a transaction */
	const struct node *business;
};

static bool refuse(const struct node *node, const char *what)
{
	zend_value_error("Request %s %s", ZSTR_VAL(node->id), what);
	return false;
}

static bool is_reference_id(struct sf_span id)
{
	for (size_t i = 0; i < id.n; i++) {
		char c = id.p[i];

		if (!((c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c == '_' && i > 0))) {
			return false;
		}
	}
	return id.n > 0 && id.n <= 255;
}

static const char *method_of(const zend_string *method)
{
	static const char *const known[] = { "GET", "POST", "PATCH", "PUT", "DELETE", "HEAD" };

	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
		if (zend_string_equals_cstr(method, known[i], strlen(known[i]))) {
			return known[i];
		}
	}
	return NULL;
}

/* Printable ASCII; what a reference in it becomes is Salesforce's affair. */
static bool is_path(struct sf_span path)
{
	for (size_t i = 0; i < path.n; i++) {
		if (path.p[i] <= 0x20 || path.p[i] >= 0x7F || path.p[i] == '#' || path.p[i] == '\\') {
			return false;
		}
	}
	return path.n > 0 && path.n <= PATH_MAX_BYTES;
}

static bool read_node(zend_string *id, zval *entry, struct node *node)
{
	zval *method = NULL, *path = NULL, *body = NULL;

	*node = (struct node){ .id = id, .depth = 1 };
	ZVAL_DEREF(entry);
	if (Z_TYPE_P(entry) == IS_ARRAY) {
		method = zend_hash_index_find_deref(Z_ARRVAL_P(entry), 0);
		path = zend_hash_index_find_deref(Z_ARRVAL_P(entry), 1);
		body = zend_hash_index_find_deref(Z_ARRVAL_P(entry), 2);
	}
	if (!method || Z_TYPE_P(method) != IS_STRING || !path || Z_TYPE_P(path) != IS_STRING || (body && Z_TYPE_P(body) != IS_ARRAY && Z_TYPE_P(body) != IS_NULL)) {
		return refuse(node, "must be [method, path] or [method, path, body]");
	}
	if (!(node->method = method_of(Z_STR_P(method)))) {
		return refuse(node, "must have GET, HEAD, POST, PATCH, PUT or DELETE as its method");
	}
	node->path = Z_STR_P(path);
	if (!is_path(sf_span_zstr(node->path))) {
		return refuse(node, "must have a path of at most 16384 bytes of printable ASCII, without # and backslash");
	}
	node->body = body && Z_TYPE_P(body) == IS_ARRAY ? body : NULL;
	if (node->body && (strcmp(node->method, "GET") == 0 || strcmp(node->method, "HEAD") == 0)) {
		return refuse(node, "must have no body for its method");
	}
	return true;
}

/* ---- references ---- */

static struct node *find_node(struct plan *plan, size_t before, struct sf_span id)
{
	for (size_t i = 0; i < before; i++) {
		if (sf_span_eq(sf_span_zstr(plan->nodes[i].id), id)) {
			return &plan->nodes[i];
		}
	}
	return NULL;
}

/* Each @{id.…} must be of an earlier request: Salesforce would say so too, but only when half is done. */
static bool follow_references(struct plan *plan, size_t at, struct sf_span text)
{
	struct node *node = &plan->nodes[at], *other;
	const char *p = text.p, *end = text.p + text.n;

	while ((p = memmem(p, (size_t)(end - p), "@{", 2))) {
		struct sf_span id = { p + 2, 0 };

		while (id.p + id.n < end && is_reference_id((struct sf_span){ id.p, id.n + 1 })) {
			id.n++;
		}
		p += 2;
		if (id.n == 0 || id.p + id.n == end || (id.p[id.n] != '.' && id.p[id.n] != '[')) {
			continue; /* no reference, but text */
		}
		other = find_node(plan, at, id);
		if (!other) {
			zend_value_error("Request %s refers to %.*s, which is no earlier one", ZSTR_VAL(node->id), (int)MIN(id.n, 100), id.p);
			return false;
		}
		node->depth = MAX(node->depth, other->depth + 1);
	}
	return true;
}

static bool follow_body(struct plan *plan, size_t at, zval *value, unsigned depth)
{
	zval *inner;

	ZVAL_DEREF(value);
	if (Z_TYPE_P(value) == IS_STRING) {
		return follow_references(plan, at, sf_span_zstr(Z_STR_P(value)));
	}
	if (Z_TYPE_P(value) != IS_ARRAY || depth > 64) {
		return true;
	}
	ZEND_HASH_FOREACH_VAL(Z_ARRVAL_P(value), inner) {
		if (!follow_body(plan, at, inner, depth + 1)) {
			return false;
		}
	} ZEND_HASH_FOREACH_END();
	return true;
}

/* ---- MIXED_DML_OPERATION ---- */

/* Below /services/data/vNN.N/. */
static struct sf_span resource_of(struct sf_span path)
{
	static const struct sf_span data = SF_SPAN_LIT("/services/data/");
	const char *slash;

	if (!sf_span_starts(path, data)) {
		return path;
	}
	slash = memchr(path.p + data.n, '/', path.n - data.n);
	return slash ? (struct sf_span){ slash + 1, path.n - (size_t)(slash + 1 - path.p) } : SF_SPAN_NONE;
}

/* Contact of sobjects/Contact/…; empty for any other resource. */
static struct sf_span object_of(struct sf_span resource)
{
	static const struct sf_span sobjects = SF_SPAN_LIT("sobjects/");
	struct sf_span object;

	if (!sf_span_starts(resource, sobjects)) {
		return SF_SPAN_NONE;
	}
	object = (struct sf_span){ resource.p + sobjects.n, 0 };
	while (object.p + object.n < resource.p + resource.n && object.p[object.n] != '/' && object.p[object.n] != '?') {
		object.n++;
	}
	return object;
}

static bool has_field(const struct node *node, const char *const *names, size_t n)
{
	zend_string *name;

	if (!node->body) {
		return false;
	}
	ZEND_HASH_FOREACH_STR_KEY(Z_ARRVAL_P(node->body), name) {
		for (size_t i = 0; name && i < n; i++) {
			if (strlen(names[i]) == ZSTR_LEN(name) && strncasecmp(names[i], ZSTR_VAL(name), ZSTR_LEN(name)) == 0) {
				return true;
			}
		}
	} ZEND_HASH_FOREACH_END();
	return false;
}

/* A User without a role may be created beside anything, and its harmless fields be changed. */
static bool is_free(const struct node *node, struct sf_span object)
{
	static const char *const role[] = { "UserRoleId" };
	static const char *const guarded[] = { "UserRoleId", "IsActive", "ForecastEnabled", "IsPortalEnabled", "Username", "ProfileId" };

	if (object.n != 4 || strncasecmp(object.p, "User", 4) != 0) {
		return false;
	}
	return strcmp(node->method, "POST") == 0 ? !has_field(node, role, 1) : !has_field(node, guarded, sizeof(guarded) / sizeof(guarded[0]));
}

static void sort_node(struct plan *plan, const struct node *node)
{
	struct sf_span resource = resource_of(sf_span_zstr(node->path)), object = object_of(resource);
	bool reads = strcmp(node->method, "GET") == 0 || strcmp(node->method, "HEAD") == 0;

	plan->heavy += sf_span_starts(resource, SF_SPAN_LIT("query")) || sf_span_starts(resource, SF_SPAN_LIT("composite/sobjects"));
	if (reads || object.n == 0) {
		return;
	}
	if (!sf_is_setup_object(object)) {
		plan->business = node;
	} else if (!is_free(node, object)) {
		plan->setup = node;
	}
}

static bool refuse_mixed(const struct plan *plan)
{
	struct sf_failure failure;

	sf_failure_set(&failure, SF_REASON_INVALID_INPUT, SF_ACTION_TELL_PERSON, "");
	snprintf(failure.message, sizeof(failure.message),
			"MIXED_DML_OPERATION: %sthe request %.80s changes who may do what (a User's activation, profile, role or name), and %.80s changes other data. Salesforce takes no "
			"transaction with both: send the first by itself, after the other", plan->where, ZSTR_VAL(plan->setup->id), ZSTR_VAL(plan->business->id));
	snprintf(failure.code, sizeof(failure.code), "MIXED_DML_OPERATION");
	sf_throw_failure(&failure);
	return false;
}

/* ---- the plan ---- */

static bool check_nodes(struct plan *plan, bool together)
{
	for (size_t i = 0; i < plan->n; i++) {
		struct node *node = &plan->nodes[i];

		if (!follow_references(plan, i, sf_span_zstr(node->path)) || (node->body && !follow_body(plan, i, node->body, 0))) {
			return false;
		}
		if (plan->graph && node->depth > DEPTH_MAX) {
			return refuse(node, "refers to others more than 15 deep");
		}
		sort_node(plan, node);
	}
	return !together || !plan->setup || !plan->business || refuse_mixed(plan);
}

static bool read_plan(HashTable *requests, struct sf_arena *arena, struct plan *plan, bool together)
{
	zend_string *id;
	zval *entry;

	plan->nodes = sf_arena_zalloc(arena, zend_hash_num_elements(requests) + 1, sizeof(*plan->nodes));
	if (!plan->nodes) {
		sf_throw_reason(SF_REASON_INVALID_INPUT, SF_ACTION_TELL_PERSON, "No memory is left");
		return false;
	}
	ZEND_HASH_FOREACH_STR_KEY_VAL(requests, id, entry) {
		if (!id || !is_reference_id(sf_span_zstr(id))) {
			zend_argument_value_error(1, "must have reference ids as keys: letters, digits and underscores, the first a letter or digit that makes it no number");
			return false;
		}
		if (!read_node(id, entry, &plan->nodes[plan->n++])) {
			return false;
		}
	} ZEND_HASH_FOREACH_END();
	return check_nodes(plan, together);
}

static zend_string *whole_path(const struct sf_call *call, zend_string *path)
{
	if (ZSTR_VAL(path)[0] == '/') {
		return zend_string_copy(path);
	}
	return zend_strpprintf(0, "/services/data/v%s/%s", call->client->version, ZSTR_VAL(path));
}

/* [{"method","url","referenceId","body"}] */
static void write_nodes(const struct sf_call *call, const struct plan *plan, zval *list)
{
	zval one;

	array_init_size(list, (uint32_t)plan->n);
	for (size_t i = 0; i < plan->n; i++) {
		const struct node *node = &plan->nodes[i];

		array_init(&one);
		add_assoc_string(&one, "method", node->method);
		add_assoc_str(&one, "url", whole_path(call, node->path));
		add_assoc_str(&one, "referenceId", zend_string_copy(node->id));
		if (node->body) {
			zval body;

			if (zend_hash_num_elements(Z_ARRVAL_P(node->body)) == 0) {
				object_init(&body);
			} else {
				ZVAL_COPY(&body, node->body);
			}
			add_assoc_zval(&one, "body", &body);
		}
		add_next_index_zval(list, &one);
	}
}

/* ---- the answer ---- */

/* One of compositeResponse, as a SubResult; its failure too, where it is one. */
static bool take_sub(zval *entry, zval *result, struct sf_failure *failure, bool *failed)
{
	zval *status, *body, *error, *fields;

	if (Z_TYPE_P(entry) != IS_ARRAY || !(status = SF_MEMBER(entry, "httpStatusCode", IS_LONG))) {
		return false;
	}
	body = zend_hash_str_find(Z_ARRVAL_P(entry), "body", sizeof("body") - 1);
	*failed = Z_LVAL_P(status) < 200 || Z_LVAL_P(status) > 299;
	error = *failed && body ? sf_first_error(body) : NULL;
	fields = error ? SF_MEMBER(error, "fields", IS_ARRAY) : NULL;
	if (*failed) {
		sf_failure_of_zval(failure, error, (long)Z_LVAL_P(status));
	}
	sf_sub_result(result, Z_LVAL_P(status), body, *failed ? failure : NULL, fields);
	return true;
}

/* Those that were halted are no cause, wherever in the list they stand. */
static bool is_cause(const struct sf_failure *failure)
{
	return strcmp(failure->code, "PROCESSING_HALTED") != 0;
}

struct outcome {
	zval results; /* by reference id */
	zend_string *cause; /* borrowed from the plan: the request that failed first, and by itself; NULL: none failed */
	struct sf_failure failure;
};

static bool take_response(zval *response, const struct plan *plan, struct outcome *outcome)
{
	struct sf_failure failure;
	zval *entry, result;
	bool failed, halted = true;
	size_t i = 0;

	array_init_size(&outcome->results, (uint32_t)plan->n);
	if (!response || zend_hash_num_elements(Z_ARRVAL_P(response)) != plan->n) {
		return false;
	}
	ZEND_HASH_FOREACH_VAL(Z_ARRVAL_P(response), entry) {
		if (!take_sub(entry, &result, &failure, &failed)) {
			return false;
		}
		if (failed && (!outcome->cause || (halted && is_cause(&failure)))) {
			outcome->cause = plan->nodes[i].id;
			outcome->failure = failure;
			halted = !is_cause(&failure);
		}
		zend_hash_update(Z_ARRVAL(outcome->results), plan->nodes[i++].id, &result);
	} ZEND_HASH_FOREACH_END();
	return true;
}

static void throw_cause(struct outcome *outcome)
{
	char message[SF_FAILURE_MESSAGE];

	memcpy(message, outcome->failure.message, sizeof(message));
	snprintf(outcome->failure.message, sizeof(outcome->failure.message), "%.80s: %.500s", ZSTR_VAL(outcome->cause), message);
	sf_throw_failure(&outcome->failure);
}

static bool only_reads(const struct plan *plan)
{
	for (size_t i = 0; i < plan->n; i++) {
		if (strcmp(plan->nodes[i].method, "GET") != 0 && strcmp(plan->nodes[i].method, "HEAD") != 0) {
			return false;
		}
	}
	return true;
}

static bool post(struct sf_call *call, const char *resource, zval *body, bool repeatable, zval *answer)
{
	zend_string *json = sf_encode_json(body, true, 1);
	bool ok = false;

	if (json) {
		if (resource) {
			sf_call_path(call, resource);
		}
		ok = sf_call_send(call, "POST", json, repeatable) && sf_call_decode_array(call, answer, !repeatable);
		zend_string_release(json);
	}
	return ok;
}

static void send_composite(struct sf_call *call, const struct plan *plan, bool all_or_none, zval *return_value)
{
	struct outcome outcome = { .cause = NULL };
	zval body, list, answer;

	write_nodes(call, plan, &list);
	array_init_size(&body, 2);
	add_assoc_bool(&body, "allOrNone", all_or_none);
	add_assoc_zval(&body, "compositeRequest", &list);
	if (post(call, "composite", &body, only_reads(plan), &answer)) {
		if (!take_response(SF_MEMBER(&answer, "compositeResponse", IS_ARRAY), plan, &outcome)) {
			sf_throw_broken(call, true);
		} else if (all_or_none && outcome.cause) {
			throw_cause(&outcome);
		} else {
			ZVAL_COPY(return_value, &outcome.results);
		}
		zval_ptr_dtor(&outcome.results);
		zval_ptr_dtor(&answer);
	}
	zval_ptr_dtor(&body);
}

ZEND_METHOD(Samlforce_Salesforce_Client, composite)
{
	struct plan plan = { .where = "" };
	bool all_or_none = false;
	HashTable *requests;
	struct sf_call call;

	ZEND_PARSE_PARAMETERS_START(1, 2)
		Z_PARAM_ARRAY_HT(requests)
		Z_PARAM_OPTIONAL
		Z_PARAM_BOOL(all_or_none)
	ZEND_PARSE_PARAMETERS_END();
	if (zend_hash_num_elements(requests) == 0 || zend_hash_num_elements(requests) > REQUESTS_MAX) {
		zend_argument_value_error(1, "must have 1 to %d requests", REQUESTS_MAX);
		RETURN_THROWS();
	}
	if (!sf_call_begin(&call, ZEND_THIS)) {
		RETURN_THROWS();
	}
	if (read_plan(requests, &call.arena, &plan, all_or_none)) {
		if (plan.heavy > HEAVY_MAX) {
			zend_argument_value_error(1, "must have at most %d queries and collections", HEAVY_MAX);
		} else {
			send_composite(&call, &plan, all_or_none, return_value);
		}
	}
	sf_call_end(&call);
}

/* ---- graphs ---- */

static bool read_graphs(struct sf_call *call, HashTable *graphs, struct plan *plans)
{
	zend_string *id;
	size_t nodes = 0, i = 0;
	zval *entry;

	ZEND_HASH_FOREACH_STR_KEY_VAL(graphs, id, entry) {
		char *where;

		ZVAL_DEREF(entry);
		if (!id || !is_reference_id(sf_span_zstr(id)) || Z_TYPE_P(entry) != IS_ARRAY || zend_hash_num_elements(Z_ARRVAL_P(entry)) == 0) {
			zend_argument_value_error(1, "must have graphs' ids as keys (letters, digits and underscores), and a list of requests for each");
			return false;
		}
		nodes += zend_hash_num_elements(Z_ARRVAL_P(entry));
		if (nodes > NODES_MAX) {
			zend_argument_value_error(1, "must have at most %d requests in all graphs together", NODES_MAX);
			return false;
		}
		where = sf_arena_alloc(&call->arena, 128);
		if (!where) {
			return false;
		}
		snprintf(where, 128, "in the graph %.80s ", ZSTR_VAL(id));
		plans[i].graph = true;
		plans[i].where = where;
		if (!read_plan(Z_ARRVAL_P(entry), &call->arena, &plans[i++], true)) {
			return false;
		}
	} ZEND_HASH_FOREACH_END();
	return true;
}

static void write_graph(const struct sf_call *call, zend_string *id, const struct plan *plan, zval *list)
{
	zval one, nodes;

	array_init(&one);
	add_assoc_str(&one, "graphId", zend_string_copy(id));
	write_nodes(call, plan, &nodes);
	add_assoc_zval(&one, "compositeRequest", &nodes);
	add_next_index_zval(list, &one);
}

static void write_graphs(const struct sf_call *call, HashTable *graphs, const struct plan *plans, zval *body)
{
	zend_string *id;
	size_t i = 0;
	zval list;

	array_init(&list);
	ZEND_HASH_FOREACH_STR_KEY(graphs, id) {
		write_graph(call, id, &plans[i++], &list);
	} ZEND_HASH_FOREACH_END();
	array_init(body);
	add_assoc_zval(body, "graphs", &list);
}

/* {"graphId","graphResponse":{"compositeResponse":[…]},"isSuccessful"} */
static bool take_graph(zval *entry, const zend_string *id, const struct plan *plan, zval *result)
{
	struct outcome outcome = { .cause = NULL };
	zval *graph_id, *response;
	bool ok;

	if (Z_TYPE_P(entry) != IS_ARRAY || !(graph_id = SF_MEMBER(entry, "graphId", IS_STRING)) || !zend_string_equals(Z_STR_P(graph_id), id)
			|| !(response = SF_MEMBER(entry, "graphResponse", IS_ARRAY))) {
		return false;
	}
	ok = take_response(SF_MEMBER(response, "compositeResponse", IS_ARRAY), plan, &outcome) && SF_IS_TRUE(entry, "isSuccessful") == !outcome.cause;
	if (ok) {
		sf_graph_result(result, &outcome.results, outcome.cause);
	}
	zval_ptr_dtor(&outcome.results);
	return ok;
}

static bool take_graphs(zval *answer, HashTable *graphs, const struct plan *plans, zval *return_value)
{
	zval *list = SF_MEMBER(answer, "graphs", IS_ARRAY), *entry, result;
	zend_string *id;
	size_t i = 0;

	if (!list || zend_hash_num_elements(Z_ARRVAL_P(list)) != zend_hash_num_elements(graphs)) {
		return false;
	}
	array_init(return_value);
	ZEND_HASH_FOREACH_STR_KEY(graphs, id) {
		entry = zend_hash_index_find(Z_ARRVAL_P(list), i);
		if (!entry || !take_graph(entry, id, &plans[i++], &result)) {
			zval_ptr_dtor(return_value);
			ZVAL_NULL(return_value);
			return false;
		}
		zend_hash_update(Z_ARRVAL_P(return_value), id, &result);
	} ZEND_HASH_FOREACH_END();
	return true;
}

ZEND_METHOD(Samlforce_Salesforce_Client, graph)
{
	struct plan *plans;
	HashTable *graphs;
	struct sf_call call;
	zval body, answer;

	ZEND_PARSE_PARAMETERS_START(1, 1)
		Z_PARAM_ARRAY_HT(graphs)
	ZEND_PARSE_PARAMETERS_END();
	if (zend_hash_num_elements(graphs) == 0 || zend_hash_num_elements(graphs) > GRAPHS_MAX) {
		zend_argument_value_error(1, "must have 1 to %d graphs", GRAPHS_MAX);
		RETURN_THROWS();
	}
	if (!sf_call_begin(&call, ZEND_THIS)) {
		RETURN_THROWS();
	}
	plans = sf_arena_zalloc(&call.arena, zend_hash_num_elements(graphs), sizeof(*plans));
	if (plans && read_graphs(&call, graphs, plans)) {
		write_graphs(&call, graphs, plans, &body);
		if (post(&call, "composite/graph", &body, false, &answer)) {
			if (!take_graphs(&answer, graphs, plans, return_value)) {
				sf_throw_broken(&call, true);
			}
			zval_ptr_dtor(&answer);
		}
		zval_ptr_dtor(&body);
	}
	sf_call_end(&call);
}

/* ---- trees ---- */

struct tree {
	HashTable seen; /* reference ids */
	size_t n;
	bool setup;
	bool business;
};

static bool read_tree(struct tree *tree, zval *records, unsigned depth);

/* One record: its attributes, and its children. */
static bool read_branch(struct tree *tree, zval *record, unsigned depth)
{
	zval *attributes, *type, *reference, *value, *children;
	struct sf_span name;

	ZVAL_DEREF(record);
	attributes = Z_TYPE_P(record) == IS_ARRAY ? zend_hash_str_find_deref(Z_ARRVAL_P(record), "attributes", sizeof("attributes") - 1) : NULL;
	if (!attributes || Z_TYPE_P(attributes) != IS_ARRAY || !(type = SF_MEMBER(attributes, "type", IS_STRING)) || !(reference = SF_MEMBER(attributes, "referenceId", IS_STRING))
			|| !sf_is_api_name(name = sf_span_zstr(Z_STR_P(type))) || !is_reference_id(sf_span_zstr(Z_STR_P(reference)))) {
		zend_argument_value_error(2, "must have 'attributes' => ['type' => …, 'referenceId' => …] in each record");
		return false;
	}
	if (!zend_hash_add_empty_element(&tree->seen, Z_STR_P(reference))) {
		zend_argument_value_error(2, "must have a reference id of its own for each record; %s is there twice", Z_STRVAL_P(reference));
		return false;
	}
	if (++tree->n > TREE_MAX) {
		zend_argument_value_error(2, "must have at most %d records, with all children", TREE_MAX);
		return false;
	}
	*(sf_is_setup_object(name) ? &tree->setup : &tree->business) = true;
	ZEND_HASH_FOREACH_VAL(Z_ARRVAL_P(record), value) {
		ZVAL_DEREF(value);
		children = Z_TYPE_P(value) == IS_ARRAY ? zend_hash_str_find_deref(Z_ARRVAL_P(value), "records", sizeof("records") - 1) : NULL;
		if (children && !read_tree(tree, children, depth + 1)) {
			return false;
		}
	} ZEND_HASH_FOREACH_END();
	return true;
}

static bool read_tree(struct tree *tree, zval *records, unsigned depth)
{
	zval *record;

	if (Z_TYPE_P(records) != IS_ARRAY || !zend_array_is_list(Z_ARRVAL_P(records)) || depth > TREE_DEPTH) {
		zend_argument_value_error(2, "must be a list of records, at most %d deep", TREE_DEPTH);
		return false;
	}
	ZEND_HASH_FOREACH_VAL(Z_ARRVAL_P(records), record) {
		if (!read_branch(tree, record, depth)) {
			return false;
		}
	} ZEND_HASH_FOREACH_END();
	return true;
}

static bool check_tree(zval *records)
{
	struct tree tree = { .n = 0 };
	bool ok;

	zend_hash_init(&tree.seen, 16, NULL, NULL, 0);
	ok = read_tree(&tree, records, 1);
	zend_hash_destroy(&tree.seen);
	if (ok && tree.n == 0) {
		zend_argument_value_error(2, "must have at least one record");
		return false;
	}
	if (ok && tree.setup && tree.business) {
		sf_throw_reason(SF_REASON_INVALID_INPUT, SF_ACTION_TELL_PERSON, "MIXED_DML_OPERATION: Salesforce takes no transaction with a User or another setup object and other data: create them one after the other");
		return false;
	}
	return ok;
}

/* {"hasErrors":false,"results":[{"referenceId","id"}]} */
static bool take_tree(zval *answer, zval *return_value)
{
	zval *results = SF_MEMBER(answer, "results", IS_ARRAY), *entry;

	if (!results || SF_IS_TRUE(answer, "hasErrors")) {
		return false;
	}
	array_init(return_value);
	ZEND_HASH_FOREACH_VAL(Z_ARRVAL_P(results), entry) {
		zval *reference = Z_TYPE_P(entry) == IS_ARRAY ? SF_MEMBER(entry, "referenceId", IS_STRING) : NULL;
		zval *id = reference ? SF_MEMBER(entry, "id", IS_STRING) : NULL;

		if (!id) {
			zval_ptr_dtor(return_value);
			ZVAL_NULL(return_value);
			return false;
		}
		Z_ADDREF_P(id);
		zend_hash_update(Z_ARRVAL_P(return_value), Z_STR_P(reference), id);
	} ZEND_HASH_FOREACH_END();
	return true;
}

ZEND_METHOD(Samlforce_Salesforce_Client, tree)
{
	zend_string *object;
	struct sf_call call;
	zval *records, body, answer;

	ZEND_PARSE_PARAMETERS_START(2, 2)
		Z_PARAM_STR(object)
		Z_PARAM_ARRAY(records)
	ZEND_PARSE_PARAMETERS_END();
	if (!sf_check_api_name(object, 1) || !check_tree(records) || !sf_call_begin(&call, ZEND_THIS)) {
		RETURN_THROWS();
	}
	array_init(&body);
	Z_TRY_ADDREF_P(records);
	add_assoc_zval(&body, "records", records);
	sf_call_path(&call, "composite/tree/");
	sf_buf_span(&call.path, sf_span_zstr(object));
	if (post(&call, NULL, &body, false, &answer)) {
		if (!take_tree(&answer, return_value)) {
			sf_throw_broken(&call, true);
		}
		zval_ptr_dtor(&answer);
	}
	zval_ptr_dtor(&body);
	sf_call_end(&call);
}
