<?php

/** @generate-class-entries */

namespace Samlforce\Saml;

/** How a message comes or goes (saml-bindings-2.0-os §3), by its URI. */
enum Binding: string
{
    /** In the query of an address that the browser is sent to. */
    case Redirect = 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect';
    /** In a form that the browser posts. */
    case Post = 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST';
    /** From server to server, as the body of a request or an answer. */
    case Soap = 'urn:oasis:names:tc:SAML:2.0:bindings:SOAP';
}

/** How the context of an authentication compares with those that were asked for (saml-core-2.0-os §3.3.2.2.1). */
enum Comparison: string
{
    /** It is one of them. */
    case Exact = 'exact';
    /** It is at least as strong as one of them. */
    case Minimum = 'minimum';
    /** It is no stronger than one of them. */
    case Maximum = 'maximum';
    /** It is stronger than each of them. */
    case Better = 'better';
}
