package session_test

// A session that ends leaves nothing behind; sessions on one store share its Book.

import (
	"context"
	"path/filepath"
	"runtime"
	"sync"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/stretchr/testify/require"

	"doppelpass/model"
	"doppelpass/store"
	"doppelpass/ui/session"
	"doppelpass/ui/text"
	"doppelpass/ui/uitest"
)

func another(t *testing.T, ctx context.Context, s *store.Store) *session.Session {
	t.Helper()
	look := uitest.New(t, text.English).Session.Look
	other, err := session.New(ctx, look, s, uitest.Today, model.Actor{Name: "Robin", Role: model.RoleLead})
	require.NoError(t, err)
	return other
}

func TestSessionsEndWithoutATrace(t *testing.T) {
	st := uitest.New(t, text.English, uitest.Company()...)
	s := st.Session.Store
	look := st.Session.Look
	other, err := store.Open(filepath.Join(t.TempDir(), "other.db"), store.Options{Fast: true})
	require.NoError(t, err)
	defer other.Close()
	_, err = other.Live()
	require.NoError(t, err)
	before := runtime.NumGoroutine()

	ctx, hangUp := context.WithCancel(t.Context()) // as a connection that breaks off
	var commands sync.WaitGroup
	run := func(cmd tea.Cmd) { commands.Go(func() { cmd() }) }
	var sessions []*session.Session
	for i := range 100 {
		one, err := session.New(ctx, look, s, uitest.Today-model.Date(i), st.Session.Actor)
		require.NoError(t, err)
		sessions = append(sessions, one)
		run(one.Listen())
		run(one.After(24*time.Hour, func(time.Time) tea.Msg { return nil }))
		if i%10 == 0 {
			require.NoError(t, one.Switch(other, func() {}))
			run(one.Listen())
		}
		one.Frame(func() { one.Signals() })
	}
	for _, one := range sessions[:50] {
		one.End()
	}
	hangUp()
	commands.Wait() // the test would hang here if one of them went on
	for runtime.NumGoroutine() > before {
		time.Sleep(time.Millisecond)
	}
	require.ErrorIs(t, sessions[99].Context().Err(), context.Canceled)
}

func TestSessionsOnAStoreShareItsBook(t *testing.T) {
	st := uitest.New(t, text.English, uitest.Company()...)
	mine := st.Session
	yours := another(t, t.Context(), mine.Store)
	defer yours.Close()
	require.Same(t, mine.Book, yours.Book)
	yours.SetToday(uitest.Today - 100)
	require.NotSame(t, mine.Day(), yours.Day())
	yours.SetToday(uitest.Today)
	require.Same(t, mine.Day(), yours.Day())

	revision := yours.Revision()
	account := mine.Book.Account("K10").Account
	account.Name = "Renamed"
	done := mine.Apply(store.Request{Action: "account.edit", Puts: []store.Put{{Record: account}}}, "", nil)()
	require.NoError(t, done.(session.Applied).Err)
	require.False(t, yours.Still(func() { t.Error("what it knows is no longer so") }))
	news, ok := yours.Listen()().(session.News)
	require.True(t, ok)
	require.NoError(t, news.Err)
	yours.Frame(func() { require.Equal(t, "Renamed", yours.AccountName("K10")) })
	require.Greater(t, yours.Revision(), revision)
	require.True(t, yours.Still(func() {}))
	require.False(t, yours.CatchUp())
	yours.Read(func(b *model.Book) { require.Same(t, mine.Book, b) })

	// News of a store that was left starts no second listener.
	empty := uitest.New(t, text.English).Session.Store
	require.NoError(t, yours.Switch(empty, func() {}))
	require.Nil(t, yours.Listen(news))
	require.True(t, yours.CatchUp())
	require.Zero(t, yours.Book.AccountCount())
}
