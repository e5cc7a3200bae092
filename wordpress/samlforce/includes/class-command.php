<?php
/**
 * `wp samlforce`: what the pages do, for the command line.
 *
 * @package Samlforce
 */

declare(strict_types=1);

namespace Samlforce\WordPress;

use Samlforce\Saml\MetadataOutcome;
use Samlforce\SamlforceException;

defined( 'ABSPATH' ) || exit;

/**
 * Sign-in by SAML, and accounts in Salesforce.
 */
final class Command {

	/**
	 * Says whether all is well.
	 *
	 * Ends with 1 where something needs a person.
	 *
	 * ## OPTIONS
	 *
	 * [--format=<format>]
	 * : table, json, csv or yaml.
	 * ---
	 * default: table
	 * ---
	 */
	public function status( $arguments, $options ): void {
		$health = new Site_Health();
		$rows   = array();
		foreach ( array( 'keys', 'certificate', 'outbox', 'salesforce' ) as $test ) {
			$result = $health->$test();
			$rows[] = array(
				'test'     => $test,
				'status'   => $result['status'],
				'sentence' => html_entity_decode( wp_strip_all_tags( $result['label'] . '. ' . $result['description'] ), ENT_QUOTES ),
			);
		}
		\WP_CLI\Utils\format_items( $options['format'], $rows, array( 'test', 'status', 'sentence' ) );
		if ( in_array( 'critical', array_column( $rows, 'status' ), true ) ) {
			\WP_CLI::halt( 1 );
		}
	}

	/**
	 * Lists the identity providers.
	 *
	 * ## OPTIONS
	 *
	 * [--format=<format>]
	 * : table, json, csv or yaml.
	 * ---
	 * default: table
	 * ---
	 *
	 * @subcommand idp-list
	 */
	public function idp_list( $arguments, $options ): void {
		$rows = array();
		foreach ( Providers::all() as $provider ) {
			$trouble = '';
			$ends    = null;
			try {
				if ( '' !== $provider->text( 'metadata' ) ) {
					$known = array_column( $provider->identity_provider()->certificates(), 'notAfter' );
					$ends  = in_array( null, $known, true ) ? null : max( $known );
				}
			} catch ( SamlforceException $e ) {
				$trouble = $e->getMessage();
			}
			$rows[] = array(
				'name'        => $provider->slug,
				'label'       => $provider->label(),
				'entity_id'   => $provider->issuer(),
				'enabled'     => $provider->on( 'enabled' ) ? 'yes' : 'no',
				'certificate' => null !== $ends ? gmdate( 'Y-m-d', $ends ) : '',
				'trouble'     => '' === $provider->text( 'metadata' ) ? __( 'has no metadata', 'samlforce' ) : $trouble,
			);
		}
		\WP_CLI\Utils\format_items( $options['format'], $rows, array( 'name', 'label', 'entity_id', 'enabled', 'certificate', 'trouble' ) );
	}

	/**
	 * Explains a Response: every check that a sign-in would make of it, with what was found, what was expected and what to do.
	 *
	 * Nobody is signed in. Ends with 1 where the Response is refused.
	 *
	 * ## OPTIONS
	 *
	 * <file>
	 * : the Response as XML, or as base64 as it was posted; - for standard input.
	 *
	 * [--idp=<name>]
	 * : the identity provider that it is from; the first one if not given.
	 *
	 * [--request-id=<id>]
	 * : the ID of the request that it must answer; without one it is one that nobody asked for.
	 *
	 * [--at=<time>]
	 * : the Unix time to judge by, of the moment at which it came say; now if not given.
	 *
	 * [--format=<format>]
	 * : table, json, csv or yaml.
	 * ---
	 * default: table
	 * ---
	 */
	public function explain( $arguments, $options ): void {
		$all      = Providers::all();
		$provider = isset( $options['idp'] ) ? ( $all[ $options['idp'] ] ?? null ) : ( $all ? reset( $all ) : null );
		if ( ! $provider ) {
			\WP_CLI::error( __( 'There is no such identity provider: wp samlforce idp-list shows those that are.', 'samlforce' ) );
		}
		$at = $options['at'] ?? null;
		if ( null !== $at && ! ctype_digit( (string) $at ) ) {
			\WP_CLI::error( __( '--at is a Unix time, in seconds.', 'samlforce' ) );
		}
		$text = self::file( $arguments[0] );
		if ( str_starts_with( ltrim( $text, "\xEF\xBB\xBF \t\r\n" ), '<' ) ) {
			$text = base64_encode( $text ); // phpcs:ignore WordPress.PHP.DiscouragedPHPFunctions
		}
		try {
			$report = Saml::service_provider()->explainLogin( $provider->identity_provider(), $text, $options['request-id'] ?? null, null === $at ? null : (int) $at );
		} catch ( SamlforceException $e ) {
			\WP_CLI::error( $e->getMessage() );
		}
		\WP_CLI\Utils\format_items( $options['format'], Login_Test::checks( $report ), array( 'result', 'subject', 'name', 'title', 'found', 'expected', 'advice' ) );
		if ( ! $report->accepted ) {
			\WP_CLI::halt( 1 );
		}
	}

