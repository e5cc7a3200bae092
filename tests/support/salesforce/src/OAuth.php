<?php
declare(strict_types=1);

namespace SalesforceEmulator;

/** `/services/oauth2/`: the JWT bearer flow of a connected app whose users are pre-authorized, and revocation. */
final class OAuth
{
	private const JWT_BEARER = 'urn:ietf:params:oauth:grant-type:jwt-bearer';
	/** "The expiration must be within three minutes"; Salesforce lets clocks differ by two more. */
	private const LONGEST = 300;

	public function __construct(private readonly Store $store, private readonly string $host)
	{
	}

	public function handle(Request $request): Response
	{
		$endpoint = substr($request->path, strlen('/services/oauth2/'));
		if (!in_array($endpoint, ['token', 'revoke'], true)) {
			return new Response(404, '<html><head><title>URL No Longer Exists</title></head><body>URL No Longer Exists</body></html>', ['Content-Type' => 'text/html;charset=UTF-8']);
		}
		if ($request->method !== 'POST') {
			return self::refuse('invalid_request', 'must use HTTP POST');
		}
		// Parameters are read from a form and from nothing else; an assertion in an address would end up in logs.
		$form = $request->mediaType() === 'application/x-www-form-urlencoded' ? Request::parameters($request->body) : [];
		return $endpoint === 'token' ? $this->token($form) : $this->revoke($form);
	}

	private static function refuse(string $error, string $description): Response
	{
		$response = Response::json(400, ['error' => $error, 'error_description' => $description], self::noStore());
		$response->error = $error;
		return $response;
	}

	private static function noStore(): array
	{
		return ['Cache-Control' => 'no-cache,must-revalidate,max-age=0,no-store,private', 'Pragma' => 'no-cache'];
	}

	private function token(array $form): Response
	{
		if (!isset($form['grant_type']) || $form['grant_type'] !== self::JWT_BEARER) {
			return self::refuse('unsupported_grant_type', 'grant type not supported');
		}
		$assertion = $form['assertion'] ?? '';
		if ($assertion === '') {
			return self::refuse('invalid_request', 'missing required parameter: assertion');
		}
		if (isset($form['scope'])) {
			return self::refuse('invalid_request', 'scope parameter not supported');
		}

		$parts = explode('.', $assertion);
		if (count($parts) !== 3) {
			return self::refuse('invalid_grant', 'invalid assertion');
		}
		$decoded = array_map(self::base64Url(...), $parts);
		$header = json_decode((string) $decoded[0], true);
		$claims = json_decode((string) $decoded[1], true);
		if (in_array(null, $decoded, true) || !is_array($header) || !is_array($claims) || ($header['alg'] ?? null) !== 'RS256') {
			return self::refuse('invalid_grant', 'invalid assertion');
		}
		foreach (['iss', 'sub', 'aud'] as $claim) {
			if (!is_string($claims[$claim] ?? null) || $claims[$claim] === '') {
				return self::refuse('invalid_grant', 'invalid assertion');
			}
		}

		$certificate = $this->store->value('SELECT certificate FROM connected_apps WHERE consumer_key = ?', [$claims['iss']]);
		if ($certificate === null) {
			return self::refuse('invalid_client_id', 'client identifier invalid');
		}
		// Success is 1; 0 and -1 are failures.
		$key = openssl_pkey_get_public($certificate);
		if ($key === false || openssl_verify($parts[0] . '.' . $parts[1], $decoded[2], $key, OPENSSL_ALGO_SHA256) !== 1) {
			return self::refuse('invalid_grant', 'invalid assertion');
		}
		if (!in_array(rtrim($claims['aud'], '/'), $this->audiences(), true)) {
			return self::refuse('invalid_grant', 'audience is invalid');
		}
		$expires = $claims['exp'] ?? null;
		if (!is_int($expires) && !is_float($expires) && !(is_string($expires) && ctype_digit($expires))) {
			return self::refuse('invalid_grant', 'invalid assertion');
		}
		if ((float) $expires <= time() || (float) $expires > time() + self::LONGEST) {
			return self::refuse('invalid_grant', 'expired authorization code');
		}
		$user = $this->store->row('SELECT Id, IsActive, UserType FROM users WHERE Username = ?', [$claims['sub']]);
		if ($user === null || $user['UserType'] !== 'Standard') {
			return self::refuse('invalid_grant', "user hasn't approved this consumer");
		}
		if (!$user['IsActive']) {
			return self::refuse('inactive_user', 'user is inactive');
		}

		$org = Org::id('Organization');
		$token = substr($org, 0, 15) . '!' . self::tokenTail();
		$this->store->transaction(function () use ($token, $user, $claims): void {
			$this->store->run('DELETE FROM sessions WHERE expires_at <= ?', [time()]);
			$this->store->run('INSERT INTO sessions (token_hash, user_id, consumer_key, expires_at) VALUES (?, ?, ?, ?)', [hash('sha256', $token), $user['Id'], $claims['iss'], time() + $this->store->number('session_seconds')]);
		});
		return Response::json(200, [
			'access_token' => $token,
			'scope' => 'api web',
			'instance_url' => 'https://' . $this->store->setting('instance_host'),
			'id' => 'https://' . $this->host . '/id/' . $org . '/' . $user['Id'],
			'token_type' => 'Bearer',
		], self::noStore());
	}

	private function revoke(array $form): Response
	{
		$token = $form['token'] ?? '';
		$gone = $token === '' ? 0 : $this->store->transaction(fn (): int => $this->store->run('DELETE FROM sessions WHERE token_hash = ?', [hash('sha256', $token)]));
		return $gone === 1 ? new Response(200, '', self::noStore()) : self::refuse('unsupported_token_type', 'this token type is not supported');
	}

	/** "The authorization server's URL or the Experience Cloud site's". */
	private function audiences(): array
	{
		$hosts = [$this->host, $this->store->setting('instance_host')];
		$names = ['https://login.salesforce.com', 'https://test.salesforce.com'];
		foreach ($hosts as $host) {
			$names[] = 'https://' . Api::authority($host);
			$names[] = 'https://' . $host;
			$names[] = 'https://' . explode(':', $host)[0];
		}
		return $names;
	}

	private static function base64Url(string $text): ?string
	{
		if (preg_match('/^[A-Za-z0-9_-]+$/D', $text) !== 1) {
			return null;
		}
		$bytes = base64_decode(strtr($text, '-_', '+/'), true);
		return $bytes === false ? null : $bytes;
	}

	/** Salesforce's tokens have dots and underscores in them. */
	private static function tokenTail(): string
	{
		return 'AR8AQ' . strtr(base64_encode(random_bytes(69)), '+/', '._');
	}
}
