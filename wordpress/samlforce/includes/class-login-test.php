<?php
/**
 * The test of an identity provider: a sign-in whose answer is explained and not accepted.
 *
 * The answer comes from another site, without the administrator's session where it is a POST. So it is judged there for who started the
 * test, kept for that user alone, and shown on the provider's page, where WordPress knows again who is asking.
 *
 * @package Samlforce
 */

declare(strict_types=1);

namespace Samlforce\WordPress;

use Samlforce\Saml\Assertion;
use Samlforce\Saml\Expectation;
use Samlforce\Saml\Message;
use Samlforce\Saml\Reason;
use Samlforce\Saml\ReplayGuard;
use Samlforce\Saml\Report;
use Samlforce\Saml\SamlException;
use Samlforce\SamlforceException;

defined( 'ABSPATH' ) || exit;

final class Login_Test {

	private const ACTION  = 'samlforce_test_login';
	private const STARTED = 'samlforce_testing_';
	private const REPORT  = 'samlforce_tested_';

	/** What is kept of the attributes for the page. */
	private const MAX_VALUES       = 100;
	private const MAX_VALUE_LENGTH = 500;

	public function register(): void {
		add_action( 'admin_post_' . self::ACTION, array( $this, 'start' ) );
		// Before a sign-in is looked for.
		add_action( 'login_form_samlforce_acs', array( $this, 'finish' ), 5 );
	}

	private static function url( Provider $provider ): string {
		return wp_nonce_url(
			add_query_arg(
				array(
					'action'   => self::ACTION,
					'provider' => $provider->slug,
				),
				admin_url( 'admin-post.php' )
			),
			self::ACTION . '_' . $provider->slug
		);
	}

	/** To the identity provider. */
	public function start(): void {
		if ( ! current_user_can( Settings_Page::capability() ) ) {
			wp_die( esc_html__( 'You are not allowed to do that.', 'samlforce' ), 403 );
		}
		$slug = Input::get( 'provider', 40 );
		check_admin_referer( self::ACTION . '_' . $slug );
		$provider = Providers::find( $slug );
		try {
			$message = $provider ? self::begin( $provider, get_current_user_id() ) : throw new \RuntimeException( __( 'This identity provider does not exist any more.', 'samlforce' ) );
		} catch ( SamlforceException | \RuntimeException $e ) {
			wp_die( esc_html( $e->getMessage() ), '', array( 'response' => 500, 'back_link' => true ) ); // phpcs:ignore WordPress.Arrays.ArrayDeclarationSpacing
		}
		Login_Page::go( $message );
	}

	/**
	 * Remembers the request and gives the message to send the browser with.
	 *
	 * @throws SamlforceException
	 */
	public static function begin( Provider $provider, int $user_id ): Message {
		$relay_state = bin2hex( random_bytes( 32 ) );
		$message     = $provider->request_login( $relay_state );
		set_transient(
			self::STARTED . hash( 'sha256', $relay_state ),
			array(
				'user'     => $user_id,
				'provider' => $provider->slug,
				'request'  => $message->id,
				'asked'    => (string) $message->expectation,
			),
			Pending_Logins::LIFETIME
		);
		return $message;
	}

	/** Back from the identity provider. Whatever is no answer to a test is left to the sign-in. */
	public function finish(): void {
		$answer = Answer::received();
		$slug   = $answer ? self::answer( $answer ) : null;
		if ( null === $slug ) {
			return;
		}
		Caches::keep_off();
		wp_safe_redirect( Providers_Page::url( $slug ) . '#samlforce-test', 303, 'Samlforce' );
		exit;
	}

	/** Judges the answer to a test, and keeps what is to be shown. @return string|null whose test it was; null if it was none. */
	public static function answer( Answer $answer ): ?string {
		$name    = self::STARTED . hash( 'sha256', $answer->relay_state );
		$started = get_transient( $name );
		if ( '' === $answer->relay_state || ! is_array( $started ) ) {
			return null;
		}
		delete_transient( $name );
		$provider = Providers::find( $started['provider'] );
		if ( $provider ) {
			set_transient( self::report_name( (int) $started['user'], $provider->slug ), array( 'at' => time() ) + self::judge( $provider, $answer, $started['request'], $started['asked'] ), HOUR_IN_SECONDS );
		}
		return $started['provider'];
	}

