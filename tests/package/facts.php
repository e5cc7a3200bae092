<?php
/*
 * What those who read our descriptions demand of them: PIE, PECL, WordPress.org, Debian. Prints what is wrong, and exits 1.
 * Usage: facts.php pie|versions|readme|ini
 */

declare(strict_types=1);

chdir(dirname(__DIR__, 2));
$wrong = [];

function text(string $file): string
{
    return (string) file_get_contents($file);
}

/** The first thing in the file that the pattern's bracket finds. */
function found(string $file, string $pattern): string
{
    return preg_match($pattern, text($file), $match) ? $match[1] : "nothing in $file";
}

/**
 * PIE's schema of the section php-ext (php/pie, resources/composer-json-php-ext-schema.json), and its rules about the rest
 * (docs/extension-maintainers.md).
 */
function pie(): array
{
    $wrong = [];
    $all = json_decode(text('composer.json'), true, 16, JSON_THROW_ON_ERROR);
    if (!in_array($all['type'] ?? null, ['php-ext', 'php-ext-zend'], true)) {
        $wrong[] = 'type: php-ext or php-ext-zend';
    }
    if (!preg_match('~^[a-z0-9]([_.-]?[a-z0-9]+)*/[a-z0-9](([_.]|-{1,2})?[a-z0-9]+)*$~', $all['name'] ?? '')) {
        $wrong[] = 'name: vendor/package';
    }
    foreach ($all['require'] ?? [] as $what => $version) {
        if ($what !== 'php' && !str_starts_with($what, 'ext-') && !str_starts_with($what, 'lib-')) {
            $wrong[] = "require: $what is neither php nor an extension";
        }
    }
    if (!isset($all['require']['php'])) {
        $wrong[] = 'require: no version of php';
    }
    $families = ['windows', 'bsd', 'darwin', 'solaris', 'linux', 'unknown'];
    $list = static fn (mixed $value): bool => is_array($value) && array_is_list($value) && $value !== [] && array_diff($value, $families) === [];
    $known = [
        'extension-name' => static fn (mixed $value): bool => is_string($value) && preg_match('/^[A-Za-z][A-Za-z0-9_]*$/', $value) === 1,
        'priority' => static fn (mixed $value): bool => is_int($value) && $value >= 10 && $value <= 99,
        'support-zts' => is_bool(...),
        'support-nts' => is_bool(...),
        'build-path' => static fn (mixed $value): bool => $value === null || is_string($value),
        'download-url-method' => static fn (mixed $value): bool => in_array($value, ['composer-default', 'pre-packaged-source'], true),
        'os-families' => $list,
        'os-families-exclude' => $list,
        'configure-options' => static function (mixed $value): bool {
            foreach (is_array($value) && array_is_list($value) ? $value : [null] as $option) {
                if (!is_array($option) || !preg_match('/^[a-zA-Z0-9][a-zA-Z0-9-_]*$/', $option['name'] ?? '') || !is_bool($option['needs-value'] ?? false)
                        || !is_string($option['description'] ?? '') || array_diff_key($option, ['name' => 0, 'needs-value' => 0, 'description' => 0]) !== []) {
                    return false;
                }
            }
            return true;
        },
    ];
    $section = $all['php-ext'] ?? [];
    foreach ($section as $key => $value) {
        if (!isset($known[$key])) {
            $wrong[] = "php-ext: $key is not known";
        } elseif (!$known[$key]($value)) {
            $wrong[] = "php-ext: $key can't be " . json_encode($value);
        }
    }
    if (isset($section['os-families'], $section['os-families-exclude'])) {
        $wrong[] = 'php-ext: os-families and os-families-exclude exclude each other';
    }
    // what it says has to be so: the name is the module's, and each option is one that ./configure knows
    $m4 = text('config.m4');
    if (!str_contains($m4, 'PHP_NEW_EXTENSION([' . ($section['extension-name'] ?? '') . ']')) {
        $wrong[] = 'php-ext: extension-name is not that of config.m4';
    }
    preg_match_all('/PHP_ARG_(ENABLE|WITH)\(\[([a-z0-9-]+)\]/', $m4, $arguments, PREG_SET_ORDER);
    $options = array_map(static fn (array $one): string => strtolower($one[1]) . "-$one[2]", $arguments);
    foreach ($section['configure-options'] ?? [] as $option) {
        if (!in_array($option['name'] ?? '', $options, true)) {
            $wrong[] = 'php-ext: config.m4 has no option ' . ($option['name'] ?? '');
        }
    }
    $minimum = found('package.xml', '~<php>\s*<min>([0-9.]+)</min>~');
    if (!str_starts_with($all['require']['php'] ?? '', '>=' . preg_replace('/\.0$/', '', $minimum))) {
        $wrong[] = "require: php is not at least the $minimum of package.xml";
    }
    return $wrong;
}

