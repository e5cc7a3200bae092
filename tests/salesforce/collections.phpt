--TEST--
Any number of rows: cut into 200s, never a User with a Contact, a result for each row in order, and no more than 200 in memory
--EXTENSIONS--
samlforce
--CONFLICTS--
emulator
--SKIPIF--
<?php require __DIR__ . '/skipif.inc'; ?>
--FILE--
<?php
require __DIR__ . '/emulator.inc';
Emulator::start();
$sf = Emulator::client();
function show(iterable $results): void
{
    foreach ($results as $key => $r) {
        echo "  $key: ", match (true) { $r->created => 'created', $r->success => 'done', default => "{$r->reason->name} {$r->action->name} {$r->errorCode} [" . implode(',', $r->fields) . "] {$r->message}" }, "\n";
    }
}
echo "rows:\n";
show($sf->createMany('Contact', [['LastName' => 'a'], ['FirstName' => 'b'], 'x' => ['LastName' => 'c', 'Email' => 'no']]));
echo "all or none:\n";
show($sf->createMany('Contact', [['LastName' => 'a'], ['FirstName' => 'b']], true));
echo "another record by its External ID:\n";
$sf->upsert('Contact', 'WP_User_Id__c', 'manager', ['LastName' => 'Manager']);
show($sf->createMany('User', [['LastName' => 'x', 'Contact' => ['WP_User_Id__c' => 'nobody']]]));
Emulator::log();

$given = 0;
$rows = (function () use (&$given): iterable {
    for (; $given < 450; $given++) {
        yield "k$given" => ['LastName' => "Row $given", 'WP_User_Id__c' => "w$given"];
    }
})();
$ids = [];
$results = $sf->upsertMany('Contact', 'WP_User_Id__c', $rows);
echo "asked for: $given rows\n", Emulator::log();
foreach ($results as $key => $result) {
    $ids[$key] = $result->id;
    if (in_array($key, ['k0', 'k199', 'k200', 'k399', 'k400'], true)) {
        echo "at $key: $given rows\n";
    }
}
echo count(array_unique($ids)), ' ids, the last for ', array_key_last($ids), "\n";
echo 'in order: ', json_encode(array_column([...$sf->query('SELECT Id, LastName FROM Contact WHERE Id IN :ids ORDER BY LastName', ['ids' => [$ids['k7'], $ids['k444']]])], 'LastName')), "\n";
$created = array_sum(array_map(fn ($r): int => (int) $r->created, iterator_to_array($sf->upsertMany('Contact', 'WP_User_Id__c', [['LastName' => 'New', 'WP_User_Id__c' => 'new'], ['LastName' => 'Old', 'WP_User_Id__c' => 'w1']]))));
echo "of two one is new: $created\n";
$done = 0;
foreach ($sf->updateMany('Contact', array_map(fn (string $id): array => ['Id' => $id, 'FirstName' => 'u'], array_values($ids))) as $result) {
    $done += (int) ($result->success && !$result->created);
}
echo "updated: $done\n";
foreach ($sf->deleteMany((fn () => yield from [...array_values($ids), $ids['k0']])()) as $result) {
    $done -= (int) $result->success;
}
echo "left: $done, and the one that was there twice: {$result->errorCode} {$result->action->name}\n", Emulator::log();

echo "a User and Contacts, and many kinds:\n";
[, $user] = Emulator::user($sf, false);
Emulator::log();
$kind = fn (string $type, array $fields): array => ['attributes' => ['type' => $type]] + $fields;
show($sf->updateMany(null, [$kind('User', ['Id' => $user, 'IsActive' => true]), $kind('Contact', ['Id' => $sf->create('Contact', ['LastName' => 'x']), 'Title' => 'y']), $kind('User', ['Id' => $user, 'IsActive' => false])]));
$ok = 0;
foreach ($sf->createMany(null, array_map(fn (int $i): array => $i % 2 ? $kind('Account', ['Name' => 'A']) : $kind('Contact', ['LastName' => 'B']), range(1, 22))) as $result) {
    $ok += (int) $result->success;
}
echo "$ok of 22\n", Emulator::log();

