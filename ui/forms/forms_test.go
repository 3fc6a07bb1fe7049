package forms_test

import (
	"regexp"
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"
	"github.com/stretchr/testify/require"

	"doppelpass/model"
	"doppelpass/store"
	"doppelpass/ui/accounts"
	"doppelpass/ui/forms"
	"doppelpass/ui/kit"
	"doppelpass/ui/session"
	"doppelpass/ui/text"
	"doppelpass/ui/uitest"
)

// open puts a form on the stage of the small company.
func open(t *testing.T, language text.Language, form func(*session.Session) tea.Cmd, extra ...model.Record) *uitest.Stage {
	t.Helper()
	st := uitest.New(t, language, append(uitest.Company(), extra...)...)
	st.Show(accounts.New(st.Session), 80, 24)
	show(st, form)
	return st
}

// opener lets the stage run the form's own command.
type opener struct{}

func show(st *uitest.Stage, form func(*session.Session) tea.Cmd) {
	page := st.Page
	st.Page = runner{page, form(st.Session)}
	st.Send(opener{})
	st.Page = page
}

type runner struct {
	session.Page
	cmd tea.Cmd
}

func (r runner) Update(tea.Msg) tea.Cmd { return r.cmd }

// press presses keys and drops what was answered, as the root does.
func press(st *uitest.Stage, keys ...string) {
	for _, key := range keys {
		st.Keys(key)
		drop(st)
	}
}

func drop(st *uitest.Stage) {
	kept := st.Modals[:0]
	for _, m := range st.Modals {
		if !m.Done() {
			kept = append(kept, m)
		}
	}
	st.Modals = kept
}

func typed(st *uitest.Stage, s string) {
	for _, r := range s {
		press(st, string(r))
	}
}

func screen(st *uitest.Stage) string {
	if len(st.Modals) == 0 {
		return ""
	}
	return ansi.Strip(st.Modals[len(st.Modals)-1].View())
}

// reads is the screen as running text, without frames and line breaks.
func reads(st *uitest.Stage) string {
	return strings.Join(strings.Fields(strings.ReplaceAll(screen(st), "│", " ")), " ")
}

func newVisit(s *session.Session) tea.Cmd { return forms.Visit(s, model.Visit{}, true) }

func visits(t *testing.T, st *uitest.Stage, account string) []model.Visit {
	t.Helper()
	list, err := st.Session.Store.AccountVisits(account, 0)
	require.NoError(t, err)
	for i := range list { // the store's own identities are random
		list[i].ID = model.RowID{}
	}
	return list
}

func TestAVisitIsLoggedInAFewKeystrokes(t *testing.T) {
	st := open(t, text.German, newVisit)
	typed(st, "kunde 3-4")
	require.Contains(t, screen(st), "K34")
	press(st, "ctrl+s")
	require.Empty(t, st.Modals, "the form is put away")
	require.Contains(t, st.Said, "Kunde 3-4")
	require.Equal(t, []model.Visit{{Account: "K34", Date: uitest.Today, Rep: "R2"}}, visits(t, st, "K34"))
}

func TestEnterGoesStraightThroughTheForm(t *testing.T) {
	st := open(t, text.English, newVisit)
	typed(st, "kunde 3-4")
	press(st, "enter")
	typed(st, "mo") // replaces the day that stands there
	press(st, "enter", "enter", "enter")
	typed(st, "order")
	press(st, "enter")
	typed(st, "1,250.50")
	press(st, "enter")
	typed(st, "45")
	press(st, "enter")
	typed(st, "14:30")
	press(st, "enter")
	typed(st, "T. Brandt; Kim")
	press(st, "enter")
	typed(st, "asks for samples")
	press(st, "enter")
	require.Empty(t, st.Modals)
	require.Equal(t, []model.Visit{{
		Account: "K34", Date: uitest.Today - 1, Time: model.NewClock(14, 30), Rep: "R2", Outcome: "order", Value: 125050, Minutes: 45,
		Guests: []string{"T. Brandt", "Kim"}, Note: "asks for samples",
	}}, visits(t, st, "K34"))
}

func TestAnOutcomeTypedInTheLanguageIsTheStableWord(t *testing.T) {
	st := open(t, text.German, newVisit)
	typed(st, "K34")
	press(st, "enter", "enter", "enter", "enter")
	typed(st, "auftrag")
	press(st, "ctrl+s")
	require.Equal(t, "order", visits(t, st, "K34")[0].Outcome)
}

