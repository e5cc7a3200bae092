/**
 * Copying of values, and a question before something is discarded.
 */
( function () {
	'use strict';

	document.addEventListener( 'click', function ( event ) {
		var button = event.target.closest( '[data-samlforce-copy]' );
		if ( button ) {
			var field = document.getElementById( button.getAttribute( 'data-samlforce-copy' ) );
			var said = function () {
				var before = button.textContent;
				button.textContent = button.getAttribute( 'data-copied' );
				window.wp.a11y.speak( button.getAttribute( 'data-copied' ) );
				window.setTimeout( function () {
					button.textContent = before;
				}, 2000 );
			};
			field.select();
			// The clipboard exists on https only.
			if ( window.navigator.clipboard ) {
				window.navigator.clipboard.writeText( field.value ).then( said );
			} else if ( document.execCommand( 'copy' ) ) {
				said();
			}
			return;
		}
		var link = event.target.closest( '[data-samlforce-confirm]' );
		if ( link && ! window.confirm( link.getAttribute( 'data-samlforce-confirm' ) ) ) {
			event.preventDefault();
		}
	} );
}() );
