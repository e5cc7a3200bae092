<?php
declare(strict_types=1);

namespace SalesforceEmulator;

/** The password of a User: `/sobjects/User/{id}/password`, and the sign-in that it is for. */
final class Passwords
{
	/** A few of those that Salesforce calls easy to guess. */
	private const GUESSABLE = ['password', 'passwort', 'salesforce', '12345678', '123456789', 'qwertyuiop', 'iloveyou'];

	public function __construct(private readonly Store $store)
	{
	}

	public function handle(Request $request, string $userId): Response
	{
		$user = $this->store->row('SELECT * FROM users WHERE Id = ?', [$userId]) ?? throw ApiError::notFound();
		if ($this->store->number('password_permission') !== 1) {
			throw ApiError::of(403, 'INSUFFICIENT_ACCESS', 'You do not have permission to view this record.');
		}
		return match ($request->method) {
			'GET', 'HEAD' => Response::json(200, ['isExpired' => $this->isExpired($user)]),
			'POST' => $this->set($userId, Api::json($request)),
			'DELETE' => $this->reset($userId),
			default => throw ApiError::method($request->method, ['HEAD', 'GET', 'POST', 'DELETE']),
		};
	}

	private function isExpired(array $user): bool
	{
		$days = $this->store->number('policy_expires_days');
		return $user['password_expired'] == 1 || ($days > 0 && $user['password_changed_at'] !== null && $user['password_changed_at'] + $days * 86400 <= time());
	}

	private function set(string $userId, array $body): Response
	{
		foreach (array_keys($body) as $name) {
			if ($name !== 'NewPassword') {
				throw ApiError::of(400, 'JSON_PARSER_ERROR', "Unrecognized field \"$name\" at [line:1, column:1]");
			}
		}
		if (!is_string($body['NewPassword'] ?? null)) {
			throw ApiError::of(400, 'INVALID_NEW_PASSWORD', 'Your password cannot be null');
		}
		$password = $body['NewPassword'];
		// The slow hash is made before the lock is taken, so that nobody waits for it.
		$hash = password_hash($password, PASSWORD_BCRYPT, ['cost' => 8]);
		$this->store->transaction(function () use ($userId, $password, $hash): void {
			$user = $this->active($userId);
			$this->check($user, $password);
			$this->store->run('UPDATE users SET password_hash = ?, temporary_hash = NULL, password_changed_at = ?, password_expired = 0, locked_until = 0, NumberOfFailedLogins = 0, LastPasswordChangeDate = ?, SystemModstamp = ? WHERE Id = ?', [$hash, time(), Store::now(), Store::now(), $userId]);
			$this->store->run('INSERT INTO password_history (user_id, hash) VALUES (?, ?)', [$userId, $hash]);
		});
		return Response::empty();
	}

	/** The old password is void at once; the new one is temporary, and the user must choose one when signing in with it. */
	private function reset(string $userId): Response
	{
		$temporary = self::temporary();
		$hash = password_hash($temporary, PASSWORD_BCRYPT, ['cost' => 8]);
		$this->store->transaction(function () use ($userId, $hash): void {
			$user = $this->active($userId);
			$this->store->run('UPDATE users SET password_hash = NULL, temporary_hash = ?, password_changed_at = ?, password_expired = 1, locked_until = 0, NumberOfFailedLogins = 0, SystemModstamp = ? WHERE Id = ?', [$hash, time(), Store::now(), $userId]);
			UserRules::mail($this->store, 'password_reset', $userId, $user['Email']);
		});
		return Response::json(200, ['NewPassword' => $temporary]);
	}

	/** The documented order is to activate first; what an inactive user's password does is documented nowhere, so it is refused. */
	private function active(string $userId): array
	{
		$user = $this->store->row('SELECT * FROM users WHERE Id = ?', [$userId]) ?? throw ApiError::notFound();
		if (!$user['IsActive']) {
			throw ApiError::of(400, 'INACTIVE_OWNER_OR_USER', "operation performed with inactive user [$userId]");
		}
		return $user;
	}

