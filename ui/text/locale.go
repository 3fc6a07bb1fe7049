package text

// Which language a person gets when they said nothing.

import "strings"

// Detect picks the language from the values of the usual locale variables, in
// their order of precedence (LC_ALL, LC_MESSAGES, LANG); the first that is set
// decides, and anything but German is English.
func Detect(locales ...string) Language {
	for _, l := range locales {
		if l == "" {
			continue
		}
		if strings.HasPrefix(strings.ToLower(l), "de") {
			return German
		}
		return English
	}
	return English
}

// Known reports whether somebody asked for a language that there is: de, de_DE, en-GB.
func Known(locale string) bool {
	locale = strings.ToLower(locale)
	return strings.HasPrefix(locale, "de") || strings.HasPrefix(locale, "en")
}