	/**
	 * Reads the metadata of identity providers again from their addresses, now.
	 *
	 * Ends with 1 where one could not be read, or waits for a person.
	 *
	 * ## OPTIONS
	 *
	 * [<name>...]
	 * : which ones; all that have an address if none is given.
	 *
	 * @subcommand idp-refresh
	 */
	public function idp_refresh( $arguments ): void {
		$named = array_map( array( Providers::class, 'find' ), $arguments );
		if ( in_array( null, $named, true ) ) {
			\WP_CLI::error( __( 'There is no such identity provider: wp samlforce idp-list shows those that are.', 'samlforce' ) );
		}
		$all = array_filter( $arguments ? $named : Providers::all(), array( Metadata_Upkeep::class, 'has_source' ) );
		if ( count( $all ) < count( $named ) || ! $all ) {
			\WP_CLI::error( __( 'Its metadata has no address to be read from.', 'samlforce' ) );
		}
		$well = true;
		foreach ( $all as $provider ) {
			$outcome = Metadata_Upkeep::refresh( $provider );
			$problem = Metadata_Upkeep::state( $provider->slug )['problem'];
			$well    = $well && in_array( $outcome, array( MetadataOutcome::Unchanged, MetadataOutcome::Replaced ), true ) && '' === $problem;
			\WP_CLI::line( sprintf( '%s: %s%s', $provider->slug, $outcome->value, '' !== $problem ? " ($problem)" : '' ) );
		}
		if ( ! $well ) {
			\WP_CLI::halt( 1 );
		}
	}

	/**
	 * Lists what waits for Salesforce, the newest first.
	 *
	 * ## OPTIONS
	 *
	 * [--state=<state>]
	 * : held, pending, working, blocked or done.
	 *
	 * [--format=<format>]
	 * : table, json, csv, yaml, ids or count.
	 * ---
	 * default: table
	 * ---
	 *
	 * @subcommand outbox-list
	 */
	public function outbox_list( $arguments, $options ): void {
		$state = $options['state'] ?? '';
		if ( '' !== $state && ! isset( ( new Outbox() )->counts()[ $state ] ) ) {
			\WP_CLI::error( __( 'A state is one of: held, pending, working, blocked, done.', 'samlforce' ) );
		}
		$rows   = array();
		$number = 1;
		do {
			$page = ( new Outbox() )->page( $number++, 200, $state );
			foreach ( $page as $row ) {
				$rows[] = array(
					'id'       => (int) $row->id,
					'user'     => (int) $row->user_id,
					'kind'     => $row->kind,
					'state'    => $row->state,
					'attempts' => (int) $row->attempts,
					'error'    => $row->error_code,
					'sentence' => (string) $row->error,
				);
			}
		} while ( 200 === count( $page ) );
		if ( 'ids' === $options['format'] ) {
			\WP_CLI::line( implode( ' ', array_column( $rows, 'id' ) ) );
			return;
		}
		\WP_CLI\Utils\format_items( $options['format'], $rows, array( 'id', 'user', 'kind', 'state', 'attempts', 'error', 'sentence' ) );
	}

