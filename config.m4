PHP_ARG_ENABLE([samlforce],
  [whether to enable samlforce],
  [AS_HELP_STRING([--enable-samlforce],
    [Enable samlforce: SAML 2.0 and Salesforce, with the cryptography in C])])

PHP_ARG_ENABLE([samlforce-dev],
  [whether to build samlforce with all warnings],
  [AS_HELP_STRING([--enable-samlforce-dev],
    [samlforce: -Wall -Wextra -Werror, for its developers])],
  [no],
  [no])

if test "$PHP_SAMLFORCE" != "no"; then
  PKG_CHECK_MODULES([SF_XML], [libxml-2.0 >= 2.9.4])
  PKG_CHECK_MODULES([SF_SSL], [libssl >= 3.0.0 libcrypto >= 3.0.0])
  PKG_CHECK_MODULES([SF_CURL], [libcurl >= 7.84.0])
  PKG_CHECK_MODULES([SF_ZLIB], [zlib >= 1.2.11])

  PHP_EVAL_INCLINE([$SF_XML_CFLAGS $SF_SSL_CFLAGS $SF_CURL_CFLAGS $SF_ZLIB_CFLAGS])
  PHP_EVAL_LIBLINE([$SF_XML_LIBS $SF_SSL_LIBS $SF_CURL_LIBS $SF_ZLIB_LIBS], [SAMLFORCE_SHARED_LIBADD])

  SF_CFLAGS="-std=gnu11 -D_GNU_SOURCE -Wall -Wextra -Werror=implicit-function-declaration -fvisibility=hidden -fstack-protector-strong -D_FORTIFY_SOURCE=2"
  if test "$PHP_SAMLFORCE_DEV" = "yes"; then
    SF_CFLAGS="$SF_CFLAGS -Werror -Wshadow -Wvla"
  fi

  dnl Each line is one room of the house, lowest first.
  SF_SOURCES="src/base/arena.c src/base/base64.c src/base/buf.c src/base/csv.c src/base/error.c src/base/json.c src/base/secret.c src/base/shared.c src/base/text.c"
  SF_SOURCES="$SF_SOURCES src/crypto/algorithm.c src/crypto/cipher.c src/crypto/der.c src/crypto/keyring.c src/crypto/keyring_files.c src/crypto/keyring_load.c src/crypto/pkey.c src/crypto/seal.c"
  SF_SOURCES="$SF_SOURCES src/xml/scan.c src/xml/trace.c src/xml/parse.c src/xml/xml.c src/xml/c14n.c src/xml/dsig.c src/xml/sign.c src/xml/xmlenc.c"
  SF_SOURCES="$SF_SOURCES src/saml/message.c src/saml/redirect.c src/saml/post.c src/saml/asked.c src/saml/request.c src/saml/assertion.c src/saml/logout.c src/saml/metadata.c src/saml/publish.c src/saml/change.c src/saml/response.c src/saml/artifact.c"
  SF_SOURCES="$SF_SOURCES src/password/policy.c src/password/vault.c"
  SF_SOURCES="$SF_SOURCES src/http/ahead.c src/http/check.c src/http/gzip.c src/http/http.c src/http/inflate.c src/http/many.c src/http/origin.c src/http/transfer.c"
  SF_SOURCES="$SF_SOURCES src/salesforce/api.c src/salesforce/bayeux.c src/salesforce/bulk.c src/salesforce/changes.c src/salesforce/error.c src/salesforce/id.c src/salesforce/jwt.c src/salesforce/oauth.c src/salesforce/outbound.c src/salesforce/password.c src/salesforce/record.c src/salesforce/share.c src/salesforce/soql.c src/salesforce/token.c"
  SF_SOURCES="$SF_SOURCES ext/samlforce.c ext/exceptions.c ext/keyring.c ext/saml_exception.c ext/identity_provider.c ext/endpoints.c ext/metadata.c ext/metadata_change.c ext/assertion.c ext/binding.c ext/expectation.c ext/message.c ext/publication.c ext/report.c ext/service_provider.c ext/logout.c ext/artifact.c"
  SF_SOURCES="$SF_SOURCES ext/vault.c ext/policy.c ext/salesforce_exception.c ext/callback.c ext/credentials.c ext/worker.c ext/soql.c ext/client.c ext/client_call.c ext/client_collections.c ext/client_composite.c ext/client_files.c ext/client_query.c ext/client_records.c ext/client_replication.c ext/client_requests.c ext/client_stream.c ext/client_users.c ext/result.c ext/token_store.c ext/spool.c ext/bulk_job.c ext/bulk_rows.c ext/client_bulk.c ext/client_changes.c ext/outbound_message.c"

  PHP_NEW_EXTENSION([samlforce], [$SF_SOURCES], [$ext_shared],, [$SF_CFLAGS -I@ext_srcdir@/src -I@ext_srcdir@/ext -DZEND_ENABLE_STATIC_TSRMLS_CACHE=1])
  PHP_SUBST([SAMLFORCE_SHARED_LIBADD])
  for dir in src/base src/crypto src/xml src/saml src/password src/http src/salesforce ext; do
    PHP_ADD_BUILD_DIR([$ext_builddir/$dir])
  done
fi
