<?php
/**
 * The last sign-ins as a table.
 *
 * @package Samlforce
 */

declare(strict_types=1);

namespace Samlforce\WordPress;

defined( 'ABSPATH' ) || exit;

final class Log_Table extends \WP_List_Table {

	private const SIZE = 20;

	public function __construct() {
		parent::__construct(
			array(
				'singular' => 'samlforce-sign-in',
				'plural'   => 'samlforce-sign-ins',
				'ajax'     => false,
				'screen'   => 'samlforce-log',
			)
		);
	}

	/** The newest only: `paged` in the address belongs to the other table of this page. */
	public function get_pagenum() {
		return 1;
	}

	public function prepare_items(): void {
		$this->items           = Sign_In_Log::page( 1, self::SIZE );
		$this->_column_headers = array( $this->get_columns(), array(), array(), 'when' );
	}

	public function get_columns() {
		return array(
			'when'      => __( 'When', 'samlforce' ),
			'outcome'   => __( 'Outcome', 'samlforce' ),
			'message'   => __( 'Why', 'samlforce' ),
			'found'     => __( 'Found', 'samlforce' ),
			'expected'  => __( 'Expected', 'samlforce' ),
			'reference' => __( 'Reference', 'samlforce' ),
		);
	}

	public function no_items() {
		esc_html_e( 'Nobody has signed in at the portal yet.', 'samlforce' );
	}

	protected function display_tablenav( $which ) {}

	protected function column_when( $row ): string {
		return esc_html( wp_date( get_option( 'date_format' ) . ' ' . get_option( 'time_format' ), (int) $row->at ) );
	}

	protected function column_outcome( $row ): string {
		$words = array(
			'signed in'  => __( 'Signed in', 'samlforce' ),
			'signed out' => __( 'Signed out', 'samlforce' ),
			'refused'    => __( 'Refused', 'samlforce' ),
			'warning'    => __( 'Warning', 'samlforce' ),
		);
		$state = array(
			'signed in'  => 'done',
			'signed out' => 'done',
			'refused'    => 'blocked',
			'warning'    => 'pending',
		);
		$user  = $row->user_id ? get_userdata( (int) $row->user_id ) : false;
		return sprintf( '<span class="samlforce-state samlforce-state-%s">%s</span>', esc_attr( $state[ $row->outcome ] ?? 'held' ), esc_html( $words[ $row->outcome ] ?? $row->outcome ) ) . ( $user ? '<br />' . esc_html( $user->user_login ) : '' );
	}

	protected function column_message( $row ): string {
		return esc_html( $row->message ) . ( '' !== $row->reason ? '<br /><code>' . esc_html( $row->reason ) . '</code>' : '' );
	}

	protected function column_found( $row ): string {
		return '' !== (string) $row->found ? '<code>' . esc_html( $row->found ) . '</code>' : '—';
	}

	protected function column_expected( $row ): string {
		return '' !== (string) $row->expected ? '<code>' . esc_html( $row->expected ) . '</code>' : '—';
	}

	protected function column_reference( $row ): string {
		return '<code>' . esc_html( $row->reference ) . '</code>';
	}
}
