/**
 * The block in the editor: its settings, and how it looks to who is not signed in. The server prints the block itself.
 */
( function ( blocks, element, editor, components, words ) {
	'use strict';

	var el = element.createElement;

	function text( props, name, help ) {
		return el( components.TextControl, {
			label: words[ name ],
			help: help,
			value: props.attributes[ name ],
			onChange: function ( value ) {
				var change = {};
				change[ name ] = value;
				props.setAttributes( change );
			}
		} );
	}

	function select( props, name, options ) {
		return el( components.SelectControl, {
			label: words[ name ],
			value: props.attributes[ name ],
			options: options,
			onChange: function ( value ) {
				var change = {};
				change[ name ] = value;
				props.setAttributes( change );
			}
		} );
	}

	blocks.registerBlockType( 'samlforce/sign-in', {
		edit: function ( props ) {
			var chosen = words.providers.filter( function ( provider ) {
				return provider.value === props.attributes.idp;
			} )[ 0 ];
			return el(
				'div',
				editor.useBlockProps(),
				el(
					editor.InspectorControls,
					null,
					el(
						components.PanelBody,
						{ title: words.panel },
						select( props, 'idp', words.providers ),
						text( props, 'label', '' ),
						text( props, 'redirect', words.redirectHelp ),
						select( props, 'signedIn', [ { value: 'nothing', label: words.nothing }, { value: 'logout', label: words.logout } ] )
					)
				),
				el(
					'div',
					{ className: 'wp-block-button' },
					el( 'span', { className: 'wp-block-button__link wp-element-button' }, props.attributes.label || ( chosen ? chosen.button : words.button ) )
				)
			);
		},
		save: function () {
			return null;
		}
	} );
}( window.wp.blocks, window.wp.element, window.wp.blockEditor, window.wp.components, window.samlforceSignInBlock ) );
