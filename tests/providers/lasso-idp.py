"""lasso as an identity provider.

lasso-idp.py metadata DIR    writes DIR/idp.xml for the key in DIR/idp.key and DIR/idp.crt
lasso-idp.py answer DIR      answers the login requests in DIR/cases.json, of the service provider in DIR/sp.xml, into DIR/answers.json
"""
import json
import sys
from datetime import datetime, timedelta, timezone
from urllib.parse import urlsplit

import lasso

ENTITY_ID = 'https://lasso.test/metadata'
SIGNATURES = {
    'sha1': lasso.SIGNATURE_METHOD_RSA_SHA1,
    'sha256': lasso.SIGNATURE_METHOD_RSA_SHA256,
    'sha384': lasso.SIGNATURE_METHOD_RSA_SHA384,
    'sha512': lasso.SIGNATURE_METHOD_RSA_SHA512,
}
CIPHERS = {
    'aes128': lasso.ENCRYPTION_SYM_KEY_TYPE_AES_128,
    'aes256': lasso.ENCRYPTION_SYM_KEY_TYPE_AES_256,
    '3des': lasso.ENCRYPTION_SYM_KEY_TYPE_3DES,
}
TRANSPORTS = {'oaep': lasso.KEY_ENCRYPTION_METHOD_OAEP, 'rsa15': lasso.KEY_ENCRYPTION_METHOD_PKCS1}
MODES = {'assertion': lasso.ENCRYPTION_MODE_ASSERTION, 'nameid': lasso.ENCRYPTION_MODE_NAMEID}


def metadata(folder):
    """lasso reads metadata and writes none: this is what its documentation has one write."""
    with open(f'{folder}/idp.crt', encoding='ascii') as file:
        certificate = ''.join(line for line in file if not line.startswith('-----'))
    with open(f'{folder}/idp.xml', 'w', encoding='utf-8') as file:
        file.write(f'''<?xml version="1.0"?>
<EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" xmlns:ds="http://www.w3.org/2000/09/xmldsig#" entityID="{ENTITY_ID}">
  <IDPSSODescriptor WantAuthnRequestsSigned="true" protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">
    <KeyDescriptor use="signing"><ds:KeyInfo><ds:X509Data><ds:X509Certificate>
{certificate}</ds:X509Certificate></ds:X509Data></ds:KeyInfo></KeyDescriptor>
    <SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect" Location="https://lasso.test/sso"/>
    <SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST" Location="https://lasso.test/sso"/>
  </IDPSSODescriptor>
</EntityDescriptor>
''')


def answer(folder, case):
    server = lasso.Server(f'{folder}/idp.xml', f'{folder}/idp.key', None, f'{folder}/idp.crt')
    server.addProvider(lasso.PROVIDER_ROLE_SP, f'{folder}/sp.xml')
    server.signatureMethod = SIGNATURES[case.get('hash', 'sha256')]
    login = lasso.Login(server)
    # the signature of our request is checked here: lasso has our key from our metadata
    login.setSignatureVerifyHint(lasso.PROFILE_SIGNATURE_VERIFY_HINT_FORCE)
    login.processAuthnRequestMsg(case['form']['SAMLRequest'] if 'form' in case else urlsplit(case['request']).query)
    sp = server.getProvider(login.remoteProviderId)
    if 'encrypt' in case:
        sp.setEncryptionMode(MODES[case['encrypt']])
        sp.setEncryptionSymKeyType(CIPHERS[case['cipher']])
        sp.setKeyEncryptionMethod(TRANSPORTS[case.get('transport', 'oaep')])
    login.validateRequestMsg(True, True)
    now = datetime.now(timezone.utc)
    date = '%Y-%m-%dT%H:%M:%SZ'
    login.buildAssertion(lasso.SAML2_AUTHN_CONTEXT_PASSWORD_PROTECTED_TRANSPORT, now.strftime(date), None,
                         (now - timedelta(minutes=1)).strftime(date), (now + timedelta(minutes=5)).strftime(date))
    assertion = login.response.assertion[0]
    if assertion.subject.nameID is None:
        # it is encrypted already, and a name of lasso's own making
        subject = assertion.subject.encryptedId.originalData.content
    else:
        subject = case['nameId']
        assertion.subject.nameID.format = lasso.SAML2_NAME_IDENTIFIER_FORMAT_EMAIL
        assertion.subject.nameID.content = subject
    statement = lasso.Saml2AttributeStatement()
    attributes = []
    for name, values in case['attributes'].items():
        attribute = lasso.Saml2Attribute()
        attribute.name = name
        attribute.nameFormat = lasso.SAML2_ATTRIBUTE_NAME_FORMAT_BASIC
        nodes = []
        for value in values:
            node = lasso.Saml2AttributeValue()
            node.any = [lasso.MiscTextNode.newWithString(value)]
            node.any[0].textChild = True
            nodes.append(node)
        attribute.attributeValue = nodes
        attributes.append(attribute)
    statement.attribute = attributes
    assertion.attributeStatement = [statement]
    if case['sign'] == 'response':
        # lasso has prepared the Assertion for its signature, and there is no taking back: the same content in an Assertion of its own
        unsigned = lasso.Saml2Assertion()
        for field in ('iD', 'version', 'issueInstant', 'issuer', 'subject', 'conditions', 'authnStatement', 'attributeStatement'):
            setattr(unsigned, field, getattr(assertion, field))
        login.response.assertion = (unsigned,)
    login.setSignatureHint(lasso.PROFILE_SIGNATURE_HINT_FORBID if case['sign'] == 'assertion' else lasso.PROFILE_SIGNATURE_HINT_FORCE)
    login.buildAuthnResponseMsg()
    return {'response': login.msgBody, 'destination': login.msgUrl, 'nameId': subject}


def main():
    command, folder = sys.argv[1:]
    if command == 'metadata':
        metadata(folder)
        return
    answers = {}
    with open(f'{folder}/cases.json', encoding='utf-8') as file:
        cases = json.load(file)
    for case in cases:
        try:
            answers[case['name']] = answer(folder, case)
        except Exception as error:  # one case that fails says so on its own line
            answers[case['name']] = {'error': f'{type(error).__name__}: {error}'}
    with open(f'{folder}/answers.json', 'w', encoding='utf-8') as file:
        json.dump(answers, file)


main()
