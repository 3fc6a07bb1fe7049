// Reading and naming countries.

package place

import (
	"sort"
	"strings"
	"sync"
)

// countryByKey is a memo of a constant table: built when first needed, never changed. Keys are folded names without gaps, exact
// and loose (see fold.go).
var countryByKey = sync.OnceValue(func() map[string]string {
	keys := make(map[string]string, 6*len(countryRows))
	for _, r := range countryRows {
		ways := append([]string{r.code, r.code3, r.english, r.german}, strings.Split(r.others, "|")...)
		for _, way := range ways {
			exact := countryKey(way)
			for _, key := range []string{exact, looseCountryKey(exact)} {
				if _, taken := keys[key]; !taken && key != "" {
					keys[key] = r.code
				}
			}
		}
	}
	return keys
})

// ParseCountry reads a country's name or code: ISO codes of two and three letters, vehicle codes (D, A), names in
// German, English and some of the country's own, any case, with or without umlauts. It returns the ISO 3166-1 code of two
// letters.
func ParseCountry(text string) (code string, ok bool) {
	if len(text) > longestName {
		return "", false
	}
	key := countryKey(text)
	if code, ok = countryByKey()[key]; !ok {
		code, ok = countryByKey()[looseCountryKey(key)]
	}
	return code, ok
}

// CountryName is the country's name, German for lang "de" and English for any other, or the code itself when it is not known.
func CountryName(code, lang string) string {
	i := sort.Search(len(countryRows), func(i int) bool { return countryRows[i].code >= code })
	switch {
	case i == len(countryRows) || countryRows[i].code != code:
		return code
	case lang == "de":
		return countryRows[i].german
	}
	return countryRows[i].english
}

func countryKey(text string) string {
	var n name
	n.split(text)
	words := n.words
	for i := range words {
		words[i].text = common(words[i].text)
	}
	if len(words) > 1 && (string(words[0].text) == "the" || string(words[0].text) == "die") {
		words = words[1:]
	}
	return string(appendWords(nil, words))
}

// looseCountryKey leaves short keys alone: a loose "AE" would be Austria's A.
func looseCountryKey(key string) string {
	if len(key) <= 3 {
		return key
	}
	return string(appendLoose(nil, []byte(key)))
}