	private static function report_name( int $user_id, string $slug ): string {
		return self::REPORT . $user_id . '_' . $slug;
	}

	/**
	 * What a sign-in with this answer would have come to. Nobody is signed in, no account is changed, and the answer is not claimed.
	 *
	 * @param string|null $request the ID of the request that it must answer; null for one that nobody asked for.
	 * @param string      $asked   what it is held to beyond that; '': nothing.
	 * @return array{checks?: list<array>, refused?: array{reason: string, message: string, found: ?string, expected: ?string}, person?: array, attributes?: array<string, list<string>>, account?: array}
	 */
	public static function judge( Provider $provider, Answer $answer, ?string $request, string $asked = '' ): array {
		$checks = array();
		try {
			$report    = $answer->explain( $provider->identity_provider(), $request, '' !== $asked ? Expectation::fromString( $asked ) : null );
			$checks    = self::checks( $report );
			$assertion = $report->assertion( self::looking_guard() );
		} catch ( SamlException $e ) {
			return array(
				'checks'  => $checks,
				'refused' => self::refusal( $e->reason->value, $e->getMessage(), $e->found, $e->expected ),
			);
		} catch ( SamlforceException $e ) {
			return array( 'refused' => self::refusal( 'key', $e->getMessage() ) );
		}
		return array(
			'checks'     => $checks,
			'person'     => array(
				'issuer'       => $assertion->issuer,
				'name_id'      => $assertion->nameId,
				'format'       => (string) $assertion->nameIdFormat,
				'context'      => (string) $assertion->authnContext,
				'session_ends' => $assertion->sessionNotOnOrAfter,
				'warnings'     => $assertion->warnings,
			),
			'attributes' => self::attributes( $assertion ),
			'account'    => self::account( $provider, $assertion ),
		);
	}

	/** @return list<array{name: string, subject: string, result: string, title: string, found: string, expected: string, advice: string}> */
	public static function checks( Report $report ): array {
		$rows = array();
		foreach ( $report as $check ) {
			$rows[] = array(
				'name'     => $check->name->value,
				'subject'  => (string) $check->subject,
				'result'   => $check->result->value,
				'title'    => $check->title,
				'found'    => mb_scrub( (string) $check->found, 'UTF-8' ),
				'expected' => mb_scrub( (string) $check->expected, 'UTF-8' ),
				'advice'   => (string) $check->advice,
			);
		}
		return $rows;
	}

	private static function refusal( string $reason, string $message, ?string $found = null, ?string $expected = null ): array {
		return array(
			'reason'   => $reason,
			'message'  => mb_scrub( $message, 'UTF-8' ),
			'found'    => null === $found ? null : mb_scrub( $found, 'UTF-8' ),
			'expected' => null === $expected ? null : mb_scrub( $expected, 'UTF-8' ),
		);
	}

	/** Says whether an Assertion was used, and leaves it unused. */
	private static function looking_guard(): ReplayGuard {
		return new class() implements ReplayGuard {
			public function claim( string $id, int $expiresAt ): bool { // phpcs:ignore WordPress.NamingConventions
				return ! ( new Replay_Guard() )->was_used( $id );
			}
		};
	}

	/** @return array<string, list<string>> */
	private static function attributes( Assertion $assertion ): array {
		$shown = array();
		foreach ( array_slice( $assertion->attributes, 0, self::MAX_VALUES, true ) as $name => $values ) {
			$shown[ (string) $name ] = array_map( static fn ( string $value ): string => mb_strcut( $value, 0, self::MAX_VALUE_LENGTH, 'UTF-8' ), array_slice( $values, 0, self::MAX_VALUES ) );
		}
		return $shown;
	}

	/** @return array{user: int, first: string, refused?: array} which account it would be, and what would be done first. */
	private static function account( Provider $provider, Assertion $assertion ): array {
		try {
			[ $user, $first ] = ( new Account_Finder( $assertion->issuer, $provider ) )->look( $assertion );
		} catch ( Sign_In_Refused $e ) {
			return array(
				'user'    => $e->user_id,
				'first'   => '',
				'refused' => self::refusal( $e->reason, '' !== $e->detail ? $e->detail : $e->getMessage(), $e->found, $e->expected ),
			);
		}
		return array(
			'user'  => $user ? $user->ID : 0,
			'first' => $first,
		);
	}