func TestAVisitInTheFutureIsRefused(t *testing.T) {
	st := open(t, text.English, newVisit)
	typed(st, "K34")
	press(st, "enter")
	typed(st, "+1")
	press(st, "ctrl+s")
	require.Contains(t, screen(st), "today or earlier")
	require.Empty(t, visits(t, st, "K34"))
}

func TestTheSameVisitIsEditedInsteadOfAddedTwice(t *testing.T) {
	there := model.Visit{Account: "K34", Date: uitest.Today, Rep: "R2", Outcome: "interest", Value: 7700, Note: "there already"}
	st := open(t, text.English, newVisit, there)
	typed(st, "K34")
	press(st, "enter")
	require.Contains(t, screen(st), "on record already")
	press(st, "enter", "enter", "enter")
	press(st, "ctrl+u")
	typed(st, "order")
	press(st, "ctrl+s")
	there.Outcome = "order"
	require.Equal(t, []model.Visit{there}, visits(t, st, "K34"))
}

func TestAVisitMovedToAnotherDayIsStillOneVisit(t *testing.T) {
	old := model.Visit{Account: "K34", Date: uitest.Today, Rep: "R2", Note: "moves"}
	st := open(t, text.English, func(s *session.Session) tea.Cmd { return forms.Visit(s, old, false) }, old)
	typed(st, "-3")
	press(st, "ctrl+s")
	old.Date -= 3
	require.Equal(t, []model.Visit{old}, visits(t, st, "K34"))
}

func editK10(s *session.Session) tea.Cmd {
	account := s.Book.Account("K10").Account
	return forms.Account(s, &account)
}

func TestAnEditNeverOverwritesWhatOthersChangedMeanwhile(t *testing.T) {
	st := open(t, text.English, editK10)
	changed := st.Session.Book.Account("K10").Account
	changed.Phone = "030 1"
	st.Apply("account.edit", changed)
	press(st, "end")
	typed(st, " GmbH")
	press(st, "ctrl+s")
	require.Empty(t, st.Modals, "another field: both changes hold")
	require.Equal(t, "Kunde 1-0 GmbH", st.Session.Book.Account("K10").Name)
	require.Equal(t, "030 1", st.Session.Book.Account("K10").Phone)

	show(st, editK10)
	changed = st.Session.Book.Account("K10").Account
	changed.Name = "Kunde neu"
	st.Apply("account.edit", changed)
	press(st, "end")
	typed(st, " & Co")
	press(st, "ctrl+s")
	require.Contains(t, reads(st), "Kim changed the same: name: Kunde neu (here: Kunde 1-0 GmbH & Co)")
	press(st, "enter") // back to the form
	require.Len(t, st.Modals, 1)
	require.Equal(t, changed, st.Session.Book.Account("K10").Account, "nothing was saved")
	press(st, "ctrl+s", "right", "enter")
	require.Empty(t, st.Modals)
	require.Equal(t, "Kunde 1-0 GmbH & Co", st.Session.Book.Account("K10").Name)
}

func TestAnEditOfADeletedRecordAsks(t *testing.T) {
	st := open(t, text.German, editK10)
	_, err := st.Session.Store.Apply(st.Session.Actor, store.Request{Action: "account.delete", Deletes: []model.Key{{Table: model.TableAccounts, Code: "K10"}}})
	require.NoError(t, err)
	st.Session.CatchUp()
	press(st, "ctrl+s")
	require.Contains(t, screen(st), "gelöscht")
	press(st, "right", "enter")
	require.Empty(t, st.Modals)
	require.NotNil(t, st.Session.Book.Account("K10"))
}

func TestEscAsksOnceAndOnlyAboutChanges(t *testing.T) {
	st := open(t, text.English, editK10)
	press(st, "esc")
	require.Empty(t, st.Modals)
	show(st, editK10)
	typed(st, "x")
	press(st, "esc")
	require.Contains(t, screen(st), "Drop what you typed?")
	press(st, "enter")
	require.Len(t, st.Modals, 1, "keep editing is the safe answer")
	press(st, "esc", "y")
	require.Empty(t, st.Modals)
	require.Equal(t, "Kunde 1-0", st.Session.Book.Account("K10").Name)
}

