<?php

declare(strict_types=1);

/**
 * Salesforce's sign-in page: a person is who Salesforce's own user table says, with the password that stands there as a
 * hash. An inactive User can't sign in, and is told no more than somebody with a wrong password.
 */
final class SalesforceUsers extends \SimpleSAML\Module\core\Auth\UserPassBase
{
	private string $database;

	/**
	 * @param array $info
	 * @param array $config 'database': path of the emulator's SQLite file.
	 */
	public function __construct($info, $config)
	{
		parent::__construct($info, $config);
		$this->database = $config['database'];
	}

	/**
	 * @param string $username
	 * @param string $password
	 * @return array<string, list<string>>
	 */
	protected function login($username, #[\SensitiveParameter] $password)
	{
		$database = new \PDO('sqlite:' . $this->database, null, null, [\PDO::ATTR_ERRMODE => \PDO::ERRMODE_EXCEPTION]);
		$database->exec('PRAGMA busy_timeout = 5000');
		// Salesforce takes user names in any case.
		$query = $database->prepare(
			'SELECT Id, Username, Email, FirstName, LastName, FederationIdentifier, ContactId, IsActive, password_hash'
			. ' FROM users WHERE lower(Username) = lower(?)'
		);
		$query->execute([$username]);
		$user = $query->fetch(\PDO::FETCH_ASSOC);
		$hash = (string) ($user['password_hash'] ?? '');
		// A hash of nothing costs an unknown name the same time.
		$matches = password_verify($password, $hash !== '' ? $hash : '$2y$10$ds5yy/2nnl9e36cVvkySL.vhgxlmkGzQUgLziIb/IskwLbHw6f2b.');
		if ($user === false || $hash === '' || !$matches || !in_array((string) $user['IsActive'], ['1', 'true'], true)) {
			throw new \SimpleSAML\Error\Error('WRONGUSERPASS');
		}
		return [
			'userId' => [$user['Id']],
			'username' => [$user['Username']],
			'email' => [$user['Email']],
			'FirstName' => [(string) $user['FirstName']],
			'LastName' => [(string) $user['LastName']],
			'is_portal_user' => [($user['ContactId'] ?? '') !== '' ? 'true' : 'false'],
		];
	}
}
