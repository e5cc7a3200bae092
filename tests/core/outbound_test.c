/* Record ids, Outbound Messages, and what is no such message. */
#include "salesforce/outbound.h"

#include "tools.h"

static struct sf_arena arena;
static struct sf_outbound message;

static const struct sf_xml_limits wide = { .bytes = 1 << 20, .depth = SF_OUTBOUND_DEPTH, .nodes = 20000, .attributes = 16, .namespaces = 2000, .scope = 64 };

#define ORG "00Dx00000000001"
#define ORG_18 "00Dx00000000001EAA"
#define OPEN "<e:Envelope xmlns:e=\"http://schemas.xmlsoap.org/soap/envelope/\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><e:Body>"
#define NOTIFICATIONS "<notifications xmlns=\"http://soap.sforce.com/2005/09/outbound\">"
#define HEAD "<OrganizationId>" ORG_18 "</OrganizationId><ActionId>04kx00000000001AAA</ActionId><SessionId xsi:nil=\"true\"/>" \
	"<EnterpriseUrl>https://a.example/c</EnterpriseUrl><PartnerUrl>https://a.example/u</PartnerUrl>"
#define CLOSE "</notifications></e:Body></e:Envelope>"
#define SOBJECT(fields) "<sObject xsi:type=\"sf:Contact\" xmlns:sf=\"urn:sobject.enterprise.soap.sforce.com\">" fields "</sObject>"
#define FIELDS "<sf:Id>003x00000000001AAA</sf:Id><sf:LastName>Lovelace</sf:LastName>"
#define ID "<Id>04lx00000000001AAA</Id>"
#define NOTIFICATION "<Notification>" ID SOBJECT(FIELDS) "</Notification>"
#define WITH(sobject) OPEN NOTIFICATIONS HEAD "<Notification>" ID sobject "</Notification>" CLOSE

static int parse_with(const struct sf_xml_limits *limits, struct sf_span text)
{
	struct sf_span copy = exact_copy(text.p, text.n);
	struct sf_error error = { 0 };
	struct sf_xml_doc *doc;
	bool ok = sf_outbound_parse(copy, SF_SPAN_LIT(ORG), limits, &arena, &doc, &message, &error);

	exact_free(copy);
	if (ok) {
		CHECK(doc && message.n >= 1 && message.n <= SF_OUTBOUND_NOTIFICATIONS_MAX);
		CHECK_SPAN(sf_span_of(message.organization_id), ORG_18);
		CHECK_SPAN(message.notifications[0].object, "Contact");
		CHECK_SPAN(message.notifications[0].fields[0].name, "Id");
		sf_xml_free(doc);
	} else {
		CHECK(error.code != 0 && !doc);
	}
	return ok ? 0 : error.code;
}

static int parse(const char *text)
{
	return parse_with(&wide, sf_span_of(text));
}

/* ---- ids ---- */

static bool reads_as(const char *text, const char *expected)
{
	char id[SF_ID + 1];

	return sf_id_read(sf_span_of(text), id) && strcmp(id, expected) == 0;
}

static bool is_no_id(const char *text)
{
	char id[SF_ID + 1];

	return !sf_id_read(sf_span_of(text), id);
}

static void ids(void)
{
	CHECK(reads_as("001D000000IqhSL", "001D000000IqhSLIAZ")); /* of Salesforce's own documentation */
	CHECK(reads_as("001D000000IqhSLIAZ", "001D000000IqhSLIAZ"));
	CHECK(reads_as("ABCDEFGHIJKLMNO", "ABCDEFGHIJKLMNO555"));
	CHECK(reads_as("abcdefghijklmno", "abcdefghijklmnoAAA"));
	CHECK(is_no_id("001D000000IqhSLIAA")); /* the last three of another */
	CHECK(is_no_id("001d000000IqhSLIAZ")); /* and the other way round */
	CHECK(is_no_id("001D000000IqhS"));
	CHECK(is_no_id("001D000000IqhSLI"));
	CHECK(is_no_id("001D000000IqhSLIAZA"));
	CHECK(is_no_id("001D000000Iqh-L"));
	CHECK(is_no_id("001D000000Iqh\xC3\xA9"));
	CHECK(is_no_id(""));
}

