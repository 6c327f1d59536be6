// book.js - light and dark, copy buttons, search, the other language; nothing
// is fetched, so that it all works from a folder as well
'use strict';
(function () {
	var root = document.documentElement;
	var dark = matchMedia('(prefers-color-scheme: dark)');

	function remember(theme) {
		try {
			if (theme) localStorage.setItem('theme', theme);
			return localStorage.getItem('theme');
		} catch (error) {	// a browser may refuse it to files
			return theme;
		}
	}

	// Before the page is painted: no flash of the other colours.
	var chosen = remember();
	if (chosen) root.dataset.theme = chosen;

	function isDark() {
		return (root.dataset.theme || (dark.matches ? 'dark' : 'light')) === 'dark';
	}

	function themeButton() {
		var button = document.getElementById('theme');
		function show() { button.setAttribute('aria-pressed', String(isDark())); }
		button.addEventListener('click', function () {
			root.dataset.theme = isDark() ? 'light' : 'dark';
			remember(root.dataset.theme);
			show();
		});
		dark.addEventListener('change', show);
		show();
	}

	// What a reader would type: the commands, without the prompt and answers.
	function textOf(pre) {
		var typed = Array.from(pre.querySelectorAll('.typed'));
		if (typed.length === 0) return pre.textContent;
		return typed.map(function (one) {
			return one.textContent.replace(/\^[A-Z]$/, '');
		}).filter(Boolean).join('\n') + '\n';
	}

	function copyButtons() {
		document.querySelectorAll('main pre').forEach(function (pre) {
			var button = document.createElement('button');
			pre.tabIndex = 0;
			button.className = 'copy';
			button.type = 'button';
			button.textContent = root.dataset.copy;
			button.addEventListener('click', function () {
				navigator.clipboard.writeText(textOf(pre)).then(function () {
					button.textContent = root.dataset.copied;
				});
			});
			(pre.closest('.listing') || pre.parentNode).appendChild(button);
		});
	}

	// Without accents and capitals: "detacher" finds "Se détacher".
	function fold(text) {
		return text.toLowerCase().normalize('NFD').replace(/[\u0300-\u036f]/g, '');
	}

	function rank(record, words) {
		if (!record.folded) record.folded = [fold(record.t), fold(record.x)];
		return words.reduce(function (sum, word) {
			if (sum < 0) return sum;
			if (record.folded[0].includes(word)) return sum + 10;
			var times = record.folded[1].split(word).length - 1;
			return times > 0 ? sum + Math.min(times, 5) : -1;
		}, 0);
	}

	// Some words around the first hit.
	function excerpt(record, word) {
		var at = Math.max(record.folded[1].indexOf(word) - 40, 0);
		return (at > 0 ? '… ' : '') + record.x.slice(at, at + 110) + ' …';
	}

	function item(record, word) {
		var line = document.createElement('li'), link = document.createElement('a');
		var small = document.createElement('small');
		link.href = record.u;
		link.textContent = record.t === record.c ? record.t : record.c + ' › ' + record.t;
		small.textContent = excerpt(record, word);
		link.appendChild(small);
		line.appendChild(link);
		return line;
	}

	function search() {
		var query = document.getElementById('query');
		var found = document.getElementById('found');
		query.addEventListener('input', function () {
			var words = fold(query.value).split(/\s+/).filter(Boolean);
			var hits = words.length === 0 ? [] : (window.bookIndex || [])
				.map(function (record) { return [rank(record, words), record]; })
				.filter(function (pair) { return pair[0] >= 0; })
				.sort(function (a, b) { return b[0] - a[0]; }).slice(0, 8);
			found.replaceChildren.apply(found, hits.map(function (pair) {
				return item(pair[1], words[0]);
			}));
			if (words.length > 0 && hits.length === 0) {
				var none = document.createElement('li');
				none.textContent = root.dataset.nothing;
				found.appendChild(none);
			}
		});
		query.addEventListener('keydown', function (event) {
			var first = found.querySelector('a');
			if (event.key === 'Enter' && first) first.click();
			if (event.key === 'Escape') found.replaceChildren();
		});
		found.addEventListener('click', function () { found.replaceChildren(); });
	}

	// Ids are the same in both languages: the reader keeps the place.
	function otherLanguage() {
		var link = document.getElementById('language');
		link.addEventListener('click', function () {
			link.hash = location.hash || section();
		});
	}

	// The section at the top of the window.
	function section() {
		var above = Array.from(document.querySelectorAll('main h2[id]'))
			.filter(function (head) { return head.getBoundingClientRect().top < 120; });
		return above.length > 0 ? '#' + above[above.length - 1].id : '';
	}

	// The list of chapters is open where there is room for it.
	function contents() {
		document.querySelector('nav.book details').open = innerWidth > 800;
	}

	document.addEventListener('DOMContentLoaded', function () {
		contents();
		themeButton();
		copyButtons();
		search();
		otherLanguage();
	});
}());
