--TEST--
Every part of a signed login that is malformed is refused for what it is; a statement that says nothing about the person is not
--EXTENSIONS--
samlforce
dom
openssl
--FILE--
<?php
require __DIR__ . '/../support/saml.inc';

$idp = new Forge();
$signed = fn (string $what, array $with) => verdict($what, $idp, $idp->signed($with));
$x = '<x xmlns="urn:x"/>';
$time = Forge::time();

echo "-- Response\n";
verdict('text between its elements', $idp, $idp->signedResponse(['extensions' => 'text']));
verdict('no StatusCode', $idp, $idp->signedResponse(['status' => '<samlp:Status/>']));
verdict('a StatusCode without a Value', $idp, $idp->signedResponse(['status' => '<samlp:Status><samlp:StatusCode/></samlp:Status>']));
verdict('signed, without an Issuer', $idp, $idp->signedResponse(['issuer' => '']));

echo "-- Assertion\n";
$signed('text between its elements', ['advice' => 'text']);
$signed('an element in its Issuer', ['assertionIssuer' => "<saml:Issuer>$x</saml:Issuer>"]);
$signed('no IssueInstant', ['assertionAttributes' => ' ID="_a" Version="2.0"']);
$signed('no Subject', ['subject' => '']);
$signed('an unknown statement', ['authn' => $x]);

echo "-- Subject\n";
$signed('text between its elements', ['nameId' => 'text']);
$signed('a BaseID instead of a NameID', ['nameId' => '<saml:BaseID/>']);
$signed('an element in the NameID', ['nameId' => "<saml:NameID>ada$x</saml:NameID>"]);
$signed('another element behind it', ['nameId' => "<saml:NameID>ada@example.org</saml:NameID>$x"]);

echo "-- Conditions\n";
$conditions = fn (string $inside) => ['conditions' => "<saml:Conditions NotOnOrAfter=\"" . Forge::time(300) . "\">$inside</saml:Conditions>"];
$signed('something else among the Audiences', $conditions("<saml:AudienceRestriction>$x<saml:Audience>" . Forge::SP . '</saml:Audience></saml:AudienceRestriction>'));
$signed('an element in the Audience', $conditions("<saml:AudienceRestriction><saml:Audience>$x</saml:Audience></saml:AudienceRestriction>"));
$signed('an AudienceRestriction without any', $conditions('<saml:AudienceRestriction/>'));
$signed('a time of another age', ['conditions' => '<saml:Conditions NotOnOrAfter="10000-01-01T00:00:00Z"/>']);

echo "-- AuthnStatement\n";
$signed('no AuthnInstant', ['authn' => '<saml:AuthnStatement/>']);
$signed('an element in the AuthnContextClassRef', ['authn' => "<saml:AuthnStatement AuthnInstant=\"$time\"><saml:AuthnContext><saml:AuthnContextClassRef>$x</saml:AuthnContextClassRef></saml:AuthnContext></saml:AuthnStatement>"]);
$good = "<saml:AuthnStatement AuthnInstant=\"$time\"/>";
$signed('an AuthzDecisionStatement beside it', ['authn' => $good . '<saml:AuthzDecisionStatement Decision="Permit" Resource="urn:r"/>']);
$signed('an abstract Statement beside it', ['authn' => $good . '<saml:Statement/>']);

echo "-- AttributeStatement\n";
$attributes = fn (string $inside) => ['attributes' => "<saml:AttributeStatement>$inside</saml:AttributeStatement>"];
$signed('something else in it', $attributes($x));
$signed('something else in an Attribute', $attributes("<saml:Attribute Name=\"a\">$x</saml:Attribute>"));
$one = '<saml:Attribute Name="a"><saml:AttributeValue>1</saml:AttributeValue></saml:Attribute>';
$assertion = accept($idp, $idp->signed($attributes(str_repeat($one, 2000))));
echo '2000 values: ', count($assertion->attributes['a']), "\n";
$signed('2001 values', $attributes(str_repeat($one, 2001)));
$assertion = accept($idp, $idp->signed($attributes('<saml:Attribute Name="none"/>' . $one)));
echo 'an Attribute without a value: ', json_encode([$assertion->attributes['none'], $assertion->attribute('none'), $assertion->attribute('a')]), "\n";

