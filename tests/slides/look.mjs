// look.mjs MODULES DECK... - opens decks in headless Chromium at 1280x720 and
// 1024x768, slide by slide; prints one complaint a line: what sticks out of a
// slide or of its box, text that is too small, axe's findings, what was fetched
// from elsewhere, errors of the page's own script.  With SHOTS=DIR a picture of
// each slide, and a contact sheet of each deck.
import { createRequire } from 'node:module';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';

const [modules, ...decks] = process.argv.slice(2);
const require = createRequire(resolve(modules, 'index.js'));
const puppeteer = require('puppeteer-core');
const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const sizes = [{ width: 1280, height: 720 }, { width: 1024, height: 768 }];
const shots = process.env.SHOTS;

const browser = await puppeteer.launch({
	executablePath: process.env.CHROMIUM || '/usr/bin/chromium',
	args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
		'--disable-background-networking', '--disable-component-update',
		'--disable-sync'],
});

// In the page: what is wrong with the slide that is shown.  Lengths are in
// slide's own pixels.
function measure() {
	const slide = Reveal.getCurrentSlide(), scale = Reveal.getScale();
	const frame = slide.getBoundingClientRect(), wrong = [];
	const edge = { right: frame.left + 1280 * scale,
		bottom: frame.top + 720 * scale };
	const name = (one) => one.tagName.toLowerCase() +
		(typeof one.className === 'string' && one.className ?
			'.' + one.className.split(' ')[0] : '');
	for (const one of slide.querySelectorAll('*')) {
		if (one.closest('aside, desc, title')) continue;
		const box = one.getBoundingClientRect();
		if (box.width === 0 || box.height === 0) continue;
		const right = (box.right - edge.right) / scale;
		const bottom = (box.bottom - edge.bottom) / scale;
		if (!one.closest('svg') && right > -20)
			wrong.push(`${name(one)} ends ${Math.round(right)} beside`);
		if (!one.closest('svg') && bottom > -14)
			wrong.push(`${name(one)} ends ${Math.round(bottom)} below`);
		if (one.tagName === 'PRE' && one.scrollWidth > one.clientWidth + 1)
			wrong.push(`a line is ${one.scrollWidth - one.clientWidth} too long`);
		const text = Array.from(one.childNodes).some((node) =>
			node.nodeType === 3 && node.data.trim() !== '');
		if (!text) continue;
		let size = parseFloat(getComputedStyle(one).fontSize);
		const svg = one.ownerSVGElement;
		if (svg) size *= svg.getScreenCTM().a / scale;
		const least = svg ? 15 : one.closest('pre, .file, .closed, code') ?
			20 : 28;
		if (size < least - .1)
			wrong.push(`${name(one)} has letters of ${size.toFixed(1)}`);
	}
	return [...new Set(wrong)].slice(0, 4);
}

async function open(path, size, say) {
	const [file, query = ''] = path.split('?');
	const page = await browser.newPage();
	page.on('pageerror', (error) => say(error.message));
	page.on('request', (request) => {
		if (!/^(file|data|blob):/.test(request.url()))
			say('fetches ' + request.url());
	});
	await page.setViewport(size);
	await page.goto('file://' + resolve(file) + '?' + query,
		{ waitUntil: 'load' });
	await page.waitForFunction(() => window.Reveal && Reveal.isReady());
	await page.evaluate(() => document.fonts.ready.then(() => true));
	return page;
}

// Each slide in turn, with all that appears step by step.
async function each(page, look) {
	const count = await page.evaluate(() => Reveal.getTotalSlides());
	for (let i = 0; i < count; i++) {
		const id = await page.evaluate((n) => {
			const slide = Reveal.getSlides()[n];
			const at = Reveal.getIndices(slide);
			Reveal.slide(at.h, at.v, 99);
			return slide.id;
		}, i);
		await look(id, i);
	}
}

async function sheet(pictures, path) {
	const page = await browser.newPage();
	await page.setViewport({ width: 1640, height: 400 });
	const file = path.replace('.png', '.html');
	writeFileSync(file, '<body style="margin:8px;background:#667;display:grid;' +
		'grid-template-columns:repeat(3,1fr);gap:8px">' + pictures.map((one) =>
		`<img width="100%" src="${basename(one)}">`).join(''));
	await page.goto('file://' + resolve(file), { waitUntil: 'load' });
	await page.screenshot({ path, fullPage: true });
	await page.close();
}

async function look(path, size) {
	const name = `${basename(dirname(path))}-${basename(path, '.html')}`;
	const say = (what) => console.log(`${path} ${size.width}: ${what}`);
	const page = await open(path, size, say);
	const large = size.width === 1280, pictures = [];
	if (large) await page.evaluate(axe);
	await each(page, async (id, i) => {
		for (const one of await page.evaluate(measure)) say(`${id}: ${one}`);
		if (!large) return;
		const { violations } = await page.evaluate(() =>
			axe.run(Reveal.getCurrentSlide()));
		for (const one of violations)
			if (['serious', 'critical'].includes(one.impact))
				say(`${id}: ${one.id}: ${one.nodes[0].target.join(' ')}`);
		if (!shots) return;
		const picture = `${shots}/${name}-${String(i).padStart(2, '0')}.png`;
		await page.screenshot({ path: picture });
		pictures.push(picture);
	});
	if (pictures.length > 0) await sheet(pictures, `${shots}/${name}.png`);
	await page.close();
}

// On the screen slides, printed pages.
async function pageCount(path, say) {
	const page = await open(path, sizes[0], say);
	if (path.endsWith('?print-pdf'))
		await page.waitForSelector('.pdf-page');
	const count = await page.evaluate(() => location.search === '?print-pdf' ?
		document.querySelectorAll('.pdf-page').length : Reveal.getTotalSlides());
	await page.close();
	return count;
}

// What only a speaker does: sees all slides, searches, opens the notes, prints.
async function use(path) {
	const say = (what) => console.log(`${path}: ${what}`);
	const page = await open(path, sizes[0], say);
	await page.keyboard.press('o');
	if (!await page.evaluate(() => Reveal.isOverview())) say('no overview');
	await page.keyboard.press('o');
	await page.keyboard.down('Control');
	await page.keyboard.down('Shift');
	await page.keyboard.press('F');
	await page.keyboard.up('Shift');
	await page.keyboard.up('Control');
	if (await page.$('.searchbox') === null) say('nothing to search with');
	await page.evaluate(() => {
		document.activeElement.blur();
		Reveal.slide(1, 0);
	});
	const opened = new Promise((done) => page.once('popup', done));
	await page.keyboard.press('s');
	const notes = await opened;
	const wanted = await page.evaluate(() =>
		Reveal.getCurrentSlide().querySelector('aside p').textContent.trim());
	await notes.waitForFunction((text) => document.body.innerText.includes(text),
		{ timeout: 20000 }, wanted)
		.catch(() => say("the notes aren't in the speaker's view"));
	if (shots) await notes.screenshot({ path: `${shots}/speaker.png` });
	await page.close();
	const count = await pageCount(path + '?print-pdf', say);
	if (count !== await pageCount(path, say)) say(`${count} printed pages`);
}

if (shots) mkdirSync(shots, { recursive: true });
for (const deck of decks)
	await Promise.all(sizes.map((size) => look(deck, size)));
const lecture = decks.find((path) => /\/\d\d-/.test(path));
if (lecture) await use(lecture);
await browser.close();
