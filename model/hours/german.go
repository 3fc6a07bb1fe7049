package hours

// OpenStreetMap's notation with German names: what a German file and form carry, and
// how it becomes the notation again.

import (
	"regexp"
	"strings"
	"sync"
)

// germanNames are the names of the notation that German has others for.
var germanNames = map[string]string{
	"Tu": "Di", "We": "Mi", "Th": "Do", "Su": "So", "PH": "Feiertag", "SH": "Schulferien", "off": "geschlossen",
	"Mar": "Mär", "May": "Mai", "Oct": "Okt", "Dec": "Dez",
}

var ofGermanNames = func() map[string]string {
	names := make(map[string]string, len(germanNames))
	for english, german := range germanNames {
		names[german] = english
	}
	return names
}()

var name = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`\pL+`) })

func renamed(written string, names map[string]string) string {
	return name().ReplaceAllStringFunc(written, func(word string) string {
		if other, ok := names[word]; ok {
			return other
		}
		return word
	})
}

// German is opening hours with German names; those that do not stand in
// OpenStreetMap's notation stay as they were written. Notation takes it back.
func German(written string) string {
	german := renamed(written, germanNames)
	if german == written || Notation(german) != written {
		return written
	}
	return german
}

// Notation is OpenStreetMap's notation of what is written in it but for the German
// names; anything else stays as it was written, with its reasons.
func Notation(written string) string {
	if strings.Contains(written, `"`) { // a comment is nobody's to translate
		return written
	}
	notation := renamed(written, ofGermanNames)
	if notation == written {
		return written
	}
	if h, err := Parse(notation); err != nil || h.String() != notation {
		return written
	}
	return notation
}
