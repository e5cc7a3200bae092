<?php
declare(strict_types=1);

namespace SalesforceEmulator;

/** What holds for a User and for nothing else: names that are unique in the world, licences, the portal's conditions. */
final class UserRules
{
	/** An update of one of these makes a transaction one of setup objects. */
	public const SETUP_FIELDS = ['UserRoleId', 'IsActive', 'IsPortalEnabled', 'Username', 'ProfileId'];

	private readonly Store $store;

	public function __construct(private readonly Context $context)
	{
		$this->store = $context->store;
	}

	public function beforeCreate(array $row): array
	{
		$this->username($row['Username'], null);
		$row['CommunityNickname'] ??= 'User' . hrtime(true);
		$this->nickname($row['CommunityNickname'], null);
		$profile = $this->profile($row['ProfileId']);
		$row['UserType'] = $profile['UserType'];
		$row += ['ContactId' => null, 'UserRoleId' => null];
		if ($profile['UserType'] === 'Standard') {
			if ($row['ContactId'] !== null) {
				throw ApiError::record('FIELD_INTEGRITY_EXCEPTION', 'Only portal users can be associated to a contact', ['ContactId']);
			}
			$row['IsPortalEnabled'] = 0;
		} else {
			$row['AccountId'] = $this->portalContact($row['ContactId']);
			if ($row['UserRoleId'] !== null) {
				throw ApiError::record('FIELD_INTEGRITY_EXCEPTION', 'High-volume portal users cannot have a user role', ['UserRoleId']);
			}
			$row['IsPortalEnabled'] = 1;
		}
		if ($row['IsActive']) {
			$this->licence($profile);
		}
		return $row;
	}

	public function afterCreate(array $row): void
	{
		if ($row['IsPortalEnabled']) {
			$this->store->run('UPDATE accounts SET IsCustomerPortal = 1 WHERE Id = ?', [$row['AccountId']]);
		}
		if ($row['IsActive']) {
			$this->welcome($row);
		}
	}

	public function beforeUpdate(array $old, array $new): array
	{
		if (strcasecmp($old['Username'], $new['Username']) !== 0) {
			$this->username($new['Username'], $new['Id']);
		}
		if (strcasecmp((string) $old['CommunityNickname'], (string) $new['CommunityNickname']) !== 0) {
			$this->nickname($new['CommunityNickname'], $new['Id']);
		}
		$profile = $this->profile($new['ProfileId']);
		if ($old['ProfileId'] !== $new['ProfileId'] && $profile['UserLicenseId'] !== $this->profile($old['ProfileId'])['UserLicenseId']) {
			throw ApiError::record('FIELD_INTEGRITY_EXCEPTION', "You can only assign profiles that are compatible with the user's license. For a list of compatible licenses and profiles, see the Salesforce Help.", ['ProfileId']);
		}
		if ($old['ContactId'] !== $new['ContactId']) {
			throw ApiError::record('FIELD_INTEGRITY_EXCEPTION', $profile['UserType'] === 'Standard' ? 'Only portal users can be associated to a contact' : 'The contact of a portal user cannot be changed', ['ContactId']);
		}
		if ($profile['UserType'] !== 'Standard' && $new['UserRoleId'] !== null) {
			throw ApiError::record('FIELD_INTEGRITY_EXCEPTION', 'High-volume portal users cannot have a user role', ['UserRoleId']);
		}
		if ($old['IsPortalEnabled'] && !$new['IsPortalEnabled']) {
			// "Disable customer user": for good, and the contact is free for another user.
			$new['IsActive'] = 0;
			$new['ContactId'] = $new['AccountId'] = null;
		} elseif (!$old['IsPortalEnabled'] && $new['IsPortalEnabled']) {
			throw ApiError::record('FIELD_INTEGRITY_EXCEPTION', 'Cannot create a portal user without contact', ['ContactId']);
		}
		if (!$old['IsActive'] && $new['IsActive']) {
			if ($profile['UserType'] !== 'Standard') {
				if ($new['ContactId'] === null) {
					throw ApiError::record('FIELD_INTEGRITY_EXCEPTION', 'Cannot create a portal user without contact', ['ContactId']);
				}
				$this->ownerHasRole((string) $new['AccountId']);
			}
			$this->licence($profile);
		}
		return $new;
	}

	public function afterUpdate(array $old, array $new): void
	{
		if (!$old['IsActive'] && $new['IsActive']) {
			$this->welcome($new);
		}
	}

