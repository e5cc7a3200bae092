--TEST--
A replay guard that ends the request, or a fiber that is given up while it asks, ends without an Assertion and without harm
--EXTENSIONS--
samlforce
dom
openssl
--ENV--
USE_ZEND_ALLOC=0
MALLOC_PERTURB_=90
GLIBC_TUNABLES=glibc.malloc.tcache_count=0
--FILE--
<?php
require __DIR__ . '/../support/saml.inc';

use Samlforce\Saml\ReplayGuard;

$idp = new Forge();
$login = $idp->signed();

// given up in the middle: the fiber is destroyed while the guard waits for its store
$fiber = new Fiber(function () use ($idp, $login): void {
    try {
        accept($idp, $login, guard: new class implements ReplayGuard {
            public function claim(string $id, int $expiresAt): bool { Fiber::suspend('waiting'); return true; }
        });
        echo "accepted\n";
    } catch (Throwable $e) {
        echo 'caught ', $e::class, "\n";
    } finally {
        echo "given up\n";
    }
});
var_dump($fiber->start());
unset($fiber);

// as WordPress does it when the database is away
register_shutdown_function(function (): void {
    echo "shut down\n";
});
try {
    accept($idp, $login, guard: new class implements ReplayGuard {
        public function claim(string $id, int $expiresAt): bool { exit("no database\n"); }
    });
    echo "accepted\n";
} catch (Throwable $e) {
    echo 'caught ', $e::class, "\n";
} finally {
    echo "not reached either\n";
}
?>
--EXPECT--
string(7) "waiting"
given up
no database
shut down