func TestANewAccountGetsTheNextCodeAndItsPostcodesTerritory(t *testing.T) {
	territory := model.Territory{Code: "T9", Name: "Kassel", Region: "Mitte", Postcodes: []string{"34", "35"}}
	st := open(t, text.English, func(s *session.Session) tea.Cmd { return forms.Account(s, nil) }, territory)
	typed(st, "Neu GmbH") // the cursor is in the first field that is still empty
	press(st, "enter", "enter", "enter")
	typed(st, "34117")
	require.Contains(t, screen(st), "Territory by postcode: Kassel")
	press(st, "ctrl+s")
	added := st.Session.Book.Account("K40")
	require.NotNil(t, added, "K39 was the highest")
	require.Equal(t, "T9", added.Territory)
	require.Equal(t, "Neu GmbH", added.Name)
}

func TestAnAccountIsPlacedByItsAddressAndAnewWhenItMoves(t *testing.T) {
	st := open(t, text.English, func(s *session.Session) tea.Cmd { return forms.Account(s, nil) })
	typed(st, "Neu GmbH")
	press(st, "enter", "enter", "enter", "enter")
	typed(st, "Ulm")
	press(st, "enter")
	typed(st, "DE")
	press(st, "ctrl+s")
	added := st.Session.Book.Account("K40").Account
	require.Equal(t, model.PlacedTown, added.Placed)
	require.InDelta(t, 48.4, added.At.Lat, 0.1)
	show(st, func(s *session.Session) tea.Cmd { return forms.Account(s, &added) })
	press(st, "enter", "enter", "enter", "enter", "ctrl+u")
	typed(st, "Hamburg")
	press(st, "ctrl+s")
	require.Empty(t, st.Modals, reads(st))
	moved := st.Session.Book.Account("K40").Account
	require.InDelta(t, 53.5, moved.At.Lat, 0.2)
}

func TestPostcodesOfATerritoryAskForTheAccountsThatFit(t *testing.T) {
	loose := []model.Record{
		model.Account{Code: "L1", Name: "Los", Address: model.Address{Postcode: "34117"}}, model.Account{Code: "L2", Address: model.Address{Postcode: "34119"}},
		model.Account{Code: "L3", Address: model.Address{Postcode: "3411", Country: "AT"}},
	}
	edit := func(s *session.Session) tea.Cmd {
		area := s.Book.Area("T1")
		return forms.Territory(s, &area.Territory)
	}
	st := open(t, text.German, edit, loose...)
	press(st, "enter", "enter", "enter")
	typed(st, "34")
	press(st, "ctrl+s")
	require.Contains(t, screen(st), "2 Kunden ohne Gebiet passen zu den Postleitzahlen von Ulm:")
	require.Empty(t, st.Session.Book.Account("L1").Territory, "nobody has said yes")
	press(st, "enter")
	require.Empty(t, st.Session.Book.Account("L1").Territory, "no is under the cursor")
	show(st, edit)
	press(st, "ctrl+s")
	require.Empty(t, st.Modals, "the postcodes are as they were")
	show(st, edit)
	press(st, "enter", "enter", "enter")
	typed(st, " 35")
	press(st, "ctrl+s", "j")
	require.Equal(t, "T1", st.Session.Book.Account("L1").Territory)
	require.Equal(t, "T1", st.Session.Book.Account("L2").Territory)
	require.Empty(t, st.Session.Book.Account("L3").Territory, "it lies abroad")
}

func TestAnAccountThatMovesIsOfferedItsTerritory(t *testing.T) {
	territory := model.Territory{Code: "T9", Name: "Kassel", Postcodes: []string{"34"}}
	st := open(t, text.German, func(s *session.Session) tea.Cmd { a := s.Book.Account("K10").Account; return forms.Account(s, &a) }, territory)
	press(st, "enter", "enter", "enter", "ctrl+u")
	typed(st, "34117")
	press(st, "ctrl+s")
	require.Contains(t, strings.Join(strings.Fields(screen(st)), " "), "gehört Kunde 1-0 jetzt zu Kassel")
	require.Equal(t, "T1", st.Session.Book.Account("K10").Territory)
	press(st, "j")
	require.Equal(t, "T9", st.Session.Book.Account("K10").Territory)
}

