/* The module: its settings, its start and its end, and its page in phpinfo(). */
#include "php_samlforce.h"

#include "ext/standard/info.h"
#include "php_ini.h"
#include "SAPI.h"

#include <sys/prctl.h>
#include <unistd.h>

#include <curl/curl.h>
#include <libxml/parser.h>
#include <openssl/crypto.h>
#include <zlib.h>

#include "base/secret.h"
#include "crypto/pkey.h"
#include "salesforce/share.h"

ZEND_DECLARE_MODULE_GLOBALS(samlforce)

struct sf_keyring *sf_process_keyring;
struct sf_share *sf_process_share;
char sf_keyring_trouble[512];

/* All are PHP_INI_SYSTEM: whoever can run PHP code in a worker must not be able to widen a limit or name another host. */
PHP_INI_BEGIN()
	STD_PHP_INI_ENTRY("samlforce.keyring", "", PHP_INI_SYSTEM, OnUpdateString, keyring_folder, zend_samlforce_globals, samlforce_globals)
	STD_PHP_INI_ENTRY("samlforce.keyring_passphrase", "", PHP_INI_SYSTEM, OnUpdateString, keyring_passphrase, zend_samlforce_globals, samlforce_globals)
	STD_PHP_INI_ENTRY("samlforce.site", "", PHP_INI_SYSTEM, OnUpdateString, site, zend_samlforce_globals, samlforce_globals)
	STD_PHP_INI_ENTRY("samlforce.password_deny_list", "", PHP_INI_SYSTEM, OnUpdateString, password_deny_list, zend_samlforce_globals, samlforce_globals)
	STD_PHP_INI_ENTRY("samlforce.allowed_hosts", "", PHP_INI_SYSTEM, OnUpdateString, allowed_hosts, zend_samlforce_globals, samlforce_globals)
	STD_PHP_INI_ENTRY("samlforce.ca_file", "", PHP_INI_SYSTEM, OnUpdateString, ca_file, zend_samlforce_globals, samlforce_globals)
	STD_PHP_INI_ENTRY("samlforce.saml.max_bytes", "524288", PHP_INI_SYSTEM, OnUpdateLongGEZero, saml.max_bytes, zend_samlforce_globals, samlforce_globals)
	STD_PHP_INI_ENTRY("samlforce.saml.max_depth", "32", PHP_INI_SYSTEM, OnUpdateLongGEZero, saml.max_depth, zend_samlforce_globals, samlforce_globals)
	STD_PHP_INI_ENTRY("samlforce.saml.max_nodes", "20000", PHP_INI_SYSTEM, OnUpdateLongGEZero, saml.max_nodes, zend_samlforce_globals, samlforce_globals)
	STD_PHP_INI_ENTRY("samlforce.saml.max_attributes", "64", PHP_INI_SYSTEM, OnUpdateLongGEZero, saml.max_attributes, zend_samlforce_globals, samlforce_globals)
	STD_PHP_INI_ENTRY("samlforce.saml.max_namespaces", "2000", PHP_INI_SYSTEM, OnUpdateLongGEZero, saml.max_namespaces, zend_samlforce_globals, samlforce_globals)
	STD_PHP_INI_ENTRY("samlforce.saml.metadata_max_bytes", "33554432", PHP_INI_SYSTEM, OnUpdateLongGEZero, saml.metadata_max_bytes, zend_samlforce_globals, samlforce_globals)
	STD_PHP_INI_ENTRY("samlforce.saml.metadata_max_nodes", "2000000", PHP_INI_SYSTEM, OnUpdateLongGEZero, saml.metadata_max_nodes, zend_samlforce_globals, samlforce_globals)
	STD_PHP_INI_ENTRY("samlforce.saml.metadata_max_namespaces", "500000", PHP_INI_SYSTEM, OnUpdateLongGEZero, saml.metadata_max_namespaces, zend_samlforce_globals, samlforce_globals)
	STD_PHP_INI_ENTRY("samlforce.outbound.max_bytes", "8388608", PHP_INI_SYSTEM, OnUpdateLongGEZero, outbound.max_bytes, zend_samlforce_globals, samlforce_globals)
	STD_PHP_INI_ENTRY("samlforce.outbound.max_nodes", "200000", PHP_INI_SYSTEM, OnUpdateLongGEZero, outbound.max_nodes, zend_samlforce_globals, samlforce_globals)
	STD_PHP_INI_ENTRY("samlforce.http.proxy", "", PHP_INI_SYSTEM, OnUpdateString, http.proxy, zend_samlforce_globals, samlforce_globals)
	STD_PHP_INI_ENTRY("samlforce.http.gzip_min_bytes", "4096", PHP_INI_SYSTEM, OnUpdateLongGEZero, http.gzip_min_bytes, zend_samlforce_globals, samlforce_globals)
	STD_PHP_INI_ENTRY("samlforce.http.slow_down_percent", "90", PHP_INI_SYSTEM, OnUpdateLongGEZero, http.slow_down_percent, zend_samlforce_globals, samlforce_globals)
	STD_PHP_INI_ENTRY("samlforce.http.max_response_bytes", "16777216", PHP_INI_SYSTEM, OnUpdateLongGEZero, http.max_response_bytes, zend_samlforce_globals, samlforce_globals)
