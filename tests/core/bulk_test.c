#include "salesforce/bulk.h"

#include "tools.h"

static struct sf_arena arena;
static struct sf_failure f;

static void row(const char *text)
{
	sf_bulk_row_failure(sf_span_of(text), &arena, &f);
}

static void test_rows(void)
{
	row("REQUIRED_FIELD_MISSING:Required fields are missing: [LastName]:LastName --");
	CHECK(f.reason == SF_REASON_REFUSED && f.action == SF_ACTION_TELL_PERSON && strcmp(f.code, "REQUIRED_FIELD_MISSING") == 0);
	CHECK(strcmp(f.message, "Required fields are missing: [LastName]") == 0);
	CHECK(f.field_n == 1 && sf_span_is(f.fields[0], "LastName"));
	row("UNABLE_TO_LOCK_ROW:unable to obtain exclusive access to this record:--");
	CHECK(f.action == SF_ACTION_RETRY && f.field_n == 0 && strcmp(f.message, "unable to obtain exclusive access to this record") == 0);
	row("DUPLICATE_VALUE:duplicate value found: X__c duplicates value on record with id: 003000000000001:--");
	CHECK(f.action == SF_ACTION_LOOK_UP && f.field_n == 0 && strcmp(f.message, "duplicate value found: X__c duplicates value on record with id: 003000000000001") == 0);
	row("INVALID_EMAIL_ADDRESS:Email: invalid email address: a,b:Email,Other_Email__c --");
	CHECK(f.field_n == 2 && sf_span_is(f.fields[0], "Email") && sf_span_is(f.fields[1], "Other_Email__c") && strcmp(f.message, "Email: invalid email address: a,b") == 0);
	row("ENTITY_IS_DELETED:entity is deleted: --");
	CHECK(f.reason == SF_REASON_NOT_FOUND && f.field_n == 0 && strcmp(f.message, "entity is deleted") == 0);
}

/* What another org's triggers may say, or what breaks off. */
static void test_odd_rows(void)
{
	static char many[4000] = "REQUIRED_FIELD_MISSING:x:";
	size_t n = strlen(many);

	row("");
	CHECK(f.reason == SF_REASON_REFUSED && f.code[0] == '\0' && f.message[0] == '\0');
	row("Something without any code -- really");
	CHECK(f.code[0] == '\0' && strcmp(f.message, "Something without any code -- really") == 0);
	row("Trigger: line 1: x --");
	CHECK(f.code[0] == '\0' && strcmp(f.message, "Trigger: line 1: x --") == 0);
	row("CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY:MyTrigger: execution of BeforeInsert caused by: a (b) --");
	CHECK(strcmp(f.code, "CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY") == 0 && f.field_n == 0 && strcmp(f.message, "MyTrigger: execution of BeforeInsert caused by: a (b)") == 0);
	row("UNKNOWN_EXCEPTION:");
	CHECK(strcmp(f.code, "UNKNOWN_EXCEPTION") == 0 && f.message[0] == '\0');
	row("UNKNOWN_EXCEPTION:--");
	CHECK(f.message[0] == '\0' && f.field_n == 0);
	row("UNKNOWN_EXCEPTION:line 1\nline\t2\x7f:--");
	CHECK(strcmp(f.message, "line 1 line 2 ") == 0);
	while (n < sizeof(many) - 6) {
		memcpy(many + n, "F__c,", 5);
		n += 5;
	}
	memcpy(many + n, " --", 4);
	row(many);
	CHECK(f.field_n == SF_FAILURE_FIELDS && strcmp(f.message, "x") == 0);
	memset(many, 'A', sizeof(many) - 1); /* no code is that long, and no sentence either */
	many[1000] = ':';
	row(many);
	CHECK(f.code[0] == '\0' && strlen(f.message) == SF_FAILURE_MESSAGE - 1);
}

static void test_jobs(void)
{
	struct sf_bulk_job job = { .state = SF_BULK_FAILED, .error = "InvalidBatch : Field name not found : X" };

	sf_bulk_job_failure(&job, &f);
	CHECK(f.reason == SF_REASON_REFUSED && f.action == SF_ACTION_TELL_PERSON && strcmp(f.code, "InvalidBatch") == 0 && strcmp(f.message, "Field name not found : X") == 0);
	strcpy(job.error, "all is lost");
	sf_bulk_job_failure(&job, &f);
	CHECK(f.code[0] == '\0' && strcmp(f.message, "all is lost") == 0);
	strcpy(job.error, "all is lost : here");
	sf_bulk_job_failure(&job, &f);
	CHECK(f.code[0] == '\0' && strcmp(f.message, "all is lost : here") == 0);
	job.error[0] = '\0';
	sf_bulk_job_failure(&job, &f);
	CHECK(strlen(f.message) > 20);
	job.state = SF_BULK_ABORTED;
	sf_bulk_job_failure(&job, &f);
	CHECK(strstr(f.message, "aborted") != NULL);
}

int main(void)
{
	sf_arena_init(&arena, 1 << 20);
	test_rows();
	test_odd_rows();
	test_jobs();
	sf_arena_free(&arena);
	return check_done();
}