func TestFieldsAreCheckedAsTheyAreLeft(t *testing.T) {
	st := open(t, text.German, func(s *session.Session) tea.Cmd { return forms.Account(s, nil) })
	press(st, "up") // to the code
	press(st, "ctrl+u")
	typed(st, "K10")
	press(st, "enter")
	require.Contains(t, reads(st), "hat schon ein Kunde")
}

func TestMarketingChangesItsOwnNoteOnly(t *testing.T) {
	st := open(t, text.English, func(s *session.Session) tea.Cmd {
		s.Actor.Role = model.RoleMarketing
		area := s.Book.Area("T1")
		return forms.Territory(s, &area.Territory)
	})
	require.NotContains(t, screen(st), "Region")
	press(st, "down")
	typed(st, "good leads")
	press(st, "ctrl+s")
	require.Empty(t, st.Failed)
	require.Equal(t, "good leads", st.Session.Book.Area("T1").MarketingNote)
	show(st, func(s *session.Session) tea.Cmd { return forms.Account(s, nil) })
	require.NotEmpty(t, st.Failed, "accounts are sales'")
	require.Empty(t, st.Modals)
}

func TestACampaignNamesTerritoriesAndRegions(t *testing.T) {
	st := open(t, text.German, func(s *session.Session) tea.Cmd { return forms.Campaign(s, model.Campaign{}, true) })
	typed(st, "Messe")
	press(st, "enter")
	typed(st, "messe")
	press(st, "enter")
	typed(st, "1.12.")
	press(st, "enter")
	typed(st, "5.12.")
	press(st, "enter")
	typed(st, "ulm, Süd/Bay")
	require.Contains(t, screen(st), "Süd/Bayern")
	typed(st, "x")
	press(st, "enter")
	require.Contains(t, screen(st), "weder ein Gebiet noch eine Region")
	press(st, "up", "backspace")
	typed(st, "ern")
	press(st, "ctrl+s")
	require.Empty(t, st.Modals, screen(st))
	c, ok := st.Session.Book.Campaign("C6")
	require.True(t, ok)
	require.Equal(t, []string{"T1", "Süd/Bayern"}, c.Territories)
	require.Equal(t, "fair", c.Kind)
	require.Equal(t, model.CampaignPlanned, c.Status)
	require.Equal(t, "Kim", c.Owner)
}

func TestACallShowsTheNumberAndTheReasonNotToCall(t *testing.T) {
	st := open(t, text.German, func(s *session.Session) tea.Cmd { return forms.Call(s, model.Call{Account: "K34"}, true) })
	require.Contains(t, screen(st), "0711 555 01")
	require.Contains(t, screen(st), "mutmaßlich")
	require.Contains(t, screen(st), "Phone round", "the telemarketing that runs in the territory")
	typed(st, "w") // wünscht Besuch
	press(st, "ctrl+s")
	calls, err := st.Session.Store.AccountCalls("K34", 0)
	require.NoError(t, err)
	require.Len(t, calls, 1)
	calls[0].ID = model.RowID{}
	require.Equal(t, []model.Call{{Account: "K34", Date: uitest.Today, Agent: "Kim", Outcome: model.CallAppointment, Campaign: "C2"}}, calls)
	show(st, func(s *session.Session) tea.Cmd { return forms.Call(s, model.Call{Account: "K34"}, true) })
	require.Contains(t, screen(st), "schon eingetragen", "the same call again")
	press(st, "esc")
	show(st, func(s *session.Session) tea.Cmd { return forms.Call(s, model.Call{Account: "K30"}, true) })
	require.Contains(t, screen(st), "vor Kurzem angerufen")
}

