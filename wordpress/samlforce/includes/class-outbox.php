<?php
/**
 * What has to be done in Salesforce, kept in the database until it is done.
 *
 * States: `held` waits for the person to confirm the address; `pending` is due at next_attempt_at; `working` belongs to
 * one worker until lease_until; `blocked` waits for a person; `done` is kept for a while to be looked at.
 * A worker ends its row only with the lease that it took: whoever came in between (a worker after a crash, a person
 * who chose another password) wins.
 *
 * @package Samlforce
 */

declare(strict_types=1);

namespace Samlforce\WordPress;

use Samlforce\Password\Vault;
use Samlforce\SamlforceException;

defined( 'ABSPATH' ) || exit;

final class Outbox {

	public const REGISTER = 'register';
	public const ACTIVATE = 'activate';
	public const PASSWORD = 'password';

	/** Longer than the calls of one row can take together, each with its time-out. */
	public const LEASE_SECONDS = 240;

	/** What must be done for the same person before a kind may start. */
	private const AFTER = array(
		self::ACTIVATE => self::REGISTER,
		self::PASSWORD => self::ACTIVATE,
	);

	/**
	 * Enters a row, or starts the one of this person and kind anew. Whoever works on it at this moment loses the lease.
	 *
	 * @throws \RuntimeException If the database refuses.
	 */
	public function put( int $user_id, string $kind, string $state, ?string $sealed = null ): void {
		global $wpdb;
		$now  = time();
		$data = array(
			'state'           => $state,
			'sealed'          => $sealed,
			'attempts'        => 0,
			'ambiguous_at'    => 0,
			'next_attempt_at' => $now,
			'lease_token'     => '',
			'lease_until'     => 0,
			'error_code'      => '',
			'error'           => null,
			'updated_at'      => $now,
		);
		if ( $this->row_of( $user_id, $kind ) ) {
			$done = $wpdb->update(
				Database::outbox(),
				$data,
				array(
					'user_id' => $user_id,
					'kind'    => $kind,
				)
			);
		} else {
			$done = $wpdb->insert(
				Database::outbox(),
				$data + array(
					'user_id'    => $user_id,
					'kind'       => $kind,
					'created_at' => $now,
				)
			);
		}
		if ( false === $done ) {
			throw new \RuntimeException( 'The outbox could not be written to: the database refused.' );
		}
	}

	public function row( int $id ): ?object {
		global $wpdb;
		// phpcs:disable WordPress.DB.PreparedSQL.InterpolatedNotPrepared -- table names are ours.
		return $wpdb->get_row( $wpdb->prepare( 'SELECT * FROM ' . Database::outbox() . ' WHERE id = %d', $id ) );
	}

	public function row_of( int $user_id, string $kind ): ?object {
		global $wpdb;
		return $wpdb->get_row( $wpdb->prepare( 'SELECT * FROM ' . Database::outbox() . ' WHERE user_id = %d AND kind = %s', $user_id, $kind ) );
	}

	/**
	 * A held row becomes due. False if there was none.
	 *
	 * @throws \RuntimeException If the database refuses.
	 */
	public function release_held( int $user_id, string $kind ): bool {
		global $wpdb;
		$rows = $wpdb->query(
			$wpdb->prepare(
				'UPDATE ' . Database::outbox() . " SET state = 'pending', next_attempt_at = %d, updated_at = %d WHERE user_id = %d AND kind = %s AND state = 'held'",
				time(),
				time(),
				$user_id,
				$kind
			)
		);
		if ( false === $rows ) {
			throw new \RuntimeException( 'The outbox could not be written to: the database refused.' );
		}
		return 1 === $rows;
	}

