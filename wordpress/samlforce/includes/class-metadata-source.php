<?php
/**
 * Gets metadata from the address of an identity provider or a federation.
 *
 * An administrator types the address, but the server makes the request, from inside its network. So it goes to https and to public
 * addresses alone, to the very ones that were looked at, follows no redirect, and ends at a size.
 *
 * @package Samlforce
 */

declare(strict_types=1);

namespace Samlforce\WordPress;

defined( 'ABSPATH' ) || exit;

final class Metadata_Source {

	/** What a server is asked for at most; the extension takes samlforce.saml.metadata_max_bytes. */
	private const MOST = 16777216;

	private const SECONDS = 15;

	/**
	 * @return array{string, int|null} the document, and what the other side's clock showed (Unix time) if it said so.
	 * @throws \RuntimeException With the sentence for the administrator.
	 */
	public static function fetch( string $url ): array {
		$pins = self::pins( $url );
		if ( ! function_exists( 'curl_version' ) ) {
			throw new \RuntimeException( __( 'The metadata can’t be fetched: PHP’s extension curl is missing.', 'samlforce' ) );
		}
		require_once ABSPATH . 'wp-admin/includes/file.php';
		$file = wp_tempnam( 'samlforce-metadata' );
		try {
			return self::request( $url, $pins, $file );
		} finally {
			wp_delete_file( $file );
		}
	}

	/** @throws \RuntimeException */
	private static function request( string $url, string $pins, string $file ): array {
		$most   = min( self::MOST, ini_parse_quantity( (string) ini_get( 'samlforce.saml.metadata_max_bytes' ) ) );
		$secure = static function ( $handle, $arguments, $requested ) use ( $url, $pins ): void {
			if ( $requested !== $url ) {
				return;
			}
			// phpcs:disable WordPress.WP.AlternativeFunctions -- the handle of WordPress's own request.
			curl_setopt( $handle, CURLOPT_SSL_VERIFYPEER, true );
			curl_setopt( $handle, CURLOPT_SSL_VERIFYHOST, 2 );
			if ( '' !== $pins ) {
				// What the name stands for may have changed since it was looked at.
				curl_setopt( $handle, CURLOPT_RESOLVE, array( $pins ) );
			}
			// phpcs:enable
		};
		add_action( 'http_api_curl', $secure, PHP_INT_MAX, 3 );
		try {
			$answer = wp_remote_get(
				$url,
				array(
					'timeout'             => self::SECONDS,
					'redirection'         => 0,
					'limit_response_size' => $most + 1,
					// Into a file: a body in memory would be unpacked once more, without a limit.
					'stream'              => true,
					'filename'            => $file,
					'user-agent'          => 'Samlforce/' . SAMLFORCE_VERSION,
					'headers'             => array( 'Accept' => 'application/samlmetadata+xml' ),
				)
			);
		} finally {
			remove_action( 'http_api_curl', $secure, PHP_INT_MAX );
		}
		if ( is_wp_error( $answer ) ) {
			/* translators: %s: an error message. */
			throw new \RuntimeException( sprintf( __( 'The metadata could not be fetched: %s', 'samlforce' ), $answer->get_error_message() ) );
		}
		$status = (int) wp_remote_retrieve_response_code( $answer );
		if ( $status >= 300 && $status < 400 ) {
			/* translators: %s: an address. */
			throw new \RuntimeException( sprintf( __( 'The address of the metadata leads on to %s, and redirects are not followed: give the address that it ends at.', 'samlforce' ), (string) wp_remote_retrieve_header( $answer, 'location' ) ) );
		}
		if ( 200 !== $status ) {
			/* translators: %d: a status code of HTTP. */
			throw new \RuntimeException( sprintf( __( 'The server of the metadata answered with the status %d.', 'samlforce' ), $status ) );
		}
		$body = (string) file_get_contents( $file, false, null, 0, $most + 1 ); // phpcs:ignore WordPress.WP.AlternativeFunctions
		if ( strlen( $body ) > $most ) {
			/* translators: %s: a size, "16 MB" say. */
			throw new \RuntimeException( sprintf( __( 'The metadata is larger than %s. A metadata query server (MDQ) has documents of one identity provider each.', 'samlforce' ), size_format( $most ) ) );
		}
		$date = strtotime( (string) wp_remote_retrieve_header( $answer, 'date' ) );
		return array( $body, false === $date ? null : $date );
	}

