package exchange

import (
	"testing"

	"github.com/stretchr/testify/require"

	"doppelpass/model"
)

func TestClassesInWhateverForm(t *testing.T) {
	team := []model.ClassRule{{Code: "A", Name: "Gold"}, {Code: "B", Name: "Key account"}, {Code: "C"}, {Code: "D"}}
	row := &rowState{plan: &plan{classes: wordsOf(team, nil)}}
	for cell, want := range map[string]model.Class{
		"Gold": "A", "gold": "A", "A": "A", "A-Kunde": "A", "Klasse D": "D", "class c": "C", "key-account": "B", "D-Kunden": "D",
	} {
		got, wrong := classWord.read(&input{row: row}, cell)
		require.Empty(t, wrong.reason, cell)
		require.Equal(t, want, got, cell)
	}
	_, wrong := classWord.read(&input{row: row}, "Z")
	require.Equal(t, ReasonNoWord, wrong.reason)
	require.Equal(t, []string{"Gold, Key account, C, D"}, wrong.args)

	at := classesOf(column[model.Campaign]{})
	for cell, want := range map[string][]model.Class{
		"A B": {"A", "B"}, "A,B": {"A", "B"}, "CD": {"C", "D"}, "Gold D": {"A", "D"}, "Key account": {"B"}, "Key account, D": {"B", "D"}, "gold/gold": {"A"},
	} {
		var c model.Campaign
		require.Empty(t, at.read(&input{row: row}, &c, cell).reason, cell)
		require.Equal(t, want, c.Classes, cell)
	}
	var c model.Campaign
	require.Equal(t, ReasonNoWord, at.read(&input{row: row}, &c, "A X").reason)
	require.Equal(t, "Gold D", joinClasses([]model.Class{"Gold", "D"}))
	require.Equal(t, "Key account, D", joinClasses([]model.Class{"Key account", "D"}))
}

// Two names of a team do not make a column of classes unfit.
func TestAColumnWithTheTeamsClassesIsOne(t *testing.T) {
	header, rows := []string{"Kd-Nr.", "Firma", "Kategorie"}, [][]string{{"1", "Eins", "Gold"}, {"2", "Zwei", "Silber"}}
	m, err := Recognise(header, rows, Options{Map: map[string]string{"Kategorie": "class"}, Classes: []model.ClassRule{{Code: "A", Name: "Gold"}, {Code: "B", Name: "Silber"}}})
	require.NoError(t, err)
	require.Equal(t, 2, m.Target("class"))
}
