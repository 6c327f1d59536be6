// look.mjs MODULES PAGE... - opens pages in headless Chromium, light and dark,
// on a phone's width and a laptop's; prints one complaint a line:
// axe's findings (serious and critical), what is wider than the window, what
// was fetched from elsewhere, errors of the page's own script
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

const [modules, ...pages] = process.argv.slice(2);
const require = createRequire(resolve(modules, 'index.js'));
const puppeteer = require('puppeteer-core');
const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const sizes = [{ width: 390, height: 844 }, { width: 1366, height: 768 }];

const browser = await puppeteer.launch({
	executablePath: process.env.CHROMIUM || '/usr/bin/chromium',
	args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
		'--disable-background-networking', '--disable-component-update',
		'--disable-sync'],
});

// Elements that stick out to the right, other than those that scroll.
function widest() {
	return Array.from(document.querySelectorAll('body *')).filter((one) =>
		one.getBoundingClientRect().right > innerWidth + 1 &&
		!one.closest('pre, .picture, .wide, .skip')).slice(0, 3)
		.map((one) => one.tagName + '.' + one.className);
}

async function look(path, size, scheme) {
	const say = (what) => console.log(`${path} ${size.width} ${scheme}: ${what}`);
	const page = await browser.newPage();
	page.on('pageerror', (error) => say(error.message));
	page.on('request', (request) => {
		if (!/^(file|data):/.test(request.url())) say('fetches ' + request.url());
	});
	await page.setViewport(size);
	await page.emulateMediaFeatures([
		{ name: 'prefers-color-scheme', value: scheme }]);
	await page.goto('file://' + resolve(path), { waitUntil: 'load' });
	for (const one of await page.evaluate(widest)) say('too wide: ' + one);
	if (process.env.SHOTS) {
		const name = path.split('/').slice(-2).join('-').replace('.html', '');
		await page.screenshot({ fullPage: true,
			path: `${process.env.SHOTS}/${name}-${size.width}-${scheme}.png` });
	}
	await page.evaluate(axe);
	const { violations } = await page.evaluate(() => axe.run(document));
	for (const one of violations)
		if (['serious', 'critical'].includes(one.impact))
			say(`${one.id}: ${one.help}: ${one.nodes[0].target.join(' ')}`);
	await page.close();
}

// What only a reader does: searches, changes the colours, the language.
async function use(path) {
	const page = await browser.newPage();
	await page.goto('file://' + resolve(path), { waitUntil: 'load' });
	await page.type('#query', 'session');
	if (await page.$$eval('#found a', (all) => all.length) === 0)
		console.log(`${path}: the search finds nothing`);
	const before = await page.evaluate(() => document.body.matches('html *') &&
		getComputedStyle(document.body).backgroundColor);
	await page.click('#theme');
	if (before === await page.evaluate(() =>
		getComputedStyle(document.body).backgroundColor))
		console.log(`${path}: the colours don't change`);
	await page.evaluate(() => { location.hash = '#articles'; });
	await Promise.all([page.waitForNavigation(), page.click('#language')]);
	if (!page.url().endsWith('#articles') ||
		!await page.$('#articles'))
		console.log(`${path}: the other language is at ${page.url()}`);
	await page.close();
}

for (const path of pages)
	for (const size of sizes)
		for (const scheme of ['light', 'dark']) await look(path, size, scheme);
const chapter = pages.find((path) => /\/\d\d-/.test(path));
if (chapter) await use(chapter);
await browser.close();