	/** What to do about a refusal, in one sentence; '' where its own says it. */
	public static function advice( string $reason ): string {
		return match ( $reason ) {
			Reason::SignatureInvalid->value, Reason::DigestMismatch->value => __( 'The identity provider signs with another key than its metadata here says: get its metadata anew and save it above. If it is new already, somebody else made this answer.', 'samlforce' ),
			Reason::NotSigned->value => __( 'Switch on at the identity provider that the response or the assertion is signed.', 'samlforce' ),
			Reason::AlgorithmRefused->value => __( 'Choose RSA-SHA256 at the identity provider. If it can only do SHA-1 or RSA 1.5, allow it below under "For old identity providers".', 'samlforce' ),
			Reason::TransformRefused->value, Reason::ReferenceMismatch->value => __( 'Choose exclusive canonicalisation at the identity provider, or allow what it does below under "For old identity providers".', 'samlforce' ),
			Reason::IssuerMismatch->value => __( 'Another identity provider answered than the one whose metadata is saved here: compare the entity IDs.', 'samlforce' ),
			Reason::AudienceMismatch->value => __( 'Give the identity provider the Entity ID of this site as it stands below, character by character.', 'samlforce' ),
			Reason::DestinationMismatch->value, Reason::RecipientMismatch->value => __( 'Give the identity provider the ACS URL of this site as it stands below, character by character.', 'samlforce' ),
			Reason::InResponseToMismatch->value, Reason::Unsolicited->value => __( 'The answer belongs to another request: start the test again, and use one window only. If it stays so, the identity provider leaves InResponseTo out.', 'samlforce' ),
			Reason::Expired->value, Reason::NotYetValid->value => __( 'Compare the clocks: this server’s and the identity provider’s should be set by NTP. For a small difference there is "Clocks may differ by" below.', 'samlforce' ),
			Reason::StatusNotSuccess->value => __( 'The identity provider refused by itself: look into its log. Often the person has no right to this application there.', 'samlforce' ),
			Reason::DecryptionKeyMissing->value, Reason::DecryptionFailed->value => __( 'The identity provider encrypts for another key than this site has: give it our metadata anew, or switch encryption off there.', 'samlforce' ),
			Reason::NameIdMissing->value => __( 'Let the identity provider send a NameID: it is what a person is known by here.', 'samlforce' ),
			Reason::BackChannelFailed->value => __( 'This server asks the identity provider itself for what an artifact stands for: name the host of its artifact service in samlforce.allowed_hosts in php.ini, and see that this server may open connections to it.', 'samlforce' ),
			Reason::ArtifactUnresolved->value => __( 'Give the identity provider our metadata anew: it answers only whom it sent the artifact to, and wants our signature. An artifact is good once, for a minute or so.', 'samlforce' ),
			Reason::ArtifactServiceUnknown->value, Reason::ArtifactInvalid->value => __( 'Get the metadata of the identity provider anew and save it above: the artifact names an artifact service that it does not have there.', 'samlforce' ),
			Reason::SoapFault->value, Reason::SoapInvalid->value => __( 'Look into the log of the identity provider: its artifact service did not answer as it should.', 'samlforce' ),
			Reason::MetadataExpired->value, Reason::MetadataInvalid->value => __( 'Get the metadata of the identity provider anew and save it above.', 'samlforce' ),
			'no_account' => __( 'Link the account on its profile page, name the attribute with the address, or let accounts be made.', 'samlforce' ),
			'address_not_trusted' => __( 'Name the domain under Mapping, Addresses, if the identity provider checks the addresses that it says.', 'samlforce' ),
			'no_address' => __( 'Let the identity provider send the address, and name the attribute under Accounts.', 'samlforce' ),
			'privileged' => __( 'Sign in with the password and link the account on its profile page.', 'samlforce' ),
			default => '',
		};
	}

	/* ---- what is shown ---- */

