# plain.sed - prose for a speller: no marks; its dictionaries have the
# straight apostrophe
s/’/'/g
s/'s / /g
s/[][`.,;:!?()«»“”–…]/ /g
s/ -/ /g
s/- / /g
