<?php
declare(strict_types=1);

namespace SalesforceEmulator;

/**
 * `/cometd/NN.N`: Bayeux by long polling, with Salesforce's replay extension. A session lives while its client comes back in time, belongs
 * to one browser (a cookie) on one node (another one), and knows how far each of its subscriptions has been read.
 */
final class Cometd
{
	private const OLDEST = 23;
	private const RECONNECT = ['interval' => 0, 'reconnect' => 'handshake'];
	private const NOT_AUTHENTICATED = '401::Authentication invalid';

	private string $browser = '';
	private string $node = '';
	/** @var list<string> */
	private array $cookies = [];

	public function __construct(private readonly Store $store, private readonly string $host)
	{
	}

	public function handle(Request $request): Response
	{
		if (preg_match('~^/cometd(?:/(\d+\.0)(?:/[a-z]*)?)?/?$~D', $request->path, $m) !== 1 || !isset($m[1])) {
			return self::failure(400, "400::API version in the URI is mandatory. URI format: '/cometd/67.0'");
		}
		if ((int) $m[1] < self::OLDEST || (int) $m[1] > Api::NEWEST) {
			return self::failure(400, "400::Unsupported API version. Only API versions '23.0' and above are supported. URI format: '/cometd/67.0'");
		}
		if ($request->method !== 'POST' || !in_array($request->mediaType(), ['application/json', 'text/json'], true)) {
			return self::failure(400, '400::Only POST with a body of JSON is supported');
		}
		$messages = json_decode($request->body, true, 32);
		if (!is_array($messages) || $messages === []) {
			return self::failure(400, '400::The message is not valid JSON');
		}
		$messages = array_is_list($messages) ? $messages : [$messages];
		foreach (explode(';', $request->header('cookie')) as $cookie) {
			[$name, $value] = explode('=', trim($cookie), 2) + [1 => ''];
			match ($name) {
				'BAYEUX_BROWSER' => $this->browser = $value,
				'sfdc-stream' => $this->node = $value,
				default => null,
			};
		}
		$session = $this->session($request);
		$replies = [];
		$status = 200;
		foreach ($messages as $message) {
			if (!is_array($message) || !is_string($message['channel'] ?? null)) {
				return self::failure(400, '400::The message has no channel');
			}
			foreach ($this->message($message, $request, $session) as $reply) {
				$replies[] = $reply;
				if (($reply['ext']['sfdc']['failureReason'] ?? '') !== '' && $this->store->number('cometd_http_401') === 1) {
					$status = 401;
				}
			}
		}
		$response = Response::json($status, $replies);
		foreach ($replies as $reply) {
			$response->error ??= $reply['error'] ?? null;
		}
		if ($this->cookies !== []) {
			$response->headers['Set-Cookie'] = $this->cookies;
		}
		return $response;
	}

	private static function failure(int $status, string $error): Response
	{
		$response = Response::json($status, [['error' => $error, 'successful' => false]]);
		$response->error = $error;
		return $response;
	}

	/** @return string|null the user of the token; '' if there is none in the request */
	private function session(Request $request): ?string
	{
		if (preg_match('/^(?:Bearer|OAuth) +(\S+)$/Di', $request->header('authorization'), $m) !== 1) {
			return '';
		}
		if (Api::authority($this->host) !== Api::authority($this->store->setting('instance_host'))) {
			return null;
		}
		return $this->store->value('SELECT s.user_id FROM sessions s JOIN users u ON u.Id = s.user_id WHERE s.token_hash = ? AND u.IsActive = 1 AND s.expires_at > ?', [hash('sha256', $m[1]), time()]);
	}

