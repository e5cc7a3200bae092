<?php
declare(strict_types=1);

namespace SalesforceEmulator;

/**
 * The sObjects of the org and their fields. A field is
 *   type       id, string, email, phone, url, textarea, picklist, boolean, int, date, datetime, reference
 *   length     in characters
 *   c, u       may be given at creation, at an update
 *   required   not nillable and without a default
 *   lookup     an External ID, or a field with the property idLookup: it may stand in an upsert's address
 *   unique     checked over the whole org, whatever the case
 *   to, rel    what a reference points at, and the name of the relationship
 *   restricted the only values of a restricted picklist
 */
final class Schema
{
	/** @var array<string, array>|null */
	private static ?array $objects = null;

	private const TIME_ZONES = ['Pacific/Kiritimati', 'Pacific/Enderbury', 'Pacific/Tongatapu', 'Pacific/Chatham', 'Asia/Kamchatka', 'Pacific/Auckland', 'Pacific/Fiji', 'Pacific/Guadalcanal', 'Pacific/Norfolk', 'Australia/Adelaide', 'Australia/Brisbane', 'Australia/Darwin', 'Australia/Lord_Howe', 'Australia/Perth', 'Australia/Sydney', 'Asia/Seoul', 'Asia/Tokyo', 'Asia/Hong_Kong', 'Asia/Kuala_Lumpur', 'Asia/Manila', 'Asia/Shanghai', 'Asia/Singapore', 'Asia/Taipei', 'Asia/Bangkok', 'Asia/Ho_Chi_Minh', 'Asia/Jakarta', 'Asia/Rangoon', 'Asia/Dhaka', 'Asia/Colombo', 'Asia/Kathmandu', 'Asia/Kolkata', 'Asia/Karachi', 'Asia/Tashkent', 'Asia/Yekaterinburg', 'Asia/Kabul', 'Asia/Baku', 'Asia/Dubai', 'Asia/Tbilisi', 'Asia/Yerevan', 'Asia/Tehran', 'Africa/Nairobi', 'Asia/Baghdad', 'Asia/Kuwait', 'Asia/Riyadh', 'Europe/Istanbul', 'Europe/Minsk', 'Europe/Moscow', 'Africa/Cairo', 'Africa/Johannesburg', 'Asia/Beirut', 'Asia/Jerusalem', 'Europe/Athens', 'Europe/Bucharest', 'Europe/Helsinki', 'Africa/Algiers', 'Europe/Amsterdam', 'Europe/Berlin', 'Europe/Brussels', 'Europe/Madrid', 'Europe/Paris', 'Europe/Prague', 'Europe/Rome', 'Europe/Vienna', 'Europe/Zurich', 'Africa/Casablanca', 'Europe/Dublin', 'Europe/Lisbon', 'Europe/London', 'GMT', 'America/Scoresbysund', 'Atlantic/Azores', 'Atlantic/Cape_Verde', 'Atlantic/South_Georgia', 'America/Argentina/Buenos_Aires', 'America/Sao_Paulo', 'America/St_Johns', 'America/Halifax', 'America/Puerto_Rico', 'America/Santiago', 'Atlantic/Bermuda', 'America/Caracas', 'America/Bogota', 'America/Indiana/Indianapolis', 'America/Lima', 'America/New_York', 'America/Panama', 'America/Toronto', 'America/Chicago', 'America/El_Salvador', 'America/Mexico_City', 'America/Denver', 'America/Mazatlan', 'America/Phoenix', 'America/Los_Angeles', 'America/Tijuana', 'Pacific/Pitcairn', 'America/Anchorage', 'Pacific/Gambier', 'Pacific/Marquesas', 'America/Adak', 'Pacific/Honolulu', 'Pacific/Niue', 'Pacific/Pago_Pago'];
	private const LOCALES = ['ar', 'bg_BG', 'ca_ES', 'cs_CZ', 'da_DK', 'de', 'de_AT', 'de_AT_EURO', 'de_CH', 'de_DE', 'de_DE_EURO', 'de_LU', 'el_GR', 'en', 'en_AU', 'en_CA', 'en_GB', 'en_IE', 'en_IN', 'en_NZ', 'en_US', 'en_ZA', 'es', 'es_AR', 'es_CL', 'es_CO', 'es_ES', 'es_ES_EURO', 'es_MX', 'es_US', 'et_EE', 'fi_FI', 'fi_FI_EURO', 'fr', 'fr_BE', 'fr_CA', 'fr_CH', 'fr_FR', 'fr_FR_EURO', 'fr_LU', 'hi_IN', 'hr_HR', 'hu_HU', 'in_ID', 'is_IS', 'it', 'it_CH', 'it_IT', 'iw_IL', 'ja_JP', 'ko_KR', 'lt_LT', 'lv_LV', 'nl', 'nl_BE', 'nl_NL', 'no_NO', 'pl_PL', 'pt', 'pt_AO', 'pt_BR', 'pt_PT', 'ro_RO', 'ru_RU', 'sk_SK', 'sl_SI', 'sr_RS', 'sv_SE', 'th_TH', 'tr_TR', 'uk_UA', 'vi_VN', 'zh_CN', 'zh_HK', 'zh_TW'];
	private const LANGUAGES = ['en_US', 'de', 'es', 'fr', 'it', 'ja', 'sv', 'ko', 'zh_TW', 'zh_CN', 'pt_BR', 'nl_NL', 'da', 'th', 'fi', 'ru', 'es_MX', 'no', 'hu', 'pl', 'cs', 'tr', 'in', 'ro', 'vi', 'uk', 'iw', 'el', 'bg', 'en_GB', 'ar', 'sk', 'pt_PT', 'hr', 'sl', 'fr_CA', 'en_AU', 'en_CA', 'de_AT', 'de_CH', 'es_ES'];
	private const ENCODINGS = ['UTF-8', 'ISO-8859-1', 'Shift_JIS', 'ISO-2022-JP', 'EUC-JP', 'ks_c_5601-1987', 'Big5', 'GB2312', 'Big5-HKSCS', 'x-SJIS_0213'];