	/**
	 * Works through the outbox now.
	 *
	 * Ends with 1 where something is left that a person has to see to, or that nothing is sent at the moment.
	 *
	 * ## OPTIONS
	 *
	 * [--seconds=<seconds>]
	 * : when to stop, 1 to 3600.
	 * ---
	 * default: 60
	 * ---
	 *
	 * [--resume]
	 * : also where everything is paused.
	 *
	 * @subcommand outbox-run
	 */
	public function outbox_run( $arguments, $options ): void {
		$seconds = (int) $options['seconds'];
		if ( $seconds < 1 || $seconds > 3600 ) {
			\WP_CLI::error( __( '--seconds is 1 to 3600.', 'samlforce' ) );
		}
		if ( isset( $options['resume'] ) ) {
			Outbox_Worker::resume();
		}
		$outbox = new Outbox();
		$due    = $outbox->counts()['pending'];
		$bar    = \WP_CLI\Utils\make_progress_bar( __( 'Outbox', 'samlforce' ), max( 1, $due ) );
		$end    = time() + $seconds;
		$done   = 0;
		do {
			$now   = ( new Outbox_Worker() )->run( 2 );
			$done += $now;
			for ( $i = 0; $i < $now; $i++ ) {
				$bar->tick();
			}
		} while ( $now > 0 && time() < $end );
		$bar->finish();
		$counts = $outbox->counts();
		$pause  = Outbox_Worker::pause();
		/* translators: 1: a number, 2: a number, 3: a number. */
		\WP_CLI::line( sprintf( __( '%1$d done, %2$d wait, %3$d need a person.', 'samlforce' ), $done, $counts['pending'] + $counts['working'], $counts['blocked'] ) );
		if ( $pause ) {
			\WP_CLI::warning( $pause['sentence'] );
		}
		if ( $pause || $counts['blocked'] ) {
			\WP_CLI::halt( 1 );
		}
	}

	/**
	 * Lets entries of the outbox be tried again at once.
	 *
	 * ## OPTIONS
	 *
	 * <id>...
	 * : numbers, as outbox-list shows them.
	 *
	 * @subcommand outbox-retry
	 */
	public function outbox_retry( $arguments ): void {
		$missed = array();
		foreach ( $arguments as $id ) {
			if ( ! ctype_digit( $id ) || ! ( new Outbox() )->retry_now( (int) $id ) ) {
				$missed[] = $id;
			}
		}
		if ( $missed ) {
			/* translators: %s: numbers. */
			\WP_CLI::error( sprintf( __( 'These can’t be tried again, because they are not there, in progress, or done: %s', 'samlforce' ), implode( ', ', $missed ) ) );
		}
		\WP_CLI::success( __( 'They are tried in the next run: wp samlforce outbox-run.', 'samlforce' ) );
	}

	/**
	 * Prints the configuration as JSON. There is no secret in it.
	 *
	 * @subcommand config-export
	 */
	public function config_export(): void {
		\WP_CLI::line( (string) wp_json_encode( Configuration::export(), JSON_PRETTY_PRINT | JSON_UNESCAPED_SLASHES | JSON_UNESCAPED_UNICODE ) );
	}

	/**
	 * Takes over a configuration that was exported. One value that can't be right, and nothing is changed.
	 *
	 * ## OPTIONS
	 *
	 * <file>
	 * : the JSON, or - for standard input.
	 *
	 * [--dry-run]
	 * : says what would change, and changes nothing.
	 *
	 * @subcommand config-import
	 */
	public function config_import( $arguments, $options ): void {
		$text = self::file( $arguments[0] );
		try {
			$lines = Configuration::import( json_decode( $text, true ), isset( $options['dry-run'] ) );
		} catch ( \InvalidArgumentException $e ) {
			\WP_CLI::error( $e->getMessage() . "\n" . __( 'Nothing was changed.', 'samlforce' ) );
		}
		foreach ( $lines as $line ) {
			\WP_CLI::line( $line );
		}
		/* translators: %d: a number. */
		\WP_CLI::success( isset( $options['dry-run'] ) ? sprintf( __( '%d changes, none of them made.', 'samlforce' ), count( $lines ) ) : sprintf( __( '%d changes made.', 'samlforce' ), count( $lines ) ) );
	}

	private static function file( string $path ): string {
		$text = @file_get_contents( '-' === $path ? 'php://stdin' : $path, false, null, 0, 8 * MB_IN_BYTES ); // phpcs:ignore
		if ( false === $text ) {
			/* translators: %s: path of a file. */
			\WP_CLI::error( sprintf( __( 'The file %s can’t be read.', 'samlforce' ), $path ) );
		}
		return $text;
	}
}
