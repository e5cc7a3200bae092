<?php

declare(strict_types=1);

namespace Samlforce\WordPress\Tests;

use PhpParser\Node;
use Samlforce\WordPress\Activation;
use Samlforce\WordPress\Database;
use Samlforce\WordPress\Settings;

/** Without the extension, on an old PHP, with several workers, and at the end. */
final class LifeTest extends TestCase
{
	/** Runs PHP code in this WordPress, in a process of its own. */
	private function process(string $code, bool $extension): mixed
	{
		$environment = ['PATH' => (string) getenv('PATH'), 'SAMLFORCE_WP' => (string) getenv('SAMLFORCE_WP')]
			+ ($extension ? ['PHP_INI_SCAN_DIR' => (string) getenv('PHP_INI_SCAN_DIR')] : []);
		return proc_open(
			[PHP_BINARY, '-d', 'display_errors=stderr', '-r', '$_SERVER += ["HTTP_HOST" => "127.0.0.1", "REQUEST_URI" => "/", "REQUEST_METHOD" => "GET", "SERVER_NAME" => "x", "REMOTE_ADDR" => "127.0.0.1"]; require getenv("SAMLFORCE_WP") . "/wp-load.php"; ' . $code],
			[['file', '/dev/null', 'r'], ['file', getenv('SAMLFORCE_WORK') . '/process.out', 'w'], ['file', getenv('SAMLFORCE_WORK') . '/process.err', 'w']],
			$pipes,
			null,
			$environment
		);
	}

	private function output(string $code, bool $extension): string
	{
		self::assertSame(0, proc_close($this->process($code, $extension)), (string) file_get_contents(getenv('SAMLFORCE_WORK') . '/process.err'));
		return (string) file_get_contents(getenv('SAMLFORCE_WORK') . '/process.out');
	}

