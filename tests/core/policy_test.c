#include "tools.h"

#include "password/policy.h"

static unsigned broken(unsigned minimum, unsigned complexity, const char *password, const char *username)
{
	struct sf_policy policy = { minimum, complexity };

	return sf_policy_check(&policy, sf_span_of(password), sf_span_of(username));
}

static void test_complexity(void)
{
	CHECK(broken(8, 0, "        ", "") == 0);
	CHECK(broken(8, 1, "abcdefg1", "") == 0);
	CHECK(broken(8, 1, "abcdefgh", "") == SF_NEEDS_DIGIT);
	CHECK(broken(8, 1, "12345678", "") == SF_NEEDS_LETTER);
	CHECK(broken(8, 2, "abcdefg1", "") == SF_NEEDS_SPECIAL);
	CHECK(broken(8, 2, "abcdef1!", "") == 0);
	CHECK(broken(8, 2, "abcdef1&", "") == SF_NEEDS_SPECIAL); /* & is none of the ten that count */
	CHECK(broken(8, 3, "abcdefg1", "") == SF_NEEDS_UPPER);
	CHECK(broken(8, 3, "ABCDEFG1", "") == SF_NEEDS_LOWER);
	CHECK(broken(8, 3, "ABCDefgh", "") == SF_NEEDS_DIGIT);
	CHECK(broken(8, 3, "Abcdefg1", "") == 0);
	CHECK(broken(8, 4, "Abcdefg1", "") == SF_NEEDS_SPECIAL);
	CHECK(broken(8, 4, "Abcdef1_", "") == 0);
	CHECK(broken(8, 4, "", "") == (SF_TOO_SHORT | SF_NEEDS_DIGIT | SF_NEEDS_UPPER | SF_NEEDS_LOWER | SF_NEEDS_SPECIAL));
	for (const char *c = "!#$%-_=+<>"; *c; c++) {
		char password[] = "abcdef1?";

		password[7] = *c;
		CHECK(broken(8, 2, password, "") == 0);
	}
}

static void test_length(void)
{
	static char longest[SF_PASSWORD_MAX_BYTES + 2];

	CHECK(broken(8, 0, "1234567", "") == SF_TOO_SHORT);
	CHECK(broken(8, 0, "12345678", "") == 0);
	CHECK(broken(5, 0, "\xC3\xA4\xC3\xB6\xC3\xBC\xC3\x9F", "") == SF_TOO_SHORT); /* 8 bytes, 4 characters */
	CHECK(broken(5, 0, "\xC3\xA4\xC3\xB6\xC3\xBC\xC3\x9F!", "") == 0);
	CHECK(broken(5, 0, "\xF0\x9F\x98\x80\xF0\x9F\x98\x80\xF0\x9F\x98\x80", "") == SF_TOO_SHORT); /* 3, or 6 units of UTF-16: the stricter count */
	memset(longest, 'x', SF_PASSWORD_MAX_BYTES);
	CHECK(broken(50, 0, longest, "") == 0);
	longest[SF_PASSWORD_MAX_BYTES] = 'x';
	CHECK(broken(50, 0, longest, "") == SF_TOO_LONG);
}

static void test_username(void)
{
	CHECK(broken(8, 0, "xx-JANE@example.ORG-xx", "jane@Example.org") == SF_CONTAINS_USERNAME);
	CHECK(broken(8, 0, "jane@example.org", "jane@example.org") == SF_CONTAINS_USERNAME);
	CHECK(broken(8, 0, "jane@example.or", "jane@example.org") == 0);
	CHECK(broken(8, 0, "12345678", "") == 0);
}

static void test_characters(void)
{
	CHECK(broken(8, 0, "1234567\n", "") == SF_INVALID_CHARACTER);
	CHECK(broken(8, 0, "1234567\x7F", "") == SF_INVALID_CHARACTER);
	CHECK(broken(8, 0, "1234567\xC2\x85", "") == SF_INVALID_CHARACTER);
	CHECK(broken(8, 0, "1234567\xC2\xA0", "") == 0);
	CHECK(broken(8, 0, "12345678\xC3", "") == SF_INVALID_CHARACTER);
	CHECK(broken(8, 0, "12345678\xED\xA0\x80", "") == SF_INVALID_CHARACTER);
}

static enum sf_denied denied(const char *password)
{
	return sf_policy_denied("list", sf_span_of(password));
}

static void test_deny_list(void)
{
	char longest[1200];

	CHECK(denied("x") == SF_DENIED_UNREADABLE); /* there is none */
	MUST_RUN("mkdir list");
	CHECK(denied("x") == SF_DENIED_UNREADABLE);
	MUST_RUN("rmdir list && mkfifo list");
	CHECK(denied("x") == SF_DENIED_UNREADABLE);
	MUST_RUN("rm list && printf 'Password1\\r\\n\\nqwertz12\\n\\303\\204rger123\\nlast1234' >list");
	CHECK(denied("Password1") == SF_DENIED && denied("pASSWORD1") == SF_DENIED && denied("qwertz12") == SF_DENIED && denied("LAST1234") == SF_DENIED);
	CHECK(denied("\303\204RGER123") == SF_DENIED && denied("\303\244rger123") == SF_DENIED_NOT); /* only the capitals of ASCII */
	for (const char *const *no = (const char *const[]){ "Password", "Password12", "assword1", "qwertz1", "qwertz123", "last123", "last12345", "", "Password1qwertz12", NULL }; *no; no++) {
		CHECK(denied(*no) == SF_DENIED_NOT);
	}
	MUST_RUN(": >list");
	CHECK(denied("x") == SF_DENIED_NOT && denied("") == SF_DENIED_NOT);

	/* across the edge of a piece, and a line that is longer than any password */
	memset(longest, 'a', sizeof(longest));
	longest[1024] = '\0';
	MUST_RUN("{ head -c 16000 /dev/zero | tr '\\0' b; echo; head -c 1024 /dev/zero | tr '\\0' A; echo; head -c 5000 /dev/zero | tr '\\0' a; } >list");
	CHECK(denied(longest) == SF_DENIED);
	longest[1023] = '\0';
	CHECK(denied(longest) == SF_DENIED_NOT);

	/* at the cap, and one over it: what comes first is found nevertheless */
	MUST_RUN("{ echo first123; head -c 16777198 /dev/zero; printf '\\nlast1234'; } >list && test $(stat -c %%s list) = 16777216");
	CHECK(denied("last1234") == SF_DENIED && denied("other123") == SF_DENIED_NOT);
	MUST_RUN("echo >>list");
	CHECK(denied("other123") == SF_DENIED_UNREADABLE);
}

int main(void)
{
	tools_enter_folder();
	test_complexity();
	test_length();
	test_username();
	test_characters();
	test_deny_list();
	return check_done();
}
