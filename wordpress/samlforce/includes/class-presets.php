<?php
/**
 * What is known of identity providers that many sites have: what to click there, what their attributes are called, which switches they need.
 *
 * Data alone: nothing here is read at a sign-in. In the steps, {acs}, {entity_id}, {metadata} and {logout} stand for this site's addresses.
 *
 * @package Samlforce
 */

declare(strict_types=1);

namespace Samlforce\WordPress;

defined( 'ABSPATH' ) || exit;

final class Presets {

	private const EMAIL       = 'urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress';
	private const UNSPECIFIED = 'urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified';
	private const PERSISTENT  = 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent';

	private const CLAIMS    = 'http://schemas.xmlsoap.org/ws/2005/05/identity/claims/';
	private const MICROSOFT = 'http://schemas.microsoft.com/ws/2008/06/identity/claims/';

	/**
	 * What an entityID or a sign-in address looks like, in the order in which they are tried: B2C before Entra ID, a product that
	 * somebody runs on a host of his own after those that have theirs.
	 */
	private const SIGNS = array(
		'azure-ad-b2c'     => '~^https://[^/]+\.b2clogin\.(?:com|cn)/|/b2c_1a_[^/]*(?:/|$)~i',
		'entra-id'         => '~^https://sts\.windows\.net/[0-9a-f-]{36}/$|^https://login\.(?:microsoftonline\.(?:com|us)|partner\.microsoftonline\.cn)/~i',
		'adfs'             => '~/adfs/(?:services/trust|ls)/?$~i',
		'google-workspace' => '~^https://accounts\.google\.com/o/saml2~i',
		'pingone'          => '~^https://auth\.pingone\.(?:com|eu|ca|asia|sg|com\.au)/~i',
		'onelogin'         => '~^https://(?:app|[a-z0-9-]+)\.onelogin\.com/(?:saml/metadata|trust/saml2)/~i',
		'okta'             => '~^https?://www\.okta\.com/|^https://[a-z0-9.-]+\.(?:okta|oktapreview|okta-emea)\.com/~i',
		'auth0'            => '~^urn:[a-z0-9-]+(?:\.(?:us|eu|au|jp))?\.auth0\.com$|^https://[a-z0-9.-]+\.auth0\.com/samlp/~i',
		'jumpcloud'        => '~^https://sso\.(?:eu\.)?jumpcloud\.com/|^jumpcloud$~i',
		'cyberark'         => '~^https://[a-z0-9-]+(?:\.my)?\.(?:idaptive\.app|centrify\.com|id\.cyberark\.cloud)/~i',
		'salesforce'       => '~^https://[a-z0-9.-]+\.(?:my\.salesforce|my\.site|my\.salesforce-sites|force)\.com(?:/|$)|/idp/endpoint/HttpRedirect$~i',
		'keycloak'         => '~/realms/[^/]+(?:/protocol/saml)?/?$~i',
		'simplesamlphp'    => '~/saml2/idp/metadata\.php$|/module\.php/saml/idp/(?:metadata|singleSignOnService)~i',
		'shibboleth'       => '~/idp/shibboleth$|/idp/profile/SAML2/~i',
		'pingfederate'     => '~/idp/SSO\.saml2$|^https://[^/]+:9031/~i',
	);

	/** @return list<string> their short names, in the order in which people look for them. */
	public static function slugs(): array {
		return array(
			'salesforce',
			'entra-id',
			'azure-ad-b2c',
			'okta',
			'adfs',
			'google-workspace',
			'keycloak',
			'auth0',
			'onelogin',
			'pingone',
			'pingfederate',
			'jumpcloud',
			'cyberark',
			'shibboleth',
			'simplesamlphp',
		);
	}

