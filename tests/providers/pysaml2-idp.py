"""pysaml2 as an identity provider; the arguments and files are lasso-idp.py's."""
import base64
import json
import logging
import sys
from urllib.parse import parse_qs, urlsplit

from saml2 import BINDING_HTTP_POST, BINDING_HTTP_REDIRECT, sigver, xmldsig
from saml2.config import IdPConfig
from saml2.metadata import create_metadata_string
from saml2.saml import NAMEID_FORMAT_EMAILADDRESS, NameID
from saml2.server import Server

logging.disable(logging.CRITICAL)
ENTITY_ID = 'https://pysaml2.test/metadata'
XMLENC, XMLENC11 = 'http://www.w3.org/2001/04/xmlenc#', 'http://www.w3.org/2009/xmlenc11#'
# what a ciphertext says that it is, and the option with which xmlsec1 makes its key
CIPHERS = {
    '3des': (XMLENC + 'tripledes-cbc', 'des-192'),
    'aes128-cbc': (XMLENC + 'aes128-cbc', 'aes-128'),
    'aes192-cbc': (XMLENC + 'aes192-cbc', 'aes-192'),
    'aes256-cbc': (XMLENC + 'aes256-cbc', 'aes-256'),
    'aes128-gcm': (XMLENC11 + 'aes128-gcm', 'aes-128'),
    'aes192-gcm': (XMLENC11 + 'aes192-gcm', 'aes-192'),
    'aes256-gcm': (XMLENC11 + 'aes256-gcm', 'aes-256'),
}
TRANSPORTS = {'oaep': XMLENC + 'rsa-oaep-mgf1p', 'rsa15': XMLENC + 'rsa-1_5'}


def config(folder, with_sp=True):
    settings = {
        'entityid': ENTITY_ID,
        'xmlsec_binary': '/usr/bin/xmlsec1',
        'key_file': f'{folder}/idp.key',
        'cert_file': f'{folder}/idp.crt',
        'service': {'idp': {
            'endpoints': {'single_sign_on_service': [('https://pysaml2.test/sso', BINDING_HTTP_REDIRECT), ('https://pysaml2.test/sso', BINDING_HTTP_POST)]},
            # it would look for a signature in the XML, where the Redirect binding has none
            'want_authn_requests_signed': False,
            'policy': {'default': {'lifetime': {'minutes': 5}, 'attribute_restrictions': None,
                                   'name_form': 'urn:oasis:names:tc:SAML:2.0:attrname-format:basic'}},
        }},
    }
    if with_sp:
        settings['metadata'] = {'local': [f'{folder}/sp.xml']}
    return IdPConfig().load(settings)


def choose_cipher(server, cipher, transport):
    """pysaml2 calls its own two steps with their defaults, 3DES; they have parameters for others."""
    algorithm, session_key = CIPHERS[cipher]
    prepare, encrypt = sigver.pre_encryption_part, server.sec.crypto.encrypt_assertion

    def with_cipher(statement, enc_key, template, key_type, node_xpath=None):
        certificate = template.key_info.encrypted_key.key_info.x509_data.x509_certificate.text
        template = prepare(msg_enc=algorithm, key_enc=TRANSPORTS[transport], encrypt_cert=certificate)
        return encrypt(statement, enc_key, template, session_key, node_xpath)

    server.sec.crypto.encrypt_assertion = with_cipher


def answer(folder, case):
    server = Server(config=config(folder))
    request = posted(server, case) if 'form' in case else redirected(server, case)
    to = server.response_args(request.message, [BINDING_HTTP_POST])
    if case.get('cipher', 'default') != 'default' or 'transport' in case:
        choose_cipher(server, case['cipher'], case.get('transport', 'oaep'))
    return respond(server, case, to)


def posted(server, case):
    """A signature in the XML is pysaml2's to check, and there must be one."""
    request = server.parse_authn_request(case['form']['SAMLRequest'], BINDING_HTTP_POST)
    if request is None or request.message.signature is None:
        raise ValueError('the signature of the request is not good')
    return request


def redirected(server, case):
    query = parse_qs(urlsplit(case['request']).query)
    request = server.parse_authn_request(query['SAMLRequest'][0], BINDING_HTTP_REDIRECT)
    # a signature in the query is the caller's to check, here by the certificate in our metadata
    certificates = server.metadata.certs(request.message.issuer.text, 'spsso', 'signing')
    signed = {name: values[0] for name, values in query.items()}
    if not any(sigver.verify_redirect_signature(signed, server.sec.sec_backend, certificate) for certificate in certificates):
        raise ValueError('the signature of the request is not good')
    return request


def respond(server, case, to):
    hashed = case.get('hash', 'sha256').upper()
    response = server.create_authn_response(
        identity=case['attributes'],
        in_response_to=to['in_response_to'],
        destination=to['destination'],
        sp_entity_id=to['sp_entity_id'],
        name_id=NameID(format=NAMEID_FORMAT_EMAILADDRESS, text=case['nameId']),
        authn={'class_ref': 'urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport', 'authn_auth': 'test'},
        sign_response=case['sign'] != 'assertion',
        sign_assertion=case['sign'] != 'response',
        encrypt_assertion='encrypt' in case,
        encrypt_assertion_self_contained=case.get('selfContained', True),
        sign_alg=getattr(xmldsig, f'SIG_RSA_{hashed}'),
        digest_alg=getattr(xmldsig, f'DIGEST_{hashed}'),
    )
    return {'response': base64.b64encode(str(response).encode()).decode(), 'destination': to['destination']}


def main():
    command, folder = sys.argv[1:]
    if command == 'metadata':
        text = create_metadata_string(None, config=config(folder, with_sp=False))
        with open(f'{folder}/idp.xml', 'wb') as file:
            file.write(text if isinstance(text, bytes) else text.encode())
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
