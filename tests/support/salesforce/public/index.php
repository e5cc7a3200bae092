<?php
declare(strict_types=1);

namespace SalesforceEmulator;

require __DIR__ . '/../src/autoload.php';

ini_set('zend.exception_ignore_args', '1');
$started = microtime(true);
$store = new Store($_SERVER['EMULATOR_DB']);
$request = Request::fromServer($_SERVER);
$host = strtolower($_SERVER['HTTP_HOST'] ?? '');
$fault = Faults::take($store, $request->method, $request->path);
$kind = $fault['kind'] ?? null;

if ($kind === 'slow') {
	usleep((int) ($fault['seconds'] * 1e6));
}
try {
	$response = match (true) {
		in_array($kind, ['timeout', 'close'], true) && !$fault['carried_out'] => new Response(0),
		$kind === '503' => Response::json(503, [['message' => 'Server Unavailable: the service is temporarily unavailable', 'errorCode' => 'SERVER_UNAVAILABLE']], ['Retry-After' => (string) (int) ceil($fault['seconds'])]),
		$kind === 'error' => failure($fault),
		$kind === 'html' => new Response($fault['status'], "<html><head><title>We are down for maintenance.</title></head><body>Sorry for the inconvenience. We'll be back shortly.</body></html>", ['Content-Type' => 'text/html;charset=UTF-8']),
		$kind === '401' => voided($store, $request),
		$kind === 'lock' => Response::error(ApiError::record('UNABLE_TO_LOCK_ROW', 'unable to obtain exclusive access to this record or 1 records', [])),
		str_starts_with($request->path, '/services/oauth2/') => (new OAuth($store, $host))->handle($request),
		str_starts_with($request->path, '/services/data') => (new Api($store, $host))->handle($request),
		str_starts_with($request->path, '/cometd') => (new Cometd($store, $host))->handle($request),
		default => new Response(404, '<html><head><title>URL No Longer Exists</title></head><body>URL No Longer Exists</body></html>', ['Content-Type' => 'text/html;charset=UTF-8']),
	};
} catch (\PDOException $e) {
	if (str_contains($e->getMessage(), 'locked')) {
		$response = Response::error(ApiError::record('UNABLE_TO_LOCK_ROW', 'unable to obtain exclusive access to this record or 1 records', []));
	} else {
		$response = failed($e);
	}
} catch (\Throwable $e) {
	$response = failed($e);
}

/** The token that came with this request is void from now on, as if an administrator had ended the session. */
function voided(Store $store, Request $request): Response
{
	$token = preg_replace('/^\S+ +/', '', $request->header('authorization'));
	$store->transaction(static fn (): int => $store->run('DELETE FROM sessions WHERE token_hash = ?', [hash('sha256', $token)]));
	return Response::error(new ApiError(401, [['message' => 'Session expired or invalid', 'errorCode' => 'INVALID_SESSION_ID']], ['WWW-Authenticate' => 'Token']));
}

/** Any error of the documentation; some resources send the object without the list around it. */
function failure(array $fault): Response
{
	$error = ApiError::record($fault['code'], $fault['message'], [], $fault['status']);
	$response = Response::json($error->status, $fault['bare'] ? $error->errors[0] : $error->errors);
	$response->error = $fault['code'];
	return $response;
}

/** A fault of the emulator itself: the log says where, and never what the request held. */
function failed(\Throwable $e): Response
{
	error_log('emulator: ' . $e::class . ' in ' . basename($e->getFile()) . ':' . $e->getLine() . ': ' . $e->getMessage());
	return Response::error(ApiError::of(500, 'UNKNOWN_EXCEPTION', 'An unexpected error occurred. Please include this ErrorId if you contact support: ' . crc32($e->getFile() . $e->getLine())));
}

/** The bytes of a body, piece by piece. @return \Generator<int, string> */
function pieces(Response $response): \Generator
{
	if ($response->pieces === null) {
		yield (string) $response->body;
		return;
	}
	foreach ($response->pieces as [$file, $from, $bytes]) {
		$in = fopen($file, 'r');
		fseek($in, $from);
		while ($bytes > 0 && ($piece = fread($in, min($bytes, 65536))) !== false && $piece !== '') {
			$bytes -= strlen($piece);
			yield $piece;
		}
		fclose($in);
	}
}