	/**
	 * All of them by their short names.
	 *
	 * - name: what the product is called;
	 * - steps: what to do there, a sentence each;
	 * - attributes: what it calls the address, the names and the groups once the steps are done; null: it doesn't send it;
	 * - switches: settings of Provider, with the values that the product needs once the steps are done;
	 * - only_if: switches that may be needed beside these, each with the sentence that says when;
	 * - name_id_format: what its NameID then is;
	 * - decryption: whether it encrypts as it comes, so that this site needs a key for that;
	 * - notes: what else to know.
	 *
	 * @return array<string, array{name: string, steps: list<string>, attributes: array{email: ?string, first_name: ?string, last_name: ?string, groups: ?string},
	 *         switches: array<string, mixed>, only_if: array<string, string>, name_id_format: string, decryption: bool, notes: list<string>}>
	 */
	public static function all(): array {
		$all = array();
		foreach ( self::slugs() as $slug ) {
			$all[ $slug ] = self::complete( $slug );
		}
		return $all;
	}

	/** @return array<string, mixed>|null As in all(). */
	public static function find( string $slug ): ?array {
		return in_array( $slug, self::slugs(), true ) ? self::complete( $slug ) : null;
	}

	/** Which product it is, by what it is called and where it sends people; '' if nothing tells. A guess fills in fields, and decides nothing. */
	public static function guess( string $entity_id, string $login_url = '' ): string {
		foreach ( array( $entity_id, $login_url ) as $text ) {
			foreach ( self::SIGNS as $slug => $sign ) {
				if ( '' !== $text && preg_match( $sign, (string) preg_replace( '/\?.*/s', '', $text ) ) ) {
					return $slug;
				}
			}
		}
		return '';
	}

	/** @return array<string, mixed> */
	private static function complete( string $slug ): array {
		return self::describe( $slug ) + array(
			'switches'       => array(),
			'only_if'        => array( 'allow_unsolicited' => __( 'People start at its portal, and not here.', 'samlforce' ) ),
			'name_id_format' => self::EMAIL,
			'decryption'     => false,
			'notes'          => array(),
		);
	}

	/** @return array{email: ?string, first_name: ?string, last_name: ?string, groups: ?string} */
	private static function attributes( ?string $email, ?string $first_name, ?string $last_name, ?string $groups ): array {
		return compact( 'email', 'first_name', 'last_name', 'groups' );
	}

	/** @return array<string, mixed> */
	private static function describe( string $slug ): array {
		return match ( $slug ) {
			'salesforce'       => self::salesforce(),
			'entra-id'         => self::entra_id(),
			'azure-ad-b2c'     => self::azure_ad_b2c(),
			'okta'             => self::okta(),
			'adfs'             => self::adfs(),
			'google-workspace' => self::google_workspace(),
			'keycloak'         => self::keycloak(),
			'auth0'            => self::auth0(),
			'onelogin'         => self::onelogin(),
			'pingone'          => self::pingone(),
			'pingfederate'     => self::pingfederate(),
			'jumpcloud'        => self::jumpcloud(),
			'cyberark'         => self::cyberark(),
			'shibboleth'       => self::shibboleth(),
			'simplesamlphp'    => self::simplesamlphp(),
		};
	}

	/** @return array<string, mixed> */
	private static function salesforce(): array {
		return array(
			'name'           => 'Salesforce',
			'steps'          => array(
				__( 'In Setup, open Identity Provider and enable it with a certificate.', 'samlforce' ),
				__( 'Make a connected app with SAML enabled: Entity Id {entity_id}, ACS URL {acs}, Subject Type Username or Federation ID.', 'samlforce' ),
				__( 'Give the app to the profiles or permission sets of the people who sign in.', 'samlforce' ),
				__( 'Add custom attributes to the app: email, first_name and last_name, from $User.Email, $User.FirstName and $User.LastName.', 'samlforce' ),
				__( 'On the app’s page, download the metadata: that of the site if members of an Experience Cloud site sign in.', 'samlforce' ),
			),
			'attributes'     => self::attributes( 'email', 'first_name', 'last_name', null ),
			'name_id_format' => self::UNSPECIFIED,
			'notes'          => array(
				__( 'Its entity ID is the My Domain host even where people sign in at the site: neither can be derived from the other.', 'samlforce' ),
				__( 'The attributes userId, username, email and is_portal_user always come.', 'samlforce' ),
			),
		);
	}

