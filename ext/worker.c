/* What a worker keeps between requests: its connections to Salesforce and its tokens. Made at the first call, never in MINIT. */
#include "php_salesforce.h"

#include "ext/standard/info.h"

#include "salesforce/share.h"

struct sf_api *sf_worker_api(void)
{
	struct sf_api_settings settings = { .http = { .allowed_hosts = SF_G(allowed_hosts), .ca_file = SF_G(ca_file), .proxy = SF_G(http).proxy,
		.max_response = sf_max_response(), .user_agent = "samlforce/" PHP_SAMLFORCE_VERSION },
		.gzip_from = (size_t)SF_G(http).gzip_min_bytes, .slow_from = (long)MIN(SF_G(http).slow_down_percent, 100) };
	struct sf_failure failure;

	if (!SF_G(worker)) {
		SF_G(worker) = sf_api_new(&settings, sf_share_store(sf_process_share), &failure);
		if (!SF_G(worker)) {
			sf_throw_failure(&failure);
		}
	}
	return SF_G(worker);
}

void sf_client_worker_free(void *worker)
{
	sf_api_free(worker);
}

void sf_client_info(void)
{
	struct sf_api_state state;
	char text[128];

	if (!SF_G(worker)) {
		php_info_print_table_row(2, "Salesforce connections of this worker", "none yet");
		return;
	}
	sf_api_inspect(SF_G(worker), &state);
	snprintf(text, sizeof(text), "%zu, for %lu requests with %lu handshakes%s", state.http.connections, state.http.requests, state.http.handshakes,
			state.http.proxy ? ", by samlforce.http.proxy" : "");
	php_info_print_table_row(2, "Salesforce connections of this worker", text);
	snprintf(text, sizeof(text), "%zu%s", state.tokens, state.tokens_locked ? ", locked in memory" : ", NOT locked in memory: raise RLIMIT_MEMLOCK");
	php_info_print_table_row(2, "Salesforce tokens of this worker", text);
	snprintf(text, sizeof(text), "%lu repeated, %lu slowed down", state.repeats, state.slowed);
	php_info_print_table_row(2, "Salesforce calls of this worker", text);
	if (state.api_used >= 0) {
		snprintf(text, sizeof(text), "%ld of %ld", state.api_used, state.api_limit);
		php_info_print_table_row(2, "Salesforce API calls used today", text);
	}
}
