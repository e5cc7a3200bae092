<?php
/**
 * When the work is done: right after the answer has gone to the browser, and every minute by WP-Cron.
 *
 * @package Samlforce
 */

declare(strict_types=1);

namespace Samlforce\WordPress;

use Samlforce\Keyring;
use Samlforce\Password\Vault;
use Samlforce\SamlforceException;

defined( 'ABSPATH' ) || exit;

final class Schedule {

	private const RUN   = 'samlforce_run_outbox';
	private const CLEAN = 'samlforce_clean_up';

	/** @var list<callable> */
	private static array $later = array();

	private static bool $run_outbox = false;

	public function register(): void {
		// phpcs:ignore WordPress.WP.CronInterval -- the outbox of people who are waiting.
		add_filter( 'cron_schedules', array( $this, 'add_minute' ) );
		add_action( 'init', array( $this, 'schedule' ) );
		add_action( self::RUN, array( $this, 'run' ) );
		add_action( self::CLEAN, array( $this, 'clean_up' ) );
		add_action( 'shutdown', array( $this, 'finish' ), 100 );
	}

	public function add_minute( $schedules ) {
		$schedules['samlforce_minute'] = array(
			'interval' => MINUTE_IN_SECONDS,
			'display'  => __( 'Every minute (Samlforce)', 'samlforce' ),
		);
		return $schedules;
	}

	public function schedule(): void {
		if ( ! wp_next_scheduled( self::RUN ) ) {
			wp_schedule_event( time(), 'samlforce_minute', self::RUN );
		}
		if ( ! wp_next_scheduled( self::CLEAN ) ) {
			wp_schedule_event( time() + HOUR_IN_SECONDS, 'hourly', self::CLEAN );
		}
	}

	public static function clear(): void {
		wp_clear_scheduled_hook( self::RUN );
		wp_clear_scheduled_hook( self::CLEAN );
	}

	public function run(): void {
		( new Outbox_Worker() )->run();
	}

	public function clean_up(): void {
		( new Outbox() )->clean_up();
		self::reseal();
		( new Replay_Guard() )->clean_up();
		( new Pending_Logins() )->clean_up();
		Sign_In_Log::clean_up();
		Sessions::clean_up();
	}

	/** After the key got its next generation; otherwise there is nothing to do. */
	private static function reseal(): void {
		try {
			$key = Settings::text( 'vault_key' );
			if ( count( Keyring::generations( $key ) ) > 1 ) {
				( new Outbox() )->reseal( new Vault( $key ) );
			}
		} catch ( SamlforceException ) {
			return; // There is no such key now: Site Health says so.
		}
	}

	/** Something was entered in the outbox: the person should not have to wait for cron. */
	public static function run_after_response(): void {
		self::$run_outbox = true;
	}

	public static function after_response( callable $work ): void {
		self::$later[] = $work;
	}

	/** The end of the request. */
	public function finish(): void {
		if ( ! self::$later && ! self::$run_outbox ) {
			return;
		}
		$answered = self::end_response();
		foreach ( self::$later as $work ) {
			$work();
		}
		self::$later = array();
		// Where the browser would have to wait, and in the command line, cron does it.
		if ( self::$run_outbox && $answered ) {
			$this->run();
		}
		self::$run_outbox = false;
	}

	/** Sends what there is to the browser, and goes on without it. False where the server can't. */
	private static function end_response(): bool {
		ignore_user_abort( true );
		if ( function_exists( 'fastcgi_finish_request' ) ) {
			fastcgi_finish_request();
			return true;
		}
		if ( function_exists( 'litespeed_finish_request' ) ) {
			litespeed_finish_request();
			return true;
		}
		return false;
	}
}
