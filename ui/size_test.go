package ui

// Every page in every window: nothing is wider or higher than the window, and no
// number is cut.

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"
	"github.com/stretchr/testify/require"

	"doppelpass/model"
	"doppelpass/model/cores"
	"doppelpass/ui/kit"
	"doppelpass/ui/session"
	"doppelpass/ui/text"
	"doppelpass/ui/uitest"
)

// cutNumber is a number of which only the beginning stands there.
var cutNumber = regexp.MustCompile(`[0-9][.,:]?…`)

// further are the forms, and the pages that are gone to from another one: their own
// keys are not those of a catalogue.
var further = map[session.PageName][][]string{
	session.PageSignals: {{"tab", "Q"}, {"ctrl+k", "K", "1"}, {"I"}}, session.PageAccounts: {{"n"}, {"e"}}, session.PageCampaigns: {{"n"}, {"="}},
	session.PageVisits: {{"n"}, {"f"}}, session.PageCalls: {{"n"}, {"enter"}}, session.PagePeople: {nil, {"n"}}, session.PageImport: {nil},
}

func TestEveryPageInEveryWindow(t *testing.T) {
	sizes := [][2]int{{20, 5}, {59, 20}, {60, 19}, {60, 20}, {66, 22}, {79, 24}, {80, 24}, {90, 25}, {104, 30}, {119, 36}, {120, 36}, {149, 40}, {160, 45}, {240, 70}, {500, 200}}
	if cores.RaceDetector { // the others without it: one goroutine has no races
		sizes = [][2]int{{20, 5}, {80, 24}, {160, 45}}
	}
	planned := model.PlannedVisit{Account: "K10", Date: uitest.Today + 1, Rep: "R1", Time: model.NewClock(9, 30)}
	for _, language := range []text.Language{text.English, text.German} {
		st := uitest.New(t, language, append(uitest.Company(), planned, model.Contact{Account: "K10", Name: "Petra Beispiel", Phone: "0711 5550199"})...)
		for _, listed := range pages {
			for _, way := range append(slices.Clone(states[listed.name]), further[listed.name]...) {
				h := newHand(t, st, listed.name)
				h.press(way...)
				for _, size := range sizes {
					h.send(tea.WindowSizeMsg{Width: size[0], Height: size[1]})
					view := ansi.Strip(h.root.View())
					where := fmt.Sprintf("%s %s after %v at %v\n%s", language, listed.name, way, size, view)
					lines := strings.Split(view, "\n")
					require.LessOrEqual(t, len(lines), size[1], where)
					for _, line := range lines {
						require.LessOrEqual(t, kit.Width(line), size[0], where)
						require.False(t, size[0] >= leastWidth && size[1] >= leastHeight && cutNumber.MatchString(line), "%q in\n%s", line, where)
					}
				}
			}
		}
	}
}

// The help and the palette use the room they have: at a usual width no command's name
// is cut, in either language.
func TestHelpAndPaletteTellEveryNameWhole(t *testing.T) {
	for _, language := range []text.Language{text.English, text.German} {
		if cores.RaceDetector && language == text.German {
			continue // without it: one goroutine has no races
		}
		st := uitest.New(t, language, uitest.Company()...)
		for _, listed := range pages {
			for _, way := range append(slices.Clone(states[listed.name]), nil) {
				h := newHand(t, st, listed.name)
				h.press(way...)
				if len(h.root.modals) > 0 || h.root.page().Capturing() {
					continue
				}
				h.send(tea.WindowSizeMsg{Width: 120, Height: 200})
				h.press("?")
				help := ansi.Strip(h.root.View())
				for _, action := range h.root.catalogue.Actions() {
					if len(action.Keys) > 0 {
						require.True(t, strings.Contains(help, h.root.session.Look.T(action.Title)), "%s %s after %v: %s", language, listed.name, way, action.Title)
					}
				}
				h.press("esc", "ctrl+p")
				left := -1
				for y, line := range strings.Split(ansi.Strip(h.root.View()), "\n") {
					cells := []rune(line)
					if corner := slices.Index(cells, '╭'); corner >= 0 {
						left = corner
					}
					if left < 0 || len(cells) <= left || cells[left] != '│' {
						continue
					}
					title, _, _ := strings.Cut(strings.TrimLeft(string(cells[left+1:]), " ▸▾▴–"), "  ")
					whole := !strings.Contains(title, "…") || slices.ContainsFunc(h.root.catalogue.All(), func(a kit.Action) bool { return h.root.session.Look.T(a.Title) == title })
					require.True(t, whole, "%s %s after %v, line %d: %s", language, listed.name, way, y, title)
				}
			}
		}
	}
}
