#include "saml/post.h"

#include "base/base64.h"

#define PAGE_OVERHEAD ((size_t)64 * 1024) /* all but the message, with every character escaped */

bool sf_post_field(struct sf_span xml, struct sf_arena *arena, struct sf_span *field)
{
	char *text = sf_arena_alloc(arena, SF_BASE64_ENCODED(xml.n));

	if (!text) {
		return false;
	}
	*field = (struct sf_span){ text, sf_base64_encode((const unsigned char *)xml.p, xml.n, text) };
	return true;
}

bool sf_post_nonce_valid(struct sf_span nonce)
{
	for (size_t i = 0; i < nonce.n; i++) {
		char c = nonce.p[i];

		if (!((c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '+' || c == '/' || c == '-' || c == '_' || c == '=')) {
			return false;
		}
	}
	return nonce.n > 0 && nonce.n <= 256;
}

static void hidden(struct sf_buf *b, struct sf_span name, struct sf_span value)
{
	sf_buf_str(b, "<input type=\"hidden\" name=\"");
	sf_buf_xml(b, name);
	sf_buf_str(b, "\" value=\"");
	sf_buf_xml(b, value);
	sf_buf_str(b, "\">\n");
}

bool sf_post_page(const struct sf_post_page *page, struct sf_arena *arena, struct sf_span *html)
{
	struct sf_buf b;

	sf_buf_init(&b, arena, PAGE_OVERHEAD + page->value.n);
	sf_buf_str(&b, "<!DOCTYPE html>\n<html lang=\"");
	sf_buf_xml(&b, page->language);
	sf_buf_str(&b, "\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width\">\n<title>");
	sf_buf_xml(&b, page->button);
	sf_buf_str(&b, "</title>\n</head>\n<body>\n<form method=\"post\" action=\"");
	sf_buf_xml(&b, page->action);
	sf_buf_str(&b, "\">\n");
	hidden(&b, page->name, page->value);
	if (page->relay_state.p) {
		hidden(&b, SF_SPAN_LIT("RelayState"), page->relay_state);
	}
	sf_buf_str(&b, "<button>");
	sf_buf_xml(&b, page->button);
	sf_buf_str(&b, "</button>\n</form>\n<script");
	if (page->nonce.p) {
		sf_buf_str(&b, " nonce=\"");
		sf_buf_xml(&b, page->nonce);
		sf_buf_char(&b, '"');
	}
	sf_buf_str(&b, ">document.forms[0].submit();</script>\n</body>\n</html>\n");
	return sf_buf_done(&b, html);
}
