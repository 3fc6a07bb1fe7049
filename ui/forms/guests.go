package forms

// Who came along on a visit: names that are known complete, one after the other.

import (
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"doppelpass/model/ride"
	"doppelpass/store"
	"doppelpass/ui/kit"
	"doppelpass/ui/session"
)

// guestParts part names; one of them is written.
const guestParts = ";,"

// The latest visits that are looked through for names, and the days they may lie back.
const (
	guestVisits = 4000
	guestDays   = 366
)

// guestsField takes names parted by semicolons. The team's names are offered at once, those
// of earlier visits as soon as the command has read them.
func guestsField(s *session.Session, label string, start []string) (kit.Field, tea.Cmd) {
	names := ride.Names(s.Book, nil)
	query := store.VisitQuery{First: s.Today - guestDays, Last: s.Today, Limit: guestVisits}
	read := func() tea.Msg {
		visits, _, err := s.Store.Visits(query)
		return session.Applied{Err: err, Then: func(err error) tea.Cmd {
			if err == nil {
				names = ride.Names(s.Book, visits)
			}
			return nil
		}}
	}
	return kit.Field{
		Name: "guests", Label: label, Hint: label + ".hint", Kind: kit.FieldSearch, Free: true, Adds: true, Parts: "; ", Width: 40, Start: joinGuests(start),
		Find: func(typed string, limit int) []kit.Option { return findGuests(names, typed, limit) },
	}, read
}

// AskGuests asks who listens in on the calls that are made from now on.
func AskGuests(s *session.Session, start []string, then func(guests []string)) tea.Cmd {
	field, read := guestsField(s, "forms.listeners", start)
	form := kit.NewForm(s.Look, s.Look.T("forms.listeners.title"), field)
	form.SetSubmit("forms.listeners.submit")
	box := kit.NewFormBox(s.Look, form)
	form.OnSubmit = func(v kit.Values) tea.Cmd {
		box.Close()
		then(guestsIn(v))
		return nil
	}
	form.OnCancel = func() tea.Cmd { box.Close(); return nil }
	return tea.Batch(s.Shell.Show(box), read)
}

func guestsIn(v kit.Values) []string { return list(v.Text("guests"), guestParts) }

func joinGuests(guests []string) string { return strings.Join(guests, "; ") }

// findGuests completes the last of the names that are typed. Behind a semicolon nothing is
// offered before a letter is typed: enter would take somebody along who was not there.
func findGuests(names []string, typed string, limit int) (options []kit.Option) {
	at := strings.LastIndexAny(typed, guestParts) + 1
	part := strings.TrimSpace(typed[at:])
	if part == "" && at > 0 {
		return nil
	}
	before := list(typed[:at], guestParts)
	taken := map[string]bool{}
	for _, name := range before {
		taken[Fold(name)] = true
	}
	for _, name := range names {
		if len(options) == limit {
			break
		}
		if !taken[Fold(name)] && wordsBegin(name, part) {
			whole := joinGuests(append(before[:len(before):len(before)], name))
			options = append(options, kit.Option{Value: whole, Label: whole})
		}
	}
	return options
}

// wordsBegin reports whether a name begins with what is typed, from one of its words on:
// "neu" and "l. neu" find L. Neumann, "eumann" does not, so that a new name that lies
// within a known one can be entered.
func wordsBegin(name, typed string) bool {
	name, typed = Fold(name), Fold(typed)
	for i := range name {
		if (i == 0 || strings.ContainsRune(" (-.", rune(name[i-1]))) && strings.HasPrefix(name[i:], typed) {
			return true
		}
	}
	return false
}
