<?php
declare(strict_types=1);

namespace SalesforceEmulator;

/** What an object and its fields are, as far as clients ask. */
final class Describe
{
	public static function brief(Context $context, string $object): array
	{
		$definition = Schema::objects()[$object];
		return [
			'name' => $object,
			'label' => $definition['label'],
			'labelPlural' => $definition['label'] . 's',
			'keyPrefix' => $definition['prefix'],
			'custom' => false,
			'createable' => $definition['create'],
			'updateable' => $definition['update'],
			'deletable' => $definition['delete'],
			'queryable' => true,
			'retrieveable' => true,
			'urls' => ['sobject' => $context->url("sobjects/$object"), 'describe' => $context->url("sobjects/$object/describe"), 'rowTemplate' => $context->url("sobjects/$object/{ID}")],
		];
	}

	public static function full(Context $context, string $object): array
	{
		$fields = [];
		foreach (Schema::objects()[$object]['fields'] as $name => $field) {
			$external = isset($field['external']);
			$fields[] = [
				'name' => $name,
				'label' => $field['label'] ?? $name,
				'type' => $field['type'],
				'length' => $field['length'],
				'soapType' => match ($field['type']) {
					'id', 'reference' => 'tns:ID',
					'boolean' => 'xsd:boolean',
					'int' => 'xsd:int',
					'date' => 'xsd:date',
					'datetime' => 'xsd:dateTime',
					default => 'xsd:string',
				},
				'createable' => $field['c'],
				'updateable' => $field['u'],
				'nillable' => !isset($field['required']) && !isset($field['notnull']) && $field['type'] !== 'boolean' && $field['type'] !== 'id',
				'defaultedOnCreate' => isset($field['default']) || isset($field['notnull']) || isset($field['owner']),
				'custom' => str_ends_with($name, '__c'),
				'externalId' => $external,
				'idLookup' => isset($field['lookup']) || $name === 'Id',
				'unique' => isset($field['unique']) || ($external && $context->store->number('external_id_unique') === 1),
				'caseSensitive' => false,
				'filterable' => !($field['type'] === 'textarea' && $field['length'] > 255),
				'restrictedPicklist' => isset($field['restricted']),
				'picklistValues' => array_map(static fn (string $v): array => ['value' => $v, 'label' => $v, 'active' => true, 'defaultValue' => false], $field['restricted'] ?? []),
				'referenceTo' => isset($field['to']) ? [$field['to']] : [],
				'relationshipName' => $field['rel'] ?? null,
			];
		}
		return self::brief($context, $object) + ['fields' => $fields, 'childRelationships' => [], 'recordTypeInfos' => []];
	}
}