	/** In the form of an e-mail address, ASCII, and unique over all orgs of the world; inactive users count. */
	private function username(string $name, ?string $self): void
	{
		if (!Records::isEmail($name)) {
			throw ApiError::record('INVALID_EMAIL_ADDRESS', "Username: invalid email address: $name", ['Username']);
		}
		$taken = $this->store->value('SELECT Id FROM users WHERE Username = ? AND Id IS NOT ?', [$name, $self])
			?? $this->store->value('SELECT username FROM foreign_usernames WHERE username = ?', [$name]);
		if ($taken !== null) {
			throw ApiError::record('DUPLICATE_USERNAME', "Duplicate Username.<br>The username already exists in this or another Salesforce organization. Usernames must be unique across all Salesforce organizations. To resolve, use a different username (it doesn't need to match the user's email address).", ['Username']);
		}
	}

	private function nickname(string $nickname, ?string $self): void
	{
		if ($this->store->value('SELECT Id FROM users WHERE CommunityNickname = ? AND Id IS NOT ?', [$nickname, $self]) !== null) {
			throw ApiError::record('DUPLICATE_COMM_NICKNAME', 'Duplicate Nickname.<br>Another user has already selected this nickname.<br>Please select another.', ['CommunityNickname']);
		}
	}

	private function profile(string $id): array
	{
		return $this->store->row('SELECT * FROM profiles WHERE Id = ?', [$id]) ?? throw ApiError::record('INVALID_CROSS_REFERENCE_KEY', 'invalid cross reference id', ['ProfileId']);
	}

	/** @return string the account of the contact */
	private function portalContact(?string $contactId): string
	{
		if ($contactId === null) {
			throw ApiError::record('FIELD_INTEGRITY_EXCEPTION', 'Cannot create a portal user without contact', ['ContactId']);
		}
		$account = $this->store->value('SELECT AccountId FROM contacts WHERE Id = ?', [$contactId]);
		if ($account === null) {
			throw ApiError::record('FIELD_INTEGRITY_EXCEPTION', 'Cannot create a portal user without an account; the contact must be associated with an account', ['ContactId']);
		}
		// An inactive user occupies its contact too.
		if ($this->store->value('SELECT Id FROM users WHERE ContactId = ?', [$contactId]) !== null) {
			throw ApiError::record('PORTAL_USER_ALREADY_EXISTS_FOR_CONTACT', 'portal user already exists for contact', []);
		}
		$this->ownerHasRole($account);
		return $account;
	}

	private function ownerHasRole(string $accountId): void
	{
		if ($this->store->value('SELECT u.UserRoleId FROM accounts a JOIN users u ON u.Id = a.OwnerId WHERE a.Id = ?', [$accountId]) === null) {
			throw ApiError::record('UNKNOWN_EXCEPTION', 'portal account owner must have a role', []);
		}
	}

	public static function totalLicences(Store $store, array $licence): int
	{
		return $licence['Name'] === 'Customer Community' ? $store->number('licences') : (int) $licence['TotalLicenses'];
	}

	/** Active users alone take a licence. */
	private function licence(array $profile): void
	{
		$licence = $this->store->row('SELECT * FROM user_licenses WHERE Id = ?', [$profile['UserLicenseId']]);
		$used = $this->store->value('SELECT COUNT(*) FROM users u JOIN profiles p ON p.Id = u.ProfileId WHERE p.UserLicenseId = ? AND u.IsActive = 1', [$licence['Id']]);
		if ($used >= self::totalLicences($this->store, $licence)) {
			throw ApiError::record('LICENSE_LIMIT_EXCEEDED', 'License Limit Exceeded', ['ProfileId']);
		}
	}

	/** The site welcomes its new member by itself; nobody can ask for it over REST, or keep it from doing so. */
	private function welcome(array $row): void
	{
		if ($row['UserType'] !== 'Standard' && $this->store->number('site_member') && $this->store->number('welcome_mail')
			&& $this->store->value("SELECT id FROM mails WHERE user_id = ? AND kind = 'welcome'", [$row['Id']]) === null) {
			self::mail($this->store, 'welcome', $row['Id'], $row['Email']);
		}
	}

	public static function mail(Store $store, string $kind, string $userId, string $recipient): void
	{
		$store->run('INSERT INTO mails (sent_at, kind, user_id, recipient) VALUES (?, ?, ?, ?)', [Store::now(), $kind, $userId, $recipient]);
	}
}
