<?php
declare(strict_types=1);

namespace SalesforceEmulator;

/** The tables, and what an org has on its first day: an administrator with a role, an integration user, an account, profiles. */
final class Org
{
	public const CONSUMER_KEY = '3MVG9SamlforceTestConsumerKey.0123456789';
	public const INTEGRATION_USERNAME = 'integration@acme.example';

	/** Everything of the org that `reset` forgets; the connected apps, the sessions and the ids that were given out stay. */
	private const DATA = ['password_history', 'mails', 'requests', 'faults', 'query_cursors', 'bulk_jobs', 'captured', 'change_events', 'cometd_clients', 'cometd_subscriptions', 'outbound_rules', 'outbound_queue', 'foreign_usernames', 'users', 'contacts', 'accounts', 'profiles', 'user_roles', 'user_licenses', 'organizations'];

	public static function id(string $object, int $number = 1): string
	{
		return RecordId::make(Schema::objects()[$object]['prefix'], $number);
	}

	public static function create(Store $store): void
	{
		$store->transaction(static function () use ($store): void {
			foreach (Schema::objects() as $definition) {
				$columns = [];
				foreach ($definition['fields'] as $name => $field) {
					// Text compares without regard to case, as in Salesforce; ids and dates do not.
					$columns[] = match ($field['type']) {
						'id' => "$name TEXT NOT NULL PRIMARY KEY",
						'boolean' => "$name INTEGER NOT NULL DEFAULT 0",
						'int' => "$name INTEGER NOT NULL DEFAULT 0",
						'reference', 'date', 'datetime' => "$name TEXT",
						default => "$name TEXT COLLATE NOCASE",
					};
				}
				if ($definition['table'] === 'users') {
					array_push($columns, 'password_hash TEXT', 'temporary_hash TEXT', 'password_changed_at INTEGER', 'password_expired INTEGER NOT NULL DEFAULT 0', 'locked_until INTEGER NOT NULL DEFAULT 0');
				}
				$store->run("CREATE TABLE IF NOT EXISTS {$definition['table']} (" . implode(', ', $columns) . ')');
			}
			foreach ([
				'settings (key TEXT PRIMARY KEY, value TEXT NOT NULL)',
				'sequences (prefix TEXT PRIMARY KEY, number INTEGER NOT NULL)',
				'connected_apps (consumer_key TEXT PRIMARY KEY, certificate TEXT NOT NULL, secret_hash TEXT, callback TEXT)',
				// A token is kept as its digest: whoever reads this file can't call with it.
				'sessions (token_hash TEXT PRIMARY KEY, user_id TEXT NOT NULL, consumer_key TEXT NOT NULL, expires_at INTEGER NOT NULL, family TEXT)',
				'codes (code_hash TEXT PRIMARY KEY, consumer_key TEXT NOT NULL, challenge TEXT NOT NULL, scope TEXT NOT NULL, expires_at INTEGER NOT NULL)',
				'refresh_tokens (token_hash TEXT PRIMARY KEY, consumer_key TEXT NOT NULL, family TEXT NOT NULL, scope TEXT NOT NULL, spent INTEGER NOT NULL)',
				'password_history (id INTEGER PRIMARY KEY, user_id TEXT NOT NULL, hash TEXT NOT NULL)',
				'mails (id INTEGER PRIMARY KEY, sent_at TEXT NOT NULL, kind TEXT NOT NULL, user_id TEXT NOT NULL, recipient TEXT NOT NULL)',
				'foreign_usernames (username TEXT PRIMARY KEY COLLATE NOCASE)',
				'faults (id INTEGER PRIMARY KEY, kind TEXT NOT NULL, remaining INTEGER, path TEXT, method TEXT, seconds REAL, code TEXT, status INTEGER, message TEXT, bare INTEGER NOT NULL DEFAULT 0, carried_out INTEGER NOT NULL DEFAULT 0)',
				'query_cursors (id TEXT PRIMARY KEY, user_id TEXT NOT NULL, rows TEXT NOT NULL)',
				'captured (object TEXT PRIMARY KEY)',
				'change_events (replay_id INTEGER PRIMARY KEY, object TEXT NOT NULL, transaction_key TEXT NOT NULL, at INTEGER NOT NULL, event TEXT NOT NULL)',
				'cometd_clients (client_id TEXT PRIMARY KEY, user_id TEXT NOT NULL, browser TEXT NOT NULL, node TEXT NOT NULL, expires_at REAL NOT NULL, connects INTEGER NOT NULL)',
				'cometd_subscriptions (client_id TEXT NOT NULL, channel TEXT NOT NULL, position INTEGER NOT NULL, PRIMARY KEY (client_id, channel))',
				'outbound_rules (action_id TEXT PRIMARY KEY, object TEXT NOT NULL, url TEXT NOT NULL, fields TEXT NOT NULL)',
				'outbound_queue (notification_id TEXT PRIMARY KEY, action_id TEXT NOT NULL, record_id TEXT NOT NULL, queued_at INTEGER NOT NULL, attempts INTEGER NOT NULL, next_at INTEGER NOT NULL)',
				'bulk_jobs (id TEXT PRIMARY KEY, kind TEXT NOT NULL, state TEXT NOT NULL, object TEXT NOT NULL, operation TEXT NOT NULL, external_id TEXT, query TEXT, line_ending TEXT NOT NULL, column_delimiter TEXT NOT NULL, version TEXT NOT NULL, user_id TEXT NOT NULL, created TEXT NOT NULL, changed TEXT NOT NULL, processed INTEGER NOT NULL DEFAULT 0, failed INTEGER NOT NULL DEFAULT 0, milliseconds INTEGER NOT NULL DEFAULT 0, read_to INTEGER, error TEXT)',
				'requests (id INTEGER PRIMARY KEY, at REAL NOT NULL, method TEXT NOT NULL, path TEXT NOT NULL, status INTEGER NOT NULL, error TEXT, fault TEXT, protocol TEXT NOT NULL, connection INTEGER NOT NULL, request_on_connection INTEGER NOT NULL, tls TEXT NOT NULL, tls_resumed INTEGER NOT NULL, content_encoding TEXT NOT NULL, user_agent TEXT NOT NULL, cookie INTEGER NOT NULL)',
			] as $table) {
				$store->run("CREATE TABLE IF NOT EXISTS $table");
			}
			$store->run('CREATE INDEX IF NOT EXISTS users_by_external ON users (WP_User_Id__c)');
			$store->run('CREATE INDEX IF NOT EXISTS contacts_by_external ON contacts (WP_User_Id__c)');
			$store->run('CREATE UNIQUE INDEX IF NOT EXISTS users_by_username ON users (Username)');
			$store->run('CREATE INDEX IF NOT EXISTS users_by_contact ON users (ContactId)');
			if ($store->value('SELECT COUNT(*) FROM organizations') === 0) {
				self::seed($store);
			}
		});
	}

