<?php

declare(strict_types=1);

namespace Samlforce\WordPress\Tests;

/**
 * An identity provider whose Responses are really signed, in the way Salesforce signs: the Response, exclusive C14N, RSA-SHA256.
 */
final class Provider
{
	public const ENTITY_ID = 'https://acme.my.salesforce.test';

	private readonly \OpenSSLAsymmetricKey $key;
	private readonly string $certificate;

	public function __construct(private readonly string $entityId = self::ENTITY_ID)
	{
		$this->key = openssl_pkey_new(['private_key_bits' => 2048]);
		$request = openssl_csr_new(['commonName' => 'idp.test'], $this->key, ['digest_alg' => 'sha256']);
		openssl_x509_export(openssl_csr_sign($request, null, $this->key, 100, ['digest_alg' => 'sha256']), $pem);
		$this->certificate = preg_replace('/-----[^-]+-----|\s/', '', $pem);
	}

	public function metadata(?string $entityId = null): string
	{
		$entityId ??= $this->entityId;
		return '<md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" entityID="' . htmlspecialchars($entityId) . '">'
			. '<md:IDPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol"><md:KeyDescriptor use="signing">'
			. '<ds:KeyInfo xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:X509Data><ds:X509Certificate>' . $this->certificate . '</ds:X509Certificate></ds:X509Data></ds:KeyInfo>'
			. '</md:KeyDescriptor><md:SingleLogoutService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect" Location="https://portal.salesforce.test/idp/logout"/><md:SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect" Location="https://portal.salesforce.test/idp/login"/>'
			. '</md:IDPSSODescriptor></md:EntityDescriptor>';
	}

	/**
	 * @param array<string, string|list<string>> $attributes
	 * @return string as a browser posts it
	 */
	public function response(?string $inResponseTo, string $nameId, array $attributes = [], ?int $sessionEnds = null, ?string $audience = null, ?string $sessionIndex = null, ?int $authenticated = null): string
	{
		$now = time();
		$at = static fn (int $when): string => gmdate('Y-m-d\TH:i:s\Z', $when);
		$e = static fn (string $text): string => htmlspecialchars($text, ENT_XML1 | ENT_QUOTES);
		$acs = $e(\Samlforce\WordPress\Saml::assertion_consumer_url());
		$reply = $inResponseTo === null ? '' : ' InResponseTo="' . $e($inResponseTo) . '"';
		$statement = '';
		foreach ($attributes as $name => $value) {
			$statement .= '<saml:Attribute Name="' . $e($name) . '" NameFormat="urn:oasis:names:tc:SAML:2.0:attrname-format:unspecified">' . implode('', array_map(static fn (string $one): string => '<saml:AttributeValue>' . $e($one) . '</saml:AttributeValue>', (array) $value)) . '</saml:Attribute>';
		}
		$id = '_' . bin2hex(random_bytes(16));
		$xml = '<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="' . $id . '" Version="2.0" IssueInstant="' . $at($now) . '" Destination="' . $acs . '"' . $reply . '>'
			. '<saml:Issuer>' . $e($this->entityId) . '</saml:Issuer><samlp:Status><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"/></samlp:Status>'
			. '<saml:Assertion ID="_' . bin2hex(random_bytes(16)) . '" Version="2.0" IssueInstant="' . $at($now) . '"><saml:Issuer>' . $e($this->entityId) . '</saml:Issuer>'
			. '<saml:Subject><saml:NameID Format="urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified">' . $e($nameId) . '</saml:NameID>'
			. '<saml:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer"><saml:SubjectConfirmationData NotOnOrAfter="' . $at($now + 300) . '" Recipient="' . $acs . '"' . $reply . '/></saml:SubjectConfirmation></saml:Subject>'
			. '<saml:Conditions NotBefore="' . $at($now - 30) . '" NotOnOrAfter="' . $at($now + 300) . '"><saml:AudienceRestriction><saml:Audience>' . $e($audience ?? \Samlforce\WordPress\Saml::entity_id()) . '</saml:Audience></saml:AudienceRestriction></saml:Conditions>'
			. '<saml:AuthnStatement AuthnInstant="' . $at($authenticated ?? $now) . '"' . ($sessionEnds === null ? '' : ' SessionNotOnOrAfter="' . $at($sessionEnds) . '"') . ($sessionIndex === null ? '' : ' SessionIndex="' . $e($sessionIndex) . '"') . '><saml:AuthnContext><saml:AuthnContextClassRef>urn:oasis:names:tc:SAML:2.0:ac:classes:unspecified</saml:AuthnContextClassRef></saml:AuthnContext></saml:AuthnStatement>'
			. ($statement === '' ? '' : "<saml:AttributeStatement>$statement</saml:AttributeStatement>")
			. '</saml:Assertion></samlp:Response>';
		return base64_encode($this->sign($xml, $id));
	}