/* ---- messages ---- */

static void takes(void)
{
	struct sf_xml_doc *doc;
	struct sf_error error;

	CHECK(parse(OPEN NOTIFICATIONS HEAD NOTIFICATION CLOSE) == 0);
	CHECK(parse("\xEF\xBB\xBF<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" OPEN "\n " NOTIFICATIONS HEAD " " NOTIFICATION "\n" CLOSE "\n") == 0);
	/* whatever the prefix is, and none; the two addresses and the SessionId may be gone */
	CHECK(parse(WITH("<sObject xsi:type=\"q:Contact\" xmlns:q=\"urn:sobject.enterprise.soap.sforce.com\"><q:Id>003x00000000001</q:Id></sObject>")) == 0);
	CHECK(parse(OPEN "<o:notifications xmlns:o=\"http://soap.sforce.com/2005/09/outbound\" xmlns=\"urn:sobject.enterprise.soap.sforce.com\"><o:OrganizationId>" ORG
			"</o:OrganizationId><o:ActionId>04kx00000000001AAA</o:ActionId><o:Notification><o:Id>04lx00000000001AAA</o:Id><o:sObject xsi:type=\"Contact\">"
			"<Id>003x00000000001</Id></o:sObject></o:Notification></o:notifications></e:Body></e:Envelope>") == 0);
	/* a SessionId of an older org is not looked at */
	CHECK(parse(OPEN NOTIFICATIONS "<OrganizationId>" ORG "</OrganizationId><ActionId>04kx00000000001AAA</ActionId><SessionId>00D!AQEAQ</SessionId>" NOTIFICATION CLOSE) == 0);

	CHECK(sf_outbound_parse(SF_SPAN_LIT(WITH(SOBJECT(FIELDS "<sf:A>a&amp;<![CDATA[<b>]]><!-- c --></sf:A><sf:B/><sf:C xsi:nil=\"true\"/>"))), SF_SPAN_LIT(ORG_18), &wide,
			&arena, &doc, &message, &error));
	CHECK(message.n == 1 && message.notifications[0].field_n == 5);
	CHECK_SPAN(sf_span_of(message.action_id), "04kx00000000001AAA");
	CHECK_SPAN(sf_span_of(message.notifications[0].id), "04lx00000000001AAA");
	CHECK_SPAN(sf_span_of(message.notifications[0].record_id), "003x00000000001AAA");
	CHECK_SPAN(message.notifications[0].fields[2].value, "a&<b>");
	CHECK(message.notifications[0].fields[3].value.n == 0 && !message.notifications[0].fields[3].nil && message.notifications[0].fields[4].nil);
	sf_xml_free(doc);
}

static void refuses_organizations(void)
{
	struct sf_error error = { 0 };
	struct sf_xml_doc *doc;

	CHECK(parse(OPEN NOTIFICATIONS "<OrganizationId>00Dx00000000002EAA</OrganizationId><ActionId>04kx00000000001AAA</ActionId>" NOTIFICATION CLOSE) == SF_OUTBOUND_ORGANIZATION);
	CHECK(parse(OPEN NOTIFICATIONS "<OrganizationId>00DX00000000001</OrganizationId><ActionId>04kx00000000001AAA</ActionId>" NOTIFICATION CLOSE) == SF_OUTBOUND_ORGANIZATION);
	CHECK(parse(OPEN NOTIFICATIONS "<OrganizationId>00Dx00000000001AAA</OrganizationId><ActionId>04kx00000000001AAA</ActionId>" NOTIFICATION CLOSE) == SF_INVALID_ID);
	CHECK(parse(OPEN NOTIFICATIONS "<OrganizationId>" ORG "</OrganizationId><OrganizationId>" ORG "</OrganizationId>" NOTIFICATION CLOSE) == SF_UNEXPECTED_ELEMENT);
	CHECK(!sf_outbound_parse(SF_SPAN_LIT(OPEN NOTIFICATIONS HEAD NOTIFICATION CLOSE), SF_SPAN_LIT("001x00000000001"), &wide, &arena, &doc, &message, &error) && !doc);
	CHECK(error.code == SF_INVALID_ID);
	CHECK(!sf_outbound_parse(SF_SPAN_LIT(OPEN NOTIFICATIONS HEAD NOTIFICATION CLOSE), SF_SPAN_NONE, &wide, &arena, &doc, &message, &error) && !doc);
}

