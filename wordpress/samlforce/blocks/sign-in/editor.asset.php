<?php
/**
 * What the script of the block needs.
 *
 * @package Samlforce
 */

defined( 'ABSPATH' ) || exit;

return array(
	'dependencies' => array( 'wp-blocks', 'wp-element', 'wp-block-editor', 'wp-components' ),
	'version'      => SAMLFORCE_VERSION,
);