PHP_INI_END()

static void globals_start(void *globals)
{
#if defined(COMPILE_DL_SAMLFORCE) && defined(ZTS)
	ZEND_TSRMLS_CACHE_UPDATE();
#endif
	memset(globals, 0, sizeof(zend_samlforce_globals));
}

static void globals_end(void *globals)
{
	zend_samlforce_globals *g = globals;

	if (g->worker) {
		sf_client_worker_free(g->worker);
		g->worker = NULL;
	}
	sf_key_cache_free(g->key_cache);
	g->key_cache = NULL;
}

static void report_refusal(void *arg, const char *file, const char *sentence)
{
	(void)arg;
	zend_error(E_CORE_WARNING, "samlforce: %s was refused: %s", file, sentence);
	snprintf(sf_keyring_trouble, sizeof(sf_keyring_trouble), "%s: %s", file, sentence);
}

/*
 * The keys are used nevertheless: a limit of a container must not take a site down. But whoever can read the swap can then read
 * them, so it is said, here and in phpinfo() and in the plugin's Site Health.
 */
static void warn_of_unlocked_memory(void)
{
	struct sf_keyring_state state;

	sf_keyring_inspect(sf_process_keyring, &state);
	if (sf_keyring_at(sf_process_keyring, 0) && !state.locked) {
		zend_error(E_CORE_WARNING, "samlforce: the %zu kB of memory that hold the keys could not be locked and may be written to the swap: raise RLIMIT_MEMLOCK "
				"(LimitMEMLOCK= of the service, --ulimit memlock of the container), or encrypt the swap", state.bytes / 1024);
	}
}

/*
 * FPM's master and Apache's parent do this as root, before they fork: their workers inherit the memory, and not the
 * right to read the files. A command line started by somebody who may not enter the folder simply has no keys; that
 * is what the permissions are for, so it is said when a key is asked for and not at every start.
 */
static void load_keyring(void)
{
	const char *folder = SF_G(keyring_folder);

	if (!folder || !*folder) {
		snprintf(sf_keyring_trouble, sizeof(sf_keyring_trouble), "samlforce.keyring names no folder in php.ini");
		return;
	}
	if (access(folder, R_OK | X_OK) != 0) {
		snprintf(sf_keyring_trouble, sizeof(sf_keyring_trouble), "this PHP was started by a user who may not read the folder %.300s (%s)", folder, strerror(errno));
		if (errno == EACCES) {
			return;
		}
	}
	sf_process_keyring = sf_keyring_load(folder, SF_G(keyring_passphrase), report_refusal, NULL);
	warn_of_unlocked_memory();
	/*
	 * While a process is dumpable, code in it can read all of its memory by /proc/self/mem. FPM's workers are not, because they
	 * change their user; a PHP that was started without root never does, so it is said here. It makes those files root's. For
	 * root itself they stay open: that is what phpinfo() and the plugin's Site Health warn of.
	 */
	if (sf_keyring_at(sf_process_keyring, 0) && geteuid() != 0) {
		prctl(PR_SET_DUMPABLE, 0);
	}
}

static PHP_MINIT_FUNCTION(samlforce)
{
	REGISTER_INI_ENTRIES();
	sf_register_exceptions();
	sf_register_keyring();
	sf_register_saml();
	sf_register_identity_provider();
	sf_register_metadata_change();
	sf_register_metadata();
	sf_register_assertion();
	sf_register_binding();
	sf_register_expectation();
	sf_register_message();
	sf_register_report();
	sf_register_service_provider();
	sf_register_logout();
	sf_register_vault();
	sf_register_policy();
	sf_register_salesforce_exception();
	sf_register_credentials();
	sf_register_bulk();
	sf_register_changes();
	sf_register_client();
	sf_register_results();
	sf_register_outbound_message();
	load_keyring();
	sf_process_share = sf_share_new();
	return SUCCESS;
}

static PHP_MSHUTDOWN_FUNCTION(samlforce)
{
	sf_share_free(sf_process_share);
	sf_process_share = NULL;
	sf_keyring_free(sf_process_keyring);
	sf_process_keyring = NULL;
	UNREGISTER_INI_ENTRIES();
	return SUCCESS;
}

static PHP_RINIT_FUNCTION(samlforce)
{
	(void)type;
	(void)module_number;
#if defined(ZTS) && defined(COMPILE_DL_SAMLFORCE)
	ZEND_TSRMLS_CACHE_UPDATE();
#endif
	return SUCCESS;
}

