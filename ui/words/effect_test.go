package words_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"doppelpass/model"
	"doppelpass/ui/text"
	"doppelpass/ui/uitest"
	"doppelpass/ui/words"
)

func TestTheEffectOfOtherSettings(t *testing.T) {
	st := uitest.New(t, text.English, uitest.Company()...)
	s := st.Session
	same := model.EffectOf(s.Signals(), s.Day().WithSettings(s.Book.Settings()).Signals())
	require.True(t, same.None())
	require.Equal(t, "No signal changes: 3 stay open", words.Effect(s.Look.Text, same))

	lax := s.Book.Settings()
	lax.TargetShare = 1
	e := model.EffectOf(s.Signals(), s.Day().WithSettings(lax).Signals())
	require.Equal(t, "2 open signals instead of 3", words.Effect(s.Look.Text, e))
	require.Equal(t, []string{"Ostalb"}, words.Territories(s.Look.Text, s.Book, e.Vanish))
	require.Equal(t, []string{"▲ Ostalb"}, words.MarkedTerritories(s.Look.Text, s.Book, e.Vanish))

	other := model.Effect{Before: 2, After: 2, Vanish: []model.Signal{{}}, Appear: []model.Signal{{}}}
	require.Equal(t, "2 open signals as before, but not all the same", words.Effect(s.Look.Text, other))
}