	/** @return array<string, mixed> */
	private static function entra_id(): array {
		return array(
			'name'       => 'Microsoft Entra ID',
			'steps'      => array(
				__( 'In Enterprise applications, make a new application of your own that is not in the gallery.', 'samlforce' ),
				__( 'Under Single sign-on choose SAML and upload the metadata of this site, or type Identifier {entity_id} and Reply URL {acs}.', 'samlforce' ),
				__( 'Under Attributes & Claims leave the claims as they come; add a group claim if groups decide roles.', 'samlforce' ),
				__( 'Assign the users and groups who may sign in.', 'samlforce' ),
				__( 'Copy the App Federation Metadata Url, with its appid: without it you get other certificates.', 'samlforce' ),
			),
			'attributes' => self::attributes( self::CLAIMS . 'emailaddress', self::CLAIMS . 'givenname', self::CLAIMS . 'surname', self::MICROSOFT . 'groups' ),
			'only_if'    => array(
				'allow_unsolicited' => __( 'People start at My Apps, and not here.', 'samlforce' ),
			),
			'notes'      => array(
				__( 'Groups come as object IDs, not as names, and not at all for people who are in more than 150.', 'samlforce' ),
				__( 'An address in emailaddress may be one that nobody checked: trust only the domains that your tenant owns.', 'samlforce' ),
			),
		);
	}

	/** @return array<string, mixed> */
	private static function azure_ad_b2c(): array {
		return array(
			'name'           => 'Azure AD B2C',
			'steps'          => array(
				__( 'Make a custom policy with a SAML token issuer, with keys for MetadataSigning and SamlMessageSigning.', 'samlforce' ),
				__( 'Set IssuerUri in it to the address of the policy, and XmlSignatureAlgorithm to Sha256.', 'samlforce' ),
				__( 'Register an application, with the identifier {entity_id} and samlMetadataUrl {metadata} in its manifest.', 'samlforce' ),
				__( 'In the relying party’s policy, give out email, givenName and surname, and choose the subject.', 'samlforce' ),
				__( 'Copy the metadata’s address: that of the policy, and samlp/metadata behind it.', 'samlforce' ),
			),
			'attributes'     => self::attributes( 'email', 'givenName', 'surname', null ),
			'name_id_format' => self::PERSISTENT,
			'only_if'        => array(
				'allow_sha1' => __( 'XmlSignatureAlgorithm is Sha1 in the policy.', 'samlforce' ),
			),
			'notes'          => array(
				__( 'It wants sign-in requests signed unless WantsSignedRequests is off in the policy.', 'samlforce' ),
			),
		);
	}

	/** @return array<string, mixed> */
	private static function okta(): array {
		return array(
			'name'           => 'Okta',
			'steps'          => array(
				__( 'In Applications, create an app integration with SAML 2.0.', 'samlforce' ),
				__( 'Single sign-on URL {acs}, Audience URI {entity_id}, Name ID format EmailAddress.', 'samlforce' ),
				__( 'Attribute statements: email from user.email, firstName from user.firstName, lastName from user.lastName; group attribute statement: groups.', 'samlforce' ),
				__( 'Assign the people or groups who may sign in.', 'samlforce' ),
				__( 'On the Sign On page, copy the metadata’s address.', 'samlforce' ),
			),
			'attributes'     => self::attributes( 'email', 'firstName', 'lastName', 'groups' ),
			'only_if'        => array(
				'allow_unsolicited' => __( 'People start at the Okta dashboard, and not here.', 'samlforce' ),
				'allow_sha1'        => __( 'Signature or digest algorithm of the app is SHA1.', 'samlforce' ),
			),
		);
	}