/** A release has one number, wherever it stands. */
function versions(): array
{
    $version = found('package.xml', '~<release>([^<]+)</release>~');
    $others = [
        'ext/php_samlforce.h' => found('ext/php_samlforce.h', '/#define PHP_SAMLFORCE_VERSION "([^"]+)"/'),
        'debian/changelog' => found('debian/changelog', '/^php-samlforce \(([^)]+)\)/'),
        'the header of samlforce.php' => found('wordpress/samlforce/samlforce.php', '/^ \* Version: +(\S+)$/m'),
        'SAMLFORCE_VERSION' => found('wordpress/samlforce/samlforce.php', "/'SAMLFORCE_VERSION', '([^']+)'/"),
        'Stable tag of readme.txt' => found('wordpress/samlforce/readme.txt', '/^Stable tag: (\S+)$/m'),
        'samlforce.pot' => found('wordpress/samlforce/languages/samlforce.pot', '/^"Project-Id-Version: Samlforce (.+)\\\\n"$/m'),
    ];
    $wrong = [];
    foreach ($others as $where => $other) {
        if ($other !== $version) {
            $wrong[] = "package.xml has $version, $where has $other";
        }
    }
    if (!str_contains(text('wordpress/samlforce/readme.txt'), "\n= $version =\n")) {
        $wrong[] = "the changelog of readme.txt has no $version";
    }
    return $wrong;
}

/** The handbook of WordPress.org's plugin directory: "How your readme.txt works". */
function readme(): array
{
    $text = text('wordpress/samlforce/readme.txt');
    $plugin = text('wordpress/samlforce/samlforce.php');
    $wrong = [];
    if (!preg_match('/\A=== (.+) ===\n((?:[A-Z][A-Za-z ]*: .+\n)+)\n(.+)\n\n== Description ==\n/', $text, $match)) {
        return ['it begins with the name, the header, a short description and == Description =='];
    }
    [, $name, $header, $short] = $match;
    preg_match_all('/^([A-Za-z ]+): (.+)$/m', $header, $lines, PREG_SET_ORDER);
    $fields = array_column($lines, 2, 1);
    foreach (['Contributors', 'Tags', 'Requires at least', 'Tested up to', 'Requires PHP', 'Stable tag', 'License', 'License URI'] as $field) {
        if (!isset($fields[$field])) {
            $wrong[] = "the header has no $field";
        }
    }
    if ($name !== found('wordpress/samlforce/samlforce.php', '/^ \* Plugin Name: +(.+)$/m')) {
        $wrong[] = "the name $name is not the plugin's";
    }
    if (!preg_match('/^[a-z0-9_-]+(, [a-z0-9_-]+)*$/', $fields['Contributors'] ?? '')) {
        $wrong[] = 'Contributors: user names of WordPress.org, with commas';
    }
    if (count(explode(',', $fields['Tags'] ?? '')) > 5) {
        $wrong[] = 'Tags: five at most';
    }
    if (strlen($short) > 150) {
        $wrong[] = 'the short description: 150 characters at most, it has ' . strlen($short);
    }
    foreach (['Requires at least' => '/^\d+\.\d+(\.\d+)?$/', 'Tested up to' => '/^\d+\.\d+$/', 'Requires PHP' => '/^\d+\.\d+$/', 'Stable tag' => '/^\d+\.\d+\.\d+$/'] as $field => $form) {
        if (!preg_match($form, $fields[$field] ?? '')) {
            $wrong[] = "$field: not of the form of a version";
        }
    }
    foreach (['Requires at least', 'License', 'License URI'] as $field) {
        if (($fields[$field] ?? '') !== (preg_match('/^ \* ' . $field . ': +(.+)$/m', $plugin, $match) ? $match[1] : null)) {
            $wrong[] = "$field is not what the plugin's header says";
        }
    }
    foreach (['Description', 'Installation', 'Frequently Asked Questions', 'Changelog'] as $section) {
        if (!str_contains($text, "\n== $section ==\n")) {
            $wrong[] = "no section $section";
        }
    }
    // longer ones are cut where they are shown
    foreach (preg_split('/^== (.+) ==$/m', $text, -1, PREG_SPLIT_DELIM_CAPTURE) as $index => $part) {
        if ($index > 0 && $index % 2 === 0 && str_word_count($part) > 2500) {
            $wrong[] = 'a section of more than 2500 words';
        }
    }
    return $wrong;
}

/** debian/samlforce.ini shows all settings of the extension that is loaded here. */
function ini(): array
{
    $real = array_map(static fn (?string $value): string => (string) $value, ini_get_all('samlforce', false) ?: []);
    preg_match_all('/^;(samlforce\.[a-z0-9_.]+) =(?: (.*))?$/m', text('debian/samlforce.ini'), $lines, PREG_SET_ORDER);
    $shown = [];
    foreach ($lines as $line) {
        $shown[$line[1]] = $line[2] ?? '';
    }
    ksort($real);
    ksort($shown);
    $wrong = [];
    foreach ($real + $shown as $name => $_) {
        if (($real[$name] ?? null) !== ($shown[$name] ?? null)) {
            $wrong[] = "$name: the extension has " . json_encode($real[$name] ?? null) . ', samlforce.ini ' . json_encode($shown[$name] ?? null);
        }
    }
    if (!preg_match('/^extension=samlforce\.so$/m', text('debian/samlforce.ini')) || preg_match('/^samlforce\./m', text('debian/samlforce.ini'))) {
        $wrong[] = 'it loads the extension, and sets nothing';
    }
    return $real === [] ? ['the extension is not loaded'] : $wrong;
}

$wrong = match ($argv[1] ?? '') {
    'pie' => pie(),
    'versions' => versions(),
    'readme' => readme(),
    'ini' => ini(),
    default => ['usage: facts.php pie|versions|readme|ini'],
};
foreach ($wrong as $line) {
    echo "$line\n";
}
exit($wrong === [] ? 0 : 1);