	/** On the page of a provider: the button, and what the last test of this administrator came to. */
	public static function print_section( Provider $provider ): void {
		printf( '<h3 id="samlforce-test">%s</h3>', esc_html__( 'Test', 'samlforce' ) );
		if ( '' === $provider->text( 'metadata' ) ) {
			printf( '<p>%s</p>', esc_html__( 'Save the metadata first.', 'samlforce' ) );
			return;
		}
		printf( '<p>%s</p>', esc_html__( 'Opens the identity provider in a new tab. Its answer is explained there and not accepted: nobody is signed in, and no account is changed. It works for an identity provider that is not in use yet, too.', 'samlforce' ) );
		printf( '<p><a class="button button-primary" target="_blank" rel="noopener" href="%s">%s</a></p>', esc_url( self::url( $provider ) ), esc_html__( 'Test the sign-in', 'samlforce' ) );
		$report = get_transient( self::report_name( get_current_user_id(), $provider->slug ) );
		if ( is_array( $report ) ) {
			self::print_report( $provider, $report );
		}
	}

	private static function print_report( Provider $provider, array $report ): void {
		/* translators: %s: a span of time. */
		printf( '<h4>%s</h4>', esc_html( sprintf( __( 'The answer of %s ago', 'samlforce' ), human_time_diff( (int) $report['at'] ) ) ) );
		if ( isset( $report['refused'] ) ) {
			self::print_verdict( false, __( 'The answer is refused.', 'samlforce' ), $report['refused'] );
			self::print_checks( $report['checks'] ?? array() );
			return;
		}
		Mapping_Page::remember( $report['attributes'] );
		if ( isset( $report['account']['refused'] ) ) {
			self::print_verdict( false, __( 'The answer is good, but nobody would be signed in.', 'samlforce' ), $report['account']['refused'] );
		} else {
			self::print_verdict( true, __( 'The answer is good.', 'samlforce' ) . ' ' . self::account_sentence( $report['account'] ) );
		}
		self::print_checks( $report['checks'] ?? array() );
		self::print_person( $report['person'] );
		self::print_attributes( $report['attributes'] );
		if ( ! isset( $report['account']['refused'] ) ) {
			$user = $report['account']['user'] ? get_userdata( $report['account']['user'] ) : null;
			printf( '<h4>%s</h4>', esc_html__( 'What the mapping would do', 'samlforce' ) );
			Mapping_Page::print_plan( Mapping::plan( Rules::of( $report['person']['issuer'] ), $report['attributes'], $user ? $user : null, 'create' === $report['account']['first'] ) );
		}
		printf( '<p><a href="%s">%s</a></p>', esc_url( Settings_Page::url( 'mapping', array( 'provider' => $provider->slug ) ) . '#samlforce-dry-run' ), esc_html__( 'Try other attributes and accounts with it', 'samlforce' ) );
	}

	private static function account_sentence( array $account ): string {
		$user = $account['user'] ? get_userdata( $account['user'] ) : false;
		$name = $user ? $user->user_login : '';
		return match ( $account['first'] ) {
			'create' => __( 'There is no account for this person: one would be made.', 'samlforce' ),
			/* translators: %s: name of a user. */
			'link'   => sprintf( __( 'The account "%s" would be linked, and signed in.', 'samlforce' ), $name ),
			/* translators: %s: name of a user. */
			default  => sprintf( __( 'The account "%s" would be signed in.', 'samlforce' ), $name ),
		};
	}

	private static function print_verdict( bool $good, string $sentence, array $refusal = array() ): void {
		printf( '<div class="notice notice-%s inline"><p><span class="dashicons dashicons-%s" aria-hidden="true"></span> <strong>%s</strong></p>', $good ? 'success' : 'error', $good ? 'yes-alt' : 'dismiss', esc_html( $sentence ) ); // phpcs:ignore WordPress.Security.EscapeOutput -- what isn't escaped are words of ours.
		if ( $refusal ) {
			printf( '<p>%s <code>%s</code></p>', esc_html( $refusal['message'] ), esc_html( $refusal['reason'] ) );
			foreach ( array(
				'found'    => __( 'Found', 'samlforce' ),
				'expected' => __( 'Expected', 'samlforce' ),
			) as $name => $label ) {
				if ( '' !== (string) $refusal[ $name ] ) {
					printf( '<p>%s: <code class="samlforce-print">%s</code></p>', esc_html( $label ), esc_html( $refusal[ $name ] ) );
				}
			}
			$advice = self::advice( $refusal['reason'] );
			if ( '' !== $advice ) {
				printf( '<p><strong>%s</strong> %s</p>', esc_html__( 'What to do:', 'samlforce' ), esc_html( $advice ) );
			}
		}
		echo '</div>';
	}

