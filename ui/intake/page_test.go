package intake

import (
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/stretchr/testify/require"

	"doppelpass/model"
	"doppelpass/store/exchange"
	"doppelpass/ui/kit"
	"doppelpass/ui/session"
	"doppelpass/ui/text"
	stages "doppelpass/ui/uitest"
)

// open shows the page with files to import; names and contents alternate.
func open(t *testing.T, language text.Language, width, height int, files ...string) (*stages.Stage, *Page) {
	t.Helper()
	st := stages.New(t, language, stages.Company()...)
	page := New(st.Session)
	st.Show(page, width, height)
	require.Len(t, st.Modals, 1, "it begins with choosing files")
	st.Keys("esc")
	require.Empty(t, st.Modals)
	folder := t.TempDir()
	for i := 0; i < len(files); i += 2 {
		require.NoError(t, os.WriteFile(filepath.Join(folder, files[i]), []byte(files[i+1]), 0o600))
	}
	if len(files) > 0 {
		st.Send(page.Open(folder)())
	}
	return st, page
}

func accounts(st *stages.Stage) int { return st.Session.Book.AccountCount() }

func catchUp(st *stages.Stage) { st.Session.CatchUp() }

const kunden = "Kd-Nr.;Firma;PLZ;Ort;Kunde seit;Farbe\nN1;Gärtnerei Müßig;1067;Dresden;04.03.2019;rot\nN2;Bäckerei Lang;89073;Ulm;;blau\n"

func TestAFileIsShownCheckedAndImported(t *testing.T) {
	for language, words := range map[text.Language][]string{
		text.German:  {"Kunden", "Die ersten Zeilen", "Gärtnerei Müßig", "04.03.2019 → 4. März 2019", "unbekannt, bleibt draußen", "2 würden hinzugefügt", "2 hinzugefügt"},
		text.English: {"accounts", "The first rows", "Gärtnerei Müßig", "04.03.2019 → 4 March 2019", "unknown, kept out", "2 would be added", "2 added"},
	} {
		for _, size := range [][2]int{{80, 24}, {120, 30}, {160, 45}} {
			st, _ := open(t, language, size[0], size[1], "kunden.csv", kunden)
			view := st.View()
			for _, word := range words[:4] {
				require.Contains(t, view, word)
			}
			if size[0] == 160 {
				require.Contains(t, view, words[4])
			}
			st.Keys("c")
			require.Contains(t, st.View(), words[5])
			require.Equal(t, 30, accounts(st), "nothing is written yet")
			st.Keys("enter")
			catchUp(st)
			require.Contains(t, st.View(), words[6])
			require.Equal(t, 32, accounts(st))
			require.Equal(t, "01067", st.Session.Book.Account("N1").Address.Postcode)
			_, err := st.Session.Store.Undo(model.Actor{Name: "Kim", Role: model.RoleLead})
			require.NoError(t, err)
			catchUp(st)
			require.Equal(t, 30, accounts(st))
		}
	}
}

func TestAnOpenQuestionIsAskedAndRemembered(t *testing.T) {
	besuche := "Kd-Nr.;Datum\nK20;03/04/2026\nK21;05/06/2026\n"
	st, page := open(t, text.German, 120, 30, "besuche.csv", besuche)
	require.Contains(t, st.View(), "kann 3. April 2026 oder 4. März 2026 heißen; f legt fest, was gilt.")
	st.Keys("c")
	require.Contains(t, st.Failed, "braucht noch eine Antwort")
	st.Keys("f", "down", "enter")
	require.NotContains(t, st.View(), "legt fest, was gilt")
	require.Contains(t, st.View(), "→ 3. April 2026")
	st.Keys("c", "enter")
	catchUp(st)
	visits, err := st.Session.Store.AccountVisits("K20", 0)
	require.NoError(t, err)
	require.True(t, slices.ContainsFunc(visits, func(v model.Visit) bool { return v.Date == model.NewDate(2026, 4, 3) }))

	st.Keys("n", "esc")
	folder := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(folder, "naechste.csv"), []byte("Kd-Nr.;Datum\nK20;07/08/2026\n"), 0o600))
	st.Send(page.Open(folder)())
	require.Contains(t, st.View(), "Zuordnung vom letzten Mal")
	require.Contains(t, st.View(), "→ 7. August 2026")
}

