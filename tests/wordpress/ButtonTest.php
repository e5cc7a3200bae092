<?php

declare(strict_types=1);

namespace Samlforce\WordPress\Tests;

use Samlforce\WordPress\Saml;
use Samlforce\WordPress\Sign_In_Button;

/** The shortcode and the block. */
final class ButtonTest extends HttpTestCase
{
	private function page(string $content): int
	{
		return wp_insert_post(['post_type' => 'page', 'post_status' => 'publish', 'post_title' => 'Welcome', 'post_content' => wp_slash($content)]);
	}

	protected function setUp(): void
	{
		parent::setUp();
		$this->cookies = [];
		foreach (get_posts(['post_type' => 'page', 'numberposts' => -1]) as $page) {
			wp_delete_post($page->ID, true);
		}
	}

	/**
	 * @testWith ["[samlforce_login label='Come & go' signed_in='logout']"]
	 *           ["<!-- wp:samlforce/sign-in {\"label\":\"Come & go\",\"signedIn\":\"logout\"} /-->"]
	 */
	public function testBothShowTheSame(string $content): void
	{
		$id = $this->page($content);
		$url = get_permalink($id);
		$answer = $this->send($url);
		self::assertSame(200, $answer['status']);
		$button = '<div class="wp-block-button samlforce-button"><a class="wp-block-button__link wp-element-button" href="' . esc_url(Saml::login_url($url)) . '" rel="nofollow">Come &amp; go</a></div>';
		self::assertStringContainsString($button, $answer['body']);
		self::assertStringContainsString('no-store', implode(' ', $answer['headers']['cache-control']));
		self::assertContains('Cookie', $answer['headers']['vary']);

		$this->logIn(1);
		$body = $this->send($url)['body'];
		self::assertStringNotContainsString('Come &amp; go', $body);
		self::assertMatchesRegularExpression('~samlforce-button"><a class="[^"]+" href="[^"]+action=logout~', $body);
		$this->cookies = [];
		$this->settings(['metadata' => '']);
		self::assertStringNotContainsString('samlforce-button', $this->send($url)['body']);
	}

	public function testOtherPagesMayBeCached(): void
	{
		$answer = $this->send(get_permalink($this->page('Nothing of ours.')));
		self::assertArrayNotHasKey('cache-control', $answer['headers']);
	}

	public function testThePageAfterwardsIsOfThisSite(): void
	{
		$button = new Sign_In_Button();
		$block = static fn (array $attributes): string => do_blocks('<!-- wp:samlforce/sign-in ' . json_encode($attributes, JSON_FORCE_OBJECT) . ' /-->');
		self::assertStringContainsString(esc_url(Saml::login_url(home_url('/?p=7'))), $button->shortcode(['redirect' => home_url('/?p=7')]));
		foreach (['https://evil.example/', '//evil.example', 'javascript:alert(1)'] as $evil) {
			self::assertStringContainsString(esc_url(Saml::login_url(home_url('/'))), $button->shortcode(['redirect' => $evil]), $evil);
			self::assertStringNotContainsString('evil', $block(['redirect' => $evil]));
		}
		self::assertStringContainsString('Sign in with Salesforce', $button->shortcode(''));
		self::assertStringContainsString('Sign in with Salesforce', $block(['label' => ['x'], 'idp' => 5]));
		wp_set_current_user(1);
		self::assertSame('', $button->shortcode(''));
		self::assertSame('', $block([]));
	}

	public function testTheEditorKnowsTheBlock(): void
	{
		$this->logIn(1);
		$page = $this->send('wp-admin/post-new.php?post_type=page')['body'];
		self::assertStringContainsString('blocks/sign-in/editor.js', $page);
		self::assertStringContainsString('window.samlforceSignInBlock = {', $page);
		self::assertLessThan(strpos($page, 'blocks/sign-in/editor.js'), strpos($page, 'window.samlforceSignInBlock'));
	}
}