	/** @return list<array<string, mixed>> what was waiting, and the reply */
	private function message(array $message, Request $request, ?string $user): array
	{
		$reply = ['channel' => $message['channel']] + (isset($message['id']) ? ['id' => $message['id']] : []);
		$refusal = $user === null ? self::NOT_AUTHENTICATED : ($user === '' ? '401::Request requires authentication' : null);
		if ($message['channel'] === '/meta/handshake') {
			return [$this->handshake($message, $reply, $refusal, $user)];
		}
		$client = $this->client($message, $user);
		if (is_string($client)) {
			return [self::subscription($message) + $reply + ['advice' => $client === '403::Unknown client' ? self::RECONNECT : ['reconnect' => 'none'], 'error' => $client, 'successful' => false]];
		}
		$reply['clientId'] = $client['client_id'];
		if ($refusal !== null) {
			return [self::subscription($message) + $reply + ['advice' => ['reconnect' => 'none', 'interval' => 0], 'error' => $refusal, 'successful' => false]];
		}
		$fault = $this->fault($message['channel']);
		if ($fault !== null) {
			return [self::subscription($message) + $reply + ['error' => $fault, 'successful' => false]];
		}
		return match ($message['channel']) {
			'/meta/connect' => $this->connect($message, $reply, $client, $request),
			'/meta/subscribe' => [$this->subscribe($message, $reply, $client)],
			'/meta/unsubscribe' => [$this->unsubscribe($message, $reply, $client)],
			'/meta/disconnect' => [$this->disconnect($reply, $client)],
			default => [$reply + ['error' => '403::Create denied', 'successful' => false]],
		};
	}

	private static function subscription(array $message): array
	{
		return isset($message['subscription']) ? ['subscription' => $message['subscription']] : [];
	}

	private function handshake(array $message, array $reply, ?string $refusal, ?string $user): array
	{
		$reply['ext'] = ['replay' => true, 'payload.format' => true];
		if ($refusal !== null) {
			$reply['ext'] = ['sfdc' => ['failureReason' => $refusal]] + $reply['ext'];
			return $reply + ['advice' => ['reconnect' => 'none'], 'error' => '403::Handshake denied', 'successful' => false];
		}
		$fault = $this->fault('/meta/handshake');
		if ($fault !== null) {
			return $reply + ['advice' => ['reconnect' => 'handshake', 'interval' => 500], 'error' => $fault, 'successful' => false];
		}
		if (!is_array($message['supportedConnectionTypes'] ?? null) || !in_array('long-polling', $message['supportedConnectionTypes'], true)) {
			return $reply + ['advice' => ['reconnect' => 'none'], 'supportedConnectionTypes' => ['long-polling'], 'error' => '400::Invalid connection type', 'successful' => false];
		}
		if (($message['version'] ?? null) !== '1.0') {
			return $reply + ['advice' => ['reconnect' => 'none'], 'error' => '400::Unsupported Bayeux version', 'successful' => false];
		}
		$id = base_convert(bin2hex(random_bytes(7)), 16, 36) . base_convert(bin2hex(random_bytes(7)), 16, 36);
		$browser = bin2hex(random_bytes(8));
		$node = '!' . base64_encode(random_bytes(24));
		$this->store->transaction(fn () => $this->store->run('INSERT INTO cometd_clients (client_id, user_id, browser, node, expires_at, connects) VALUES (?, ?, ?, ?, ?, 0)', [$id, $user, $browser, $node, microtime(true) + $this->store->number('cometd_session_seconds')]));
		$this->cookies = ["BAYEUX_BROWSER=$browser;Path=/;Secure;HttpOnly", "sfdc-stream=$node; expires=" . gmdate('D, d-M-Y H:i:s', time() + 10800) . ' GMT; path=/;SameSite=None;Secure'];
		return $reply + ['minimumVersion' => '1.0', 'clientId' => $id, 'supportedConnectionTypes' => ['long-polling'], 'version' => '1.0', 'successful' => true];
	}

