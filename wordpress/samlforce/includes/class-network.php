<?php
/**
 * In a network of sites: whether each has settings of its own, or all go by those of the main site.
 *
 * Shared are the settings, the identity providers and their rules, the emergency address, and who is linked with whom: an account
 * belongs to the whole network, and where the identity provider is the same, so is the person. Each site still has an ACS address
 * and a log of its own.
 *
 * @package Samlforce
 */

declare(strict_types=1);

namespace Samlforce\WordPress;

defined( 'ABSPATH' ) || exit;

final class Network {

	public const OPTION = 'samlforce_shared';

	public static function is_shared(): bool {
		return is_multisite() && (bool) get_site_option( self::OPTION );
	}

	public static function share( bool $shared ): void {
		update_site_option( self::OPTION, $shared ? 1 : 0 );
	}

	/** Whether the settings of this site are decided on another one. */
	public static function decides_elsewhere(): bool {
		return self::is_shared() && ! is_main_site();
	}

	public static function get( string $option ): mixed {
		return self::decides_elsewhere() ? get_blog_option( get_main_site_id(), $option ) : get_option( $option );
	}

	/** Whether it holds the value now. */
	public static function set( string $option, mixed $value, bool $autoload = true ): bool {
		if ( self::decides_elsewhere() ) {
			update_blog_option( get_main_site_id(), $option, $value );
		} else {
			update_option( $option, $value, $autoload );
		}
		return self::get( $option ) === $value;
	}

	/** The prefix of the tables that are shared with the settings. */
	public static function prefix(): string {
		global $wpdb;
		return self::is_shared() ? $wpdb->get_blog_prefix( get_main_site_id() ) : $wpdb->prefix;
	}
}
