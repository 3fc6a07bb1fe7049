package maps

import (
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/charmbracelet/lipgloss"
	"github.com/stretchr/testify/require"

	"doppelpass/model"
	"doppelpass/model/ready"
	"doppelpass/ui/kit"
	"doppelpass/ui/session"
	"doppelpass/ui/text"
	"doppelpass/ui/uitest"
)

// placed is the tests' company with places: Ulm, Aalen and Kempten, its accounts a kilometre apart to
// the east; two more have none.
func placed() []model.Record {
	towns := map[string]model.Coordinates{"T1": {Lat: 48.40, Lon: 9.99}, "T2": {Lat: 48.84, Lon: 10.09}, "T3": {Lat: 47.73, Lon: 10.32}}
	records := uitest.Company()
	seen := map[string]int{}
	for i, r := range records {
		if a, ok := r.(model.Account); ok {
			a.At, a.Placed = towns[a.Territory], model.PlacedFile
			a.At.Lon += float64(seen[a.Territory]) * 0.0135
			seen[a.Territory]++
			records[i] = a
		}
	}
	return append(records,
		model.Account{Code: "N1", Name: "Ohne Anschrift", Territory: "T1", Class: model.ClassA},
		model.Account{Code: "N2", Name: "Firma Paris", Territory: "T1", Class: model.ClassA, Address: model.Address{City: "Paris", Country: "Frankreich"}},
		model.PlannedVisit{Account: "K10", Date: uitest.Today + 1, Rep: "R1", Time: model.NewClock(9, 0)},
		model.PlannedVisit{Account: "K25", Date: uitest.Today + 1, Rep: "R1", Time: model.NewClock(11, 0)},
	)
}

func stage(t *testing.T, width, height int) (*uitest.Stage, *Page) {
	st := uitest.New(t, text.English, placed()...)
	page := New(st.Session)
	st.Show(page, width, height)
	return st, page
}

func TestListAndMapMoveTogether(t *testing.T) {
	st, page := stage(t, 140, 40)
	require.Contains(t, st.View(), "30 accounts")
	st.Keys("tab", "down", "down")
	require.Equal(t, page.list.Cursor(), page.chosen, "the list's cursor marks the point")
	require.Contains(t, st.Line("▸"), "▸", "on the map")
	marked, _ := page.picture.Point(page.chosen)
	require.Contains(t, strings.Join(strings.Fields(st.Line(marked.Customer.Name+" ·")), " "), marked.Customer.Address.City)

	st.Keys("tab")
	before := page.chosen
	st.Keys("down", "down", "down", "down", "down", "down", "down", "down", "down", "down")
	st.Keys("up", "up")
	if page.chosen != "" {
		require.NotEqual(t, before, page.chosen)
		require.Equal(t, page.chosen, page.list.Cursor(), "what is nearest on the map is found in the list")
	}

	st.Do(page.Open(session.MapTarget(session.MapOfTerritory, "T3")))
	require.Contains(t, st.View(), "10 accounts", "the list has what lies in the window")
	require.Equal(t, "T3", page.point(0).Customer.Territory)
	st.Keys("home")
	require.Contains(t, st.View(), "30 accounts")
	st.Keys("/").Type("aalen").Keys("enter")
	require.Contains(t, st.View(), "30 in all")
	require.Len(t, page.rows, 10)
	require.Equal(t, "T2", page.point(0).Customer.Territory)
	st.Keys("esc", "esc")
	require.Contains(t, st.View(), "30 accounts")
}

func TestWhatIsNearestIsChosenAndZoomKeepsIt(t *testing.T) {
	st, page := stage(t, 100, 30)
	st.Do(page.Open(session.MapTarget(session.MapOfAccount, "K15")))
	require.Equal(t, "K15", page.chosen)
	for range 8 {
		st.Keys("+")
		require.Equal(t, "K15", page.chosen)
		x, y, ok := page.look().Where(page.cursor)
		require.True(t, ok, "what is chosen stays in view")
		require.Contains(t, st.View(), "▸", "%d %d", x, y)
	}
	for range 60 {
		if st.Keys("right"); page.chosen != "K15" && page.chosen != "" {
			break
		}
	}
	require.Equal(t, "K16", page.chosen, "the next one to the east")
	for range 30 {
		st.Keys("-")
	}
	st.Keys("shift+left", "shift+up", "shift+right", "shift+down", "pgup", "pgdown")
	require.NotContains(t, st.View(), "NaN")
}

