/* What became of the parts of a call: the classes of stubs/results.stub.php. */
#ifndef RESULT_H
#define RESULT_H

#include "bulk.h"
#include "client.h"

extern zend_class_entry *sf_ce_row_results;

/* In error.c's sense: from {"statusCode" or "errorCode", "message", "fields"}, decoded; `status` is the HTTP status, or 0. The fields stay where they are. */
void sf_failure_of_zval(struct sf_failure *failure, zval *error, long status);

/* Each makes an object of its class. A NULL failure: a success. `fields` is the decoded list, or NULL. */
void sf_row_result(zval *result, zval *id, bool created, const struct sf_failure *failure, zval *fields);
void sf_sub_result(zval *result, zend_long status, zval *body, const struct sf_failure *failure, zval *fields);
void sf_graph_result(zval *result, zval *results, const zend_string *cause);

/* The first of a decoded list of errors, or the bare object; NULL if it is neither. */
zval *sf_first_error(zval *body);

/* Setup objects decide who may do what, and no transaction takes them together with others (Apex Developer Guide, "sObjects That Cannot Be Used Together in DML Operations"). */
bool sf_is_setup_object(struct sf_span name);

#endif
