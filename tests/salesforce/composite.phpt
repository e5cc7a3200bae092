--TEST--
Several calls in one request: composite, graph and tree, with references, the true cause of a rollback, and what Salesforce would refuse
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
$show = function (array $results): void {
    foreach ($results as $id => $r) {
        echo "  $id: $r->httpStatus ", $r->success ? 'done' : "{$r->reason->name} {$r->action->name} {$r->errorCode} [" . implode(',', $r->fields) . ']', "\n";
    }
};
$pair = fn (array $contact): array => ['account' => ['POST', 'sobjects/Account', ['Name' => 'Acme']], 'contact' => ['POST', 'sobjects/Contact', $contact + ['AccountId' => '@{account.id}']],
    'read' => ['GET', 'sobjects/Contact/@{contact.id}?fields=Account.Name,AccountId']];
$good = $pair(['LastName' => 'Bob']);
$good['read'][1] = 'sobjects/Contact/@{contact.id}?fields=AccountId';
foreach ([false, true] as $allOrNone) {
    $results = $sf->composite($good, $allOrNone);
    $show($results);
    echo '  ', $results['read']->body['AccountId'] === $results['account']->body['id'] ? 'the reference was followed' : 'ANOTHER ACCOUNT', "\n";
}
$bad = $pair([]);
unset($bad['read']);
echo "one fails, one by one:\n";
$show($sf->composite($bad));
echo "one fails, all or none: ", told(fn () => $sf->composite(['first' => ['POST', 'sobjects/Account', ['Name' => 'Never']]] + $bad, true), true), "\n";
echo "graphs:\n";
unset($good['read']);
foreach ($sf->graph(['good' => $good, 'bad' => $bad]) as $id => $graph) {
    echo "  $id: ", $graph->success ? 'done' : "undone by {$graph->cause}, {$graph->results[$graph->cause]->message}; the other: {$graph->results['account']->errorCode}", "\n";
}
$branch = fn (string $type, string $id, array $fields): array => ['attributes' => ['type' => $type, 'referenceId' => $id]] + $fields;
$tree = fn (array $contact): array => [$branch('Account', 'a', ['Name' => 'Tree', 'Contacts' => ['records' => [$branch('Contact', 'c', $contact)]]])];
echo "a tree: ", json_encode(array_map(fn (string $id): string => substr($id, 0, 3), $sf->tree('Account', $tree(['LastName' => 'Leaf'])))), "\n";
echo "with a fault: ", told(fn () => $sf->tree('Account', $tree(['LastName' => 'Leaf', 'Email' => '123'])), true), "\n";
echo count($sf->query("SELECT Id FROM Account WHERE Name IN ('Acme', 'Tree', 'Never')")), " accounts, ", count($sf->query("SELECT Id FROM Contact WHERE LastName IN ('Bob', 'Leaf')")), " contacts\n";
Emulator::log();

echo "refused here:\n";
$read = ['GET', 'limits'];
$activate = ['PATCH', 'sobjects/User/005000000000001', ['isactive' => true]];
$change = ['PATCH', '/services/data/v67.0/sobjects/Contact/003000000000001', ['LastName' => 'x']];
$chain = ['n1' => $read];
for ($i = 2; $i <= 16; $i++) {
    $chain["n$i"] = ['GET', 'sobjects/Account/@{n' . ($i - 1) . '.Id}'];
}
foreach ([
    'none' => fn () => $sf->composite([]), '26' => fn () => $sf->composite(array_combine(array_map(fn ($i) => "r$i", range(1, 26)), array_fill(0, 26, $read))),
    'six queries' => fn () => $sf->composite(array_combine(array_map(fn ($i) => "r$i", range(1, 6)), array_fill(0, 6, ['GET', 'query?q=x']))),
    'a later one' => fn () => $sf->composite(['a' => ['GET', 'sobjects/Account/@{b.id}'], 'b' => $read]), 'deep in a body' => fn () => $sf->composite(['a' => ['POST', 'sobjects/Account', ['x' => ['y' => 'z@{nobody[0].id}']]]]),
    'no id' => fn () => $sf->composite([$read]), 'a bad id' => fn () => $sf->composite(['a-b' => $read]), 'a bad entry' => fn () => $sf->composite(['a' => 'GET']), 'a bad method' => fn () => $sf->composite(['a' => ['TRACE', 'limits']]),
    'a bad path' => fn () => $sf->composite(['a' => ['GET', "limits\nx"]]), 'GET with a body' => fn () => $sf->composite(['a' => ['GET', 'limits', ['a' => 1]]]),
    'activation beside a Contact' => fn () => $sf->composite(['user' => $activate, 'contact' => $change], true), 'the same in a graph' => fn () => $sf->graph(['g' => ['contact' => $change, 'user' => $activate]]),
    'a User with a role beside a Contact' => fn () => $sf->graph(['g' => ['contact' => $change, 'user' => ['POST', 'sobjects/User', ['UserRoleId' => '00E000000000001']]]]),
    'a graph 16 deep' => fn () => $sf->graph(['g' => $chain]), '501 nodes' => fn () => $sf->graph(['a' => array_combine(array_map(fn ($i) => "r$i", range(1, 501)), array_fill(0, 501, $read))]),
    '76 graphs' => fn () => $sf->graph(array_combine(array_map(fn ($i) => "g$i", range(1, 76)), array_fill(0, 76, ['a' => $read]))), 'an empty graph' => fn () => $sf->graph(['g' => []]),
    'a tree of nothing' => fn () => $sf->tree('Account', []), 'a tree without attributes' => fn () => $sf->tree('Account', [['Name' => 'x']]), 'a reference twice' => fn () => $sf->tree('Account', [$branch('Account', 'a', []), $branch('Account', 'a', [])]),
    '201 in a tree' => fn () => $sf->tree('Account', array_map(fn ($i) => $branch('Account', "a$i", []), range(1, 201))), 'a User in a tree' => fn () => $sf->tree('Contact', [$branch('Contact', 'a', ['Users' => ['records' => [$branch('User', 'u', [])]]])]),
] as $what => $call) {
    echo "  $what: ", told($call, true), "\n";
}
echo Emulator::log();
echo "taken: ", told(fn () => $sf->composite(['user' => ['PATCH', 'sobjects/User/005000000000001', ['Title' => 'x']], 'contact' => $change], true)), "\n";
echo "each for itself: ";
$show($sf->composite(['user' => $activate, 'contact' => $change]));
?>
--EXPECT--
account: 201 done
  contact: 201 done
  read: 200 done
  the reference was followed
  account: 201 done
  contact: 201 done
  read: 200 done
  the reference was followed
