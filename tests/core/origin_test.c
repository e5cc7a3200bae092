#include "check.h"

#include <stdio.h>

#include "http/origin.h"

static bool parses(const char *text, const char *host, unsigned port)
{
	struct sf_origin o;

	return sf_origin_parse(sf_span_of(text), &o) && strcmp(o.host, host) == 0 && o.port == port;
}

static bool refuses(const char *text)
{
	struct sf_origin o;

	return !sf_origin_parse(sf_span_of(text), &o);
}

static void test_origin(void)
{
	char label[65], host[SF_HOST_MAX + 2];

	CHECK(parses("login.salesforce.com", "login.salesforce.com", 443));
	CHECK(parses("Acme.My.Salesforce.COM:8443", "acme.my.salesforce.com", 8443));
	CHECK(parses("a:1", "a", 1) && parses("a:65535", "a", 65535) && parses("127.0.0.1", "127.0.0.1", 443) && parses("xn--bcher-kva.example", "xn--bcher-kva.example", 443));
	CHECK(refuses("") && refuses(".") && refuses("a.") && refuses(".a") && refuses("a..b") && refuses("-a") && refuses("a-") && refuses("a_b"));
	CHECK(refuses("a:") && refuses("a:0") && refuses("a:01") && refuses("a:65536") && refuses("a:100000") && refuses("a:1x") && refuses("a:1:2") && refuses(":443"));
	CHECK(refuses("*.my.salesforce.com") && refuses("https://a") && refuses("a/b") && refuses("a?b") && refuses("user@a") && refuses("[::1]") && refuses("a b") && refuses("a\n"));
	CHECK(refuses("b\xC3\xBC.example"));
	memset(label, 'x', 64);
	label[63] = '\0';
	CHECK(parses(label, label, 443));
	label[63] = 'x';
	label[64] = '\0';
	CHECK(refuses(label));
	for (size_t i = 0; i < SF_HOST_MAX; i++) {
		host[i] = i % 2 ? '.' : 'x';
	}
	host[SF_HOST_MAX] = '\0';
	CHECK(parses(host, host, 443));
	host[SF_HOST_MAX] = '.';
	host[SF_HOST_MAX + 1] = '\0';
	CHECK(refuses(host));
}

static bool url(const char *text, const char *host, unsigned port)
{
	struct sf_origin o;

	return sf_origin_of_url(sf_span_of(text), &o) && strcmp(o.host, host) == 0 && o.port == port;
}

static void test_url(void)
{
	struct sf_origin o;
	static const char *const bad[] = { "", "https://", "https:///", "http://a", "HTTPS://a", "a", "https://a//", "https://a/b", "https://a?b", "https://a#b", "https://u@a", "https://u:p@a", "https://a\\@b", " https://a",
		"https://a ", "https://a:443@b", "//a" };

	CHECK(url("https://a.example", "a.example", 443) && url("https://a.example/", "a.example", 443) && url("https://A.example:444/", "a.example", 444));
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		CHECK(!sf_origin_of_url(sf_span_of(bad[i]), &o));
	}
}

static bool allows(const struct sf_hosts *hosts, const char *text)
{
	struct sf_origin o;

	return sf_origin_parse(sf_span_of(text), &o) && sf_hosts_has(hosts, &o);
}

static void test_hosts(void)
{
	struct sf_hosts hosts;
	struct sf_error error;
	char many[SF_HOSTS_MAX * 8 + 16];
	size_t n = 0;

	CHECK(sf_hosts_parse(SF_SPAN_NONE, &hosts, &error) && hosts.n == 0);
	CHECK(sf_hosts_parse(SF_SPAN_LIT(" , ,, "), &hosts, &error) && hosts.n == 0);
	CHECK(sf_hosts_parse(SF_SPAN_LIT("Login.Salesforce.com, acme.my.salesforce.com:8443\tb"), &hosts, &error) && hosts.n == 3);
	CHECK(allows(&hosts, "login.salesforce.com") && allows(&hosts, "LOGIN.salesforce.com:443") && allows(&hosts, "acme.my.salesforce.com:8443") && allows(&hosts, "b"));
	/* neither another port, nor a part, nor what is below or above a host */
	CHECK(!allows(&hosts, "acme.my.salesforce.com") && !allows(&hosts, "login.salesforce.com:8443") && !allows(&hosts, "salesforce.com"));
	CHECK(!allows(&hosts, "x.login.salesforce.com") && !allows(&hosts, "login.salesforce.com.evil.example") && !allows(&hosts, "ogin.salesforce.com"));
	/* one bad entry: all are gone, and it is named */
	CHECK(!sf_hosts_parse(SF_SPAN_LIT("login.salesforce.com, *.my.salesforce.com"), &hosts, &error));
	CHECK(hosts.n == 0 && strcmp(error.found, "*.my.salesforce.com") == 0);
	for (int i = 0; i < SF_HOSTS_MAX; i++) {
		n += (size_t)sprintf(many + n, "h%d.x,", i);
	}
	CHECK(sf_hosts_parse((struct sf_span){ many, n }, &hosts, &error) && hosts.n == SF_HOSTS_MAX);
	memcpy(many + n, "one", 3);
	CHECK(!sf_hosts_parse((struct sf_span){ many, n + 3 }, &hosts, &error) && hosts.n == 0);
}

int main(void)
{
	test_origin();
	test_url();
	test_hosts();
	return check_done();
}
