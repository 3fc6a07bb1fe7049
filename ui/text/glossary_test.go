package text

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestOneWordForOneThing(t *testing.T) {
	filled := regexp.MustCompile(`\{\{[^}]*\}\}`)
	for _, language := range Languages {
		type word struct {
			term  Term
			wrong *regexp.Regexp
		}
		var words []word
		var every []string
		for _, term := range Glossary {
			for _, pattern := range term.Not {
				if term.Language == language {
					words, every = append(words, word{term, regexp.MustCompile(pattern)}), append(every, "(?:"+pattern+")")
				}
			}
		}
		any := regexp.MustCompile(strings.Join(every, "|")) // most messages have none of them
		for key, forms := range messages(t, language) {
			for _, s := range forms {
				said := filled.ReplaceAllString(s, "{}")
				if !any.MatchString(said) {
					continue
				}
				for _, w := range words {
					if !slices.Contains(w.term.Except, key) && w.wrong.MatchString(said) {
						assert.Failf(t, key, "%q: %s is called %q", s, w.term.Thing, w.term.Word)
					}
				}
			}
		}
	}
}

func TestGermanIsFreeOfEnglish(t *testing.T) {
	// what people type and the programs' names stay as they are: flags, commands, values
	// in code and capitals; these words would stand in a sentence
	english := regexp.MustCompile(`(?i)\b(?:FILE|PATH|TABLE|DIR|VALUE|string|accounts? fehlt|account|given|presumed|rep|territory|week)\b`)
	quoted := regexp.MustCompile("`[^`]*`|„[^“]*“|--?[a-z-]+|\\{\\{[^}]*\\}\\}|doppelpass [a-z]+( [a-z]+)?|export accounts")
	for key, forms := range messages(t, German) {
		if key == "shell.language" || slices.Contains([]string{"command.import.flag.as", "command.config.long", "reason.bad-map", "log.flag.kind"}, key) {
			continue
		}
		for _, s := range forms {
			if left := quoted.ReplaceAllString(s, ""); english.MatchString(left) {
				assert.Failf(t, key, "%q has English in it", left)
			}
		}
	}
}

func TestASentenceEndsWithOneFullStop(t *testing.T) {
	p := New(German)
	require.Equal(t, "Besuch eingetragen: Opitz & Co., 26.11. z macht es rückgängig.",
		p.T("forms.visit.logged", Args{"Name": "Opitz & Co.", "Day": "26.11."}))
	require.Equal(t, "Gespeichert: Opitz & Co. z macht es rückgängig.", p.T("forms.saved", Args{"Name": "Opitz & Co."}))
	require.Equal(t, "Geschrieben: ../kunden.csv", p.T("shell.export.done", Args{"Path": "../kunden.csv"}))
	require.Equal(t, "…und so weiter...", oneStop("…und so weiter..."))
}
