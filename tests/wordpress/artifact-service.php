<?php
/*
 * An artifact service over TLS, for ArtifactTest: whatever it is asked, it answers with the message in FOLDER/message.xml, once; after that with
 * nothing, as one does that doesn't know the artifact any more. FOLDER/status makes it answer with that status alone.
 *
 *   php artifact-service.php PORT CERTIFICATE FOLDER ISSUER
 */

declare(strict_types=1);

[, $port, $certificate, $folder, $issuer] = $argv;
$server = stream_socket_server("tcp://127.0.0.1:$port", $code, $message, STREAM_SERVER_BIND | STREAM_SERVER_LISTEN, stream_context_create(['ssl' => ['local_cert' => $certificate]]));
while (true) {
	$connection = @stream_socket_accept($server, 3600);
	if (!$connection || !@stream_socket_enable_crypto($connection, true, STREAM_CRYPTO_METHOD_TLS_SERVER)) {
		continue;
	}
	$head = (string) stream_get_line($connection, 65536, "\r\n\r\n");
	preg_match('~^Content-Length: (\d+)~mi', $head, $length);
	for ($body = ''; strlen($body) < (int) ($length[1] ?? 0) && !feof($connection);) {
		$body .= fread($connection, (int) $length[1] - strlen($body));
	}
	file_put_contents("$folder/asked", $body . "\n", FILE_APPEND);
	preg_match('~<samlp:ArtifactResolve[^>]* ID="([^"]+)"~', $body, $id);
	$inner = is_file("$folder/message.xml") ? file_get_contents("$folder/message.xml") : '';
	@unlink("$folder/message.xml");
	$answer = '<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><samlp:ArtifactResponse xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion"'
		. ' ID="_' . bin2hex(random_bytes(16)) . '" Version="2.0" IssueInstant="' . gmdate('Y-m-d\TH:i:s\Z') . '" InResponseTo="' . ($id[1] ?? '') . '"><saml:Issuer>' . htmlspecialchars($issuer) . '</saml:Issuer>'
		. '<samlp:Status><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"/></samlp:Status>' . $inner . '</samlp:ArtifactResponse></s:Body></s:Envelope>';
	$status = is_file("$folder/status") ? file_get_contents("$folder/status") : '200 OK';
	fwrite($connection, "HTTP/1.1 $status\r\nContent-Type: text/xml\r\nConnection: close\r\nContent-Length: " . strlen($answer) . "\r\n\r\n$answer");
	fclose($connection);
}
