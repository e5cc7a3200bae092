<?php
/** Shows mails, a line of JSON each on standard input, to a person at a terminal. */

declare(strict_types=1);

while (($line = fgets(STDIN)) !== false) {
	$mail = json_decode($line, true);
	if (!is_array($mail)) {
		continue;
	}
	// A mail may hold what somebody typed into a form: no control sequence of it reaches the terminal.
	$clean = fn (string $text): string => (string) preg_replace('/[^\P{C}\n\t]/u', '', $text);
	printf(
		"--- mail to %s\n    %s\n\n%s\n---\n\n",
		$clean((string) $mail['to']),
		$clean((string) $mail['subject']),
		preg_replace('/^/m', '    ', trim($clean((string) $mail['message'])))
	);
}