	/**
	 * Takes the next row that is due, for this worker alone.
	 *
	 * Two workers may read the same candidate; only one UPDATE finds it as it was read.
	 */
	public function claim(): ?object {
		global $wpdb;
		for ( $try = 0; $try < 5; $try++ ) {
			$now = time();
			$row = $this->next_due( $now );
			if ( ! $row ) {
				return null;
			}
			$lease = bin2hex( random_bytes( 16 ) );
			$won   = $wpdb->query(
				$wpdb->prepare(
					'UPDATE ' . Database::outbox() . " SET state = 'working', lease_token = %s, lease_until = %d, attempts = attempts + 1, updated_at = %d WHERE id = %d AND state = %s AND lease_token = %s",
					$lease,
					$now + self::LEASE_SECONDS,
					$now,
					$row->id,
					$row->state,
					$row->lease_token
				)
			);
			if ( 1 === $won ) {
				return $this->row( (int) $row->id );
			}
		}
		return null;
	}

	private function next_due( int $now ): ?object {
		global $wpdb;
		$table = Database::outbox();
		$waits = array();
		foreach ( self::AFTER as $kind => $before ) {
			$waits[] = "( o.kind = '$kind' AND b.kind = '$before' )";
		}
		// phpcs:disable Samlforce.DB.PreparedSQL -- the table and the kinds are names of ours.
		return $wpdb->get_row(
			$wpdb->prepare(
				"SELECT o.id, o.state, o.lease_token FROM $table o
				LEFT JOIN $table b ON b.user_id = o.user_id AND b.state <> 'done' AND ( " . implode( ' OR ', $waits ) . " )
				WHERE ( ( o.state = 'pending' AND o.next_attempt_at <= %d ) OR ( o.state = 'working' AND o.lease_until < %d ) ) AND b.id IS NULL
				ORDER BY o.next_attempt_at, o.id LIMIT 1",
				$now,
				$now
			)
		);
		// phpcs:enable Samlforce.DB.PreparedSQL
	}

	/** Done: the sealed password is erased in the same statement. */
	public function done( object $row ): bool {
		return $this->end(
			$row,
			array(
				'state'      => 'done',
				'sealed'     => null,
				'error_code' => '',
				'error'      => null,
			)
		);
	}

	/** Again at $at. */
	public function postpone( object $row, int $at, string $code, string $sentence, bool $ambiguous = false ): bool {
		return $this->end(
			$row,
			array(
				'state'           => 'pending',
				'next_attempt_at' => $at,
				'error_code'      => $code,
				'error'           => $sentence,
			) + ( $ambiguous && ! $row->ambiguous_at ? array( 'ambiguous_at' => time() ) : array() )
		);
	}

	/** Back to the front, as if it had not been tried: the fault was not this row's. */
	public function give_back( object $row, string $code, string $sentence ): bool {
		return $this->end(
			$row,
			array(
				'state'           => 'pending',
				'attempts'        => max( 0, (int) $row->attempts - 1 ),
				'next_attempt_at' => time(),
				'error_code'      => $code,
				'error'           => $sentence,
			)
		);
	}

	/** A person has to do something first. */
	public function block( object $row, string $code, string $sentence, bool $erase = false ): bool {
		return $this->end(
			$row,
			array(
				'state'      => 'blocked',
				'error_code' => $code,
				'error'      => $sentence,
			) + ( $erase ? array( 'sealed' => null ) : array() )
		);
	}

	private function end( object $row, array $data ): bool {
		global $wpdb;
		// Salesforce's words: what the column can't hold would make WordPress refuse the whole update.
		if ( isset( $data['error'] ) ) {
			$data['error_code'] = mb_substr( mb_scrub( $data['error_code'], 'UTF-8' ), 0, 80, 'UTF-8' );
			$data['error']      = mb_substr( mb_scrub( $data['error'], 'UTF-8' ), 0, 2000, 'UTF-8' );
			if ( 'utf8mb4' !== $wpdb->charset ) {
				$data['error'] = (string) preg_replace( '/[\x{10000}-\x{10FFFF}]/u', '?', $data['error'] );
			}
		}
		return 1 === $wpdb->update(
			Database::outbox(),
			$data + array(
				'lease_token' => '',
				'lease_until' => 0,
				'updated_at'  => time(),
			),
			array(
				'id'          => $row->id,
				'lease_token' => $row->lease_token,
			)
		);
	}

