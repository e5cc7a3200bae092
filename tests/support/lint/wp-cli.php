<?php
/** What the plugin uses of wp-cli, for the analyser: never loaded. */

namespace {
	class WP_CLI {
		public static function add_command( string $name, $callable, array $arguments = array() ): bool {}
		/** @return never */
		public static function error( string $message ) {}
		/** @return never */
		public static function halt( int $status ) {}
		public static function line( string $message = '' ): void {}
		public static function log( string $message ): void {}
		public static function success( string $message ): void {}
		public static function warning( string $message ): void {}
		public static function confirm( string $question, array $options = array() ): void {}
	}
}

namespace WP_CLI\Utils {
	/** @param string|string[] $fields */
	function format_items( string $format, iterable $items, $fields ): void {}
	/** @return object */
	function make_progress_bar( string $message, int $count ) {}
	/** @return mixed */
	function get_flag_value( array $options, string $flag, $default = null ) {}
}