	/**
	 * Which addresses the host may be, in the form of CURLOPT_RESOLVE; '' where nothing has to be pinned.
	 *
	 * @throws \RuntimeException If it is no address that may be asked.
	 */
	public static function pins( string $url ): string {
		$parts = wp_parse_url( $url );
		$host  = strtolower( trim( (string) ( $parts['host'] ?? '' ), '[]' ) );
		if ( ! is_array( $parts ) || '' === $host || isset( $parts['user'] ) || ! in_array( $parts['scheme'] ?? '', array( 'http', 'https' ), true ) ) {
			throw new \RuntimeException( __( 'The address of the metadata is no address: write it like https://idp.example.org/metadata.', 'samlforce' ) );
		}
		/**
		 * Lets metadata come from a host of the server's own network, and without TLS, where the network itself is trusted.
		 *
		 * @param bool   $allowed
		 * @param string $host    in lower case.
		 * @param string $url
		 */
		if ( true === apply_filters( 'samlforce_metadata_from_inside', false, $host, $url ) ) {
			return '';
		}
		if ( 'https' !== $parts['scheme'] ) {
			throw new \RuntimeException( __( 'The address of the metadata must begin with https://.', 'samlforce' ) );
		}
		$addresses = self::addresses( $host );
		if ( ! $addresses ) {
			/* translators: %s: name of a host. */
			throw new \RuntimeException( sprintf( __( 'The host %s is not known.', 'samlforce' ), $host ) );
		}
		foreach ( $addresses as $address ) {
			if ( ! self::is_public( $address ) ) {
				/* translators: 1: name of a host, 2: an IP address. */
				throw new \RuntimeException( sprintf( __( 'The host %1$s is at %2$s, which is not a public address: metadata is not fetched from there.', 'samlforce' ), $host, $address ) );
			}
		}
		if ( false !== filter_var( $host, FILTER_VALIDATE_IP ) ) {
			return '';
		}
		return $host . ':' . ( $parts['port'] ?? 443 ) . ':' . implode( ',', array_map( static fn ( string $address ): string => str_contains( $address, ':' ) ? "[$address]" : $address, $addresses ) );
	}

	/** @return list<string> */
	private static function addresses( string $host ): array {
		if ( false !== filter_var( $host, FILTER_VALIDATE_IP ) ) {
			return array( $host );
		}
		$known = gethostbynamel( $host );
		if ( is_array( $known ) && $known ) {
			return $known;
		}
		$records = @dns_get_record( $host, DNS_AAAA ); // phpcs:ignore WordPress.PHP.NoSilencedErrors -- it warns where the name server does not answer.
		return is_array( $records ) ? array_values( array_filter( array_column( $records, 'ipv6' ), 'is_string' ) ) : array();
	}

	/** An address of the Internet (RFC 6890), and none that stands for one of IPv4 in another way (6to4, NAT64, mapped). */
	public static function is_public( string $address ): bool {
		if ( false === filter_var( $address, FILTER_VALIDATE_IP, FILTER_FLAG_GLOBAL_RANGE ) ) {
			return false;
		}
		$bytes = (string) inet_pton( $address );
		if ( 4 === strlen( $bytes ) ) {
			return ord( $bytes[0] ) < 224;
		}
		return 0x20 === ( ord( $bytes[0] ) & 0xe0 ) && ! str_starts_with( $bytes, "\x20\x02" );
	}
}
