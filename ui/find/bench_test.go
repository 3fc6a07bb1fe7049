package find

import (
	"fmt"
	"testing"

	tea "github.com/charmbracelet/bubbletea"

	"doppelpass/model"
	"doppelpass/ui/kit"
)

// noPage stands behind the search box.
type noPage struct{}

func (noPage) SetSize(int, int)       {}
func (noPage) Refresh() tea.Cmd       { return nil }
func (noPage) Update(tea.Msg) tea.Cmd { return nil }
func (noPage) View() string           { return "" }
func (noPage) Actions() []kit.Action  { return nil }
func (noPage) Capturing() bool        { return false }
func (noPage) Back() bool             { return false }
func (noPage) Open(string) tea.Cmd    { return nil }

// large is a book of a hundred thousand accounts, each with somebody to ask for, every
// eighth with a note.
func large() Source {
	b := model.NewBook()
	for i := range 100_000 {
		a := model.Account{Code: fmt.Sprintf("K-%06d", i), Name: fmt.Sprintf("Metallbau Müller %d", i), Territory: "T1", Phone: fmt.Sprintf("0711 555%05d", i),
			Address: model.Address{Street: "Hauptstraße 12", Postcode: "70734", City: "Fellbach"}, Email: fmt.Sprintf("info@k%d.example", i)}
		if i%8 == 0 {
			a.Note = "Einkauf sitzt im Nebengebäude, bitte am Tor anrufen."
		}
		l := &model.Customer{Account: a, Contacts: []model.Contact{{Account: a.Code, Name: "Petra Beispiel", Function: "Einkauf"}}}
		b.Load(l)
	}
	return SourceOf(b)
}

func BenchmarkIndex(b *testing.B) {
	source := large()
	for b.Loop() {
		NewIndex(source)
	}
}

func BenchmarkFind(b *testing.B) {
	x := NewIndex(large())
	for _, typed := range []string{"m", "metallbau", "nebengebäude tor", "55599999", "nothing at all", "müller 99999"} {
		b.Run(typed, func(b *testing.B) {
			for b.Loop() {
				x.Find(typed, shown)
			}
		})
	}
}
