#!/usr/bin/python3
"""paper.py SCALE HTML PDF - prints a document, and says on which page each
lecture (an h1) begins

WeasyPrint's own command takes no scale, and says nothing of pages.
"""
import sys

import weasyprint

scale, html, pdf = sys.argv[1:]
document = weasyprint.HTML(html, base_url=".").render()
document.write_pdf(pdf, zoom=float(scale))
for number, page in enumerate(document.pages, 1):
    if any(level == 1 for level, *_ in page.bookmarks):
        print(number)