	/** The administrator's "Retry": only what is not being worked on, not held and not done. */
	public function retry_now( int $id ): bool {
		global $wpdb;
		return 1 === $wpdb->query(
			$wpdb->prepare(
				'UPDATE ' . Database::outbox() . " SET state = 'pending', attempts = 0, next_attempt_at = %d, updated_at = %d WHERE id = %d AND state IN ( 'pending', 'blocked' )",
				time() - 1,
				time(),
				$id
			)
		);
	}

	public function discard( int $id ): bool {
		global $wpdb;
		return 1 === $wpdb->delete( Database::outbox(), array( 'id' => $id ) );
	}

	public function discard_user( int $user_id ): void {
		global $wpdb;
		$wpdb->delete( Database::outbox(), array( 'user_id' => $user_id ) );
	}

	/** @return array<string, int> how many rows are in each state. */
	public function counts(): array {
		global $wpdb;
		$counts = array_fill_keys( array( 'held', 'pending', 'working', 'blocked', 'done' ), 0 );
		foreach ( (array) $wpdb->get_results( 'SELECT state, COUNT(*) AS n FROM ' . Database::outbox() . ' GROUP BY state' ) as $row ) {
			$counts[ $row->state ] = (int) $row->n;
		}
		return $counts;
	}

	/** Since when the oldest row that should have been done is waiting; null if none is. */
	public function waiting_since(): ?int {
		global $wpdb;
		$at = $wpdb->get_var( 'SELECT MIN(created_at) FROM ' . Database::outbox() . " WHERE state IN ( 'pending', 'working' )" );
		return null === $at ? null : (int) $at;
	}

	/** @return list<object> newest first. */
	public function page( int $number, int $size, string $state = '' ): array {
		global $wpdb;
		$where = '' !== $state ? $wpdb->prepare( 'WHERE state = %s', $state ) : '';
		// phpcs:disable Samlforce.DB.PreparedSQL -- prepared above; WPCS forgets an "ignore" after an "enable".
		return (array) $wpdb->get_results( $wpdb->prepare( 'SELECT * FROM ' . Database::outbox() . " $where ORDER BY updated_at DESC, id DESC LIMIT %d OFFSET %d", $size, ( $number - 1 ) * $size ) );
		// phpcs:enable Samlforce.DB.PreparedSQL
	}

	/**
	 * What was sealed with an older generation of the key is sealed anew with the newest, so that the older one can be taken away.
	 *
	 * @return int how many there were.
	 */
	public function reseal( Vault $vault ): int {
		global $wpdb;
		$done  = 0;
		$after = 0;
		do {
			$rows = (array) $wpdb->get_results( $wpdb->prepare( 'SELECT id, sealed FROM ' . Database::outbox() . " WHERE sealed IS NOT NULL AND state <> 'working' AND id > %d ORDER BY id LIMIT 200", $after ) );
			foreach ( $rows as $row ) {
				$after = (int) $row->id;
				try {
					$sealed = $vault->reseal( (string) $row->sealed );
				} catch ( SamlforceException ) {
					continue; // Its time is over, or it is not ours: the worker says so when its turn comes.
				}
				if ( $sealed !== $row->sealed ) {
					// Only over what was read: the person may have chosen another password meanwhile.
					$done += (int) $wpdb->query( $wpdb->prepare( 'UPDATE ' . Database::outbox() . ' SET sealed = %s WHERE id = %d AND sealed = %s', $sealed, $row->id, $row->sealed ) );
				}
			}
		} while ( 200 === count( $rows ) );
		return $done;
	}

	/** What was done long ago goes, and so does a sealed password that nobody can use any more. */
	public function clean_up(): void {
		global $wpdb;
		$wpdb->query( $wpdb->prepare( 'DELETE FROM ' . Database::outbox() . " WHERE state = 'done' AND updated_at < %d", time() - MONTH_IN_SECONDS ) );
		$wpdb->query( $wpdb->prepare( 'UPDATE ' . Database::outbox() . " SET sealed = NULL WHERE sealed IS NOT NULL AND state IN ( 'held', 'blocked' ) AND created_at < %d AND updated_at < %d", time() - Sealed_Registration::LIFETIME, time() - Sealed_Registration::LIFETIME ) );
	}
}