one fails, one by one:
  account: 201 done
  contact: 400 Refused TellPerson REQUIRED_FIELD_MISSING [LastName]
one fails, all or none: Refused TellPerson REQUIRED_FIELD_MISSING 400: contact: Required fields are missing: [LastName]
graphs:
  good: done
  bad: undone by contact, Required fields are missing: [LastName]; the other: PROCESSING_HALTED
a tree: {"a":"001","c":"003"}
with a fault: Refused TellPerson INVALID_EMAIL_ADDRESS 400 fields=Email: Email: invalid email address: 123
5 accounts, 4 contacts
refused here:
  none: ValueError: Samlforce\Salesforce\Client::composite(): Argument #1 ($requests) must have 1 to 25 requests
  26: ValueError: Samlforce\Salesforce\Client::composite(): Argument #1 ($requests) must have 1 to 25 requests
  six queries: ValueError: Samlforce\Salesforce\Client::composite(): Argument #1 ($requests) must have at most 5 queries and collections
  a later one: ValueError: Request a refers to b, which is no earlier one
  deep in a body: ValueError: Request a refers to nobody, which is no earlier one
  no id: ValueError: Samlforce\Salesforce\Client::composite(): Argument #1 ($requests) must have reference ids as keys: letters, digits and underscores, the first a letter or digit that makes it no number
  a bad id: ValueError: Samlforce\Salesforce\Client::composite(): Argument #1 ($requests) must have reference ids as keys: letters, digits and underscores, the first a letter or digit that makes it no number
  a bad entry: ValueError: Request a must be [method, path] or [method, path, body]
  a bad method: ValueError: Request a must have GET, HEAD, POST, PATCH, PUT or DELETE as its method
  a bad path: ValueError: Request a must have a path of at most 16384 bytes of printable ASCII, without # and backslash
  GET with a body: ValueError: Request a must have no body for its method
  activation beside a Contact: InvalidInput TellPerson MIXED_DML_OPERATION -: MIXED_DML_OPERATION: the request user changes who may do what (a User's activation, profile, role or name), and contact changes other data. Salesforce takes no transaction with both: send the first by itself, after the other
  the same in a graph: InvalidInput TellPerson MIXED_DML_OPERATION -: MIXED_DML_OPERATION: in the graph g the request user changes who may do what (a User's activation, profile, role or name), and contact changes other data. Salesforce takes no transaction with both: send the first by itself, after the other
  a User with a role beside a Contact: InvalidInput TellPerson MIXED_DML_OPERATION -: MIXED_DML_OPERATION: in the graph g the request user changes who may do what (a User's activation, profile, role or name), and contact changes other data. Salesforce takes no transaction with both: send the first by itself, after the other
  a graph 16 deep: ValueError: Request n16 refers to others more than 15 deep
  501 nodes: ValueError: Samlforce\Salesforce\Client::graph(): Argument #1 ($graphs) must have at most 500 requests in all graphs together
  76 graphs: ValueError: Samlforce\Salesforce\Client::graph(): Argument #1 ($graphs) must have 1 to 75 graphs
  an empty graph: ValueError: Samlforce\Salesforce\Client::graph(): Argument #1 ($graphs) must have graphs' ids as keys (letters, digits and underscores), and a list of requests for each
  a tree of nothing: ValueError: Samlforce\Salesforce\Client::tree(): Argument #2 ($records) must have at least one record
  a tree without attributes: ValueError: Samlforce\Salesforce\Client::tree(): Argument #2 ($records) must have 'attributes' => ['type' => …, 'referenceId' => …] in each record
  a reference twice: ValueError: Samlforce\Salesforce\Client::tree(): Argument #2 ($records) must have a reference id of its own for each record; a is there twice
  201 in a tree: ValueError: Samlforce\Salesforce\Client::tree(): Argument #2 ($records) must have at most 200 records, with all children
  a User in a tree: InvalidInput TellPerson - -: MIXED_DML_OPERATION: Salesforce takes no transaction with a User or another setup object and other data: create them one after the other

taken: NotFound TellPerson INVALID_CROSS_REFERENCE_KEY 404
each for itself:   user: 404 NotFound TellPerson INVALID_CROSS_REFERENCE_KEY []
  contact: 404 NotFound TellPerson INVALID_CROSS_REFERENCE_KEY []