echo "refused here:\n";
foreach (['no array' => fn () => $sf->createMany('Contact', [['LastName' => 'a'], 'key' => 5]), 'no object' => fn () => $sf->createMany(null, [['LastName' => 'a']]), 'twice an object' => fn () => $sf->createMany('Contact', [$kind('Contact', [])]),
    'no Id' => fn () => $sf->updateMany('Contact', [['LastName' => 'a']]), 'an Id' => fn () => $sf->createMany('Contact', [['Id' => $user]]), 'no External ID' => fn () => $sf->upsertMany('Contact', 'WP_User_Id__c', [['LastName' => 'a']]),
    'no id' => fn () => $sf->deleteMany(["003'"]), 'a name' => fn () => $sf->createMany('Contact', [['Last Name' => 'a']]), 'a list' => fn () => $sf->createMany('Contact', [['LastName' => [1, 2]]]), 'no UTF-8' => fn () => $sf->createMany('Contact', [['LastName' => "\xFF"]]),
    'the input throws' => fn () => $sf->createMany('Contact', (function () { yield ['LastName' => 'never']; throw new DomainException('no more'); })())] as $what => $call) {
    echo "  $what: ", told(fn () => iterator_to_array($call()), true), "\n";
}
$once = $sf->createMany('Contact', []);
show($once);
echo '  twice: ', told(fn () => iterator_to_array($once), true), "\n", Emulator::log();

echo "without an answer:\n";
$fresh = function (string $code): void { echo Emulator::php('$sf = Emulator::client(5000); $sf->limits(); ' . $code); };
$fresh('Emulator::ctl("fault", "close", "--times", "1", "--match", "composite", "--carried-out"); echo told(fn () => iterator_to_array($sf->createMany("Contact", [["LastName" => "Once"]]))), ", ", count($sf->query("SELECT Id FROM Contact WHERE LastName = \'Once\'")), " there\n";');
$fresh('$id = $sf->create("Contact", ["LastName" => "Gone"]); Emulator::ctl("fault", "close", "--times", "1", "--match", "composite", "--carried-out"); foreach ($sf->deleteMany([$id]) as $r) { echo $r->success ? "deleted\n" : "$r->errorCode\n"; }');
echo Emulator::log();
?>
--EXPECT--
rows:
  0: created
  1: Refused TellPerson REQUIRED_FIELD_MISSING [LastName] Required fields are missing: [LastName]
  x: Refused TellPerson INVALID_EMAIL_ADDRESS [Email] Email: invalid email address: no
all or none:
  0: Refused Retry ALL_OR_NONE_OPERATION_ROLLED_BACK [] Record rolled back because not all records were valid and the request was using AllOrNone header
  1: Refused TellPerson REQUIRED_FIELD_MISSING [LastName] Required fields are missing: [LastName]
another record by its External ID:
  0: Refused TellPerson INVALID_FIELD [] Foreign key external ID: nobody not found for field WP_User_Id__c in entity Contact
asked for: 0 rows

at k0: 200 rows
at k199: 200 rows
at k200: 400 rows
at k399: 400 rows
at k400: 450 rows
450 ids, the last for k449
in order: ["Row 444","Row 7"]
of two one is new: 1
updated: 450
left: 0, and the one that was there twice: ENTITY_IS_DELETED LookUp
  PATCH composite/sobjects/Contact/WP_User_Id__c 200
  PATCH composite/sobjects/Contact/WP_User_Id__c 200
  PATCH composite/sobjects/Contact/WP_User_Id__c 200
  GET query 200
  PATCH composite/sobjects/Contact/WP_User_Id__c 200
  PATCH composite/sobjects 200
  PATCH composite/sobjects 200
  PATCH composite/sobjects 200
  DELETE composite/sobjects 200
  DELETE composite/sobjects 200
  DELETE composite/sobjects 200
a User and Contacts, and many kinds:
  0: done
  1: done
  2: done
22 of 22
  POST sobjects/Contact 201
  PATCH composite/sobjects 200
  PATCH composite/sobjects 200
  PATCH composite/sobjects 200
  POST composite/sobjects 200
  POST composite/sobjects 200
  POST composite/sobjects 200
refused here:
  no array: ValueError: Row key must be an array of fields
  no object: ValueError: Row 0 must name its object, as in ['attributes' => ['type' => 'Contact'], …], since the call names none
  twice an object: ValueError: Row 0 must not name its object again in "attributes"
  no Id: ValueError: Row 0 must have its record's id as Id
  an Id: ValueError: Row 0 must have no Id: it is to be created
  no External ID: ValueError: Row 0 must have the External ID
  no id: ValueError: Row 0 must be a Salesforce id of 15 or 18 letters and digits
  a name: ValueError: Row 0 must have the fields' API names as keys
  a list: ValueError: Row 0 must have null, bool, int, float, string, or one External ID of another record as values
  no UTF-8: ValueError: What is to be sent can't be written as JSON: every text must be UTF-8, every float finite, and nothing nested deeper than 512
  the input throws: DomainException: no more
  twice: Error: The results can be read once

without an answer:
BrokenAnswer LookUp - - ambiguous, 1 there
deleted
  POST /services/oauth2/token 200
  GET limits 200
  POST composite/sobjects 0
  GET query 200
  POST /services/oauth2/token 200
  GET limits 200
  POST sobjects/Contact 201
  DELETE composite/sobjects 0
  DELETE composite/sobjects 200
