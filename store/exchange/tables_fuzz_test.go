package exchange

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"doppelpass/model"
)

// fuzzWords are headers from all over the world, and fuzzValues cells: a table is put
// together from them by number, so that any mixture of customers, people, days and
// outcomes is tried.
var fuzzWords, fuzzValues = func() (words, values []string) {
	seen := map[string]bool{}
	for _, test := range headerCases {
		for _, word := range strings.FieldsFunc(test.header, func(r rune) bool { return r == ';' || r == ',' }) {
			if !seen[word] {
				seen[word] = true
				words = append(words, word)
			}
		}
	}
	for _, test := range objectionCases {
		words = append(words, test.header)
		values = append(values, test.yes, test.no)
	}
	values = append(values, "", "1", "2", "17", "K-1", "Holz Maier GmbH", "Eva Maier", "Ida", "04.03.2026", "2026-03-04 09:30:00", "03/04/2026", "45631", "09:00", "0731 123456", "+49 171 5551234",
		"4,91718E+11", "89073", "1067", "A-1010", "Ulm", "Am Wehr 1", "Held", "Planned", "Canceled", "nicht erreicht", "keine Anrufe mehr", "niemand da", "Meeting", "Call", "Email", "Task", "x", "NULL",
		"Summe", "Total", "12,50", "1.234,-", "A", "B", "C", "gelöscht", "Privatkunde", "a@b.example", "\"", "'", "=1+1", "T1", "70 71", "D-4*", "Work", "Süd/Baden", "n/a", "#REF!", "☎", "\u200b")
	return words, values
}()

// refusals are headers that forbid calls whatever table of customers or people they
// stand in, and cells that say so.
var (
	refusals = []string{"Do Not Call", "Telefon-Opt-out", "Kontaktsperre", "Telefonverbot", "HasOptedOutOfCall", "Nie dzwonić"}
	refused  = []string{"1", "x", "ja", "true", "J", "tak"}
)

// FuzzTables: whatever words and values a file is put together from, it is taken for
// something or asked about, never a panic; reps need a word for them, visits a customer,
// a day and nothing that says they did not take place; a no to calls is not lost.
func FuzzTables(f *testing.F) {
	f.Add([]byte("kunden"), []byte{3, 1, 2, 3, 10, 20, 30, 40, 50}, false)
	for n := range headerCases {
		f.Add([]byte(headerCases[n].file), []byte{byte(2 + n%7), byte(n), byte(n * 3), byte(n * 7), byte(n * 11), byte(n * 13), byte(n * 17), byte(n * 19), byte(n * 23)}, n%2 == 0)
	}
	dir := f.TempDir()
	f.Fuzz(func(t *testing.T, name, choice []byte, refuse bool) {
		if len(choice) < 3 || len(choice) > 400 {
			return
		}
		pick := func(at int, list []string) string { // two bytes a choice: the lists are longer than one can tell
			i := int(choice[at%len(choice)])<<3 ^ int(choice[(at*7+1)%len(choice)])
			return list[i%len(list)]
		}
		columns := 1 + int(choice[0])%9
		var header []string
		for n := range columns {
			header = append(header, pick(n+1, fuzzWords))
		}
		if refuse {
			header = append(header, refusals[int(choice[1])%len(refusals)])
		}
		file := fold(string(name))
		if len(file) > 30 {
			file = file[:30]
		}
		lines := []string{strings.Join(header, ";")}
		for row := range 1 + int(choice[2])%6 {
			var cells []string
			for n := range columns {
				cells = append(cells, pick(11+row*columns+n*3, fuzzValues))
			}
			if refuse {
				cells = append(cells, refused[row%len(refused)])
			}
			for i, cell := range cells {
				if strings.ContainsAny(cell, ";\"\n") {
					cells[i] = `"` + strings.ReplaceAll(cell, `"`, `""`) + `"`
				}
			}
			lines = append(lines, strings.Join(cells, ";"))
		}
		path := filepath.Join(dir, file+".csv")
		if err := os.WriteFile(path, []byte(strings.Join(lines, "\n")+"\n"), 0o600); err != nil {
			t.Skip(err)
		}
		defer os.Remove(path)
		text := strings.Join(lines, "\n")
		file0, err := Open(path, Options{Delimiter: ';'})
		if err != nil {
			isAsked(t, err, text)
			return
		}
		defer file0.Close()
		m, err := file0.Mapping()
		if err != nil {
			isAsked(t, err, text)
			return
		}
		clues := newClues(file0.header, file0.rows, Options{called: []string{file}})
		if m.Table == model.TableReps && !clues.seller() && !clues.user() && !clues.called[model.TableReps] && !clues.any(".hired") && !m.allCanonical() {
			t.Fatalf("taken for reps out of nothing:\n%s", text)
		}
		reader, err := file0.Read(m)
		if err != nil {
			isAsked(t, err, text)
			return
		}
		defer reader.Close()
		for {
			batch, err := reader.Next(t.Context())
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil {
				isAsked(t, err, text)
				return
			}
			for _, row := range batch.Rows {
				checkFuzzedRow(t, m, row, refuse, text)
			}
		}
	})
}

func isAsked(t *testing.T, err error, text string) {
	t.Helper()
	var asked *FileError
	if !errors.As(err, &asked) || asked.Reason == "" {
		t.Fatalf("%v is no sentence about:\n%s", err, text)
	}
}

func checkFuzzedRow(t *testing.T, m Mapping, row Row, refuse bool, text string) {
	t.Helper()
	forbidding := slices.ContainsFunc(m.Columns, func(c ColumnMapping) bool { return slices.Contains(refusals, c.Header) })
	switch r := row.Record.(type) {
	case model.Visit:
		if r.Account == "" && row.Account.Name == "" || r.Date == 0 {
			t.Fatalf("a visit of nobody or of no day:\n%s", text)
		}
		if key := fold(r.Outcome); m.Target("status") < 0 && (calledOff()[key] || stillAhead()[key]) {
			t.Fatalf("a visit that did not take place:\n%s", text)
		}
	case model.Call:
		if r.Date == 0 {
			t.Fatalf("a call of no day:\n%s", text)
		}
	case model.Account:
		if refuse && forbidding && !r.DoNotCall {
			t.Fatalf("a no to calls is lost:\n%s", text)
		}
		if scientificLike(r.Phone) {
			t.Fatalf("a number is taken of which only the first figures are left:\n%s", text)
		}
	case model.Contact:
		if refuse && forbidding && looksLikePhone(r.Phone) && len(digitsOf(r.Phone)) > 4 && (row.Beside == nil || row.Beside.Phones == "") {
			t.Fatalf("a contact's no to calls is lost:\n%s", text)
		}
	}
}