	/** @return array<string, mixed> */
	private static function adfs(): array {
		return array(
			'name'           => 'AD FS',
			'steps'          => array(
				__( 'Add a Relying Party Trust from the metadata of this site, {metadata}.', 'samlforce' ),
				__( 'In its properties, on the page Advanced, the secure hash algorithm is SHA-256.', 'samlforce' ),
				__( 'Add a rule that sends LDAP attributes as claims: E-Mail-Addresses as E-Mail Address, Given-Name as Given Name, Surname as Surname, Token-Groups as Group.', 'samlforce' ),
				__( 'Add a rule that transforms E-Mail Address to Name ID with the format Email.', 'samlforce' ),
				__( 'Its metadata is at /FederationMetadata/2007-06/FederationMetadata.xml on the server.', 'samlforce' ),
			),
			'attributes'     => self::attributes( self::CLAIMS . 'emailaddress', self::CLAIMS . 'givenname', self::CLAIMS . 'surname', 'http://schemas.xmlsoap.org/claims/Group' ),
			'only_if'        => array(
				'allow_unsolicited' => __( 'People start at its own sign-in page, and not here.', 'samlforce' ),
				'allow_sha1'        => __( 'The secure hash algorithm of the trust is SHA-1.', 'samlforce' ),
			),
			'notes'          => array(
				__( 'It encrypts as soon as the metadata of this site holds a key for that, with AES-CBC unless told otherwise.', 'samlforce' ),
				__( 'It changes its signing certificate every year by itself: let its metadata be refreshed.', 'samlforce' ),
			),
		);
	}

	/** @return array<string, mixed> */
	private static function google_workspace(): array {
		return array(
			'name'       => 'Google Workspace',
			'steps'      => array(
				__( 'In the Admin console under Apps, Web and mobile apps, add a custom SAML app, and download its metadata.', 'samlforce' ),
				__( 'ACS URL {acs}, Entity ID {entity_id}, Name ID format EMAIL, Name ID Primary email.', 'samlforce' ),
				__( 'Map Primary email to email, First name to first_name and Last name to last_name; under Group membership name the attribute groups.', 'samlforce' ),
				__( 'Turn the app on for the organisational units who may sign in; it takes some time to arrive.', 'samlforce' ),
			),
			'attributes' => self::attributes( 'email', 'first_name', 'last_name', 'groups' ),
			'notes'      => array(
				__( 'It has no address that metadata could be fetched from: load a new file before its certificate ends, after five years.', 'samlforce' ),
				__( 'It has no single logout.', 'samlforce' ),
			),
		);
	}

	/** @return array<string, mixed> */
	private static function keycloak(): array {
		return array(
			'name'       => 'Keycloak',
			'steps'      => array(
				__( 'In the realm, import a client from the metadata of this site, {metadata}.', 'samlforce' ),
				__( 'Signature algorithm RSA_SHA256; Sign documents on; Name ID format email, Force name ID format on.', 'samlforce' ),
				__( 'Client signature required only if this site has a signing key.', 'samlforce' ),
				__( 'Add mappers: User Property email, firstName and lastName to attributes of the same names; Group list to groups, full path off, single attribute on.', 'samlforce' ),
				__( 'Its metadata is at /realms/NAME/protocol/saml/descriptor.', 'samlforce' ),
			),
			'attributes' => self::attributes( 'email', 'firstName', 'lastName', 'groups' ),
			'only_if'    => array(
				'allow_unsolicited' => __( 'The client has a name for sign-ins that the identity provider starts.', 'samlforce' ),
			),
			'notes'      => array(
				__( 'Roles come in the attribute Role, unless the scope role_list is taken off the client.', 'samlforce' ),
			),
		);
	}

	/** @return array<string, mixed> */
	private static function auth0(): array {
		return array(
			'name'           => 'Auth0',
			'steps'          => array(
				__( 'In the application, under Addons, turn on SAML2 Web App, with the Application Callback URL {acs}.', 'samlforce' ),
				__( 'In its settings: "audience": "{entity_id}", "signatureAlgorithm": "rsa-sha256", "digestAlgorithm": "sha256".', 'samlforce' ),
				__( 'And "nameIdentifierFormat": "urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress", with the claim emailaddress first in "nameIdentifierProbes".', 'samlforce' ),
				__( 'On the page Usage, download the metadata.', 'samlforce' ),
			),
			'attributes'     => self::attributes( self::CLAIMS . 'emailaddress', self::CLAIMS . 'givenname', self::CLAIMS . 'surname', 'http://schemas.auth0.com/groups' ),
			'only_if'        => array(
				'allow_unsolicited' => __( 'People start at Auth0, and not here.', 'samlforce' ),
				'allow_sha1'        => __( 'The two algorithms are left as they come.', 'samlforce' ),
			),
			'notes'          => array(
				__( 'An address counts only if http://schemas.auth0.com/email_verified says true: anybody may be able to register there.', 'samlforce' ),
			),
		);
	}