func TestAColumnGetsAnotherMeaning(t *testing.T) {
	st, page := open(t, text.English, 160, 45, "x.csv", "Wer;Was;Wann\nK20;hello;2026-03-04\n")
	require.Contains(t, st.View(), "needs an answer")
	pick := func(value string) { // in the dialog in front, as far down as the value stands
		for i, line := range strings.Split(st.Modals[0].View(), "\n") {
			if strings.Contains(line, value) {
				first := slices.IndexFunc(strings.Split(st.Modals[0].View(), "\n"), func(l string) bool { return strings.Contains(l, "▸") })
				for range i - first {
					st.Keys("down")
				}
				break
			}
		}
		st.Keys("enter")
	}
	st.Keys("tab", "enter") // on a column: what it means depends on what the file is
	pick("visits")
	require.Contains(t, st.View(), "enter on a column says that it is this one")
	for _, target := range []string{"account code", "note", "date"} {
		if !page.onRight {
			st.Keys("tab")
		}
		st.Keys("enter")
		pick(target)
		st.Keys("down")
	}
	require.Contains(t, st.View(), "2026-03-04 → 4 March 2026")
	require.Contains(t, st.View(), "chosen by you")
	st.Keys("c", "enter")
	visits, err := st.Session.Store.AccountVisits("K20", 0)
	require.NoError(t, err)
	require.True(t, slices.ContainsFunc(visits, func(v model.Visit) bool { return v.Note == "hello" }))
}

func TestAFileIsReadDifferently(t *testing.T) {
	st, page := open(t, text.English, 120, 30, "x.csv", kunden)
	require.Contains(t, st.View(), "CSV · ; · utf-8")
	st.Keys("o", "right", "right", "ctrl+s")
	require.Contains(t, st.View(), "CSV · ; · windows-1252")
	require.Contains(t, st.View(), "MÃ", "read as the person says")
	require.Len(t, page.files, 1)
}

func TestLettersInDoubtAreAskedAbout(t *testing.T) {
	st, _ := open(t, text.German, 120, 30, "kunden.csv", "Kd-Nr.;Firma;Ort\nN1;Zi\xeaba;Bonn\n")
	require.Contains(t, st.View(), "windows-1252 liest Ziêba, windows-1250 liest Zięba; l legt fest, was gilt")
	st.Keys("c")
	require.Contains(t, st.Failed, "braucht noch eine Antwort")
	st.Keys("l")
	require.Contains(t, st.Modals[0].View(), "Zięba")
	st.Keys("down", "enter")
	require.Contains(t, st.View(), "CSV · ; · windows-1250")
	st.Keys("c", "enter")
	catchUp(st)
	require.Equal(t, "Zięba", st.Session.Book.Account("N1").Name)
	st, _ = open(t, text.German, 120, 30, "kunden.csv", kunden)
	st.Keys("l")
	require.Contains(t, st.Failed, "nicht zweifelhaft")
}

func TestTheDayOfAListOfResultsIsAskedFor(t *testing.T) {
	st, _ := open(t, text.German, 120, 30, "liste.csv", "Kd-Nr.;Firma;Anrufergebnis\nK20;Kunde 2-0;erreicht\nK21;Kunde 2-1;nicht erreicht\n")
	require.Contains(t, st.View(), "keine Spalte sagt den Tag; f sagt ihn")
	st.Keys("f")
	require.Contains(t, st.Modals[0].View(), "gespeichert wurde die Datei am")
	st.Type("20.11.").Keys("ctrl+s", "c", "enter")
	calls, err := st.Session.Store.AccountCalls("K20", 0)
	require.NoError(t, err)
	require.Equal(t, model.NewDate(2026, 11, 20), calls[0].Date)
}

