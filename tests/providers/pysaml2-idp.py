"""pysaml2 as an identity provider; the arguments and files are lasso-idp.py's."""
import base64
import json
import logging
import sys
from urllib.parse import parse_qs, urlsplit
from xml.etree import ElementTree

from saml2 import BINDING_HTTP_POST, BINDING_HTTP_REDIRECT, BINDING_SOAP, sigver, xmldsig
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
BINDINGS = {'redirect': BINDING_HTTP_REDIRECT, 'post': BINDING_HTTP_POST, 'soap': BINDING_SOAP}
TRANSPORTS = {'oaep': XMLENC + 'rsa-oaep-mgf1p', 'rsa15': XMLENC + 'rsa-1_5'}


# it writes what is in a SOAP envelope anew before it verifies it, and must call the prefixes what we call them
for prefix, name in {'samlp': 'urn:oasis:names:tc:SAML:2.0:protocol', 'saml': 'urn:oasis:names:tc:SAML:2.0:assertion', 'ds': 'http://www.w3.org/2000/09/xmldsig#'}.items():
    ElementTree.register_namespace(prefix, name)


def config(folder, with_sp=True):
    settings = {
        'entityid': ENTITY_ID,
        'xmlsec_binary': '/usr/bin/xmlsec1',
        'key_file': f'{folder}/idp.key',
        'cert_file': f'{folder}/idp.crt',
        'service': {'idp': {
            'endpoints': {
                'single_sign_on_service': [('https://pysaml2.test/sso', BINDING_HTTP_REDIRECT), ('https://pysaml2.test/sso', BINDING_HTTP_POST)],
                'single_logout_service': [('https://pysaml2.test/slo', binding) for binding in BINDINGS.values()],
            },
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


def unsigned_query(server, issuer, message):
    """The parameters of a query, whose signature is the caller's to check, here by the certificate in our metadata."""
    signed = {name: values[0] for name, values in parse_qs(message).items()}
    if not any(sigver.verify_redirect_signature(dict(signed), server.sec.sec_backend, certificate)
               for certificate in server.metadata.certs(issuer, 'spsso', 'signing')):
        raise ValueError('the signature of the query is not good')
    return signed


def sent(server, message, binding, step, response):
    """As it goes out: url, and body."""
    info = server.apply_binding(BINDINGS[binding], str(message), step['to'], step.get('relayState') or '', response=response,
                                sign=binding == 'redirect', sigalg=xmldsig.SIG_RSA_SHA256)
    if binding == 'redirect':
        return {'url': dict(info['headers'])['Location'], 'body': None}
    if binding == 'soap':
        return {'url': step['to'], 'body': info['data'] if isinstance(info['data'], str) else info['data'].decode()}
    return {'url': step['to'], 'body': base64.b64encode(str(message).encode()).decode()}


def logout_step(folder, step):
    server = Server(config=config(folder))
    if step['do'] == 'login':
        return answer(folder, step)
    binding = step['binding']
    by_query = binding == 'redirect'
    if step['do'] == 'read':
        message = unsigned_query(server, step['sp'], step['message'])['SAMLRequest'] if by_query else step['message']
        # it looks for the signature in the XML, and is told so where the XML has one
        server.config.setattr('idp', 'logout_requests_signed', not by_query)
        request = server.parse_logout_request(message, BINDINGS[binding]).message
        response = server.create_logout_response(request, [BINDINGS[binding]], sign=not by_query, sign_alg=xmldsig.SIG_RSA_SHA256, digest_alg=xmldsig.DIGEST_SHA256)
        read = {'nameId': request.name_id.text, 'sessionIndex': request.session_index[0].text, 'relayState': parse_qs(step['message']).get('RelayState', [None])[0] if by_query else None}
        return read | sent(server, response, binding, step | {'relayState': read['relayState']}, True)
    if step['do'] == 'write':
        name = NameID(format=step['format'], text=step['nameId'])
        identifier, request = server.create_logout_request(step['to'], step['sp'], name_id=name, session_indexes=[step['sessionIndex']], sign=not by_query,
                                                           sign_alg=xmldsig.SIG_RSA_SHA256, digest_alg=xmldsig.DIGEST_SHA256)
        return {'id': identifier} | sent(server, request, binding, step, False)
    message = unsigned_query(server, step['sp'], step['message'])['SAMLResponse'] if by_query else step['message']
    status = server.parse_logout_request_response(message, BINDINGS[binding]).response.status.status_code
    return {'status': status.value, 'second': status.status_code.value if status.status_code else None}


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