	/** @return array<string, mixed> */
	private static function onelogin(): array {
		return array(
			'name'       => 'OneLogin',
			'steps'      => array(
				__( 'Add the application SAML Custom Connector (Advanced).', 'samlforce' ),
				__( 'Configuration: Audience {entity_id}, Recipient and ACS URL {acs}, the ACS URL Validator the same as a pattern, SAML nameID format Email.', 'samlforce' ),
				__( 'Parameters: email, first_name, last_name and groups, each with Include in SAML assertion.', 'samlforce' ),
				__( 'On the page SSO choose SHA-256 as SAML Signature Algorithm.', 'samlforce' ),
				__( 'Under More Actions, download the SAML Metadata.', 'samlforce' ),
			),
			'attributes' => self::attributes( 'email', 'first_name', 'last_name', 'groups' ),
			'only_if'    => array(
				'allow_unsolicited' => __( 'People start at the OneLogin portal, and not here.', 'samlforce' ),
				'allow_sha1'        => __( 'The SAML Signature Algorithm is SHA-1, as in connectors that are old.', 'samlforce' ),
			),
		);
	}

	/** @return array<string, mixed> */
	private static function pingone(): array {
		return array(
			'name'           => 'PingOne',
			'steps'          => array(
				__( 'Under Applications, add a SAML application and import the metadata of this site, or type ACS URL {acs} and Entity ID {entity_id}.', 'samlforce' ),
				__( 'Attribute mappings: email from Email Address, given_name from Given Name, family_name from Family Name, groups from Group Names.', 'samlforce' ),
				__( 'Turn the application on, and give it to a group if not everybody may sign in.', 'samlforce' ),
				__( 'On the page Configuration, copy the IdP metadata’s address.', 'samlforce' ),
			),
			'attributes'     => self::attributes( 'email', 'given_name', 'family_name', 'groups' ),
			'name_id_format' => self::UNSPECIFIED,
			'notes'          => array(
				__( 'Its NameID is the user’s id unless saml_subject is mapped to something else: leave it, an id never goes to somebody else.', 'samlforce' ),
				__( 'It says how long a session may last, and says little: raise the assertion’s validity there if people are signed out too soon.', 'samlforce' ),
			),
		);
	}

	/** @return array<string, mixed> */
	private static function pingfederate(): array {
		return array(
			'name'       => 'PingFederate',
			'steps'      => array(
				__( 'Make an SP Connection for Browser SSO from the metadata of this site, {metadata}.', 'samlforce' ),
				__( 'Attribute contract: SAML_SUBJECT with the format emailAddress, and email, firstname, lastname and group.', 'samlforce' ),
				__( 'Protocol settings: allowable bindings POST and Redirect; sign the Response or the Assertion.', 'samlforce' ),
				__( 'Credentials: a signing certificate with RSA SHA256.', 'samlforce' ),
				__( 'Export the connection’s metadata.', 'samlforce' ),
			),
			'attributes' => self::attributes( 'email', 'firstname', 'lastname', 'group' ),
			'only_if'    => array(
				'allow_unsolicited' => __( 'IdP-initiated SSO is among the profiles of the connection.', 'samlforce' ),
				'allow_sha1'        => __( 'The signing algorithm of the connection is RSA SHA1.', 'samlforce' ),
			),
		);
	}

	/** @return array<string, mixed> */
	private static function jumpcloud(): array {
		return array(
			'name'       => 'JumpCloud',
			'steps'      => array(
				__( 'Under SSO Applications, add a custom application with SAML, and choose an IdP Entity ID that nothing else has.', 'samlforce' ),
				__( 'SP Entity ID {entity_id}, ACS URL {acs}, SAMLSubject NameID email, its format emailAddress.', 'samlforce' ),
				__( 'Signature Algorithm RSA-SHA256, Sign: Assertion or Response; tick Declare Redirect Endpoint.', 'samlforce' ),
				__( 'Attributes: email, firstname and lastname from those of the same names; Group Attributes: groups.', 'samlforce' ),
				__( 'Bind the user groups who may sign in, and export the metadata.', 'samlforce' ),
			),
			'attributes' => self::attributes( 'email', 'firstname', 'lastname', 'groups' ),
			'only_if'    => array(
				'allow_unsolicited' => __( 'People start at the JumpCloud portal, and not here.', 'samlforce' ),
				'allow_sha1'        => __( 'The Signature Algorithm is RSA-SHA1.', 'samlforce' ),
			),
		);
	}