static void refuses_envelopes(void)
{
	CHECK(parse("<!DOCTYPE a [<!ENTITY b \"c\">]>" OPEN NOTIFICATIONS HEAD NOTIFICATION CLOSE) == SF_DOCTYPE);
	CHECK(parse("<?php echo 1 ?>" OPEN NOTIFICATIONS HEAD NOTIFICATION CLOSE) == SF_PROCESSING_INSTRUCTION);
	CHECK(parse(WITH(SOBJECT(FIELDS "<sf:A>&b;</sf:A>"))) == SF_NOT_WELL_FORMED);
	CHECK(parse(WITH(SOBJECT(FIELDS "<sf:A>\xFF</sf:A>"))) == SF_NOT_UTF8);
	CHECK(parse(NOTIFICATIONS "</notifications>") == SF_SOAP_INVALID);
	CHECK(parse("<e:Envelope xmlns:e=\"http://www.w3.org/2003/05/soap-envelope\"><e:Body/></e:Envelope>") == SF_SOAP_INVALID); /* SOAP 1.2 */
	CHECK(parse(OPEN NOTIFICATIONS HEAD NOTIFICATION "</notifications></e:Body><e:Body/></e:Envelope>") == SF_SOAP_INVALID);
	CHECK(parse(OPEN NOTIFICATIONS HEAD NOTIFICATION "</notifications>" NOTIFICATIONS HEAD NOTIFICATION CLOSE) == SF_SOAP_INVALID);
	CHECK(parse(OPEN "<e:Fault/></e:Body></e:Envelope>") == SF_SOAP_INVALID);
	CHECK(parse(OPEN "<notifications xmlns=\"urn:other\"/></e:Body></e:Envelope>") == SF_SOAP_INVALID);
	CHECK(parse("<e:Envelope xmlns:e=\"http://schemas.xmlsoap.org/soap/envelope/\"><e:Header/><e:Body/></e:Envelope>") == SF_SOAP_INVALID);
	CHECK(parse(OPEN "x" NOTIFICATIONS HEAD NOTIFICATION CLOSE) == SF_SOAP_INVALID);
	CHECK(parse(OPEN NOTIFICATIONS HEAD CLOSE) == SF_MISSING_ELEMENT);
	CHECK(parse(OPEN NOTIFICATIONS NOTIFICATION HEAD CLOSE) == SF_UNEXPECTED_ELEMENT);
	CHECK(parse(OPEN NOTIFICATIONS HEAD NOTIFICATION "<More/>" CLOSE) == SF_UNEXPECTED_ELEMENT);
	CHECK(parse(OPEN NOTIFICATIONS HEAD NOTIFICATION "more" CLOSE) == SF_UNEXPECTED_ELEMENT);
	CHECK(parse(OPEN NOTIFICATIONS HEAD NOTIFICATION "<OrganizationId>" ORG "</OrganizationId>" CLOSE) == SF_UNEXPECTED_ELEMENT);
	/* nothing hides in what is passed over */
	CHECK(parse(OPEN NOTIFICATIONS "<OrganizationId>" ORG "</OrganizationId><ActionId>04kx00000000001AAA</ActionId><SessionId>" NOTIFICATION "</SessionId>" NOTIFICATION CLOSE)
			== SF_UNEXPECTED_ELEMENT);
	CHECK(parse(OPEN NOTIFICATIONS HEAD "<Notification>" NOTIFICATION "</Notification>" CLOSE) == SF_UNEXPECTED_ELEMENT);
	CHECK(parse(WITH(SOBJECT(FIELDS) NOTIFICATION)) == SF_UNEXPECTED_ELEMENT);
	CHECK(parse(OPEN NOTIFICATIONS HEAD NOTIFICATION NOTIFICATION CLOSE) == SF_DUPLICATE_ID);
	CHECK(parse(OPEN NOTIFICATIONS HEAD NOTIFICATION "<Notification><Id>04lx00000000001</Id>" SOBJECT(FIELDS) "</Notification>" CLOSE) == SF_DUPLICATE_ID);
}