func TestTheSwitchesAreSaidWithTheirKeysAndHowTheyStand(t *testing.T) {
	st, _ := open(t, text.German, 80, 24, "besuche.csv", "Kd-Nr.;Datum\nX9;2026-03-04\n")
	require.Contains(t, st.View(), "m Unbekanntes anlegen: aus")
	st.Keys("m")
	require.Equal(t, "Unbekanntes anlegen: an", st.Said)
	st.Keys("i")
	require.Contains(t, st.View(), "m Unbekanntes anlegen: an · i Fehlende inaktiv setzen: an")
	st.Keys("i", "m")
	require.Contains(t, st.View(), "m Unbekanntes anlegen: aus")
}

// What would write nothing offers no import, says why, and the way out.
func TestAnImportThatWouldWriteNothingIsNotOffered(t *testing.T) {
	st, _ := open(t, text.German, 80, 24, "besuche.csv", "Kd-Nr.;Datum\nX9;2026-03-04\n")
	st.Keys("c")
	view := strings.Join(strings.Fields(st.View()), " ")
	require.Contains(t, view, "diesen Kunden gibt es nicht (m legt ihn an)")
	require.Contains(t, view, "Es gibt nichts zu schreiben: Keine Zeile lässt sich übernehmen (1 Zeile, Gründe oben).")
	require.Contains(t, view, "m legt an, was Zeilen nennen und es noch nicht gibt, und prüft neu; Esc geht zurück.")
	require.NotContains(t, view, "Enter importiert")
	st.Keys("enter")
	require.Contains(t, st.Failed, "Es gibt nichts zu schreiben")
	st.Keys("m")
	require.Contains(t, st.View(), "1 Eintrag würde angelegt")
	st.Keys("enter")
	catchUp(st)
	require.Equal(t, 31, accounts(st))

	st, page := open(t, text.English, 120, 30, "kunden.csv", kunden)
	st.Keys("c", "enter", "n", "esc")
	folder := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(folder, "kunden.csv"), []byte(kunden), 0o600))
	st.Send(page.Open(folder)()).Keys("c")
	require.Contains(t, st.View(), "There is nothing to write: everything is there already (2 rows).")
	st.Keys("m")
	require.Contains(t, st.Failed, "Nothing unknown")
}

// Marketing learns before it chooses files, and beside each of them, what it may import.
func TestWhoMayNotImportIsToldAtTheStart(t *testing.T) {
	st := stages.New(t, text.German, stages.Company()...)
	st.Session.Actor.Role = model.RoleMarketing
	page := New(st.Session)
	st.Show(page, 80, 24)
	view := strings.Join(strings.Fields(strings.ReplaceAll(st.Modals[0].View(), "│", " ")), " ")
	require.Contains(t, view, "Als Marketing importieren Sie: Ansprechpartner, Kampagnen und Anrufe.")
	require.Contains(t, view, "Andere importieren: Außendienst, Gebiete, Kunden")
	folder := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(folder, "kunden.csv"), []byte(kunden), 0o600))
	st.Keys("esc").Send(page.Open(folder)())
	require.Contains(t, st.View(), "✕ nur Vertrieb und Leitung")
	require.Contains(t, strings.Join(strings.Fields(st.View()), " "), "Das dürfen nur Vertrieb und Leitung ändern: Kunden.")
	st.Keys("c")
	require.Contains(t, st.Failed, "Das dürfen nur Vertrieb und Leitung ändern: Kunden.")
	st.Keys("t")
	require.Contains(t, st.Modals[0].View(), "nur Vertrieb und Leitung")
	st.Keys("esc", "m")
	require.Contains(t, st.Failed, "Vertrieb und Leitung")
	require.Contains(t, st.View(), "Unbekanntes anlegen: aus")

	require.NoError(t, os.WriteFile(filepath.Join(folder, "anrufe.csv"), []byte("Kd-Nr.;Datum;Anrufer;Ergebnis\nX9;2026-03-04;M;erreicht\n"), 0o600))
	st.Send(page.Open(filepath.Join(folder, "anrufe.csv"))()).Keys("c")
	view = strings.Join(strings.Fields(st.View()), " ")
	require.Contains(t, view, "Bleibt draußen: kunden.csv. Das dürfen nur Vertrieb und Leitung ändern: Kunden.")
	require.Contains(t, view, "diesen Kunden gibt es nicht (anlegen dürfen ihn Vertrieb und Leitung)")
	require.NotContains(t, view, "m legt an")
}

