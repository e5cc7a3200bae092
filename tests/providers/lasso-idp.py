"""lasso as an identity provider.

lasso-idp.py metadata DIR    writes DIR/idp.xml for the key in DIR/idp.key and DIR/idp.crt
lasso-idp.py answer DIR      answers the login requests in DIR/cases.json, of the service provider in DIR/sp.xml, into DIR/answers.json
lasso-idp.py artifact DIR    answers the login request in DIR/artifact.json with an artifact, in DIR/artifact-answers.json, and resolves it once, by TLS with the
                             key and certificate in DIR/artifact.key and DIR/artifact.crt at the port that DIR/artifact.json names
lasso-idp.py logout DIR      takes the steps in DIR/logout.json, each a part of a logout, and writes what came of them to DIR/logout-answers.json
"""
import http.server
import json
import os
import ssl
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
    <ArtifactResolutionService index="0" Binding="urn:oasis:names:tc:SAML:2.0:bindings:SOAP" Location="https://lasso.localhost/artifact"/>
    <SingleLogoutService Binding="urn:oasis:names:tc:SAML:2.0:bindings:SOAP" Location="https://lasso.test/slo"/>
    <SingleLogoutService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect" Location="https://lasso.test/slo" ResponseLocation="https://lasso.test/slo-return"/>
    <SingleLogoutService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST" Location="https://lasso.test/slo" ResponseLocation="https://lasso.test/slo-return"/>
    <SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect" Location="https://lasso.test/sso"/>
    <SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST" Location="https://lasso.test/sso"/>
  </IDPSSODescriptor>
</EntityDescriptor>
''')


def new_server(folder, signature='sha256'):
    server = lasso.Server(f'{folder}/idp.xml', f'{folder}/idp.key', None, f'{folder}/idp.crt')
    server.addProvider(lasso.PROVIDER_ROLE_SP, f'{folder}/sp.xml')
    server.signatureMethod = SIGNATURES[signature]
    return server


def answer(folder, case):
    server = new_server(folder, case.get('hash', 'sha256'))
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
    with open(f'{folder}/session', 'w', encoding='utf-8') as file:
        file.write(login.session.dump())
    return {'response': login.msgBody, 'destination': login.msgUrl, 'nameId': subject}


def artifact(folder):
    with open(f'{folder}/artifact.json', encoding='utf-8') as file:
        task = json.load(file)
    login = lasso.Login(new_server(folder))
    login.processAuthnRequestMsg(urlsplit(task['request']).query)
    login.validateRequestMsg(True, True)
    now = datetime.now(timezone.utc)
    date = '%Y-%m-%dT%H:%M:%SZ'
    login.buildAssertion(lasso.SAML2_AUTHN_CONTEXT_PASSWORD_PROTECTED_TRANSPORT, now.strftime(date), None,
                         (now - timedelta(minutes=1)).strftime(date), (now + timedelta(minutes=5)).strftime(date))
    login.response.assertion[0].subject.nameID.content = 'ada@example.org'
    login.buildArtifactMsg(lasso.HTTP_METHOD_ARTIFACT_GET)

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers['Content-Length'])).decode()
            with open(f'{folder}/artifact-resolve.xml', 'w', encoding='utf-8') as file:
                file.write(body)
            resolve = lasso.Login(new_server(folder))
            # who asks is known by the signature of the ArtifactResolve
            resolve.processRequestMsg(body)
            resolve.artifactMessage = login.artifactMessage if resolve.assertionArtifact == login.artifact else None
            resolve.buildResponseMsg(None)
            answer = resolve.msgBody.encode()
            self.send_response(200)
            self.send_header('Content-Type', 'text/xml')
            self.send_header('Content-Length', str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *_):
            pass

    server = http.server.HTTPServer(('127.0.0.1', task['port']), Handler)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(f'{folder}/artifact.crt', f'{folder}/artifact.key')
    server.socket = context.wrap_socket(server.socket, server_side=True)
    server.timeout = 60
    with open(f'{folder}/artifact-answers.tmp', 'w', encoding='utf-8') as file:
        json.dump({'url': login.msgUrl}, file)
    os.rename(f'{folder}/artifact-answers.tmp', f'{folder}/artifact-answers.json')
    server.handle_request()


def new_logout(folder):
    logout = lasso.Logout(new_server(folder))
    with open(f'{folder}/session', encoding='utf-8') as file:
        logout.setSessionFromDump(file.read())
    return logout


def logout_step(folder, step):
    methods = {'redirect': lasso.HTTP_METHOD_REDIRECT, 'post': lasso.HTTP_METHOD_POST, 'soap': lasso.HTTP_METHOD_SOAP}
    if step['do'] == 'login':
        return answer(folder, step)
    if step['do'] == 'read':
        logout = new_logout(folder)
        logout.processRequestMsg(step['message'])
        read = {'nameId': logout.nameIdentifier.content, 'sessionIndex': logout.request.sessionIndex, 'relayState': logout.msgRelayState}
        logout.validateRequest()
        logout.buildResponseMsg()
        return read | {'url': logout.msgUrl, 'body': logout.msgBody}
    if step['do'] == 'write':
        logout = new_logout(folder)
        logout.initRequest(step['sp'], methods[step['binding']])
        logout.msgRelayState = step.get('relayState')
        logout.buildRequestMsg()
        with open(f"{folder}/logout-{step['binding']}", 'w', encoding='utf-8') as file:
            file.write(logout.dump())
        return {'url': logout.msgUrl, 'body': logout.msgBody}
    with open(f"{folder}/logout-{step['binding']}", encoding='utf-8') as file:
        logout = lasso.Logout.newFromDump(new_server(folder), file.read())
    with open(f'{folder}/session', encoding='utf-8') as file:
        logout.setSessionFromDump(file.read())
    logout.processResponseMsg(step['message'])
    code = logout.response.status.statusCode
    return {'status': code.value, 'second': code.statusCode.value if code.statusCode else None}


def take_steps(folder):
    with open(f'{folder}/logout.json', encoding='utf-8') as file:
        steps = json.load(file)
    answers = []
    for step in steps:
        try:
            answers.append(logout_step(folder, step))
        except Exception as error:  # one step that fails says so in its own place
            answers.append({'error': f'{type(error).__name__}: {error}'})
    with open(f'{folder}/logout-answers.json', 'w', encoding='utf-8') as file:
        json.dump(answers, file)


def main():
    command, folder = sys.argv[1:]
    if command == 'logout':
        take_steps(folder)
        return
    if command == 'artifact':
        artifact(folder)
        return
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