	public static function reset(Store $store): void
	{
		$store->transaction(static function () use ($store): void {
			foreach (self::DATA as $table) {
				$store->run("DELETE FROM $table");
			}
			foreach (glob($store->folder() . '/bulk/*') as $file) {
				unlink($file);
			}
			$host = $store->setting('instance_host');
			$store->run('DELETE FROM settings');
			$store->set('instance_host', $host);
			self::seed($store);
		});
	}

	private static function seed(Store $store): void
	{
		$now = Store::now();
		$admin = self::id('User', 1);
		$integration = self::id('User', 2);
		$stamp = ['CreatedDate' => $now, 'CreatedById' => $admin, 'LastModifiedDate' => $now, 'LastModifiedById' => $admin, 'SystemModstamp' => $now];
		$insert = static function (string $object, array $row) use ($store): void {
			$names = implode(', ', array_keys($row));
			$store->run('INSERT INTO ' . Schema::objects()[$object]['table'] . " ($names) VALUES (" . implode(', ', array_fill(0, count($row), '?')) . ')', array_values($row));
		};
		$insert('Organization', ['Id' => self::id('Organization'), 'Name' => 'Acme', 'InstanceName' => 'EMU1', 'IsSandbox' => 0, 'OrganizationType' => 'Enterprise Edition']);
		foreach ([1 => ['Salesforce', 10], 2 => ['Salesforce Integration', 5], 3 => ['Customer Community', 0]] as $number => [$name, $total]) {
			$insert('UserLicense', ['Id' => self::id('UserLicense', $number), 'Name' => $name, 'MasterLabel' => $name, 'Status' => 'Active', 'TotalLicenses' => $total, 'UsedLicenses' => 0]);
		}
		foreach ([1 => ['System Administrator', 1, 'Standard'], 2 => ['Salesforce API Only System Integrations', 2, 'Standard'], 3 => ['Customer Community User', 3, 'CspLitePortal'], 4 => ['Standard User', 1, 'Standard']] as $number => [$name, $license, $type]) {
			$insert('Profile', ['Id' => self::id('Profile', $number), 'Name' => $name, 'UserLicenseId' => self::id('UserLicense', $license), 'UserType' => $type] + $stamp);
		}
		$insert('UserRole', ['Id' => self::id('UserRole'), 'Name' => 'CEO', 'DeveloperName' => 'CEO', 'PortalType' => 'None', 'LastModifiedDate' => $now, 'LastModifiedById' => $admin, 'SystemModstamp' => $now]);
		$person = ['TimeZoneSidKey' => 'America/Los_Angeles', 'LocaleSidKey' => 'en_US', 'EmailEncodingKey' => 'UTF-8', 'LanguageLocaleKey' => 'en_US', 'UserType' => 'Standard', 'IsActive' => 1] + $stamp;
		$insert('User', ['Id' => $admin, 'Username' => 'admin@acme.example', 'LastName' => 'Administrator', 'FirstName' => 'Ada', 'Name' => 'Ada Administrator', 'Email' => 'admin@acme.example', 'Alias' => 'admin', 'CommunityNickname' => 'admin', 'ProfileId' => self::id('Profile', 1), 'UserRoleId' => self::id('UserRole')] + $person);
		// The integration user has no role on purpose: an Account that it owns can't carry a portal user.
		$insert('User', ['Id' => $integration, 'Username' => self::INTEGRATION_USERNAME, 'LastName' => 'Integration', 'Name' => 'Integration', 'Email' => 'integration@acme.example', 'Alias' => 'integ', 'CommunityNickname' => 'integration', 'ProfileId' => self::id('Profile', 2)] + $person);
		$insert('Account', ['Id' => self::id('Account'), 'Name' => 'Community Members', 'OwnerId' => $admin] + $stamp);
	}
}
