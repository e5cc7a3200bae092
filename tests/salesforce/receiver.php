<?php
/*
 * Where Outbound Messages arrive, as a site would write it: the secret in the address, the org's id in the message, each notification
 * once by its Id, and the acknowledgement when everything is kept. What it kept is a file a notification in RECEIVER_FOLDER.
 */

declare(strict_types=1);

use Samlforce\Salesforce\OutboundMessage;
use Samlforce\Salesforce\OutboundMessageException;

$folder = getenv('RECEIVER_FOLDER');
if (!hash_equals(getenv('RECEIVER_SECRET'), substr($_SERVER['REQUEST_URI'], 1))) {
    http_response_code(404);
    exit;
}
$soap = file_get_contents('php://input');
file_put_contents("$folder/last.xml", $soap);
// how it misbehaves, once for each line that the test writes there
$moods = is_file("$folder/moods") ? file("$folder/moods", FILE_IGNORE_NEW_LINES) : [];
$mood = array_shift($moods);
file_put_contents("$folder/moods", implode("\n", $moods));
if ($mood === 'plain 200') {
    exit('OK');
}
if ($mood === '500') {
    http_response_code(500);
    exit(OutboundMessage::acknowledgement(true));
}
try {
    $message = OutboundMessage::parse($soap, getenv('RECEIVER_ORG'));
} catch (OutboundMessageException $e) {
    http_response_code(400);
    file_put_contents("$folder/refused", $e->reason->value . "\n", FILE_APPEND);
    exit;
}
foreach ($message->notifications as $notification) {
    // "x": made by one alone, so that of two at the same time one is told that it is known
    $file = @fopen("$folder/{$notification['id']}.json", 'x');
    if ($file === false) {
        file_put_contents("$folder/known", "{$notification['id']}\n", FILE_APPEND);
        continue;
    }
    fwrite($file, json_encode($notification, JSON_UNESCAPED_UNICODE | JSON_THROW_ON_ERROR));
    fclose($file);
}
header('Content-Type: text/xml; charset=utf-8');
echo OutboundMessage::acknowledgement($mood !== 'false');