/* A form that was posted goes through a buffer on the stack (main/SAPI.c), and stays there: it may hold a password. */
static PHP_RSHUTDOWN_FUNCTION(samlforce)
{
	(void)type;
	(void)module_number;
	sf_wipe_stack();
	return SUCCESS;
}

/* FFI calls any function of any library and reads any address. Its default, "preload", shuts it for a web server, not for the command line. */
static bool ffi_is_open(void)
{
	zend_string *name = zend_string_init("ffi.enable", sizeof("ffi.enable") - 1, 0);
	zend_string *value = zend_ini_get_value(name);

	zend_string_release(name);
	if (!value) {
		return false; /* there is no FFI */
	}
	return zend_string_equals_literal(value, "preload") ? strcmp(sapi_module.name, "cli") == 0 : zend_ini_parse_bool(value);
}

/* Who runs PHP code here may read the memory of the process by /proc/self/mem, unless that is root's; and root may always. */
static const char *memory_state(void)
{
	if (!sf_keyring_at(sf_process_keyring, 0)) {
		return "there are no keys in it";
	}
	if (ffi_is_open()) {
		return "no: FFI is on, and reads any memory; take ffi.enable out of php.ini";
	}
	/* 0, or 2 where fs.suid_dumpable is (prctl(2)): the files of /proc are root's in both */
	if (prctl(PR_GET_DUMPABLE) != 1) {
		return "yes";
	}
	return geteuid() == 0 ? "no: PHP runs as root here and can read the keys by /proc/self/mem; the workers of a web server need a user of their own"
						  : "no: PHP code here can read the keys by /proc/self/mem; take process.dumpable out of the FPM pool";
}

static void info_keyring(void)
{
	struct sf_keyring_state state;
	size_t count = 0;
	char text[600];

	while (sf_keyring_at(sf_process_keyring, count)) {
		count++;
	}
	if (sf_process_keyring) {
		sf_keyring_enter(sf_process_keyring);
		sf_keyring_inspect(sf_process_keyring, &state);
		snprintf(text, sizeof(text), "%zu key%s", count, count == 1 ? "" : "s");
		php_info_print_table_row(2, "Keyring", text);
		snprintf(text, sizeof(text), state.refused ? "%zu: the error log says why" : "none", state.refused);
		php_info_print_table_row(2, "Key files refused", text);
		php_info_print_table_row(2, "Keyring memory locked", state.locked ? "yes" : "no: raise RLIMIT_MEMLOCK");
		php_info_print_table_row(2, "Keyring memory kept out of core dumps", state.undumpable ? "yes" : "no");
	} else {
		snprintf(text, sizeof(text), "none: %s", sf_keyring_trouble);
		php_info_print_table_row(2, "Keyring", text);
	}
	php_info_print_table_row(2, "Memory closed to PHP code", memory_state());
}

static PHP_MINFO_FUNCTION(samlforce)
{
	int number = atoi(xmlParserVersion); /* 20914 is 2.9.14 */
	char libxml2[32];

	php_info_print_table_start();
	php_info_print_table_row(2, "samlforce", "enabled");
	php_info_print_table_row(2, "Version", PHP_SAMLFORCE_VERSION);
	php_info_print_table_header(3, "Library", "Compiled", "Running");
	php_info_print_table_row(3, "OpenSSL", OPENSSL_VERSION_STR, OpenSSL_version(OPENSSL_VERSION_STRING));
	snprintf(libxml2, sizeof(libxml2), "%d.%d.%d", number / 10000, number / 100 % 100, number % 100);
	php_info_print_table_row(3, "libxml2", LIBXML_DOTTED_VERSION, libxml2);
	php_info_print_table_row(3, "libcurl", LIBCURL_VERSION, curl_version_info(CURLVERSION_NOW)->version);
	php_info_print_table_row(3, "zlib", ZLIB_VERSION, zlibVersion());
	php_info_print_table_end();
	php_info_print_table_start();
	info_keyring();
	sf_client_info();
	php_info_print_table_end();
	DISPLAY_INI_ENTRIES();
}

static const zend_module_dep samlforce_deps[] = {
	ZEND_MOD_REQUIRED("json")
	ZEND_MOD_END
};

zend_module_entry samlforce_module_entry = {
	STANDARD_MODULE_HEADER_EX,
	NULL,
	samlforce_deps,
	"samlforce",
	NULL,
	PHP_MINIT(samlforce),
	PHP_MSHUTDOWN(samlforce),
	PHP_RINIT(samlforce),
	PHP_RSHUTDOWN(samlforce),
	PHP_MINFO(samlforce),
	PHP_SAMLFORCE_VERSION,
	PHP_MODULE_GLOBALS(samlforce),
	globals_start,
	globals_end,
	NULL,
	STANDARD_MODULE_PROPERTIES_EX
};

#ifdef COMPILE_DL_SAMLFORCE
# ifdef ZTS
ZEND_TSRMLS_CACHE_DEFINE()
# endif
ZEND_GET_MODULE(samlforce)
#endif
