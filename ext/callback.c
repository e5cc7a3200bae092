/* PHP code that runs while the core works: a token store, or what gives or takes a body that streams. */
#include "php_salesforce.h"

#include "zend_exceptions.h"
#include "zend_fibers.h"

/*
 * The core holds memory that isn't PHP's while this runs, and libcurl is in the middle of its work. So what PHP code does to get away (exit(),
 * a fatal error, the time limit, a fiber) is caught or refused here; the core comes to its end, and sf_end_callbacks() goes on with it then.
 */
bool sf_run_php(void (*run)(void *arg), void *arg)
{
	if (EG(exception) || SF_G(bailed)) {
		return false;
	}
	zend_fiber_switch_block();
	zend_try {
		run(arg);
	} zend_catch {
		SF_G(bailed) = true;
	} zend_end_try();
	zend_fiber_switch_unblock();
	return !SF_G(bailed) && !EG(exception);
}

void sf_end_callbacks(void)
{
	if (SF_G(bailed)) {
		SF_G(bailed) = false;
		zend_bailout();
	}
}