	/** @return array<string, array{prefix: string, table: string, label: string, setup: bool, create: bool, update: bool, delete: bool, fields: array<string, array<string, mixed>>}> */
	public static function objects(): array
	{
		return self::$objects ??= self::build();
	}

	/** Names are case-insensitive in addresses and in SOQL. */
	public static function find(string $name): ?string
	{
		foreach (self::objects() as $object => $_) {
			if (strcasecmp($object, $name) === 0) {
				return $object;
			}
		}
		return null;
	}

	public static function field(string $object, string $name): ?string
	{
		foreach (self::objects()[$object]['fields'] as $field => $_) {
			if (strcasecmp($field, $name) === 0) {
				return $field;
			}
		}
		return null;
	}

	/** The reference field whose relationship has this name. */
	public static function relationship(string $object, string $name): ?string
	{
		foreach (self::objects()[$object]['fields'] as $field => $definition) {
			if (isset($definition['rel']) && strcasecmp($definition['rel'], $name) === 0) {
				return $field;
			}
		}
		return null;
	}

	/** @return array{string, string}|null the object and the field of it that points here, by the name of the relationship from this side */
	public static function children(string $object, string $name): ?array
	{
		$all = ['Account' => ['Contacts' => ['Contact', 'AccountId'], 'ChildAccounts' => ['Account', 'ParentId']]];
		foreach ($all[$object] ?? [] as $relationship => $child) {
			if (strcasecmp($relationship, $name) === 0) {
				return $child;
			}
		}
		return null;
	}

	public static function objectOfPrefix(string $prefix): ?string
	{
		foreach (self::objects() as $object => $definition) {
			if ($definition['prefix'] === $prefix) {
				return $object;
			}
		}
		return null;
	}