echo "-- Signature\n";
$how = fn (string $what, array $how) => verdict($what, $idp, $idp->signed([], false, $how));
$both = '<ds:Transform Algorithm="' . ENVELOPED . '"/><ds:Transform Algorithm="' . EXC_C14N . '">%s</ds:Transform>';
$inclusive = '<ec:InclusiveNamespaces xmlns:ec="' . EXC_C14N . '"%s>%s</ec:InclusiveNamespaces>';
$how('InclusiveNamespaces without a PrefixList', ['transforms' => sprintf($both, sprintf($inclusive, '', ''))]);
$how('something in InclusiveNamespaces', ['transforms' => sprintf($both, sprintf($inclusive, ' PrefixList="xs"', $x))]);
$how('something else in the Transform', ['transforms' => sprintf($both, $x)]);
$how('a DigestMethod with a parameter', ['before' => fn (string $info) => preg_replace('~<ds:DigestMethod ([^/]*/?[^>]*)/>~', '<ds:DigestMethod $1><ds:X/></ds:DigestMethod>', $info)]);
$how('a DigestMethod without an Algorithm', ['before' => fn (string $info) => preg_replace('~<ds:DigestMethod [^>]*>~', '<ds:DigestMethod/>', $info)]);
$how('no Transforms', ['before' => fn (string $info) => preg_replace('~<ds:Transforms>.*</ds:Transforms>~', '', $info)]);
$how('no DigestValue', ['before' => fn (string $info) => preg_replace('~<ds:DigestValue>.*</ds:DigestValue>~', '', $info)]);
$how('something behind the DigestValue', ['before' => fn (string $info) => str_replace('</ds:Reference>', '<ds:X/></ds:Reference>', $info)]);
$how('no URI', ['before' => fn (string $info) => preg_replace('~ URI="[^"]*"~', '', $info)]);
?>
--EXPECT--
-- Response
text between its elements: UnexpectedElement
no StatusCode: MissingElement
a StatusCode without a Value: MissingElement
signed, without an Issuer: MissingElement
-- Assertion
text between its elements: UnexpectedElement
an element in its Issuer: UnexpectedElement
no IssueInstant: MissingAttribute
no Subject: MissingElement
an unknown statement: UnexpectedElement
-- Subject
text between its elements: UnexpectedElement
a BaseID instead of a NameID: NameIdMissing
an element in the NameID: UnexpectedElement
another element behind it: UnexpectedElement
-- Conditions
something else among the Audiences: UnexpectedElement
an element in the Audience: UnexpectedElement
an AudienceRestriction without any: AudienceMismatch
a time of another age: InvalidTime
-- AuthnStatement
no AuthnInstant: MissingAttribute
an element in the AuthnContextClassRef: UnexpectedElement
an AuthzDecisionStatement beside it: accepted "ada@example.org"
an abstract Statement beside it: accepted "ada@example.org"
-- AttributeStatement
something else in it: UnexpectedElement
something else in an Attribute: UnexpectedElement
2000 values: 2000
2001 values: TooManyNodes
an Attribute without a value: [[],null,"1"]
-- Signature
InclusiveNamespaces without a PrefixList: TransformRefused
something in InclusiveNamespaces: TransformRefused
something else in the Transform: TransformRefused
a DigestMethod with a parameter: AlgorithmRefused
a DigestMethod without an Algorithm: AlgorithmRefused
no Transforms: TransformRefused
no DigestValue: SignatureShape
something behind the DigestValue: SignatureShape
no URI: ReferenceMismatch
