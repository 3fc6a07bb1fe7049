package ui

import (
	"context"
	"io"
	"strings"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"
	"github.com/stretchr/testify/require"

	"doppelpass/ui/laptop"
	"doppelpass/ui/session"
	"doppelpass/ui/text"
	"doppelpass/ui/uitest"
)

// A laptop whose key the server does not take says so, in words that no network is blamed
// in, and its footer goes on to say it where there is room for 80 columns only.
func TestALaptopThatIsRefusedSaysSo(t *testing.T) {
	for _, language := range text.Languages {
		st := uitest.New(t, language, uitest.Company()...)
		require.NoError(t, st.Session.Store.BecomeReplica("ssh://team:2022", "kim"))
		link, err := laptop.NewLink(st.Session.Store, "", func(context.Context, laptop.Address, bool) (io.ReadWriteCloser, error) {
			return nil, laptop.NoLine{Said: "doppelpass people add kim --role sales --key SHA256:x"}
		}, time.Now)
		require.NoError(t, err)
		ctx, end := context.WithCancel(t.Context())
		ended := make(chan struct{})
		go func() { defer close(ended); link.Run(ctx) }()
		defer func() { end(); <-ended }()
		require.Eventually(t, func() bool { return link.State().Refused }, 20*time.Second, time.Millisecond)
		s, err := session.New(t.Context(), st.Session.Look, st.Session.Store, uitest.Today, st.Session.Actor)
		require.NoError(t, err)
		r := newRoot(s, Options{Link: link})
		screen := func(width int) string {
			r.Update(tea.WindowSizeMsg{Width: width, Height: 24})
			return strings.Join(strings.Fields(ansi.Strip(r.View())), " ")
		}
		r.Update(linkNews{})
		require.Contains(t, screen(80), r.session.Look.T("laptop.refused.key", text.Args{"Server": "ssh://team:2022"}))
		r.status.Clear()
		for _, width := range []int{80, 160} {
			require.Contains(t, screen(width), r.session.Look.T("laptop.refused", text.Args{"Time": link.State().Since.Local().Format("15:04")}), "%d columns", width)
			require.NotContains(t, screen(width)[len(screen(width))-10:], "…", "%d columns", width)
		}
	}
}