static void refuses_records(void)
{
	CHECK(parse(WITH(SOBJECT(FIELDS) SOBJECT(FIELDS))) == SF_UNEXPECTED_ELEMENT);
	CHECK(parse(WITH("")) == SF_MISSING_ELEMENT);
	CHECK(parse(WITH(SOBJECT(""))) == SF_MISSING_ELEMENT);
	CHECK(parse(WITH(SOBJECT("<sf:LastName>x</sf:LastName>"))) == SF_MISSING_ELEMENT);
	CHECK(parse(WITH(SOBJECT("<sf:Id>x</sf:Id>"))) == SF_INVALID_ID);
	CHECK(parse(WITH(SOBJECT("<sf:Id xsi:nil=\"true\"/>"))) == SF_INVALID_ID);
	CHECK(parse(WITH(SOBJECT(FIELDS "<sf:LastName>Byron</sf:LastName>"))) == SF_OUTBOUND_DUPLICATE_FIELD);
	CHECK(parse(WITH(SOBJECT(FIELDS "<sf:A>1</sf:A><sf:AB>1</sf:AB><sf:ABC/><sf:AB/>"))) == SF_OUTBOUND_DUPLICATE_FIELD);
	CHECK(parse(WITH(SOBJECT(FIELDS "<sf:A><sf:B/></sf:A>"))) == SF_UNEXPECTED_ELEMENT);
	CHECK(parse(WITH(SOBJECT(FIELDS "text"))) == SF_UNEXPECTED_ELEMENT);
	CHECK(parse(WITH(SOBJECT(FIELDS "<Name>x</Name>"))) == SF_UNEXPECTED_ELEMENT); /* of another namespace */
	CHECK(parse(WITH(SOBJECT(FIELDS "<sf:a.b/>"))) == SF_UNEXPECTED_ELEMENT);
	CHECK(parse(WITH(SOBJECT(FIELDS "<sf:A x=\"1\"/>"))) == SF_UNEXPECTED_ATTRIBUTE);
	CHECK(parse(WITH(SOBJECT(FIELDS "<sf:A xsi:nil=\"true\">x</sf:A>"))) == SF_UNEXPECTED_ATTRIBUTE);
	CHECK(parse(WITH(SOBJECT(FIELDS "<sf:A xsi:nil=\"maybe\"/>"))) == SF_UNEXPECTED_ATTRIBUTE);
	CHECK(parse(WITH("<sObject><sf:Id xmlns:sf=\"urn:sobject.enterprise.soap.sforce.com\">003x00000000001</sf:Id></sObject>")) == SF_OUTBOUND_TYPE);
	CHECK(parse(WITH("<sObject type=\"sf:Contact\" xmlns:sf=\"urn:sobject.enterprise.soap.sforce.com\"/>")) == SF_OUTBOUND_TYPE);
	CHECK(parse(WITH("<sObject xsi:type=\"sf:Contact\" xmlns:sf=\"urn:sobject.partner.soap.sforce.com\"/>")) == SF_OUTBOUND_TYPE);
	CHECK(parse(WITH("<sObject xsi:type=\"Contact\" xmlns:sf=\"urn:sobject.enterprise.soap.sforce.com\"/>")) == SF_OUTBOUND_TYPE);
	CHECK(parse(WITH("<sObject xsi:type=\"sf:\" xmlns:sf=\"urn:sobject.enterprise.soap.sforce.com\"/>")) == SF_OUTBOUND_TYPE);
	CHECK(parse(WITH("<sObject xsi:type=\":Contact\" xmlns:sf=\"urn:sobject.enterprise.soap.sforce.com\"/>")) == SF_OUTBOUND_TYPE);
	CHECK(parse(WITH("<sObject xsi:type=\"sf:Contact/../User\" xmlns:sf=\"urn:sobject.enterprise.soap.sforce.com\"/>")) == SF_OUTBOUND_TYPE);
}

