<?php
/**
 * The tab "Status": what waits for Salesforce, and the last sign-ins. Also the notice when nothing goes out.
 *
 * @package Samlforce
 */

declare(strict_types=1);

namespace Samlforce\WordPress;

defined( 'ABSPATH' ) || exit;

final class Status_Page {

	public function register(): void {
		add_action( 'admin_post_samlforce_outbox', array( $this, 'act' ) );
		add_action( 'admin_notices', array( $this, 'print_pause' ) );
	}

	public static function action_url( string $what, int $id = 0 ): string {
		return wp_nonce_url(
			add_query_arg(
				array(
					'action' => 'samlforce_outbox',
					'what'   => $what,
					'id'     => $id,
				),
				admin_url( 'admin-post.php' )
			),
			"samlforce_{$what}_{$id}"
		);
	}

	/** Retry, discard, run or resume; each link has a nonce of its own, for its row alone. */
	public function act(): void {
		if ( ! current_user_can( Settings_Page::capability() ) ) {
			wp_die( esc_html__( 'You are not allowed to do that.', 'samlforce' ), 403 );
		}
		$what = Input::get( 'what', 20 );
		$id   = (int) Input::get( 'id', 20 );
		check_admin_referer( "samlforce_{$what}_{$id}" );

		$outbox = new Outbox();
		$worker = new Outbox_Worker();
		switch ( $what ) {
			case 'retry':
				$outbox->retry_now( $id );
				$worker->run();
				break;
			case 'discard':
				$outbox->discard( $id );
				break;
			case 'resume':
				Outbox_Worker::resume();
				$worker->run();
				break;
			case 'run':
				$worker->run();
				break;
		}
		wp_safe_redirect( Settings_Page::url( 'status' ) );
		exit;
	}

	public function print_pause(): void {
		$pause = current_user_can( Settings_Page::capability() ) ? Outbox_Worker::pause() : null;
		if ( ! $pause ) {
			return;
		}
		printf(
			'<div class="notice notice-error"><p><strong>%s</strong> %s</p><p>%s <a href="%s">%s</a></p></div>',
			esc_html__( 'Samlforce sends nothing to Salesforce at the moment.', 'samlforce' ),
			esc_html( $pause['sentence'] ),
			esc_html(
				sprintf(
					/* translators: 1: a span of time, 2: an error code. */
					__( 'Since %1$s (%2$s). Nothing is lost: it is tried again by itself.', 'samlforce' ),
					human_time_diff( $pause['since'] ),
					$pause['code']
				)
			),
			esc_url( self::action_url( 'resume' ) ),
			esc_html__( 'Try again now', 'samlforce' )
		);
	}

	public static function print_content(): void {
		require_once ABSPATH . 'wp-admin/includes/class-wp-list-table.php';
		require_once __DIR__ . '/class-outbox-table.php';
		require_once __DIR__ . '/class-log-table.php';

		$table = new Outbox_Table();
		$table->prepare_items();
		?>
		<h2><?php esc_html_e( 'Outbox to Salesforce', 'samlforce' ); ?></h2>
		<form method="get">
			<?php $table->views(); ?>
			<?php $table->display(); ?>
		</form>
		<p><a class="button" href="<?php echo esc_url( self::action_url( 'run' ) ); ?>"><?php esc_html_e( 'Work through it now', 'samlforce' ); ?></a></p>
		<?php Metadata_Panel::print_summary(); ?>
		<h2><?php esc_html_e( 'Last sign-ins', 'samlforce' ); ?></h2>
		<?php
		$log = new Log_Table();
		$log->prepare_items();
		$log->display();
	}
}