func TestLayersShowWhatTheyAreAbout(t *testing.T) {
	st, page := stage(t, 140, 40)
	count := func(layer Layers, n int) {
		t.Helper()
		require.Equal(t, n, page.picture.Count(layer))
	}
	count(Accounts, 30)
	count(Route, 2)
	// The mailing runs from 15 days ahead, its window is open: of 30 targets those that were visited within it
	// are served, two are booked.
	open := page.picture.Count(Campaigns)
	require.Positive(t, open)
	st.Keys("a", "t", "!")
	require.Contains(t, st.View(), "No account of the layers that show")
	st.Keys("m")
	require.Contains(t, st.View(), fmt.Sprintf("%d accounts", open))
	require.Contains(t, st.View(), "▲")
	st.Keys("m", "w")
	require.Contains(t, st.View(), "2 accounts")
	require.Contains(t, st.View(), "3     Kunde", "on Wednesday")
	require.Contains(t, st.View(), "W48")
	st.Keys(".")
	require.Contains(t, st.View(), "W49")
	require.Contains(t, st.View(), "No account of the layers that show", "nothing is confirmed for that week")
	st.Keys(",")
	require.Contains(t, st.View(), "2 accounts")
	st.Do(page.Open(session.MapTarget(session.MapOfWeek, "R2 2026-11-30")))
	require.Contains(t, st.Failed, "M. Adler")
	st.Do(page.Open(session.MapTarget(session.MapOfCampaign, "C2")))
	for i := range page.rows {
		require.Equal(t, "T3", page.point(i).Customer.Territory)
	}
	st.Keys("esc")
	require.Equal(t, Scope{}, page.scope)
}

func TestWhoIsNotOnTheMapIsCountedWithTheReason(t *testing.T) {
	st, page := stage(t, 120, 36)
	require.Equal(t, map[ready.Why]int{ready.WhyNoAddress: 1, ready.WhyAbroad: 1}, page.picture.Nowhere)
	require.Contains(t, st.View(), "2 accounts are not on the map")
	st.Keys("i")
	require.Len(t, st.Modals, 1)
	st.Do(page.Open(session.MapTarget(session.MapOfAccount, "N1")))
	require.Contains(t, st.Failed, "neither postcode nor town")
}

func TestTheMapIsDrawnByTheTerminalAndAsChosen(t *testing.T) {
	environment := func(pairs ...string) func(string) string {
		return func(name string) string {
			for i := 0; i < len(pairs); i += 2 {
				if pairs[i] == name {
					return pairs[i+1]
				}
			}
			return ""
		}
	}
	for _, c := range []struct {
		getenv  func(string) string
		windows bool
		glyphs  kit.Glyphs
	}{
		{environment("TERM", "xterm-256color"), false, kit.Braille}, {environment("TERM", "linux"), false, kit.ASCII},
		{environment(), true, kit.Blocks}, {environment("WT_SESSION", "1"), true, kit.Braille}, {environment("TERM_PROGRAM", "vscode"), true, kit.Braille},
		{environment("TERM", "xterm"), true, kit.Braille}, {environment(), false, kit.Braille},
	} {
		_, glyphs := terminalOf(c.getenv, c.windows)
		require.Equal(t, c.glyphs, glyphs)
	}
	st := uitest.New(t, text.English, placed()...)
	remembered := memory{}
	st.Session.Look.SetMemory(remembered)
	page := New(st.Session)
	st.Show(page, 100, 30)
	require.Equal(t, kit.Braille, page.glyphs)
	st.Keys("%")
	require.Equal(t, "blocks", remembered["map"])
	st.Keys("%")
	view := page.drawn()
	for _, r := range view {
		require.True(t, r < 128 || r >= 'À' && r <= 'ž', "%q is no plain character", r)
	}
	require.Equal(t, kit.ASCII, New(st.Session).glyphs, "the next time it is as it was chosen")
}

type memory map[string]string

func (m memory) Recall(name string) string { return m[name] }
func (m memory) Keep(name, value string)   { m[name] = value }

func TestWithoutAnybodyTheMapIsStillOne(t *testing.T) {
	st := uitest.New(t, text.German)
	st.Show(New(st.Session), 80, 24)
	require.Contains(t, st.View(), "Alle aktiven Kunden")
	st.Keys("+", "-", "left", "home", "tab", "down", "tab", "a", "t", "m", "c", "w", "!", "%")
	st.Show(st.Page, 60, 20).View()
	st.Show(st.Page, 200, 60).View()
}

// A frame of a company of 10,000 accounts with every layer in a large window: drawn anew, as after a step of the
// window, and with only the cursor moved.
func BenchmarkMap(b *testing.B) {
	d := demoDay(b, 10_000)
	picture := look(d, Scope{})
	printer := text.New(text.German)
	outlines()
	allTowns()
	theme := kit.NewLook(kit.NewTheme(lipgloss.NewRenderer(io.Discard), kit.ModeDark), printer, nil)
	southWest, northEast := picture.Corners(nil)
	window := kit.FitWindow(160, 41, southWest, northEast)
	const all = Territories | Accounts | Campaigns | Calls | Route | Clashes
	for _, glyphs := range []kit.Glyphs{kit.Braille, kit.Blocks, kit.ASCII} {
		b.Run(glyphs.String(), func(b *testing.B) {
			var m kit.MapCanvas
			for b.Loop() {
				m.Reset(160, 41, window, glyphs)
				picture.drawOn(&m, printer, d, all)
				m.Keep()
				_ = m.View(theme)
			}
		})
	}
	b.Run("cursor", func(b *testing.B) {
		var m kit.MapCanvas
		m.Reset(160, 41, window, kit.Braille)
		picture.drawOn(&m, printer, d, all)
		m.Keep()
		for b.Loop() {
			m.Again()
			m.Point(80, 20, cursorSign, kit.Selected)
			_ = m.View(theme)
		}
	})
	b.Run("picture", func(b *testing.B) {
		signals := d.Signals()
		for b.Loop() {
			Look(d, signals, picture.Clashes, Scope{})
		}
	})
}