	/** @return array<string, mixed>|string the session, or the error */
	private function client(array $message, ?string $user): array|string
	{
		$client = $this->store->row('SELECT * FROM cometd_clients WHERE client_id = ?', [(string) ($message['clientId'] ?? '')]);
		// Another node has never heard of it; nor has this one, if the client was away for too long.
		if ($client === null || $client['expires_at'] < microtime(true) || ($this->node !== $client['node'])) {
			return '403::Unknown client';
		}
		if ($this->browser !== $client['browser']) {
			return "400::Client {$client['client_id']} has established a session, but no BAYEUX_BROWSER cookie present";
		}
		if ($user !== null && $user !== '' && $user !== $client['user_id']) {
			return '403::Unknown client';
		}
		return $client;
	}

	private function fault(string $channel): ?string
	{
		return $this->store->transaction(function () use ($channel): ?string {
			foreach ($this->store->all("SELECT * FROM faults WHERE kind = 'bayeux' ORDER BY id") as $fault) {
				if ($fault['path'] === null || preg_match(Faults::pattern($fault['path']), $channel) === 1) {
					if ($fault['remaining'] !== null) {
						$this->store->run($fault['remaining'] <= 1 ? 'DELETE FROM faults WHERE id = ?' : 'UPDATE faults SET remaining = remaining - 1 WHERE id = ?', [$fault['id']]);
					}
					return $fault['message'];
				}
			}
			return null;
		});
	}

	/** @return list<array<string, mixed>> */
	private function connect(array $message, array $reply, array $client, Request $request): array
	{
		if (($message['connectionType'] ?? null) !== 'long-polling') {
			return [$reply + ['advice' => ['reconnect' => 'none'], 'error' => '400::Invalid connection type ' . (is_string($message['connectionType'] ?? null) ? $message['connectionType'] : ''), 'successful' => false]];
		}
		$id = $client['client_id'];
		$timeout = $this->store->number('cometd_timeout_ms');
		$number = (int) $this->store->transaction(fn () => $this->store->value('UPDATE cometd_clients SET connects = connects + 1, expires_at = ? WHERE client_id = ? RETURNING connects', [microtime(true) + $timeout / 1000 + $this->store->number('cometd_session_seconds'), $id]));
		$first = $number === 1;
		// A client may ask for a shorter one (Bayeux §5.2, advice in a connect).
		$asked = $message['advice']['timeout'] ?? null;
		$hold = $first ? 0 : (is_int($asked) && $asked >= 0 && $this->store->number('cometd_hold_as_asked') === 1 ? min($asked, $timeout) : $timeout);
		$until = microtime(true) + $hold / 1000;
		while (($events = $this->events($id)) === [] && microtime(true) < $until) {
			usleep(20000);
			$now = $this->store->row('SELECT connects FROM cometd_clients WHERE client_id = ?', [$id]);
			if ($now === null) {
				return [array_diff_key($reply, ['clientId' => 1]) + ['advice' => self::RECONNECT, 'error' => '403::Unknown client', 'successful' => false]];
			}
			if ((int) $now['connects'] !== $number) {
				break; // the client has come by another way meanwhile
			}
			if ($this->session($request) === null) {
				return [$reply + ['advice' => ['reconnect' => 'none', 'interval' => 0], 'error' => self::NOT_AUTHENTICATED, 'successful' => false]];
			}
		}
		$this->store->transaction(fn () => $this->store->run('UPDATE cometd_clients SET expires_at = ? WHERE client_id = ?', [microtime(true) + $this->store->number('cometd_session_seconds'), $id]));
		if ($first) {
			$reply['advice'] = ['interval' => 0, 'timeout' => $timeout, 'reconnect' => 'retry'];
		}
		return [...$events, $reply + ['successful' => true]];
	}

