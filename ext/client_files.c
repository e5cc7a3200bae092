/* Samlforce\Salesforce\Client: files, up and down as streams. */
#include "client.h"

#include "zend_exceptions.h"

#include "base/base64.h"
#include "base/text.h"

#define DOWNLOAD_MAX ((zend_long)1 << 40)
#define FILE_NAME_MAX 255
#define HEAD_MAX ((size_t)1 << 20)
#define BOUNDARY_RANDOM 18

ZEND_METHOD(Samlforce_Salesforce_Client, download)
{
	zend_long max = (zend_long)2 << 30;
	struct sf_stream_body body;
	struct sf_api_call request;
	struct sf_call call;
	php_stream *stream;
	zend_string *path;
	zval *into;

	ZEND_PARSE_PARAMETERS_START(2, 3)
		Z_PARAM_STR(path)
		Z_PARAM_RESOURCE(into)
		Z_PARAM_OPTIONAL
		Z_PARAM_LONG(max)
	ZEND_PARSE_PARAMETERS_END();
	php_stream_from_res(stream, Z_RES_P(into));
	if (max < 1 || max > DOWNLOAD_MAX) {
		zend_argument_value_error(3, "must be between 1 and " ZEND_LONG_FMT, DOWNLOAD_MAX);
		RETURN_THROWS();
	}
	if (!sf_call_begin(&call, ZEND_THIS)) {
		RETURN_THROWS();
	}
	if (!sf_call_any_path(&call, path)) {
		zend_argument_value_error(1, "%s", sf_any_path_rule);
	} else if (sf_call_request(&call, "GET", true, &request)) {
		sf_stream_sink(&body, stream, (uint64_t)max);
		GC_ADDREF(Z_RES_P(into)); /* whoever writes to it could close it otherwise */
		request.accept = "*/*";
		request.sink = &body.sink;
		if (sf_call_send_request(&call, &request)) {
			RETVAL_LONG(body.given);
		}
		zend_list_delete(Z_RES_P(into));
	}
	sf_call_end(&call);
}

/* In a quoted parameter (RFC 7578 §4.2, with the escapes of HTML's form data), as UTF-8. */
static bool check_file_name(const zend_string *name, uint32_t argument)
{
	bool ok = ZSTR_LEN(name) > 0 && ZSTR_LEN(name) <= FILE_NAME_MAX && sf_utf8_valid(sf_span_zstr(name));

	for (size_t i = 0; ok && i < ZSTR_LEN(name); i++) {
		ok = (unsigned char)ZSTR_VAL(name)[i] >= 0x20 && ZSTR_VAL(name)[i] != 0x7F && ZSTR_VAL(name)[i] != '/' && ZSTR_VAL(name)[i] != '\\';
	}
	if (!ok) {
		zend_argument_value_error(argument, "must be a file's name: 1 to 255 bytes of UTF-8 without control characters and slashes");
	}
	return ok;
}

static void quote_name(struct sf_buf *buf, struct sf_span name)
{
	for (size_t i = 0; i < name.n; i++) {
		if (name.p[i] == '"') {
			sf_buf_str(buf, "%22");
		} else {
			sf_buf_char(buf, name.p[i]);
		}
	}
}

/* `entity_content` is what Salesforce's documentation calls the first part for a ContentVersion; the others are called by their object. */
static void first_part(struct sf_buf *buf, const zend_string *object, struct sf_span json, struct sf_span boundary)
{
	sf_buf_str(buf, "--");
	sf_buf_span(buf, boundary);
	sf_buf_str(buf, "\r\nContent-Disposition: form-data; name=\"entity_");
	if (zend_string_equals_literal_ci(object, "ContentVersion")) {
		sf_buf_str(buf, "content");
	} else {
		for (size_t i = 0; i < ZSTR_LEN(object); i++) {
			sf_buf_char(buf, (char)tolower((unsigned char)ZSTR_VAL(object)[i]));
		}
	}
	sf_buf_str(buf, "\"\r\nContent-Type: application/json\r\n\r\n");
	sf_buf_span(buf, json);
}

