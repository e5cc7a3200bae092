<?php
/**
 * Works through the outbox, and decides after a failure what becomes of the row.
 *
 * @package Samlforce
 */

declare(strict_types=1);

namespace Samlforce\WordPress;

use Samlforce\Keyring;
use Samlforce\KeyringException;
use Samlforce\Salesforce\Action;
use Samlforce\Salesforce\Reason;
use Samlforce\Salesforce\SalesforceException;

defined( 'ABSPATH' ) || exit;

final class Outbox_Worker {

	/** Until when nothing is sent, why, and since when: {until, code, sentence, since}. */
	public const PAUSE = 'samlforce_pause';

	private const PAUSE_SECONDS = 15 * MINUTE_IN_SECONDS;

	private readonly Outbox $outbox;

	public function __construct() {
		$this->outbox = new Outbox();
	}

	/** @return array{until: int, code: string, sentence: string, since: int}|null the pause, also one whose time is over but that no success has ended. */
	public static function pause(): ?array {
		$pause = get_option( self::PAUSE );
		return is_array( $pause ) && isset( $pause['until'], $pause['code'], $pause['sentence'], $pause['since'] ) ? $pause : null;
	}

	public static function resume(): void {
		delete_option( self::PAUSE );
	}

	/** @return int how many rows were done. */
	public function run( int $seconds = 20 ): int {
		$pause = self::pause();
		if ( $pause && $pause['until'] > time() ) {
			return 0;
		}
		$end  = time() + $seconds;
		$done = 0;
		while ( time() < $end ) {
			$row = $this->outbox->claim();
			if ( ! $row ) {
				break;
			}
			[ $was_done, $go_on ] = $this->attempt( $row );
			$done                += (int) $was_done;
			if ( ! $go_on ) {
				break;
			}
		}
		return $done;
	}

	/** @return array{bool, bool} whether it is done, and whether the next row is worth a try. */
	private function attempt( object $row ): array {
		global $wpdb;
		$user = get_userdata( (int) $row->user_id );
		if ( ! $user ) {
			// Only where the database has said so: the lease brings the row back if it just didn't answer.
			if ( '' !== $wpdb->last_error ) {
				return array( false, false );
			}
			$this->outbox->discard( (int) $row->id );
			return array( false, true );
		}
		if ( Outbox::REGISTER !== $row->kind && ! Keyring::has( Settings::text( 'vault_key' ) ) ) {
			// Nothing is wrong with what was sealed: when the key is back it can be used.
			/* translators: %s: name of a setting. */
			$this->stop( $row, 'KEYRING', sprintf( __( 'PHP has not loaded the key that is chosen under "%s". Put it back into the folder that samlforce.keyring in php.ini names, and restart PHP.', 'samlforce' ), Settings_Fields::label( 'vault_key' ) ), self::PAUSE_SECONDS );
			return array( false, false );
		}
		$missing = Connection::what_is_missing();
		if ( '' !== $missing ) {
			$this->stop( $row, 'NOT_SET_UP', $missing, self::PAUSE_SECONDS );
			return array( false, false );
		}
		try {
			( new Salesforce_Steps( Connection::client() ) )->perform( $row, $user );
			$this->outbox->done( $row );
			self::resume();
			return array( true, true );
		} catch ( Password_Needed $e ) {
			// Only if the lease is still ours: otherwise the person has just chosen another one.
			if ( $this->outbox->block( $row, $e->code_name, $e->getMessage(), true ) ) {
				Password_Change::ask_for_another( $user );
			}
			return array( false, true );
		} catch ( SalesforceException $e ) {
			return array( false, $this->failed( $row, $user, $e ) );
		} catch ( KeyringException $e ) {
			$this->stop( $row, 'KEYRING', Connection::explain( $e ), self::PAUSE_SECONDS );
			return array( false, false );
		} catch ( \Throwable $e ) {
			$this->outbox->block( $row, 'UNEXPECTED', $e->getMessage() );
			return array( false, true );
		}
	}

	/** @return bool whether the next row is worth a try now. */
	private function failed( object $row, \WP_User $user, SalesforceException $e ): bool {
		$code     = $e->errorCode ?? strtoupper( $e->reason->value );
		$sentence = Connection::explain( $e );

		// What no row can help: the settings or php.ini.
		$settings = in_array( $e->reason, array( Reason::HostNotAllowed, Reason::KeyUnusable ), true );

		if ( $settings || Action::Pause === $e->action || Action::Authenticate === $e->action ) {
			$this->stop( $row, $code, $sentence, max( self::PAUSE_SECONDS, (int) $e->retryAfter ) );
			return false;
		}
		if ( Action::Retry === $e->action ) {
			$this->outbox->postpone( $row, time() + self::backoff( (int) $row->attempts, $e->retryAfter ), $code, $sentence, $e->ambiguous );
			// A lock concerns this row; everything else of this kind concerns Salesforce as a whole, and the next row would only wait as long.
			return 'UNABLE_TO_LOCK_ROW' === $code;
		}
		$this->outbox->block( $row, $code, $this->advice( $code, $user, $sentence ) );
		return true;
	}

	/** What look-up could not resolve, in words for the administrator. */
	private function advice( string $code, \WP_User $user, string $sentence ): string {
		return match ( $code ) {
			'DUPLICATE_USERNAME' => sprintf(
				/* translators: %s: a user name. */
				__( 'Salesforce already has a user named %s, perhaps in another org: names are unique over all of Salesforce. Set a username suffix under Settings, Samlforce, Salesforce, then press Retry.', 'samlforce' ),
				Account::username_for( $user->user_email )
			),
			'DUPLICATES_DETECTED' => __( 'A duplicate rule in Salesforce found more than one Contact like this, or one that belongs to another account. Merge or correct the Contact there, then press Retry.', 'samlforce' ),
			'PORTAL_USER_ALREADY_EXISTS_FOR_CONTACT' => __( 'The Contact in Salesforce already has another User. Correct it there, then press Retry.', 'samlforce' ),
			default => $sentence,
		};
	}

	private function stop( object $row, string $code, string $sentence, int $seconds ): void {
		$before = self::pause();
		$this->outbox->give_back( $row, $code, $sentence );
		update_option(
			self::PAUSE,
			array(
				'until'    => time() + $seconds,
				'code'     => $code,
				'sentence' => $sentence,
				'since'    => $before['since'] ?? time(),
			),
			false
		);
	}

	/** 15 seconds, doubled each time up to an hour, plus or minus half, so that many rows don't come back at once. */
	public static function backoff( int $attempts, ?int $retry_after ): int {
		$base = min( HOUR_IN_SECONDS, 15 * 2 ** min( 10, max( 0, $attempts - 1 ) ) );
		return max( (int) ( $base * random_int( 50, 150 ) / 100 ), (int) $retry_after );
	}
}
