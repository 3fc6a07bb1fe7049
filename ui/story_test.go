package ui_test

import (
	"encoding/json"
	"fmt"
	"path/filepath"
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
			{"1", "signals"}, {"2", "territories"}, {"3", "accounts"}, {"4", "campaigns"}, {"5", "visits"}, {"6", "week"}, {"7", "rules"}, {"8", "history"},
		} {
			w.types(page.key)
			w.golden(prefix + page.name)
		}
		w.types("1", "ctrl+p", map[string]string{"de": "Karte zeigen", "en": "Show the map"}[language], "enter")
		w.sees(`Natural Earth`)
		for _, glyphs := range []string{"braille", "blocks", "ascii"} {
			w.golden(prefix + "map-" + glyphs)
			w.types("%") // the last time back to the first
		}
		w.types("1", "=")
		w.sees(`(Decided|Beschlossen|Now|Jetzt)`)
		w.golden(prefix + "briefing")
		w.types("esc", "5", "=")
		w.sees(`(by month|nach Monat)`)
		w.golden(prefix + "figures")
		w.types("esc", "1", "enter")
		w.golden(prefix + "signal")
		w.types("?")
		w.golden(prefix + "help")
		w.types("esc", "esc", "!")
		w.golden(prefix + "clashes")
		w.settled() // no answer is taken at once
		w.types("esc", "1", "ctrl+k")
		w.sees(`Type some|Ein paar Buchst`)
		w.types("m", "e", "s", "s", "e")
		w.golden(prefix + "search")
		w.types("esc", "q")
		w.quits()
	})
}

func TestAVisitIsLoggedSeenAndUndone(t *testing.T) {
	db := demo(t)
	before, gap := served(t, db, "T12", "PROMO-2611")
	if before < 0 {
		t.Fatal("the demo has no running campaign in Dresden any more: choose another for this story")
	}
	words := map[string][3]string{ // needed visits done; the form's title; after saving
		"en": {`Visited  %d `, `Log a visit`, `✓ Visit logged`},
		"de": {`Besucht  +%d `, `Besuch eintragen`, `✓ Besuch eingetragen`},
	}
	eachScreen(t, func(t *testing.T, width, height int, language string) {
		w := open(t, width, height, "--db", db, "--today", "2026-11-24", "--lang", language, "--theme", "dark")
		w.sees(`Testwochen Dresden`)
		w.types("/", "Testwochen", "enter", "enter")
		w.sees(fmt.Sprintf(words[language][0], before))
		w.types("v")
		w.sees(words[language][1])
		w.types("ctrl+s")
		w.sees(words[language][2])
		w.sees(fmt.Sprintf(words[language][0], before+1))
		w.types("z")
		w.sees(fmt.Sprintf(words[language][0], before))
		w.types("esc", "q", "q") // back to the list, out of its filter, out of the program
		w.quits()
		now, nowGap := served(t, db, "T12", "PROMO-2611")
		require.Equal(t, before, now)
		require.Equal(t, gap, nowGap)
	})
}

func TestAnEmptyStoreOffersThreeWaysToBegin(t *testing.T) {
	eachScreen(t, func(t *testing.T, width, height int, language string) {
		w := open(t, width, height, "--db", filepath.Join(t.TempDir(), "new.db"), "--today", "2026-11-24", "--lang", language, "--theme", "dark")
		w.sees(`▸ `)
		w.golden(fmt.Sprintf("%s-%dx%d-welcome", language, width, height))
		w.types("q")
		w.quits()
	})
}

// booked counts the planned visits in all step-up signals of a day.
func booked(t *testing.T, db string) (total int) {
	t.Helper()
	var out struct{ Signals []struct{ Booked int } }
	require.NoError(t, json.Unmarshal([]byte(run(t, "signals", "--json", "--db", db, "--today", "2026-11-24")), &out))
	for _, s := range out.Signals {
		total += s.Booked
	}
	return total
}

func TestAWeekIsPlannedBentConfirmedAndUndone(t *testing.T) {
	db := demo(t)
	words := map[string]struct{ draft, stopped, ask, confirmed, session, undone string }{
		"en": {`draft`, `Changed: |Nothing to improve`, `Confirm .*\?`, `is confirmed: \d+`, `not from this session`, `Undone`},
		"de": {`Entwurf`, `Geändert: |Nichts zu verbessern`, `bestätigen\?`, `ist bestätigt: \d+`, `nicht aus dieser Sitzung`, `Rückgängig gemacht`},
	}
	before := booked(t, db)
	eachScreen(t, func(t *testing.T, width, height int, language string) {
		say := words[language]
		start := func() *terminal {
			return open(t, width, height, "--db", db, "--today", "2026-11-24", "--lang", language, "--theme", "dark")
		}
		w := start()
		w.types("6")
		w.sees(` km`)
		w.types("p")
		w.sees(say.draft)
		w.sees(`(2[89]|3\d) (visits|Besuche),`) // a better week than the 27 visits that were there
		w.types("esc")
		w.sees(say.stopped)
		w.types("L") // to another day, by hand
		w.types("p")
		w.sees(` % `)
		w.types("esc")
		w.sees(say.stopped)
		w.types("ctrl+s")
		w.sees(say.ask)
		w.waits()
		w.types("y")
		w.sees(say.confirmed)
		w.types("q")
		w.quits()
		require.Greater(t, booked(t, db), before, "the signals see what was confirmed")

		w = start()
		w.types("z")
		w.sees(say.session)
		w.waits()
		w.types("y")
		w.sees(say.undone)
		w.types("q")
		w.quits()
		require.Equal(t, before, booked(t, db))
	})
}
