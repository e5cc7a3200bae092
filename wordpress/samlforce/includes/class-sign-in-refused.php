<?php
/**
 * A sign-in that does not end in a session: what the person reads, and what the administrator reads.
 *
 * @package Samlforce
 */

declare(strict_types=1);

namespace Samlforce\WordPress;

defined( 'ABSPATH' ) || exit;

final class Sign_In_Refused extends \Exception {

	/**
	 * @param string $sentence what the person reads.
	 * @param string $reason   a short code.
	 * @param string $detail   what the administrator reads; the same sentence if empty.
	 */
	public function __construct( string $sentence, public readonly string $reason, public readonly string $detail = '', public readonly ?string $found = null, public readonly ?string $expected = null, public readonly int $user_id = 0 ) {
		parent::__construct( $sentence );
	}
}
