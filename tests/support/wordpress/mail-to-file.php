<?php
/**
 * Plugin Name: Mail to file
 * Description: Writes each mail as one line of JSON instead of sending it.
 */

add_filter(
	'pre_wp_mail',
	function ( $short_circuit, $mail ) {
		$line = wp_json_encode(
			array(
				'time'    => gmdate( 'Y-m-d\TH:i:s\Z' ),
				'to'      => implode( ', ', (array) $mail['to'] ),
				'subject' => wp_specialchars_decode( $mail['subject'], ENT_QUOTES ),
				'message' => $mail['message'],
				'headers' => $mail['headers'],
			),
			JSON_UNESCAPED_SLASHES | JSON_UNESCAPED_UNICODE
		);
		return false !== file_put_contents( SAMLFORCE_TEST_MAIL, $line . "\n", FILE_APPEND | LOCK_EX );
	},
	10,
	2
);