	private function check(array $user, string $password): void
	{
		$refuse = static fn (string $message) => throw ApiError::of(400, 'INVALID_NEW_PASSWORD', $message);
		$minimum = $this->store->number('policy_min_length');
		if (strlen($password) > 16000) {
			$refuse('Your password cannot exceed 16,000 bytes');
		}
		if (iconv_strlen($password, 'UTF-8') < $minimum) {
			$refuse("Your password must be at least $minimum characters long.");
		}
		$letter = preg_match('/\p{L}/u', $password) === 1;
		$digit = preg_match('/[0-9]/', $password) === 1;
		$upper = preg_match('/\p{Lu}/u', $password) === 1;
		$lower = preg_match('/\p{Ll}/u', $password) === 1;
		$special = preg_match('~[!"#$%&\'()*+,\-./:;<=>?@\[\\\\\]^_`{|}\~]~', $password) === 1;
		[$good, $message] = match ($this->store->number('policy_complexity')) {
			0 => [true, ''],
			1 => [$letter && $digit, 'Your password must have a mix of letters and numbers.'],
			2 => [$letter && $digit && $special, 'Your password must have a mix of letters, numbers, and special characters.'],
			3 => [$digit && $upper && $lower, 'Your password must have a mix of numbers and uppercase and lowercase letters.'],
			4 => [$digit && $upper && $lower && $special, 'Your password must have a mix of numbers, uppercase and lowercase letters, and special characters.'],
			5 => [(int) $digit + (int) $upper + (int) $lower + (int) $special >= 3, 'Your password must include 3 of the following: numbers, uppercase letters, lowercase letters, special characters.'],
		};
		if (!$good) {
			$refuse($message);
		}
		if (stripos($password, $user['Username']) !== false) {
			$refuse('Your password cannot equal or contain your user name.');
		}
		foreach (['FirstName', 'LastName'] as $name) {
			if ($user[$name] !== null && strcasecmp($password, $user[$name]) === 0) {
				$refuse('Your password cannot match your first or last name.');
			}
		}
		if (in_array(strtolower($password), self::GUESSABLE, true)) {
			$refuse('Your password cannot be easy to guess. Please choose a different one.');
		}
		if ($this->store->number('policy_min_lifetime') === 1 && $user['password_hash'] !== null && !$user['password_expired'] && $user['password_changed_at'] > time() - 86400) {
			$refuse('You cannot change your password more than once in 24 hours.');
		}
		foreach ($this->store->all('SELECT hash FROM password_history WHERE user_id = ? ORDER BY id DESC LIMIT ?', [$user['Id'], $this->store->number('policy_history')]) as $past) {
			if (password_verify($password, $past['hash'])) {
				$refuse('invalid repeated password');
			}
		}
	}

	private static function temporary(): string
	{
		return substr(strtr(base64_encode(random_bytes(12)), '+/', 'xy'), 0, 12) . 'a7';
	}

	/** @return string|null why this sign-in fails, or null if it succeeds */
	public function signIn(string $username, string $password): ?string
	{
		return $this->store->transaction(function () use ($username, $password): ?string {
			$user = $this->store->row('SELECT * FROM users WHERE Username = ?', [$username]);
			if ($user === null) {
				return 'there is no user of that name';
			}
			if (!$user['IsActive']) {
				return 'the user is inactive';
			}
			if ($user['locked_until'] > time()) {
				return 'the user is locked out after too many wrong passwords';
			}
			if ($user['temporary_hash'] !== null && password_verify($password, $user['temporary_hash'])) {
				return 'the password is temporary; the user must choose another one first';
			}
			if ($user['password_hash'] === null || !password_verify($password, $user['password_hash'])) {
				$failed = $user['NumberOfFailedLogins'] + 1;
				$attempts = $this->store->number('policy_max_attempts');
				$locked = $attempts > 0 && $failed >= $attempts ? time() + 60 * $this->store->number('policy_lockout_minutes') : 0;
				$this->store->run('UPDATE users SET NumberOfFailedLogins = ?, locked_until = ? WHERE Id = ?', [$locked > 0 ? 0 : $failed, $locked, $user['Id']]);
				return $user['password_hash'] === null ? 'the user has no password yet' : 'the password is wrong';
			}
			if ($this->isExpired($user)) {
				return 'the password has expired';
			}
			$this->store->run('UPDATE users SET NumberOfFailedLogins = 0, LastLoginDate = ? WHERE Id = ?', [Store::now(), $user['Id']]);
			return null;
		});
	}
}