/** Whoever asked has the answer; what he asked for is done now. */
function afterwards(Response $response): void
{
	if ($response->after !== null) {
		fastcgi_finish_request();
		($response->after)();
	}
}

$silent = in_array($kind, ['timeout', 'close'], true);
// `start` asks until it is answered; that is no request of a test.
$request->header('user-agent') === 'samlforce-start' || $store->transaction(static fn (): int => $store->run(
	'INSERT INTO requests (at, method, path, status, error, fault, protocol, connection, request_on_connection, tls, tls_resumed, content_encoding, user_agent, cookie) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
	[$started, $request->method, $request->path, $silent ? 0 : $response->status, $response->error, $kind === null ? null : $kind . ($fault['carried_out'] && $silent ? '-carried-out' : ''), $_SERVER['SERVER_PROTOCOL'], (int) $_SERVER['EMULATOR_CONNECTION'], (int) $_SERVER['EMULATOR_CONNECTION_REQUESTS'], $_SERVER['EMULATOR_TLS'], $_SERVER['EMULATOR_TLS_RESUMED'] === 'r' ? 1 : 0, $request->header('content-encoding'), substr($request->header('user-agent'), 0, 200), $request->header('cookie') === '' ? 0 : 1],
));

header_remove('X-Powered-By');
// An answer without a body has no half of one: the connection ends instead.
$hangUp = $kind === 'close' || ($kind === 'half' && $response->pieces === null && ($response->body === null || $response->body === ''));
if ($silent || $hangUp) {
	// nginx takes over: one address never answers, the other hangs up.
	header('X-Accel-Redirect: /emulator-' . ($hangUp ? 'hang-up' : 'silence'));
	afterwards($response);
	return;
}
http_response_code($response->status);
$headers = $response->headers + [
	'Cache-Control' => 'no-cache,must-revalidate,max-age=0,no-store,private',
	'X-Content-Type-Options' => 'nosniff',
	'Vary' => 'Accept-Encoding',
];
$body = $response->body;
if ($response->status === 204 || $response->status === 304) {
	$body = null;
	ini_set('default_mimetype', '');
}
$zip = preg_match('/\bgzip\b(?!\s*;\s*q=0(?:\.0*)?(?:\s*(?:,|$)))/i', $request->header('accept-encoding')) === 1;
// a body of files is packed as it goes; half of one goes unpacked, so that its length promises all of it
$packing = $response->pieces !== null && $zip && $kind !== 'half';
if ($response->pieces === null && $body !== null && $body !== '' && $zip) {
	$body = gzencode($body);
	$headers['Content-Encoding'] = 'gzip';
}
if ($packing) {
	$headers['Content-Encoding'] = 'gzip';
} elseif ($body !== null) {
	$length = $response->pieces === null ? strlen($body) : array_sum(array_column($response->pieces, 2));
	$headers['Content-Length'] = (string) $length;
}
foreach ($headers as $name => $values) {
	foreach ((array) $values as $value) {
		header("$name: $value", !is_array($values));
	}
}
if ($body !== null && $request->method !== 'HEAD') {
	// Half a body: the length promises all of it.
	if ($response->pieces === null) {
		$response->body = $body;
	}
	$left = $kind === 'half' ? intdiv($length, 2) : PHP_INT_MAX;
	$deflate = $packing ? deflate_init(ZLIB_ENCODING_GZIP, ['level' => 1]) : null;
	foreach (pieces($response) as $piece) {
		$piece = substr($piece, 0, $left);
		$left -= strlen($piece);
		echo $deflate === null ? $piece : deflate_add($deflate, $piece, ZLIB_NO_FLUSH);
	}
	echo $deflate === null ? '' : deflate_add($deflate, '', ZLIB_FINISH);
}
afterwards($response);
