<?php
/**
 * Salesforce can't be given the password that we hold (or we hold none): only the person can help, by choosing another.
 *
 * @package Samlforce
 */

declare(strict_types=1);

namespace Samlforce\WordPress;

defined( 'ABSPATH' ) || exit;

final class Password_Needed extends \Exception {

	public function __construct( public readonly string $code_name, string $sentence ) {
		parent::__construct( $sentence );
	}
}