/* ---- limits ---- */

static struct sf_span many(size_t n)
{
	size_t room = 1024 + n * 400, used;
	char *text = sf_arena_alloc(&arena, room);

	used = (size_t)snprintf(text, room, "%s", OPEN NOTIFICATIONS HEAD);
	for (size_t i = 0; i < n; i++) {
		used += (size_t)snprintf(text + used, room - used, "<Notification><Id>04lx000000%05zu</Id>%s</Notification>", i, SOBJECT(FIELDS));
	}
	used += (size_t)snprintf(text + used, room - used, "%s", CLOSE);
	return (struct sf_span){ text, used };
}

static void limits_at_and_over(void)
{
	struct sf_span text = many(SF_OUTBOUND_NOTIFICATIONS_MAX);
	struct sf_xml_limits limits = wide;

	CHECK(parse_with(&wide, text) == 0 && message.n == SF_OUTBOUND_NOTIFICATIONS_MAX);
	CHECK(parse_with(&wide, many(SF_OUTBOUND_NOTIFICATIONS_MAX + 1)) == SF_OUTBOUND_TOO_MANY);
	limits.bytes = text.n;
	CHECK(parse_with(&limits, text) == 0);
	limits.bytes = text.n - 1;
	CHECK(parse_with(&limits, text) == SF_TOO_LARGE);
	limits = wide;
	limits.nodes = 9 + 6 * SF_OUTBOUND_NOTIFICATIONS_MAX; /* the sObject's xsi:type is one of six, and SessionId's xsi:nil of the nine */
	CHECK(parse_with(&limits, text) == 0);
	limits.nodes--;
	CHECK(parse_with(&limits, text) == SF_TOO_MANY_NODES);
	CHECK(parse(WITH(SOBJECT(FIELDS "<sf:A><b><c/></b></sf:A>"))) == SF_UNEXPECTED_ELEMENT);
	CHECK(parse(WITH(SOBJECT(FIELDS "<sf:A><b><c><d/></c></b></sf:A>"))) == SF_TOO_DEEP);

	/* an arena of the size that the header says is enough for whatever fits into the limits, and a small one is an error */
	limits = wide;
	limits.bytes = text.n;
	limits.nodes = 9 + 6 * SF_OUTBOUND_NOTIFICATIONS_MAX;
	sf_arena_free(&arena);
	sf_arena_init(&arena, SF_OUTBOUND_ARENA(&limits) + 8192 + 1024 + SF_OUTBOUND_NOTIFICATIONS_MAX * 400);
	CHECK(parse_with(&limits, many(SF_OUTBOUND_NOTIFICATIONS_MAX)) == 0);
	text = exact_copy(many(2).p, many(2).n);
	sf_arena_free(&arena);
	sf_arena_init(&arena, 64);
	CHECK(parse_with(&wide, text) == SF_INTERNAL);
	exact_free(text);
}

static void acknowledges(void)
{
	static const char yes[] = "<Ack>true</Ack>", no[] = "<Ack>false</Ack>";
	struct sf_span a = sf_outbound_acknowledgement(true), b = sf_outbound_acknowledgement(false);

	CHECK(memmem(a.p, a.n, yes, sizeof(yes) - 1) && !memmem(a.p, a.n, no, sizeof(no) - 1));
	CHECK(memmem(b.p, b.n, no, sizeof(no) - 1) && !memmem(b.p, b.n, yes, sizeof(yes) - 1));
}

int main(void)
{
	sf_arena_init(&arena, (size_t)8 << 20);
	ids();
	takes();
	refuses_organizations();
	refuses_envelopes();
	refuses_records();
	limits_at_and_over();
	acknowledges();
	sf_arena_free(&arena);
	return check_done();
}