func TestDeletingAsksAndSaysWhatGoesAlong(t *testing.T) {
	st := open(t, text.English, func(s *session.Session) tea.Cmd {
		return forms.Delete(s, []model.Record{s.Book.Account("K34").Account})
	})
	require.Contains(t, screen(st), "Delete Kunde 3-4?")
	press(st, "enter")
	require.NotNil(t, st.Session.Book.Account("K34"))
	show(st, func(s *session.Session) tea.Cmd {
		return forms.Delete(s, []model.Record{s.Book.Account("K34").Account})
	})
	press(st, "y")
	require.Nil(t, st.Session.Book.Account("K34"))
	require.Contains(t, st.Said, "z undoes it")

	show(st, func(s *session.Session) tea.Cmd {
		return forms.Delete(s, []model.Record{s.Book.Account("K10").Account})
	})
	require.Contains(t, screen(st), "1 visit")
	press(st, "esc")
	require.NotNil(t, st.Session.Book.Account("K10"))

	show(st, func(s *session.Session) tea.Cmd { return forms.Delete(s, []model.Record{s.Book.Area("T1").Territory}) })
	require.Contains(t, screen(st), "10 accounts")
	press(st, "y")
	require.False(t, func() bool { area := st.Session.Book.Area("T1"); return area != nil && area.Known }())
	require.Empty(t, st.Session.Book.Account("K10").Territory, "its accounts stay, in no territory")

	show(st, func(s *session.Session) tea.Cmd {
		rep, _ := s.Book.Rep("R2")
		return forms.Delete(s, []model.Record{rep})
	})
	require.Contains(t, screen(st), "1 territory")
	press(st, "up", "enter") // nobody yet
	require.Empty(t, st.Session.Book.Area("T3").Rep)
}

var rawKey = regexp.MustCompile(`(forms|accounts|visit\.kind|call\.outcome|consent|campaigns?)\.[a-z]`)

func TestEveryFormFitsItsScreenInBothLanguages(t *testing.T) {
	every := map[string]func(*session.Session) tea.Cmd{
		"visit":       newVisit,
		"call":        func(s *session.Session) tea.Cmd { return forms.Call(s, model.Call{Account: "K10"}, true) },
		"account":     editK10,
		"new account": func(s *session.Session) tea.Cmd { return forms.Account(s, nil) },
		"territory": func(s *session.Session) tea.Cmd {
			area := s.Book.Area("T1")
			return forms.Territory(s, &area.Territory)
		},
		"notes":        func(s *session.Session) tea.Cmd { return forms.TerritoryNotes(s, s.Book.Area("T1").Territory) },
		"rep":          func(s *session.Session) tea.Cmd { rep, _ := s.Book.Rep("R1"); return forms.Rep(s, &rep) },
		"new rep":      func(s *session.Session) tea.Cmd { return forms.Rep(s, nil) },
		"campaign":     func(s *session.Session) tea.Cmd { c, _ := s.Book.Campaign("C1"); return forms.Campaign(s, c, false) },
		"new campaign": func(s *session.Session) tea.Cmd { return forms.Campaign(s, model.Campaign{}, true) },
	}
	for name, form := range every {
		for _, language := range text.Languages {
			for _, size := range [][2]int{{80, 24}, {160, 45}} {
				st := uitest.New(t, language, uitest.Company()...)
				st.Show(accounts.New(st.Session), size[0], size[1])
				show(st, form)
				require.Len(t, st.Modals, 1, name)
				for range 25 { // through all fields
					m := st.Modals[0]
					view := screen(st)
					room := m.Room()
					lines := strings.Split(view, "\n")
					require.LessOrEqual(t, room.H, size[1], name)
					require.Len(t, lines, room.H, name)
					for _, line := range lines {
						require.Equal(t, room.W, kit.Width(line), "%s: %q", name, line)
					}
					require.NotRegexp(t, rawKey, view, name)
					press(st, "tab")
				}
			}
		}
	}
}

func TestTheCallFormSaysWhomToAskFor(t *testing.T) {
	st := open(t, text.German, func(s *session.Session) tea.Cmd {
		return forms.Call(s, model.Call{Account: "K11"}, true)
	}, model.Contact{Account: "K11", Name: "Petra Beispiel", Function: "Einkauf"})
	require.Contains(t, ansi.Strip(st.Modals[0].View()), "Petra Beispiel (Einkauf)")
}

func TestDeletingAnAccountSaysThatItsPeopleGo(t *testing.T) {
	contact := model.Contact{Account: "K30", Name: "Petra Beispiel"}
	st := open(t, text.English, func(s *session.Session) tea.Cmd {
		return forms.Delete(s, []model.Record{s.Book.Account("K30").Account})
	}, contact)
	require.Contains(t, ansi.Strip(st.Modals[0].View()), "1 contact")
	press(st, "y")
	require.Nil(t, st.Session.Book.Account("K30"))
}
