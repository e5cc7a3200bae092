<?php
/**
 * WordPress's check that every query is prepared, which knows the names of the plugin's own tables: they come from no input.
 */

namespace PHP_CodeSniffer\Standards\Samlforce\Sniffs\DB;

use WordPressCS\WordPress\Sniffs\DB\PreparedSQLSniff as WordPressSniff;

class PreparedSQLSniff extends WordPressSniff {
	private const TABLES = array( 'outbox', 'replay', 'logins', 'links', 'log', 'tokens', 'sessions' );

	public function register() {
		// Database::outbox(): the class's name and the two colons are skipped, the method's name is taken for a safe function.
		$this->ignored_tokens[ \T_DOUBLE_COLON ] = true;
		$this->formattingFunctions['Database']   = true;
		foreach ( self::TABLES as $table ) {
			$this->SQLAutoEscapedFunctions[ $table ] = true;
		}
		return parent::register();
	}
}