	/** @return array<string, mixed> */
	private static function cyberark(): array {
		return array(
			'name'       => 'CyberArk Identity',
			'steps'      => array(
				__( 'Under Web Apps, add a custom SAML application.', 'samlforce' ),
				__( 'On the page Trust, upload the metadata of this site, or type SP Entity ID {entity_id} and Assertion Consumer Service URL {acs}, and sign Response or Assertion.', 'samlforce' ),
				__( 'NameID Format emailAddress; under Account Mapping, the directory service field mail.', 'samlforce' ),
				__( 'On the page SAML Response, add the attributes Email from LoginUser.Email, FirstName from LoginUser.FirstName, LastName from LoginUser.LastName and Groups from LoginUser.GroupNames.', 'samlforce' ),
				__( 'Under Permissions, add the roles who may sign in; on the page Trust, copy the metadata’s address.', 'samlforce' ),
			),
			'attributes' => self::attributes( 'Email', 'FirstName', 'LastName', 'Groups' ),
			'only_if'    => array(
				'allow_unsolicited' => __( 'People start at the user portal, and not here.', 'samlforce' ),
			),
		);
	}

	/** @return array<string, mixed> */
	private static function shibboleth(): array {
		return array(
			'name'           => 'Shibboleth',
			'steps'          => array(
				__( 'Add the metadata of this site, {metadata}, to metadata-providers.xml, or register it with your federation.', 'samlforce' ),
				__( 'In attribute-filter.xml release mail, givenName and sn to {entity_id}, and isMemberOf or eduPersonScopedAffiliation if groups decide roles.', 'samlforce' ),
				__( 'Give this site a decryption key, because assertions are encrypted as it comes; or set encryptAssertions to false for {entity_id}.', 'samlforce' ),
				__( 'Take its metadata from your federation, signed, or from /idp/shibboleth on the server.', 'samlforce' ),
			),
			'attributes'     => self::attributes( 'urn:oid:0.9.2342.19200300.100.1.3', 'urn:oid:2.5.4.42', 'urn:oid:2.5.4.4', 'urn:oid:1.3.6.1.4.1.5923.1.5.1.1' ),
			'name_id_format' => 'urn:oasis:names:tc:SAML:2.0:nameid-format:transient',
			'decryption'     => true,
			'switches'       => array( 'require_authenticated_encryption' => true ),
			'only_if'        => array(
				'allow_unsolicited' => __( 'People start there, and not here.', 'samlforce' ),
			),
			'notes'          => array(
				__( 'Its NameID is a new one at each sign-in unless told otherwise: release a persistent one, or accounts can’t be found again by it.', 'samlforce' ),
			),
		);
	}

	/** @return array<string, mixed> */
	private static function simplesamlphp(): array {
		return array(
			'name'           => 'SimpleSAMLphp',
			'steps'          => array(
				__( 'Add this site to metadata/saml20-sp-remote.php: the converter in its admin pages makes the entry of {metadata}.', 'samlforce' ),
				__( 'In metadata/saml20-idp-hosted.php, signature.algorithm is rsa-sha256.', 'samlforce' ),
				__( 'Let a filter of authproc make a persistent NameID, and send mail, givenName and sn.', 'samlforce' ),
				__( 'Its metadata is on the page Federation of its admin pages.', 'samlforce' ),
			),
			'attributes'     => self::attributes( 'mail', 'givenName', 'sn', 'groups' ),
			'name_id_format' => self::PERSISTENT,
			'only_if'        => array(
				'allow_unsolicited' => __( 'People start there, and not here.', 'samlforce' ),
				'allow_sha1'        => __( 'It is older than 2.0 and signature.algorithm isn’t set.', 'samlforce' ),
			),
			'notes'          => array(
				__( 'It encrypts only if assertion.encryption is on for this site, and then with AES-CBC.', 'samlforce' ),
			),
		);
	}
}