func TestEscInThePickerLeavesNoEmptyPage(t *testing.T) {
	st, page := open(t, text.English, 80, 24)
	require.Equal(t, []string{"shell.back"}, st.Gone, "esc leads back to where one came from")
	st.Send(page.Open(session.ImportAnew))
	require.Len(t, st.Modals, 1, "the next time begins with choosing files")
}

func TestAllOrNothingShowsWhyNothing(t *testing.T) {
	st, _ := open(t, text.English, 120, 30, "a.csv", "code,name,class\nN1,One,A\nN2,Two,Q\n")
	st.Keys("a", "c")
	require.Contains(t, st.View(), "Not every row can be taken")
	require.Contains(t, st.View(), "1 row (3)")
	st.Keys("enter")
	require.Contains(t, st.Failed, "Not every row")
	require.Equal(t, 30, accounts(st))
	st.Keys("esc", "a", "c", "enter")
	catchUp(st)
	require.Equal(t, 32, accounts(st))
}

func TestCancellingWritesNothing(t *testing.T) {
	st, page := open(t, text.German, 100, 30, "kunden.csv", kunden)
	commands := page.run(false)().(tea.BatchMsg)
	require.Contains(t, st.View(), "Die Dateien werden importiert")
	st.Keys("esc")
	st.Send(commands[0]())
	require.Equal(t, "Abgebrochen; nichts wurde geschrieben.", st.Said)
	require.Contains(t, st.View(), "kunden.csv")
	catchUp(st)
	require.Equal(t, 30, accounts(st))
}

func TestHostileTextStaysOffTheScreen(t *testing.T) {
	evil := "X\x1b[31mr\x1b]0,t\x07\u009bm\u202eabc\u200b"
	st, _ := open(t, text.English, 160, 45,
		"a\x1b[31m\u202eb.csv", "Kd-Nr.;Firma;"+evil+"\nN1;"+evil+";"+evil+"\n;"+evil+";\n",
		"odd.csv", evil+";"+evil+"\n1;2\n")
	looks := func() {
		for _, bad := range []string{"\x1b[31m", "\x1b]", "\u009b", "\u202e", "\u200b", "\x07"} {
			require.NotContains(t, st.Page.View(), bad)
		}
		st.View()
	}
	looks()
	st.Keys("down")
	looks()
	st.Keys("d", "c")
	looks()
	require.Contains(t, st.View(), "1 row skipped")
	st.Keys("enter")
	looks()
	steps, err := st.Session.Store.History(0, 1)
	require.NoError(t, err)
	require.Equal(t, "ab.csv", steps[0].Subject)
}

func TestEverySizeHasAPage(t *testing.T) {
	for _, size := range [][2]int{{20, 8}, {40, 12}, {80, 24}, {119, 20}, {200, 60}} {
		st, page := open(t, text.German, size[0], size[1], "a.csv", kunden, "b.csv", "Farbe;Form\nrot;rund\n", "leer.csv", "")
		for range 3 {
			st.View()
			st.Keys("tab")
			st.View()
			st.Keys("down", "tab", "down")
		}
		for len(page.files) > 1 {
			st.Keys("g", "down", "d")
		}
		st.Keys("c")
		st.View()
		st.Keys("enter")
		st.View()
	}
}

