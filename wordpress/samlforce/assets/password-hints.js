/**
 * Hints while a password is typed. Only hints: the server checks again, and its word counts.
 */
( function () {
	'use strict';

	var hints = document.getElementById( 'samlforce-hints' );
	var password = hints ? document.getElementById( hints.getAttribute( 'data-field' ) ) : null;
	// These are on our own page alone; WordPress's pages have their own.
	var again = document.getElementById( 'samlforce_password_again' );
	var differs = document.getElementById( 'samlforce-differs' );
	var reveal = document.getElementById( 'samlforce-reveal' );
	var place = password ? password.closest( '.wp-pwd' ) : null;
	if ( ! password || ! password.form ) {
		return;
	}
	// WordPress lets others print at the end of its forms alone.
	if ( hints.hidden && place ) {
		place.appendChild( hints );
		hints.hidden = false;
	}

	var minimum = parseInt( hints.getAttribute( 'data-minimum' ), 10 );

	function namesOf( id ) {
		var field = document.getElementById( id );
		var value = field ? field.value.toLowerCase() : '';
		return [ value, value.split( '@' )[ 0 ] ].filter( function ( name ) {
			return name.length > 2;
		} );
	}

	var checks = {
		length: function ( text ) {
			return Array.from( text ).length >= minimum;
		},
		letter: function ( text ) {
			return /[a-z]/i.test( text );
		},
		digit: function ( text ) {
			return /[0-9]/.test( text );
		},
		upper: function ( text ) {
			return /[A-Z]/.test( text );
		},
		lower: function ( text ) {
			return /[a-z]/.test( text );
		},
		special: function ( text ) {
			return /[!#$%\-_=+<>]/.test( text );
		},
		name: function ( text ) {
			var small = text.toLowerCase();
			return '' !== text && ! namesOf( 'user_login' ).concat( namesOf( 'user_email' ), namesOf( 'email' ) ).some( function ( name ) {
				return small.indexOf( name ) !== -1;
			} );
		}
	};

	function show() {
		Array.prototype.forEach.call( hints.querySelectorAll( 'li' ), function ( item ) {
			var met = checks[ item.getAttribute( 'data-check' ) ]( password.value );
			item.classList.toggle( 'is-met', met );
			// For those who don't see the sign before it.
			item.setAttribute( 'aria-label', item.textContent + ': ' + hints.getAttribute( met ? 'data-met' : 'data-missing' ) );
		} );
		if ( again && differs ) {
			differs.hidden = '' === again.value || again.value === password.value;
		}
	}

	[ 'input', 'change' ].forEach( function ( type ) {
		password.form.addEventListener( type, show );
	} );
	show();
	// WordPress fills the field with a password of its own, and no event tells.
	var last = password.value;
	window.setInterval( function () {
		if ( password.value !== last ) {
			last = password.value;
			show();
		}
	}, 400 );

	if ( reveal && again ) {
		reveal.addEventListener( 'click', function () {
			var visible = 'text' === password.type;
			password.type = again.type = visible ? 'password' : 'text';
			reveal.setAttribute( 'aria-pressed', visible ? 'false' : 'true' );
			reveal.querySelector( '.dashicons' ).className = 'dashicons dashicons-' + ( visible ? 'visibility' : 'hidden' );
		} );
		// Shown in clear it would stay in the browser's list of what was typed.
		password.form.addEventListener( 'submit', function () {
			password.type = again.type = 'password';
		} );
	}
}() );
