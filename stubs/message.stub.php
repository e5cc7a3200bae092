<?php

/** @generate-class-entries */

namespace Samlforce\Saml;

/**
 * A message that goes to the identity provider by the browser. Keep `$id` bound to the browser that is sent there, and to
 * the provider, and give it to {@see ServiceProvider::acceptLogin()}; with it `$expectation`, so that the answer is held to what was asked.
 *
 * @strict-properties
 * @not-serializable
 */
final class Message
{
    /** The ID of the request, `_` and 40 hexadecimal digits out of a good random source. */
    public readonly string $id;
    /** {@see Binding::Redirect} or {@see Binding::Post}. */
    public readonly Binding $binding;
    /**
     * Redirect: where to send the browser, the message and its signature in the query (saml-bindings-2.0-os §3.4).
     * Post: where the form goes; there is no message in it.
     */
    public readonly string $url;
    /**
     * Post: the fields of the form, SAMLRequest and, where one was given, RelayState (saml-bindings-2.0-os §3.5). Redirect: none.
     *
     * @var array
     */
    public readonly array $fields;
    /** What the answer to a login request must be. Null for other messages. */
    public readonly ?Expectation $expectation;

    private function __construct() {}

    /**
     * Post: a complete HTML page in UTF-8, escaped, whose form the browser sends by itself, or by its button where no script runs. Send it with
     * `Cache-Control: no-store`; a Content-Security-Policy must allow `script-src 'nonce-…'` and, in `form-action`, the origin of
     * `$url` and whatever that redirects to.
     *
     * @param string|null $nonce of the policy, in base64; without one the script carries none.
     * @param string $button the words on the button, and the title of the page; at most 200 bytes of UTF-8.
     * @param string $language of these words, for `<html lang>`.
     * @throws \Error for a message by the Redirect binding.
     */
    public function form(?string $nonce = null, string $button = 'Continue', string $language = 'en'): string {}
}