func TestAWorkbookOfAllTablesIsTakenWhole(t *testing.T) {
	st, page := open(t, text.English, 120, 30)
	path := filepath.Join(t.TempDir(), "all.xlsx")
	var sheets []exchange.Sheet
	for _, table := range []model.Table{model.TableAccounts, model.TableVisits} {
		sheets = append(sheets, exchange.Records(table, func(yield func(model.Record) bool) {
			for record, err := range st.Session.Store.Records(table) {
				require.NoError(t, err)
				if !yield(record) {
					return
				}
			}
		}))
	}
	require.NoError(t, exchange.WriteFile(path, func(w io.Writer) error { return exchange.WriteXLSX(w, sheets...) }))
	st.Send(page.Open(path)())
	require.Contains(t, st.View(), "all.xlsx (accounts)")
	require.Contains(t, st.View(), "all.xlsx (visits)")
	st.Keys("c")
	require.Contains(t, st.View(), "all.xlsx (accounts) → accounts")
	require.Contains(t, st.View(), "13 unchanged")
	st.Keys("esc", "d", "c")
	require.Contains(t, st.View(), "1 sheet of the workbook is not read: accounts")
}

func TestTheColumnUnderTheCursorIsInSight(t *testing.T) {
	widths := slices.Repeat([]int{10}, 20)
	require.Equal(t, 0, firstColumn(widths, 3, 80))
	require.Equal(t, 14, firstColumn(widths, 19, 80))
	require.Equal(t, 5, firstColumn(widths, 5, 4))
	require.Equal(t, 0, firstColumn(widths, -1, 80))
	require.Equal(t, []string{"K-1, K-2,", "K-3"}, wrapped("K-1, K-2, K-3", 10))
	require.Equal(t, 22, previewWidths([]string{strings.Repeat("x", 99)}, nil)[0])
	require.Equal(t, 4, kit.Width(wrapped("lengthy", 4)[0]))
}

func TestProgressOfAWorkbookCountsRows(t *testing.T) {
	m := &meter{}
	m.set("a.csv", 5, 10)
	_, share, rows := m.get()
	require.Equal(t, 0.5, share)
	require.Zero(t, rows)
	m.set("a.xlsx", 4096, 0)
	_, share, rows = m.get()
	require.Zero(t, share)
	require.EqualValues(t, 4096, rows)
}

func TestTheImportCanBeOpenedAgainAndAgain(t *testing.T) {
	st, page := open(t, text.English, 120, 30, "kunden.csv", kunden)
	st.Keys("c", "enter")
	catchUp(st)
	require.Contains(t, st.View(), "2 added")
	for range 2 { // the person went elsewhere and comes back
		st.Send(page.Open(session.ImportAnew))
		require.Len(t, st.Modals, 1, "it begins with choosing files")
		st.Keys("esc")
		require.NotContains(t, st.View(), "2 added")
	}
}

func TestOneUnclearFileDoesNotStopTheOthers(t *testing.T) {
	st, _ := open(t, text.English, 120, 30, "kunden.csv", kunden, "odd.csv", "foo;bar\n1;2\n")
	st.Keys("c")
	require.Contains(t, st.View(), "2 would be added")
	require.Contains(t, st.View(), "Left out: odd.csv")
	st.Keys("enter")
	catchUp(st)
	require.Equal(t, 32, accounts(st))
}

func TestTheTableIsFoundByItsFirstLetters(t *testing.T) {
	st, _ := open(t, text.German, 120, 30, "liste.csv", "Nr;Name\n1;Eins\n")
	require.Contains(t, st.View(), "passen zu mehreren Tabellen: ")
	st.Keys("t", "k", "u", "enter")
	st.Keys("c")
	require.Contains(t, st.View(), "liste.csv → Kunden")
}
