package ui

import (
	"os"
	"path/filepath"
	"testing"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/stretchr/testify/require"

	"doppelpass/ui/session"
	"doppelpass/ui/text"
	"doppelpass/ui/uitest"
)

// breaking is a page with a fault in it.
type breaking struct{ session.Page }

const nobodysBusiness = "Metallbau Ostertag"

func (breaking) Update(tea.Msg) tea.Cmd { panic("nothing is known of " + nobodysBusiness) }

type drawingBreaks struct{ session.Page }

func (drawingBreaks) View() string { var none []int; return string(rune(none[len(nobodysBusiness)])) }

func TestAFaultEndsTheAppAndLosesNothing(t *testing.T) {
	for name, c := range map[string]struct {
		page func(session.Page) session.Page
		meet func(*root) tea.Msg // the message that the fault comes back as; nil: it was met at once
		told string
	}{
		"in answering a key": {func(p session.Page) session.Page { return breaking{p} },
			func(r *root) tea.Msg {
				same, _ := r.Update(uitest.KeyOf("down"))
				require.Equal(t, r, same)
				return nil
			}, "string"},
		"in drawing": {func(p session.Page) session.Page { return drawingBreaks{p} }, nil, "index out of range"},
		"in a command": {func(p session.Page) session.Page { return p },
			func(r *root) tea.Msg {
				return r.watched(func() tea.Msg {
					return tea.BatchMsg{func() tea.Msg { panic(nobodysBusiness) }}
				})().(tea.BatchMsg)[0]()
			}, "string"},
	} {
		t.Run(name, func(t *testing.T) {
			p := &person{t: t, stage: uitest.New(t, text.English, uitest.Company()...), path: filepath.Join(t.TempDir(), "settings")}
			p.comes(nil)
			met := make(chan tea.Msg, 1)
			p.root.send = func(msg tea.Msg) { met <- msg }
			p.press("6", "O") // a week that is bent and not saved
			require.NotEmpty(t, p.root.unsaved(session.PageWeek))
			p.root.pages[p.root.front] = c.page(p.root.pages[p.root.front])

			var msg tea.Msg
			if c.meet == nil {
				_ = p.root.View()
				msg = <-met
			} else {
				msg = c.meet(p.root)
			}
			if msg != nil {
				_, _ = p.root.Update(msg)
			}
			require.Equal(t, codeFault, p.root.left)
			_, cmd := p.root.Update(uitest.KeyOf("down"))
			require.Nil(t, cmd, "nothing is done any more")

			farewell := p.root.farewellLines()
			require.Contains(t, farewell[0], "has run into a fault of its own")
			require.Contains(t, farewell[1], p.root.faultReport)
			report, err := os.ReadFile(p.root.faultReport)
			require.NoError(t, err)
			require.Contains(t, string(report), c.told)
			require.Contains(t, string(report), "fault_test.go")
			require.NotContains(t, string(report), nobodysBusiness)
			drafts, err := os.ReadFile(p.path + ".drafts")
			if c.told == "string" && name == "in a command" { // the page itself can still say what is on it
				require.NoError(t, err)
				require.NotEmpty(t, drafts)
			}
		})
	}
}

func TestFewReportsStay(t *testing.T) {
	beside := filepath.Join(t.TempDir(), "settings")
	for range 2 * mostReports {
		_, err := writeReport(beside, []byte("x"))
		require.NoError(t, err)
	}
	reports, err := filepath.Glob(beside + ".fault-*.txt")
	require.NoError(t, err)
	require.LessOrEqual(t, len(reports), mostReports)
}
