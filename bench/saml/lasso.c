/*
 * lasso in a plain loop, with its server object kept: process the response, as a service provider would.
 *
 * lasso MESSAGE.b64 CERTIFICATE.pem PRIVATE.pem SP-METADATA.xml IDP-METADATA.xml
 */
#include <lasso/lasso.h>
#include <lasso/xml/saml-2.0/samlp2_response.h>

#include "subject.h"

static char *message;
static size_t message_n;
static LassoServer *server;

static void work(void)
{
	LassoLogin *login = lasso_login_new(server);

	must(login != NULL, "a login");
	must(lasso_login_process_authn_response_msg(login, message) == 0, "processing");
	lasso_login_destroy(login);
}

int main(int argc, char **argv)
{
	must(argc == 6, "lasso MESSAGE.b64 CERTIFICATE.pem PRIVATE.pem SP-METADATA.xml IDP-METADATA.xml");
	must(lasso_init() == 0, "lasso");
	message = read_all(argv[1], &message_n);
	server = lasso_server_new(argv[4], argv[3], NULL, argv[2]);
	must(server != NULL, "a server");
	must(lasso_server_add_provider(server, LASSO_PROVIDER_ROLE_IDP, argv[5], argv[2], NULL) == 0, "the provider");
	serve(work);
	return 0;
}