	private static function build(): array
	{
		$text = static fn (int $length, array $more = []): array => $more + ['type' => 'string', 'length' => $length, 'c' => true, 'u' => true];
		$read = static fn (string $type, int $length = 0, array $more = []): array => $more + ['type' => $type, 'length' => $length, 'c' => false, 'u' => false];
		$ref = static fn (string $to, string $rel, array $more = []): array => $more + ['type' => 'reference', 'length' => 18, 'to' => $to, 'rel' => $rel, 'c' => true, 'u' => true];
		$flag = static fn (bool $default, array $more = []): array => $more + ['type' => 'boolean', 'length' => 0, 'default' => $default, 'c' => true, 'u' => true];
		$pick = static fn (string $label, array $values): array => ['type' => 'picklist', 'length' => 40, 'label' => $label, 'restricted' => $values, 'required' => true, 'c' => true, 'u' => true];
		$system = [
			'CreatedDate' => $read('datetime'),
			'CreatedById' => $read('reference', 18, ['to' => 'User', 'rel' => 'CreatedBy']),
			'LastModifiedDate' => $read('datetime'),
			'LastModifiedById' => $read('reference', 18, ['to' => 'User', 'rel' => 'LastModifiedBy']),
			'SystemModstamp' => $read('datetime'),
		];
		$id = ['Id' => $read('id', 18)];
		$external = $text(64, ['lookup' => true, 'external' => true, 'label' => 'WP User Id']);

		return [
			'Account' => ['prefix' => '001', 'table' => 'accounts', 'label' => 'Account', 'setup' => false, 'create' => true, 'update' => true, 'delete' => true, 'fields' => $id + [
				'IsDeleted' => $read('boolean'),
				'Name' => $text(255, ['required' => true, 'label' => 'Account Name']),
				'AccountNumber' => $text(40),
				'Type' => $text(255),
				'Industry' => $text(255),
				'ParentId' => $ref('Account', 'Parent', ['label' => 'Parent Account ID']),
				'Phone' => $text(40, ['type' => 'phone']),
				'Website' => $text(255, ['type' => 'url']),
				'Description' => $text(32000, ['type' => 'textarea']),
				'BillingStreet' => $text(255, ['type' => 'textarea']),
				'BillingCity' => $text(40),
				'BillingState' => $text(80),
				'BillingPostalCode' => $text(20),
				'BillingCountry' => $text(80),
				'OwnerId' => $ref('User', 'Owner', ['label' => 'Owner ID', 'owner' => true]),
				'IsCustomerPortal' => $read('boolean'),
			] + $system],
			'Contact' => ['prefix' => '003', 'table' => 'contacts', 'label' => 'Contact', 'setup' => false, 'create' => true, 'update' => true, 'delete' => true, 'fields' => $id + [
				'IsDeleted' => $read('boolean'),
				'AccountId' => $ref('Account', 'Account', ['label' => 'Account ID']),
				'LastName' => $text(80, ['required' => true, 'label' => 'Last Name']),
				'FirstName' => $text(40, ['label' => 'First Name']),
				'Salutation' => $text(40),
				'Name' => $read('string', 121),
				'Email' => $text(80, ['type' => 'email', 'lookup' => true]),
				'Phone' => $text(40, ['type' => 'phone']),
				'MobilePhone' => $text(40, ['type' => 'phone']),
				'Title' => $text(128),
				'Department' => $text(80),
				'LeadSource' => $text(255),
				'Description' => $text(32000, ['type' => 'textarea']),
				'MailingStreet' => $text(255, ['type' => 'textarea']),
				'MailingCity' => $text(40),
				'MailingState' => $text(80),
				'MailingPostalCode' => $text(20),
				'MailingCountry' => $text(80),
				'HasOptedOutOfEmail' => $flag(false),
				'OwnerId' => $ref('User', 'Owner', ['label' => 'Owner ID', 'owner' => true]),
				'WP_User_Id__c' => $external,
			] + $system],
			'User' => ['prefix' => '005', 'table' => 'users', 'label' => 'User', 'setup' => true, 'create' => true, 'update' => true, 'delete' => false, 'fields' => $id + [
				'Username' => $text(80, ['required' => true, 'lookup' => true]),
				'LastName' => $text(80, ['required' => true, 'label' => 'Last Name']),
				'FirstName' => $text(40, ['label' => 'First Name']),
				'Name' => $read('string', 121),
				'CompanyName' => $text(80),
				'Department' => $text(80),
				'Title' => $text(80),
				'Street' => $text(255, ['type' => 'textarea']),
				'City' => $text(40),
				'State' => $text(80),
				'PostalCode' => $text(20),
				'Country' => $text(80),
				'Email' => $text(128, ['type' => 'email', 'required' => true]),
				'Phone' => $text(40, ['type' => 'phone']),
				'MobilePhone' => $text(40, ['type' => 'phone']),
				'Alias' => $text(8, ['required' => true]),
				'CommunityNickname' => $text(40, ['label' => 'Nickname', 'notnull' => true]),
				'IsActive' => $flag(true),
				'TimeZoneSidKey' => $pick('Time Zone', self::TIME_ZONES),
				'UserRoleId' => $ref('UserRole', 'UserRole', ['label' => 'Role ID']),
				'LocaleSidKey' => $pick('Locale', self::LOCALES),
				'EmailEncodingKey' => $pick('Email Encoding', self::ENCODINGS),
				'ProfileId' => $ref('Profile', 'Profile', ['label' => 'Profile ID', 'required' => true]),
				'UserType' => $read('string', 40),
				'LanguageLocaleKey' => $pick('Language', self::LANGUAGES),
				'ContactId' => $ref('Contact', 'Contact', ['label' => 'Contact ID']),
				'AccountId' => $read('reference', 18, ['to' => 'Account', 'rel' => 'Account']),
				'FederationIdentifier' => $text(512, ['unique' => true, 'label' => 'SAML Federation ID']),
				'IsPortalEnabled' => $flag(false, ['c' => false]),
				'LastLoginDate' => $read('datetime'),
				'LastPasswordChangeDate' => $read('datetime'),
				'NumberOfFailedLogins' => $read('int'),
				'WP_User_Id__c' => $external,
			] + $system],
			'Profile' => ['prefix' => '00e', 'table' => 'profiles', 'label' => 'Profile', 'setup' => true, 'create' => false, 'update' => false, 'delete' => false, 'fields' => $id + [
				'Name' => $read('string', 255),
				'UserLicenseId' => $read('reference', 18, ['to' => 'UserLicense', 'rel' => 'UserLicense']),
				'UserType' => $read('string', 40),
				'Description' => $read('string', 255),
			] + $system],
			'UserRole' => ['prefix' => '00E', 'table' => 'user_roles', 'label' => 'Role', 'setup' => true, 'create' => false, 'update' => false, 'delete' => false, 'fields' => $id + [
				'Name' => $read('string', 80),
				'DeveloperName' => $read('string', 80),
				'PortalType' => $read('string', 40),
				'LastModifiedDate' => $read('datetime'),
				'LastModifiedById' => $read('reference', 18, ['to' => 'User', 'rel' => 'LastModifiedBy']),
				'SystemModstamp' => $read('datetime'),
			]],
			'UserLicense' => ['prefix' => '100', 'table' => 'user_licenses', 'label' => 'User License', 'setup' => true, 'create' => false, 'update' => false, 'delete' => false, 'fields' => $id + [
				'Name' => $read('string', 80),
				'MasterLabel' => $read('string', 80),
				'Status' => $read('string', 40),
				'TotalLicenses' => $read('int'),
				'UsedLicenses' => $read('int'),
			]],
			'Organization' => ['prefix' => '00D', 'table' => 'organizations', 'label' => 'Organization', 'setup' => true, 'create' => false, 'update' => false, 'delete' => false, 'fields' => $id + [
				'Name' => $read('string', 80),
				'InstanceName' => $read('string', 10),
				'IsSandbox' => $read('boolean'),
				'OrganizationType' => $read('string', 40),
			]],
		];
	}
}
