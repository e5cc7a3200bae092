--TEST--
PHP code can't change the parameters of a query while they are read: a date's own instant counts, whatever a child says
--EXTENSIONS--
samlforce
openssl
--FILE--
<?php
require __DIR__ . '/../support/keyring.inc';

$ring = new TestKeyring();
$ring->pair('salesforce');
echo $ring->run(<<<'CODE'
    class Sly extends DateTimeImmutable
    {
        public static array $list = [];
        public static string $text = '';
        public function getTimestamp(): int
        {
            echo "asked\n";
            self::$text = str_repeat('y', 50000);
            for ($i = 0; $i < 20000; $i++) {
                self::$list[] = 'x';
            }
            return 0;
        }
    }
    $sf = new Samlforce\Salesforce\Client(Samlforce\Salesforce\Credentials::jwtBearer('nobody.localhost:1', 'consumer', 'user', 'salesforce'), '67.0', 1000);
    Sly::$list = [new Sly('2020-01-01'), new DateTime()];
    Sly::$text = str_repeat('z', 50000);
    $ask = function (string $soql, array $parameters) use ($sf): void {
        try {
            $sf->query($soql, $parameters);
        } catch (Throwable $e) {
            echo $e::class, ' ', $e->reason->name ?? $e->getMessage(), "\n";
        }
    };
    $ask('SELECT Id FROM Contact WHERE CreatedDate IN :list', ['list' => &Sly::$list]);
    $ask('SELECT Id FROM Contact WHERE Name = :text AND CreatedDate > :date', ['text' => &Sly::$text, 'date' => new Sly('2020-01-01')]);
    echo count(Sly::$list), "\n";
    $unmade = (new ReflectionClass(DateTime::class))->newInstanceWithoutConstructor();
    $ask('SELECT Id FROM Contact WHERE CreatedDate > :date', ['date' => $unmade]);
    CODE, ['samlforce.allowed_hosts' => 'nobody.localhost:1']);
?>
--EXPECTF--
Samlforce\Salesforce\SalesforceException Unreachable
ValueError Samlforce\Salesforce\Client::query(): Argument #1 ($soql) must be shorter: its URL is longer than 16384 bytes, and Salesforce takes no longer ones
2
%s %s has not been correctly initialized by %s