	/** What the session has not had yet, and now has: whether it arrives is not known here. @return list<array{data: array, channel: string}> */
	private function events(string $id): array
	{
		$subscriptions = $this->store->all('SELECT * FROM cometd_subscriptions WHERE client_id = ? ORDER BY channel', [$id]);
		$due = [];
		foreach ($subscriptions as $one) {
			$object = self::objectOf($one['channel']);
			$rows = $this->store->all('SELECT replay_id, event FROM change_events WHERE replay_id > ? AND at > ?' . ($object === '' ? '' : ' AND object = ?') . ' ORDER BY replay_id LIMIT ' . $this->store->number('cometd_batch'), [$one['position'], time() - Changes::RETENTION, ...($object === '' ? [] : [$object])]);
			foreach ($rows as $row) {
				$due[] = ['data' => json_decode($row['event'], true), 'channel' => $one['channel']];
			}
			if ($rows !== []) {
				$this->store->transaction(fn () => $this->store->run('UPDATE cometd_subscriptions SET position = ? WHERE client_id = ? AND channel = ?', [end($rows)['replay_id'], $id, $one['channel']]));
			}
		}
		return $due;
	}

	/** The object of a channel, '' for all of them; null if there is no such channel. */
	private static function objectOf(string $channel): ?string
	{
		if ($channel === '/data/ChangeEvents') {
			return '';
		}
		return preg_match('~^/data/(\w+)ChangeEvent$~D', $channel, $m) === 1 && isset(Schema::objects()[$m[1]]) ? $m[1] : null;
	}

	private function subscribe(array $message, array $reply, array $client): array
	{
		$channel = $message['subscription'] ?? null;
		$refuse = static fn (string $error): array => self::subscription($message) + $reply + ['error' => $error, 'successful' => false];
		if (!is_string($channel) || $channel === '') {
			return $refuse('400::Channel name not specified');
		}
		if ($channel[0] !== '/') {
			return $refuse("400::Channel subscriptions must start with a leading '/'");
		}
		$object = self::objectOf($channel);
		if ($object === null || ($object !== '' && $this->store->value('SELECT object FROM captured WHERE object = ?', [$object]) === null)) {
			return $refuse("400::The channel you requested to subscribe to does not exist {{$channel}}");
		}
		$position = $this->position();
		$map = $message['ext']['replay'] ?? null;
		if ($map !== null) {
			if (!is_array($map) || !is_int($map[$channel] ?? null)) {
				return $refuse("400::The replayId for channel {{$channel}} wasn't found using the provided replay ID map {" . json_encode($map, JSON_UNESCAPED_SLASHES) . '}. Ensure that the channel name you provided in the replay map is valid and matches the channel name used for subscribing.');
			}
			$from = $map[$channel];
			if ($from === -2) {
				$position = 0;
			} elseif ($from !== -1) {
				if ($this->store->value('SELECT replay_id FROM change_events WHERE replay_id = ? AND at > ?', [$from, time() - Changes::RETENTION]) === null) {
					return $refuse("400::The replayId {{$from}} you provided was invalid.  Please provide a valid ID, -2 to replay all events, or -1 to replay only new events.");
				}
				$position = $from;
			}
		}
		$this->store->transaction(fn () => $this->store->run('INSERT INTO cometd_subscriptions (client_id, channel, position) VALUES (?, ?, ?) ON CONFLICT (client_id, channel) DO UPDATE SET position = excluded.position', [$client['client_id'], $channel, $position]));
		return $reply + ['subscription' => $channel, 'successful' => true];
	}

	/** Only what comes from now on. */
	private function position(): int
	{
		return (int) $this->store->value("SELECT number FROM sequences WHERE prefix = 'replay'");
	}

	private function unsubscribe(array $message, array $reply, array $client): array
	{
		$this->store->transaction(fn () => $this->store->run('DELETE FROM cometd_subscriptions WHERE client_id = ? AND channel = ?', [$client['client_id'], (string) ($message['subscription'] ?? '')]));
		return self::subscription($message) + $reply + ['successful' => true];
	}

	private function disconnect(array $reply, array $client): array
	{
		$this->store->transaction(function () use ($client): void {
			$this->store->run('DELETE FROM cometd_clients WHERE client_id = ?', [$client['client_id']]);
			$this->store->run('DELETE FROM cometd_subscriptions WHERE client_id = ?', [$client['client_id']]);
		});
		return $reply + ['successful' => true];
	}
}
