package ui_test

import (
	"encoding/json"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"
)

// sizes and languages in which every story is told.
var sizes = []struct{ width, height int }{{80, 24}, {160, 45}}

var languages = []string{"de", "en"}

func eachScreen(t *testing.T, story func(t *testing.T, width, height int, language string)) {
	for _, size := range sizes {
		for _, language := range languages {
			t.Run(fmt.Sprintf("%dx%d-%s", size.width, size.height, language), func(t *testing.T) {
				story(t, size.width, size.height, language)
			})
		}
	}
}

// served counts the visits that serve a campaign in a territory, as scripts see it.
func served(t *testing.T, db, territory, campaign string) (served, gap int) {
	t.Helper()
	var out struct {
		Signals []struct {
			Kind, Territory, Campaign string
			Served, Gap               int
		}
	}
	require.NoError(t, json.Unmarshal([]byte(run(t, "signals", "--json", "--db", db, "--today", "2026-11-24")), &out))
	for _, s := range out.Signals {
		if s.Kind == "step-up-visits" && s.Territory == territory && s.Campaign == campaign {
			return s.Served, s.Gap
		}
	}
	return -1, -1
}

func TestEveryPageLooksAsItShould(t *testing.T) {
	db := demo(t)
	eachScreen(t, func(t *testing.T, width, height int, language string) {
		w := open(t, width, height, "--db", db, "--today", "2026-11-24", "--lang", language, "--theme", "dark", "--read-only")
		w.sees(`▲`)
		prefix := fmt.Sprintf("%s-%dx%d-", language, width, height)
		for _, page := range []struct{ key, name string }{
			{"1", "signals"}, {"2", "territories"}, {"3", "accounts"}, {"4", "campaigns"}, {"5", "visits"}, {"7", "rules"}, {"8", "history"},
		} {
			w.types(page.key)
			w.golden(prefix + page.name)
		}
		w.types("1", "enter")
		w.golden(prefix + "signal")
		w.types("?")
		w.golden(prefix + "help")
		w.types("esc", "esc", "q")
		w.quits()
	})
}
