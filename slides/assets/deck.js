/*
 * deck.js - how a deck behaves: the arrows lead through all of it, in order.
 * The number stands in the margin, where there is no room for two long ones.
 */
const wholeCourse = document.querySelector('.slides > section > section');

Reveal.initialize({
	width: 1280, height: 720, margin: 0, maxScale: 6, center: false,
	hash: true, navigationMode: 'linear',
	slideNumber: wholeCourse ? 'c' : 'c/t',
	transition: 'none', controls: false,
	pdfSeparateFragments: false, pdfMaxPagesPerSlide: 1,
	plugins: [RevealNotes, RevealSearch, RevealZoom],
});
