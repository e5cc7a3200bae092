<?php
declare(strict_types=1);

namespace SalesforceEmulator;

/**
 * `/services/oauth2/` of connected apps whose users are pre-authorized: the JWT bearer flow, client credentials, the web server flow with
 * PKCE, refresh tokens with rotation, introspection and revocation.
 */
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
		if ($endpoint === 'authorize' && $request->method === 'GET') {
			return $this->authorize($request->query);
		}
		if (!in_array($endpoint, ['token', 'revoke', 'introspect'], true)) {
			return new Response(404, '<html><head><title>URL No Longer Exists</title></head><body>URL No Longer Exists</body></html>', ['Content-Type' => 'text/html;charset=UTF-8']);
		}
		if ($request->method !== 'POST') {
			return self::refuse('invalid_request', 'must use HTTP POST');
		}
		// Parameters are read from a form and from nothing else; an assertion in an address would end up in logs.
		$form = $request->mediaType() === 'application/x-www-form-urlencoded' ? Request::parameters($request->body) : [];
		// RFC 6749 §2.3.1: the client and its secret may come as Basic authentication instead.
		if (preg_match('/^Basic +([A-Za-z0-9+\/=]+)$/Di', $request->header('authorization'), $m) === 1) {
			[$form['client_id'], $form['client_secret']] = array_map('urldecode', explode(':', (string) base64_decode($m[1], true), 2) + [1 => '']);
		}
		return match ($endpoint) {
			'token' => $this->token($form),
			'introspect' => $this->introspect($form),
			'revoke' => $this->revoke($form),
		};
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
		return match ($form['grant_type'] ?? '') {
			self::JWT_BEARER => $this->jwtBearer($form),
			'client_credentials' => $this->clientCredentials($form),
			'authorization_code' => $this->exchange($form),
			'refresh_token' => $this->refresh($form),
			default => self::refuse('unsupported_grant_type', 'grant type not supported'),
		};
	}

	private function jwtBearer(array $form): Response
	{
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

		return Response::json(200, $this->grant($user['Id'], $claims['iss'], 'api web'), self::noStore());
	}

	/** A new session, as the token endpoint tells of it. */
	private function grant(string $user, string $consumerKey, string $scope): array
	{
		$org = Org::id('Organization');
		$token = substr($org, 0, 15) . '!' . self::tokenTail();
		$this->store->transaction(function () use ($token, $user, $consumerKey): void {
			$this->store->run('DELETE FROM sessions WHERE expires_at <= ?', [time()]);
			$this->store->run('INSERT INTO sessions (token_hash, user_id, consumer_key, expires_at) VALUES (?, ?, ?, ?)', [hash('sha256', $token), $user, $consumerKey, time() + $this->store->number('session_seconds')]);
		});
		return [
			'access_token' => $token,
			'scope' => $scope,
			'instance_url' => 'https://' . $this->store->setting('instance_host'),
			'id' => 'https://' . $this->host . '/id/' . $org . '/' . $user,
			'token_type' => 'Bearer',
		];
	}

	/** @return array<string, mixed>|Response the app, if client_id and client_secret are right */
	private function client(array $form): array|Response
	{
		$app = $this->store->row('SELECT * FROM connected_apps WHERE consumer_key = ?', [$form['client_id'] ?? '']);
		if ($app === null) {
			return self::refuse('invalid_client_id', 'client identifier invalid');
		}
		if ($app['secret_hash'] === null || !hash_equals($app['secret_hash'], hash('sha256', $form['client_secret'] ?? ''))) {
			return self::refuse('invalid_client', 'invalid client credentials');
		}
		return $app;
	}

	/** Whose permissions the app has: "Run As" for client credentials, and here also who logs in and clicks "Allow". */
	private function user(): ?array
	{
		return $this->store->row('SELECT Id FROM users WHERE Username = ? AND IsActive = 1', [Org::INTEGRATION_USERNAME]);
	}

	private function clientCredentials(array $form): Response
	{
		// "Use your My Domain login URL": login.salesforce.com and test.salesforce.com offer this flow to nobody.
		if (Api::authority($this->host) !== Api::authority($this->store->setting('instance_host'))) {
			return self::refuse('invalid_grant', 'request not supported on this domain');
		}
		$app = $this->client($form);
		if ($app instanceof Response) {
			return $app;
		}
		$user = $this->user();
		return $user === null ? self::refuse('invalid_grant', 'no client credentials user enabled') : Response::json(200, $this->grant($user['Id'], $app['consumer_key'], 'api'), self::noStore());
	}

	/** The person is logged in and allows what is asked: no page comes in between. */
	private function authorize(array $query): Response
	{
		$app = $this->store->row('SELECT * FROM connected_apps WHERE consumer_key = ?', [$query['client_id'] ?? '']);
		if ($app === null || $app['callback'] === null) {
			return self::refuse('invalid_client_id', 'client identifier invalid');
		}
		if (($query['redirect_uri'] ?? '') !== $app['callback']) {
			return self::refuse('redirect_uri_mismatch', 'redirect_uri must match configuration');
		}
		$back = static fn (array $parameters): Response => new Response(302, '', ['Location' => $app['callback'] . (str_contains($app['callback'], '?') ? '&' : '?') . http_build_query($parameters + (isset($query['state']) ? ['state' => $query['state']] : []))]);
		if (($query['response_type'] ?? '') !== 'code') {
			return $back(['error' => 'unsupported_response_type', 'error_description' => 'response type not supported']);
		}
		if (($query['code_challenge_method'] ?? '') !== 'S256' || preg_match('/^[A-Za-z0-9_-]{43}$/D', $query['code_challenge'] ?? '') !== 1) {
			return $back(['error' => 'invalid_request', 'error_description' => 'missing required code challenge']);
		}
		$code = 'aPrx' . strtr(base64_encode(random_bytes(48)), '+/', '._') . '==';
		$this->store->transaction(fn (): int => $this->store->run('INSERT INTO codes (code_hash, consumer_key, challenge, scope, expires_at) VALUES (?, ?, ?, ?, ?)', [hash('sha256', $code), $app['consumer_key'], $query['code_challenge'], $query['scope'] ?? 'api', time() + 900]));
		return $back(['code' => $code]);
	}

	private function exchange(array $form): Response
	{
		$app = $this->client($form);
		if ($app instanceof Response) {
			return $app;
		}
		if (($form['redirect_uri'] ?? '') !== $app['callback']) {
			return self::refuse('redirect_uri_mismatch', 'redirect_uri must match configuration');
		}
		// A code is good once, whatever comes of it.
		$hash = hash('sha256', $form['code'] ?? '');
		$code = $this->store->transaction(function () use ($hash): ?array {
			$code = $this->store->row('SELECT * FROM codes WHERE code_hash = ?', [$hash]);
			$this->store->run('DELETE FROM codes WHERE code_hash = ?', [$hash]);
			return $code;
		});
		if ($code === null || $code['consumer_key'] !== $app['consumer_key'] || $code['expires_at'] <= time()) {
			return self::refuse('invalid_grant', $code === null ? 'invalid authorization code' : 'expired authorization code');
		}
		$challenge = rtrim(strtr(base64_encode(hash('sha256', $form['code_verifier'] ?? '', true)), '+/', '-_'), '=');
		if (!hash_equals($code['challenge'], $challenge)) {
			return self::refuse('invalid_grant', 'invalid code verifier');
		}
		$user = $this->user();
		if ($user === null) {
			return self::refuse('inactive_user', 'user is inactive');
		}
		$answer = $this->grant($user['Id'], $app['consumer_key'], $code['scope']) + ['issued_at' => (string) (int) (microtime(true) * 1000)];
		if (in_array('refresh_token', explode(' ', $code['scope']), true)) {
			$answer['refresh_token'] = $this->refreshToken($app['consumer_key'], bin2hex(random_bytes(8)), $answer['access_token'], $code['scope']);
		}
		return Response::json(200, $answer, self::noStore());
	}

	/** A refresh token of a family: those that came one from another by rotation, with the sessions that came of them. */
	private function refreshToken(string $consumerKey, string $family, string $session, string $scope): string
	{
		$token = '5Aep' . strtr(base64_encode(random_bytes(60)), '+/', '._');
		$this->store->transaction(function () use ($token, $consumerKey, $family, $session, $scope): void {
			$this->store->run('INSERT INTO refresh_tokens (token_hash, consumer_key, family, scope, spent) VALUES (?, ?, ?, ?, 0)', [hash('sha256', $token), $consumerKey, $family, $scope]);
			$this->store->run('UPDATE sessions SET family = ? WHERE token_hash = ?', [$family, hash('sha256', $session)]);
		});
		return $token;
	}

	/** With rotation on, a token that comes a second time ends the whole family: one of the two who have it stole it. */
	private function refresh(array $form): Response
	{
		$app = $this->client($form);
		if ($app instanceof Response) {
			return $app;
		}
		$rotate = $this->store->number('rotate_refresh_tokens') === 1;
		$hash = hash('sha256', $form['refresh_token'] ?? '');
		$token = $this->store->transaction(function () use ($hash, $rotate, $app): ?array {
			$token = $this->store->row('SELECT * FROM refresh_tokens WHERE token_hash = ? AND consumer_key = ?', [$hash, $app['consumer_key']]);
			if ($token !== null && $token['spent']) {
				$this->store->run('DELETE FROM refresh_tokens WHERE family = ?', [$token['family']]);
				$this->store->run('DELETE FROM sessions WHERE family = ?', [$token['family']]);
			} elseif ($token !== null && $rotate) {
				$this->store->run('UPDATE refresh_tokens SET spent = 1 WHERE token_hash = ?', [$hash]);
			}
			return $token;
		});
		if ($token === null || $token['spent']) {
			return self::refuse('invalid_grant', 'expired access/refresh token');
		}
		$user = $this->user();
		if ($user === null) {
			return self::refuse('inactive_user', 'user is inactive');
		}
		$answer = $this->grant($user['Id'], $app['consumer_key'], $token['scope']) + ['issued_at' => (string) (int) (microtime(true) * 1000)];
		$this->store->transaction(fn (): int => $this->store->run('UPDATE sessions SET family = ? WHERE token_hash = ?', [$token['family'], hash('sha256', $answer['access_token'])]));
		if ($rotate) {
			$answer['refresh_token'] = $this->refreshToken($app['consumer_key'], $token['family'], $answer['access_token'], $token['scope']);
		}
		return Response::json(200, $answer, self::noStore());
	}

	private function introspect(array $form): Response
	{
		$app = $this->client($form);
		if ($app instanceof Response) {
			return $app;
		}
		if (($form['token'] ?? '') === '') {
			return self::refuse('invalid_request', 'missing required parameter: token');
		}
		$session = $this->store->row('SELECT s.*, u.Username FROM sessions s JOIN users u ON u.Id = s.user_id WHERE s.token_hash = ? AND s.consumer_key = ? AND s.expires_at > ?', [hash('sha256', $form['token']), $app['consumer_key'], time()]);
		if ($session === null) {
			return Response::json(200, ['active' => false], self::noStore());
		}
		$begun = $session['expires_at'] - $this->store->number('session_seconds');
		return Response::json(200, ['active' => true, 'scope' => 'api', 'client_id' => $app['consumer_key'], 'username' => $session['Username'],
			'sub' => 'https://' . $this->host . '/id/' . Org::id('Organization') . '/' . $session['user_id'], 'token_type' => 'access_token', 'exp' => $session['expires_at'], 'iat' => $begun, 'nbf' => $begun], self::noStore());
	}

	private function revoke(array $form): Response
	{
		$token = $form['token'] ?? '';
		$hash = hash('sha256', $token);
		$gone = $token === '' ? 0 : $this->store->transaction(function () use ($hash): int {
			$family = $this->store->value('SELECT family FROM refresh_tokens WHERE token_hash = ? AND spent = 0', [$hash]);
			if ($family !== null) {
				// "If a refresh token is included, it and any associated access tokens are revoked."
				$this->store->run('DELETE FROM sessions WHERE family = ?', [$family]);
				$this->store->run('DELETE FROM refresh_tokens WHERE family = ?', [$family]);
				return 1;
			}
			return $this->store->run('DELETE FROM sessions WHERE token_hash = ?', [$hash]);
		});
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
