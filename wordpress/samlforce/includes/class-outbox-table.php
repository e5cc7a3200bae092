<?php
/**
 * The outbox as a table.
 *
 * @package Samlforce
 */

declare(strict_types=1);

namespace Samlforce\WordPress;

defined( 'ABSPATH' ) || exit;

final class Outbox_Table extends \WP_List_Table {

	private const SIZE = 20;

	private readonly Outbox $outbox;

	public function __construct() {
		parent::__construct(
			array(
				'singular' => 'samlforce-entry',
				'plural'   => 'samlforce-entries',
				'ajax'     => false,
				'screen'   => 'samlforce-outbox',
			)
		);
		$this->outbox = new Outbox();
	}

	/** @return array<string, string> */
	private static function states(): array {
		return array(
			'held'    => __( 'Waits for the person', 'samlforce' ),
			'pending' => __( 'Waits', 'samlforce' ),
			'working' => __( 'In progress', 'samlforce' ),
			'blocked' => __( 'Needs you', 'samlforce' ),
			'done'    => __( 'Done', 'samlforce' ),
		);
	}

	/** @return array<string, string> */
	private static function kinds(): array {
		return array(
			Outbox::REGISTER => __( 'Make Contact and User', 'samlforce' ),
			Outbox::ACTIVATE => __( 'Activate, set password', 'samlforce' ),
			Outbox::PASSWORD => __( 'Change password', 'samlforce' ),
		);
	}

	private function state(): string {
		$state = Input::get( 'state', 10 );
		return isset( self::states()[ $state ] ) ? $state : '';
	}

	public function prepare_items(): void {
		$counts = $this->outbox->counts();
		$state  = $this->state();
		$this->items           = $this->outbox->page( $this->get_pagenum(), self::SIZE, $state );
		$this->_column_headers = array( $this->get_columns(), array(), array(), 'person' );
		$this->set_pagination_args(
			array(
				'total_items' => '' !== $state ? $counts[ $state ] : array_sum( $counts ),
				'per_page'    => self::SIZE,
			)
		);
	}

	public function get_columns() {
		return array(
			'person' => __( 'Person', 'samlforce' ),
			'kind'   => __( 'What', 'samlforce' ),
			'state'  => __( 'State', 'samlforce' ),
			'error'  => __( 'Last answer', 'samlforce' ),
			'tries'  => __( 'Tries', 'samlforce' ),
			'when'   => __( 'When', 'samlforce' ),
		);
	}

	protected function get_views() {
		$counts  = $this->outbox->counts();
		$current = $this->state();
		$views   = array( 'all' => $this->view( '', __( 'All', 'samlforce' ), array_sum( $counts ), '' === $current ) );
		foreach ( self::states() as $state => $words ) {
			if ( $counts[ $state ] || $state === $current ) {
				$views[ $state ] = $this->view( $state, $words, $counts[ $state ], $state === $current );
			}
		}
		return $views;
	}

	private function view( string $state, string $words, int $count, bool $current ): string {
		return sprintf(
			'<a href="%s"%s>%s <span class="count">(%s)</span></a>',
			esc_url( Settings_Page::url( 'status', '' !== $state ? array( 'state' => $state ) : array() ) ),
			$current ? ' class="current" aria-current="page"' : '',
			esc_html( $words ),
			esc_html( number_format_i18n( $count ) )
		);
	}

	public function no_items() {
		esc_html_e( 'Nothing is waiting.', 'samlforce' );
	}

	protected function column_person( $row ): string {
		$user    = get_userdata( (int) $row->user_id );
		$name    = $user ? $user->user_login : '#' . $row->user_id;
		$text    = $user && current_user_can( 'edit_user', $user->ID )
			? sprintf( '<strong><a href="%s">%s</a></strong>', esc_url( get_edit_user_link( $user->ID ) ), esc_html( $name ) )
			: '<strong>' . esc_html( $name ) . '</strong>';
		$text   .= $user ? '<br />' . esc_html( $user->user_email ) : '';
		$actions = array();
		if ( in_array( $row->state, array( 'pending', 'blocked' ), true ) ) {
			$actions['retry'] = sprintf( '<a href="%s">%s</a>', esc_url( Status_Page::action_url( 'retry', (int) $row->id ) ), esc_html__( 'Retry', 'samlforce' ) );
		}
		if ( 'working' !== $row->state ) {
			$actions['delete'] = sprintf( '<a class="submitdelete" data-samlforce-confirm="%s" href="%s">%s</a>', esc_attr__( 'Discard this entry? What it stands for is then not done in Salesforce.', 'samlforce' ), esc_url( Status_Page::action_url( 'discard', (int) $row->id ) ), esc_html__( 'Discard', 'samlforce' ) );
		}
		return $text . $this->row_actions( $actions, true );
	}

	protected function column_kind( $row ): string {
		return esc_html( self::kinds()[ $row->kind ] ?? $row->kind );
	}

	protected function column_state( $row ): string {
		return sprintf( '<span class="samlforce-state samlforce-state-%s">%s</span>', esc_attr( $row->state ), esc_html( self::states()[ $row->state ] ?? $row->state ) );
	}

	protected function column_error( $row ): string {
		if ( '' === (string) $row->error_code ) {
			return '—';
		}
		return esc_html( (string) $row->error ) . '<br /><code>' . esc_html( $row->error_code ) . '</code>';
	}

	protected function column_tries( $row ): string {
		return esc_html( number_format_i18n( (int) $row->attempts ) );
	}

	protected function column_when( $row ): string {
		/* translators: %s: a span of time. */
		$text = esc_html( sprintf( __( '%s ago', 'samlforce' ), human_time_diff( (int) $row->updated_at ) ) );
		if ( 'pending' === $row->state && $row->next_attempt_at > time() ) {
			/* translators: %s: a span of time. */
			$text .= '<br />' . esc_html( sprintf( __( 'again in %s', 'samlforce' ), human_time_diff( time(), (int) $row->next_attempt_at ) ) );
		}
		return $text;
	}
}