struct upload {
	const zend_string *object;
	const zend_string *field;
	const zend_string *file_name;
	struct sf_span json;
};

/* Around the file's bytes (RFC 2046 §5.1). The boundary is random, so that nobody's file has it. */
static bool frame(const struct upload *u, struct sf_arena *arena, struct sf_span *type, struct sf_span *head, struct sf_span *tail)
{
	unsigned char random[BOUNDARY_RANDOM];
	char hex[2 * BOUNDARY_RANDOM];
	struct sf_span boundary = { hex, sizeof(hex) };
	struct sf_buf buf;

	if (!sf_random(random, sizeof(random))) {
		return false;
	}
	sf_hex_encode(random, sizeof(random), hex);
	sf_buf_init(&buf, arena, 256);
	sf_buf_str(&buf, "multipart/form-data; boundary=");
	sf_buf_span(&buf, boundary);
	if (!sf_buf_done(&buf, type)) {
		return false;
	}
	sf_buf_init(&buf, arena, HEAD_MAX);
	first_part(&buf, u->object, u->json, boundary);
	sf_buf_str(&buf, "\r\n--");
	sf_buf_span(&buf, boundary);
	sf_buf_str(&buf, "\r\nContent-Disposition: form-data; name=\"");
	sf_buf_span(&buf, sf_span_zstr(u->field));
	sf_buf_str(&buf, "\"; filename=\"");
	quote_name(&buf, sf_span_zstr(u->file_name));
	sf_buf_str(&buf, "\"\r\nContent-Type: application/octet-stream\r\n\r\n");
	if (!sf_buf_done(&buf, head)) {
		return false;
	}
	sf_buf_init(&buf, arena, 256);
	sf_buf_str(&buf, "\r\n--");
	sf_buf_span(&buf, boundary);
	sf_buf_str(&buf, "--\r\n");
	return sf_buf_done(&buf, tail);
}

static void send_upload(struct sf_call *call, const struct upload *u, php_stream *stream, zval *return_value)
{
	struct sf_span type, head, tail;
	struct sf_stream_body body;
	struct sf_api_call request;
	bool created;

	if (!frame(u, &call->arena, &type, &head, &tail)) {
		sf_throw_reason(SF_REASON_INVALID_INPUT, SF_ACTION_TELL_PERSON, "The fields of the file's record are longer than a megabyte, or no memory is left");
		return;
	}
	sf_call_record_path(call, u->object, NULL);
	if (!sf_call_request(call, "POST", false, &request)) {
		return;
	}
	sf_stream_source(&body, stream, head, tail);
	request.content_type = type.p;
	request.source = &body.source;
	if (sf_call_send_request(call, &request)) {
		sf_call_read_id(call, return_value, &created);
	}
}

ZEND_METHOD(Samlforce_Salesforce_Client, upload)
{
	zend_string *object, *field, *file_name, *json;
	struct sf_call call;
	php_stream *stream;
	zval *fields, *from;

	ZEND_PARSE_PARAMETERS_START(5, 5)
		Z_PARAM_STR(object)
		Z_PARAM_ARRAY(fields)
		Z_PARAM_STR(field)
		Z_PARAM_STR(file_name)
		Z_PARAM_RESOURCE(from)
	ZEND_PARSE_PARAMETERS_END();
	php_stream_from_res(stream, Z_RES_P(from));
	if (!sf_check_api_name(object, 1) || !sf_check_fields(Z_ARRVAL_P(fields), 2) || !sf_check_api_name(field, 3) || !check_file_name(file_name, 4)
			|| !(json = sf_encode_json(fields, true, 2))) {
		RETURN_THROWS();
	}
	if (sf_call_begin(&call, ZEND_THIS)) {
		const struct upload u = { object, field, file_name, sf_span_zstr(json) };

		GC_ADDREF(Z_RES_P(from));
		send_upload(&call, &u, stream, return_value);
		zend_list_delete(Z_RES_P(from));
		sf_call_end(&call);
	}
	zend_string_release(json);
}
