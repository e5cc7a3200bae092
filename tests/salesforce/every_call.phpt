--TEST--
Every call of the Client does what it says
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
$account = Emulator::$env['SF_ACCOUNT_ID'];

$contact = $sf->upsert('Contact', 'WP_User_Id__c', '0a1b2c3d-7', ['LastName' => 'Müller "X" \\', 'AccountId' => $account, 'Email' => 'm@example.org']);
$again = $sf->upsert('Contact', 'WP_User_Id__c', '0a1b2c3d-7', ['LastName' => 'Müller "X" \\']);
var_dump($contact['created'], $again['created'], $contact['id'] === $again['id'], strlen($contact['id']));
print_r(array_diff_key($sf->retrieve('Contact', $contact['id'], ['LastName', 'Email']), ['attributes' => 1, 'Id' => 1]));
var_dump(count($sf->retrieve('Contact', $contact['id'])) > 5);

$sf->update('Contact', $contact['id'], ['FirstName' => 'M', 'Email' => null]);
print_r($sf->query('SELECT FirstName, LastName, Email FROM Contact WHERE Id = :id', ['id' => $contact['id']])->current()['FirstName']);
echo "\n";
$second = $sf->create('Contact', ['LastName' => 'Two', 'AccountId' => $account]);
$sf->delete('Contact', $second);
echo told(fn () => $sf->retrieve('Contact', $second)), "\n";

[$username, $id] = Emulator::user($sf, false);
$active = fn () => $sf->query('SELECT IsActive FROM User WHERE Id = :id', ['id' => $id])->current()['IsActive'];
var_dump($active());
$sf->activateUser($id);
var_dump($active());
$sf->setPassword($username, Emulator::seal('chosen-1n-WordPress', $username));
var_dump(Emulator::canSignIn($username, 'chosen-1n-WordPress'), Emulator::canSignIn($username, 'chosen-1n-wordpress'));
var_dump($sf->isPasswordExpired($id));
$sf->deactivateUser($id);
var_dump($active(), Emulator::canSignIn($username, 'chosen-1n-WordPress'));

var_dump($sf->limits()['DailyApiRequests']['Max']);
var_dump($sf->request('GET', '/services/data/v67.0/')['query'], $sf->request('GET', 'sobjects/Contact/describe')['name']);
var_dump(strlen($sf->request('POST', 'sobjects/Contact', ['LastName' => 'Three', 'AccountId' => $account])['id']));
var_dump($sf->request('PATCH', "sobjects/Contact/{$contact['id']}", ['FirstName' => 'N']));

// an External ID that needs encoding in the path
$odd = $sf->upsert('Contact', 'WP_User_Id__c', "a/b c?d&e%f+ü", ['LastName' => 'Odd', 'AccountId' => $account]);
var_dump($sf->query('SELECT WP_User_Id__c FROM Contact WHERE Id = :id', ['id' => $odd['id']])->current()['WP_User_Id__c']);
?>
--EXPECT--
bool(true)
bool(false)
bool(true)
int(18)
Array
(
    [LastName] => Müller "X" \
    [Email] => m@example.org
)
bool(true)
M
NotFound LookUp ENTITY_IS_DELETED 404
bool(false)
bool(true)
bool(true)
bool(false)
bool(false)
bool(false)
bool(false)
int(15000)
string(26) "/services/data/v67.0/query"
string(7) "Contact"
int(18)
NULL
string(14) "a/b c?d&e%f+ü"