	/** Every check, in the order in which it was made. */
	private static function print_checks( array $checks ): void {
		if ( ! $checks ) {
			return;
		}
		$marks = array(
			'passed'      => array( 'yes-alt', __( 'passed', 'samlforce' ) ),
			'warned'      => array( 'warning', __( 'warning', 'samlforce' ) ),
			'failed'      => array( 'dismiss', __( 'failed', 'samlforce' ) ),
			'not_reached' => array( 'minus', __( 'not reached', 'samlforce' ) ),
		);
		printf( '<h4>%s</h4><table class="widefat striped samlforce-checks"><thead><tr><th scope="col">%s</th><th scope="col">%s</th><th scope="col">%s</th><th scope="col">%s</th></tr></thead><tbody>', esc_html__( 'Every check', 'samlforce' ), esc_html__( 'Result', 'samlforce' ), esc_html__( 'Check', 'samlforce' ), esc_html__( 'Found', 'samlforce' ), esc_html__( 'Expected', 'samlforce' ) );
		foreach ( $checks as $check ) {
			[ $icon, $words ] = $marks[ $check['result'] ];
			printf(
				'<tr class="samlforce-check-%s"><td><span class="dashicons dashicons-%s" aria-hidden="true"></span> %s</td><td>%s%s%s</td><td>%s</td><td>%s</td></tr>',
				esc_attr( $check['result'] ),
				esc_attr( $icon ),
				esc_html( $words ),
				'' !== $check['subject'] ? esc_html( $check['subject'] . ': ' ) : '',
				esc_html( $check['title'] ),
				'' !== $check['advice'] ? '<br /><strong>' . esc_html( $check['advice'] ) . '</strong>' : '', // phpcs:ignore WordPress.Security.EscapeOutput -- escaped; the sniff sees the comparison alone.
				'' !== $check['found'] ? '<code>' . esc_html( $check['found'] ) . '</code>' : '', // phpcs:ignore WordPress.Security.EscapeOutput
				'' !== $check['expected'] ? '<code>' . esc_html( $check['expected'] ) . '</code>' : '' // phpcs:ignore WordPress.Security.EscapeOutput
			);
		}
		echo '</tbody></table>';
	}

	private static function print_person( array $person ): void {
		$rows = array(
			__( 'NameID', 'samlforce' )         => $person['name_id'],
			__( 'Format', 'samlforce' )         => $person['format'],
			__( 'Authentication', 'samlforce' ) => $person['context'],
			__( 'Session ends', 'samlforce' )   => null === $person['session_ends'] ? '' : wp_date( get_option( 'date_format' ) . ' ' . get_option( 'time_format' ), (int) $person['session_ends'] ),
			__( 'Warning', 'samlforce' )        => implode( ' ', $person['warnings'] ),
		);
		echo '<table class="widefat striped samlforce-facts"><tbody>';
		foreach ( array_filter( $rows ) as $label => $value ) {
			printf( '<tr><th scope="row">%s</th><td><code>%s</code></td></tr>', esc_html( $label ), esc_html( $value ) );
		}
		echo '</tbody></table>';
	}

	/** @param array<string, list<string>> $attributes */
	private static function print_attributes( array $attributes ): void {
		printf( '<h4>%s</h4>', esc_html__( 'Attributes', 'samlforce' ) );
		if ( ! $attributes ) {
			printf( '<p>%s</p>', esc_html__( 'The identity provider sent none: tell it there which ones this site needs.', 'samlforce' ) );
			return;
		}
		printf( '<table class="widefat striped samlforce-facts"><thead><tr><th scope="col">%s</th><th scope="col">%s</th></tr></thead><tbody>', esc_html__( 'Name', 'samlforce' ), esc_html__( 'Values', 'samlforce' ) );
		foreach ( $attributes as $name => $values ) {
			printf( '<tr><td><code>%s</code></td><td>%s</td></tr>', esc_html( (string) $name ), implode( '<br />', array_map( 'esc_html', $values ) ) ); // phpcs:ignore WordPress.Security.EscapeOutput -- escaped in place.
		}
		echo '</tbody></table>';
	}
}