	public function testWithoutTheExtensionThereIsOneNoticeAndTheLoginWorks(): void
	{
		wp_create_user('old', 'old-password-1', 'old@example.test');
		$output = $this->output('wp_set_current_user(1); ob_start(); do_action("admin_notices"); do_action("all_admin_notices"); $notices = ob_get_clean();
			wp_set_current_user(0); ob_start(); do_action("admin_notices"); $public = ob_get_clean();
			$user = wp_authenticate("old", "old-password-1");
			ob_start(); do_action("login_form"); $form = ob_get_clean();
			echo json_encode([extension_loaded("samlforce"), $notices, $public, $user instanceof WP_User, $form, has_action("user_register")]);', false);
		[$loaded, $notices, $public, $works, $form] = json_decode($output, true, 8, JSON_THROW_ON_ERROR);
		self::assertFalse($loaded);
		self::assertSame(1, substr_count($notices, 'notice-error'));
		self::assertStringContainsString('extension=samlforce', html_entity_decode($notices));
		self::assertSame('', $public);
		self::assertTrue($works);
		self::assertStringNotContainsString('samlforce', $form);
	}

	public function testWithoutTheExtensionAnUnconfirmedAccountStaysShut(): void
	{
		$id = $this->registered();
		$password = var_export(wp_slash(self::PASSWORD), true);
		[$loaded, $error, $available] = json_decode($this->output('$user = wp_authenticate("ada", ' . $password . ');
			echo json_encode([extension_loaded("samlforce"), is_wp_error($user) ? $user->get_error_code() : "signed in", wp_is_application_passwords_available_for_user(' . $id . ')]);', false), true, 8, JSON_THROW_ON_ERROR);
		self::assertFalse($loaded);
		self::assertSame('samlforce_unconfirmed', $error);
		self::assertFalse($available);
	}

	/** @testWith ["samlforce.php"]
	 *            ["uninstall.php"]
	 */
	public function testWhatRunsOnAnOldPhpSpeaksItsLanguage(string $file): void
	{
		require_once 'PhpParser/autoload.php';
		$code = (string) file_get_contents(dirname(SAMLFORCE_FILE) . "/$file");
		$lexer = new \PhpParser\Lexer\Emulative(['phpVersion' => '7.4']);
		$nodes = (new \PhpParser\ParserFactory())->create(\PhpParser\ParserFactory::ONLY_PHP7, $lexer)->parse($code);
		$newer = (new \PhpParser\NodeFinder())->find($nodes, static fn (Node $node): bool => $node instanceof Node\Expr\Match_
			|| $node instanceof Node\Expr\NullsafeMethodCall || $node instanceof Node\Expr\NullsafePropertyFetch || $node instanceof Node\Expr\Throw_
			|| $node instanceof Node\UnionType || $node instanceof Node\IntersectionType || $node instanceof Node\AttributeGroup || $node instanceof Node\Stmt\Enum_
			|| $node instanceof Node\Param && $node->flags !== 0 || $node instanceof Node\Arg && $node->name !== null || $node instanceof Node\VariadicPlaceholder
			|| $node instanceof Node\Expr\FuncCall && $node->name instanceof Node\Name && in_array(strtolower((string) $node->name), ['str_contains', 'str_starts_with', 'str_ends_with', 'array_is_list', 'get_debug_type'], true));
		self::assertSame([], array_map(static fn (Node $node): string => get_class($node) . ' in line ' . $node->getLine(), $newer));
	}

	public function testSeveralWorkersDoEachThingOnce(): void
	{
		$people = ['ann', 'ben', 'cat', 'dan'];
		$ids = [];
		foreach ($people as $name) {
			$ids[] = $id = $this->registered($name);
			Activation::confirm($id);
		}
		Emulator::touch();
		$workers = [];
		for ($i = 0; $i < 3; $i++) {
			$workers[] = $this->process('(new \Samlforce\WordPress\Outbox_Worker())->run();', true);
		}
		foreach ($workers as $worker) {
			self::assertSame(0, proc_close($worker), (string) file_get_contents(getenv('SAMLFORCE_WORK') . '/process.err'));
		}
		// What one of them found locked in Salesforce comes later; here only that nothing was done twice counts.
		for ($i = 0; $i < 5; $i++) {
			$this->makeDue();
			$this->work();
		}
		foreach ($people as $i => $name) {
			self::assertSame('done', $this->row($ids[$i], 'activate')->state, (string) $this->row($ids[$i], 'activate')->error);
			self::assertCount(1, Emulator::contacts("$name@example.test"));
			self::assertCount(1, Emulator::users("$name@example.test"));
			self::assertTrue(Emulator::canLogIn("$name@example.test", self::PASSWORD));
		}
		$passwords = array_filter(Emulator::requests(), static fn (array $r): bool => $r['method'] === 'POST' && str_ends_with($r['path'], '/password'));
		self::assertCount(count($people), $passwords);
	}

	public function testUninstallLeavesNothing(): void
	{
		global $wpdb;
		$unconfirmed = $this->registered();
		$confirmed = $this->registered('eve');
		Activation::confirm($confirmed);
		update_option(\Samlforce\WordPress\Outbox_Worker::PAUSE, ['until' => 1], false);
		define('WP_UNINSTALL_PLUGIN', true);
		require dirname(SAMLFORCE_FILE) . '/uninstall.php';
		$wpdb->suppress_errors(true);
		$tables = array_filter($wpdb->get_col('SHOW TABLES'), static fn (string $name): bool => str_contains($name, 'samlforce'));
		$wpdb->suppress_errors(false);
		self::assertSame([], $tables);
		self::assertSame([], $wpdb->get_col("SELECT option_name FROM {$wpdb->options} WHERE option_name LIKE '%samlforce%' AND option_name NOT LIKE '%transient%'"));
		self::assertSame([], $wpdb->get_col("SELECT meta_key FROM {$wpdb->usermeta} WHERE meta_key LIKE '%samlforce%'"));
		self::assertFalse(wp_next_scheduled('samlforce_run_outbox'));
		// Who never confirmed the address doesn't get in now either.
		self::assertFalse(wp_check_password(wp_slash(self::PASSWORD), get_userdata($unconfirmed)->user_pass));
		self::assertTrue(wp_check_password(wp_slash(self::PASSWORD), get_userdata($confirmed)->user_pass));
		// And it can come back.
		Database::install_if_needed();
		$this->settings([]);
		self::assertIsInt($this->register('bob'));
		self::assertNotSame('', Settings::text('vault_key'));
	}
}
