-- links.lua: [01-fork](01-fork.md#idea) leads to that page, or in the PDF and
-- the EPUB to that chapter; there each id gets its chapter's name before it.
-- A chapter that isn't written yet is named, and not linked.  In a deck it
-- leads to that deck, [the chapter](../../chapters/en/01-fork.md#idea) to the
-- book.
local lib = dofile(PANDOC_SCRIPT_FILE:gsub("[^/]*$", "") .. "lib.lua")

-- An XML name doesn't begin with a digit.
local function mark(page, id)
	return "c" .. page .. (id ~= "" and "-" .. id or "")
end

local function is_written(page, folder)
	local file = io.open(lib.root .. "/" .. (folder or "chapters") .. "/" ..
	    lib.lang .. "/" .. page .. ".md", "r")
	if file then file:close() end
	return file ~= nil
end

local function link_of_slide(link)
	local book = "^%.%./%.%./chapters/" .. lib.lang .. "/([%w-]+)%.md"
	local chapter = link.target:match(book)
	local page, id = link.target:match("^([%w-]+)%.md#?(.*)$")
	if chapter then
		if not is_written(chapter) then return link.content end
		link.target = link.target:gsub(book, "../../book/" .. lib.lang ..
		    "/%1.html")
	elseif link.target:match("^#") then
		link.target = lib.page .. ".html#/" .. link.target:sub(2)
	elseif page then
		if not is_written(page, "slides") then return link.content end
		link.target = page .. ".html" .. (id ~= "" and "#/" .. id or "")
	end
	return link
end

local function Link(link)
	if lib.slides then return link_of_slide(link) end
	local page, id = link.target:match("^([%w-]+)%.md#?(.*)$")
	if link.target:match("^#") then
		page, id = lib.page, link.target:sub(2)
	elseif not page then
		return nil
	end
	if not is_written(page) then return link.content end
	if lib.whole then
		link.target = "#" .. mark(page, id)
	elseif page ~= lib.page then
		link.target = page .. ".html" .. (id ~= "" and "#" .. id or "")
	else
		link.target = id ~= "" and "#" .. id or "#top"
	end
	return link
end

local function rename(element)
	if lib.whole and element.identifier ~= "" then
		element.identifier = mark(lib.page, element.identifier)
		return element
	end
end

local function RawBlock(raw)
	if lib.whole and raw.text:match("^<figure id=") then
		raw.text = raw.text:gsub('^<figure id="([^"]+)"', function(id)
			return '<figure id="' .. mark(lib.page, id) .. '"'
		end)
		return raw
	end
end

-- A page's own title is the template's work; a chapter of the whole brings it.
local function Pandoc(doc)
	if lib.whole then
		local title = pandoc.utils.stringify(doc.meta.title)
		local step = doc.meta.step and
		    pandoc.utils.stringify(doc.meta.step)
		local words = pandoc.List({ pandoc.Str(title) })
		if step then
			words = pandoc.List({ pandoc.Span({ pandoc.Str(step) },
			    pandoc.Attr("", { "step" })), pandoc.Space() }) .. words
		end
		doc.blocks:insert(1, pandoc.Header(1, words,
		    pandoc.Attr(mark(lib.page, ""))))
		doc.meta = pandoc.Meta({})
	end
	return doc
end

return {
	{ Link = Link, Header = rename, Div = rename, CodeBlock = rename,
	  Span = rename, RawBlock = RawBlock },
	{ Pandoc = Pandoc },
}