	/**
	 * A LogoutRequest, or with $inResponseTo a LogoutResponse: its XML, signed as XML unless it goes into a query.
	 *
	 * @param array<string> $sessionIndexes
	 */
	public function logout(string $nameId, array $sessionIndexes = [], ?string $inResponseTo = null, string $status = 'Success', bool $signed = true): string
	{
		$e = static fn (string $text): string => htmlspecialchars($text, ENT_XML1 | ENT_QUOTES);
		$kind = $inResponseTo === null ? 'LogoutRequest' : 'LogoutResponse';
		$id = '_' . bin2hex(random_bytes(16));
		$more = $inResponseTo === null ? ' NotOnOrAfter="' . gmdate('Y-m-d\TH:i:s\Z', time() + 300) . '"' : ' InResponseTo="' . $e($inResponseTo) . '"';
		$body = $inResponseTo !== null
			? '<samlp:Status><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:' . $status . '"/></samlp:Status>'
			: '<saml:NameID Format="urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified">' . $e($nameId) . '</saml:NameID>'
				. implode('', array_map(static fn (string $index): string => '<samlp:SessionIndex>' . $e($index) . '</samlp:SessionIndex>', $sessionIndexes));
		$xml = '<samlp:' . $kind . ' xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="' . $id . '" Version="2.0" IssueInstant="' . gmdate('Y-m-d\TH:i:s\Z') . '"'
			. ' Destination="' . $e(\Samlforce\WordPress\Saml::single_logout_url()) . '"' . $more . '><saml:Issuer>' . $e($this->entityId) . '</saml:Issuer>' . $body . '</samlp:' . $kind . '>';
		return $signed ? $this->sign($xml, $id) : $xml;
	}

	/** The query that carries a message (saml-bindings-2.0-os §3.4.4.1). */
	public function query(string $xml, string $parameter, ?string $relayState = null): string
	{
		$query = $parameter . '=' . rawurlencode(base64_encode(gzdeflate($xml))) . ($relayState === null ? '' : '&RelayState=' . rawurlencode($relayState))
			. '&SigAlg=' . rawurlencode('http://www.w3.org/2001/04/xmldsig-more#rsa-sha256');
		openssl_sign($query, $signature, $this->key, OPENSSL_ALGO_SHA256);
		return $query . '&Signature=' . rawurlencode(base64_encode($signature));
	}

	private function sign(string $xml, string $id): string
	{
		$ds = 'xmlns:ds="http://www.w3.org/2000/09/xmldsig#"';
		$document = new \DOMDocument();
		$document->loadXML($xml);
		$digest = base64_encode(hash('sha256', $document->documentElement->C14N(true), true));
		$info = '<ds:SignedInfo ' . $ds . '><ds:CanonicalizationMethod Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#"></ds:CanonicalizationMethod>'
			. '<ds:SignatureMethod Algorithm="http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"></ds:SignatureMethod><ds:Reference URI="#' . $id . '"><ds:Transforms>'
			. '<ds:Transform Algorithm="http://www.w3.org/2000/09/xmldsig#enveloped-signature"></ds:Transform><ds:Transform Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#"></ds:Transform></ds:Transforms>'
			. '<ds:DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"></ds:DigestMethod><ds:DigestValue>' . $digest . '</ds:DigestValue></ds:Reference></ds:SignedInfo>';
		// That is its canonical form already; the namespace declaration is where exclusive C14N puts it.
		openssl_sign($info, $signature, $this->key, OPENSSL_ALGO_SHA256);
		$element = '<ds:Signature ' . $ds . '>' . str_replace(' ' . $ds, '', $info) . '<ds:SignatureValue>' . base64_encode($signature) . '</ds:SignatureValue></ds:Signature>';
		$end = strpos($xml, '</saml:Issuer>') + strlen('</saml:Issuer>');
		return substr($xml, 0, $end) . $element . substr($xml, $end);
	}
}
