<?php
/**
 * What WordPress's tools for personal data get from us: export, erasure, and words for the privacy policy.
 *
 * @package Samlforce
 */

declare(strict_types=1);

namespace Samlforce\WordPress;

defined( 'ABSPATH' ) || exit;

final class Privacy {

	public function register(): void {
		add_filter( 'wp_privacy_personal_data_exporters', array( $this, 'add_exporter' ) );
		add_filter( 'wp_privacy_personal_data_erasers', array( $this, 'add_eraser' ) );
		add_action( 'admin_init', array( $this, 'add_policy' ) );
	}

	public function add_exporter( $exporters ) {
		$exporters['samlforce'] = array(
			'exporter_friendly_name' => __( 'Samlforce', 'samlforce' ),
			'callback'               => array( $this, 'export' ),
		);
		return $exporters;
	}

	public function add_eraser( $erasers ) {
		$erasers['samlforce'] = array(
			'eraser_friendly_name' => __( 'Samlforce', 'samlforce' ),
			'callback'             => array( $this, 'erase' ),
		);
		return $erasers;
	}

	/** A sealed password is never part of it: not even its owner can read it. */
	public function export( $email ): array {
		$user = get_user_by( 'email', (string) $email );
		$data = array();
		if ( $user ) {
			$facts = array(
				__( 'Salesforce username', 'samlforce' )  => Account::username( $user->ID ),
				__( 'Salesforce Contact', 'samlforce' )   => (string) get_user_meta( $user->ID, Account::CONTACT_ID, true ),
				__( 'Salesforce User', 'samlforce' )      => (string) get_user_meta( $user->ID, Account::USER_ID, true ),
			);
			foreach ( Links::of( $user->ID ) as $link ) {
				$facts[ __( 'Linked with', 'samlforce' ) . ' ' . $link->issuer ] = $link->name_id;
			}
			foreach ( array_filter( $facts ) as $name => $value ) {
				$data[] = array(
					'name'  => $name,
					'value' => $value,
				);
			}
		}
		return array(
			'data' => $data ? array(
				array(
					'group_id'    => 'samlforce',
					'group_label' => __( 'Portal account', 'samlforce' ),
					'item_id'     => 'samlforce-' . $user->ID,
					'data'        => $data,
				),
			) : array(),
			'done' => true,
		);
	}

	public function erase( $email ): array {
		$user    = get_user_by( 'email', (string) $email );
		$removed = false;
		if ( $user ) {
			$removed = Account::is_ours( $user->ID ) || Links::of( $user->ID );
			( new Account() )->forget( $user->ID );
			Sign_In_Log::remove_user( $user->ID );
			foreach ( Account::ALL as $key ) {
				// Without its status an account would pass for one that never had to be confirmed.
				if ( Account::STATUS !== $key || ! Account::is_unconfirmed( $user->ID ) ) {
					delete_user_meta( $user->ID, $key );
				}
			}
		}
		return array(
			'items_removed'  => (bool) $removed,
			'items_retained' => false,
			'messages'       => $removed ? array( __( 'What Salesforce holds of this person is not touched: erase it there.', 'samlforce' ) ) : array(),
			'done'           => true,
		);
	}

	public function add_policy(): void {
		if ( function_exists( 'wp_add_privacy_policy_content' ) ) {
			wp_add_privacy_policy_content(
				__( 'Samlforce', 'samlforce' ),
				'<p class="privacy-policy-tutorial">' . esc_html__( 'This plugin sends data of people who register to Salesforce. Say so in your policy.', 'samlforce' ) . '</p><p>' . esc_html__( 'When you register here, we make an account for you at our portal, which runs at Salesforce: your name, your address and the password that you choose are sent there. The password is encrypted for this one purpose until it has been sent, and then erased. When you sign in by the portal, it tells us who you are.', 'samlforce' ) . '</p>'
			);
		}
	}
}
