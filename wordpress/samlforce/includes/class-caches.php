<?php
/**
 * Tells page caches to keep off: what we show belongs to one browser, and to one moment.
 *
 * @package Samlforce
 */

declare(strict_types=1);

namespace Samlforce\WordPress;

defined( 'ABSPATH' ) || exit;

final class Caches {

	/** For a page that has not been sent yet; where headers are out already, the constants still reach the caches of plugins. */
	public static function keep_off(): void {
		// The names that the common cache plugins look for.
		foreach ( array( 'DONOTCACHEPAGE', 'DONOTCACHEOBJECT', 'DONOTCACHEDB' ) as $name ) {
			if ( ! defined( $name ) ) {
				define( $name, true );
			}
		}
		if ( headers_sent() ) {
			return;
		}
		nocache_headers();
		// Older releases of WordPress leave no-store and private out for people who aren't signed in.
		header( 'Cache-Control: no-cache, must-revalidate, max-age=0, no-store, private' );
		header( 'Vary: Cookie', false );
	}
}
