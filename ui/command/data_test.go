package command

import (
	"context"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"github.com/stretchr/testify/require"

	"doppelpass/model"
	"doppelpass/model/demo"
	"doppelpass/store"
)

// file writes a file to import.
func file(t *testing.T, name, content string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	require.NoError(t, os.WriteFile(path, []byte(content), 0o600))
	return path
}

const (
	accountsCSV = "code,name,territory,class\nK1,Metallbau Ostertag,T1,A\nK2,Autohaus Krämer,T1,B\n"
	visitsCSV   = "account,date,time,rep\nK1,2026-11-02,09:00,R1\nK2,2026-11-03,10:00,R1\nK9,2026-11-03,11:00,R1\n"
)

func TestFilesAreImportedOnceAndCanBeUndone(t *testing.T) {
	d := newDesk(t)
	accounts, visits := file(t, "accounts.csv", accountsCSV), file(t, "visits.csv", visitsCSV)

	dry := d.done("import", accounts, "--create-missing", "--dry-run")
	require.Contains(t, dry, "2 would be added")
	require.Contains(t, dry, "nothing was written")
	require.NoFileExists(t, d.db, "a dry run leaves nothing behind")

	require.Contains(t, d.done("import", accounts, "--create-missing"), "2 added")
	report := d.done("import", visits)
	require.Contains(t, report, "2 added")
	require.Contains(t, report, "1 row skipped")
	require.Contains(t, report, "K9")
	again := d.done("import", accounts, visits, "--lang", "de")
	require.NotContains(t, again, "neu")
	require.Contains(t, again, "K9")

	var history struct{ Steps []store.Entry }
	require.NoError(t, json.Unmarshal([]byte(d.done("history", "--json")), &history))
	require.Len(t, history.Steps, 2, "what changes nothing leaves no step")
	require.Equal(t, "import", history.Steps[0].Action)
	require.Equal(t, 2, history.Steps[0].Tally[model.TableVisits].Added)

	require.Contains(t, d.done("history", "--table", "visits", "--changes"), "+ Visit Metallbau Ostertag, 2 Nov 2026\n")
	require.NotContains(t, d.done("history", "--table", "visits", "--lang", "de"), "accounts.csv")
	require.Contains(t, d.done("history", "--person", "nobody"), "Nothing has been changed")
	require.Contains(t, d.refused(codeUsage, "history", "--table", "x"), "--table is one of")
	var told struct {
		Steps []struct {
			Records []struct {
				Table, Code, Change string
				Fields              []struct {
					Field         string
					Before, After any
				}
			}
		}
	}
	require.NoError(t, json.Unmarshal([]byte(d.done("history", "--record", "K1", "--changes", "--json")), &told))
	require.Len(t, told.Steps, 2, "an account's history has its visits, too")
	require.Equal(t, "visits", told.Steps[0].Records[0].Table)
	require.Equal(t, "added", told.Steps[0].Records[0].Change)
	require.Nil(t, told.Steps[0].Records[0].Fields[0].Before)

	require.Contains(t, d.done("undo"), "visits.csv")
	require.Contains(t, d.done("info", "--json"), `"visits":0`)
	require.Contains(t, d.done("history", "--lang", "de"), "(rückgängig gemacht von ")
	require.Contains(t, d.done("redo", "--lang", "de"), "visits.csv")
	require.Contains(t, d.done("info", "--json"), `"visits":2`)
	require.Contains(t, d.refused(codeFailed, "redo"), "nothing to redo")
	require.Contains(t, d.done("check"), "All is well")
}

func TestStrictTakesAllOrNothing(t *testing.T) {
	d := newDesk(t)
	d.done("import", file(t, "accounts.csv", accountsCSV), "--create-missing")
	o := d.run("import", file(t, "visits.csv", visitsCSV), "--strict")
	require.Equal(t, codeProblems, o.code)
	require.Contains(t, o.output, "K9", "the report is told all the same")
	require.Contains(t, o.errors, "nothing was imported")
	require.Contains(t, d.done("info", "--json"), `"visits":0`)
}

func TestWhatAPersonSaidAboutAHeaderIsRemembered(t *testing.T) {
	d := newDesk(t)
	d.done("import", file(t, "accounts.csv", accountsCSV), "--create-missing")
	first := file(t, "one.csv", "Wer,Wann\nK1,03/04/2026\n")
	require.Contains(t, d.refused(codeFailed, "import", first), "--as")
	d.done("import", first, "--as", "visits", "--map", "Wer=account,Wann=date", "--dates", "dmy")
	require.Contains(t, d.done("import", file(t, "two.csv", "Wer,Wann\nK2,05/04/2026\n")), "1 added")
	require.Contains(t, d.done("info", "--json"), `"visits":2`)
}

func TestFilesThatCannotBeReadAreSentences(t *testing.T) {
	d := newDesk(t)
	require.Contains(t, d.refused(codeFailed, "import", filepath.Join(t.TempDir(), "gone.csv")), "no such file")
	require.Contains(t, d.refused(codeFailed, "import", t.TempDir(), "--lang", "de"), "Ordner")
	require.Contains(t, d.refused(codeUsage, "import", "x.csv", "--delimiter", "ab"), "--delimiter")
}

func TestOfAFolderWhatIsNoTableIsLeftOut(t *testing.T) {
	d := newDesk(t)
	dir := filepath.Dir(file(t, "accounts.csv", accountsCSV))
	require.NoError(t, os.WriteFile(filepath.Join(dir, "odd.csv"), []byte("foo,bar\n1,2\n"), 0o600))
	o := d.run("import", dir, "--create-missing")
	require.Equal(t, codeDone, o.code, o.errors)
	require.Contains(t, o.output, "2 added")
	require.Contains(t, o.errors, "Left out: odd.csv")
	require.Contains(t, d.refused(codeFailed, "import", filepath.Join(dir, "odd.csv")), "--as")
}

func TestTemplatesAreWrittenAndUnderstood(t *testing.T) {
	d := newDesk(t)
	dir := filepath.Join(t.TempDir(), "tables")
	require.Contains(t, d.done("template", dir), filepath.Join(dir, "visits.csv"))
	require.Contains(t, d.refused(codeFailed, "template", dir), "not overwritten")
	d.done("import", dir)
}

func TestBackupIsACopyAndOverwritesNothing(t *testing.T) {
	d := withDemo(t)
	target := filepath.Join(t.TempDir(), "copy.db")
	require.Contains(t, d.done("backup", target), "copy.db")
	require.Contains(t, d.refused(codeFailed, "backup", target), "another name")
	require.Equal(t, d.done("signals", "--json"), d.done("signals", "--json", "--db", target))
	require.Contains(t, d.done("check", "--db", target, "--lang", "de"), "Alles in Ordnung")
}

func TestInfoHistoryAndVersionOfADemo(t *testing.T) {
	d := withDemo(t)
	info := d.done("info", "--lang", "de")
	require.Contains(t, info, d.db)
	require.Regexp(t, `Kunden +900\n`, info)
	require.Regexp(t, `Gebiete +12\n`, info)
	require.Contains(t, d.done("history", "--lang", "de"), "Demodaten erzeugt")
	require.Contains(t, d.refused(codeFailed, "undo"), "nothing to undo", "the demo made the store")
	require.Contains(t, d.done("version"), "doppelpass ")
	require.Contains(t, d.refused(codeFailed, "info", "--db", file(t, "letter.txt", "Dear all")), "no Doppelpass file")
}

func TestADemoThatIsStoppedLeavesNothingBehind(t *testing.T) {
	d := newDesk(t)
	r := &run{Environment: System(), db: d.db}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := r.makeDemo(ctx, d.db, true, demo.Options{Today: model.NewDate(2026, 11, 24), Accounts: 50})
	require.ErrorIs(t, err, context.Canceled)
	left, err := os.ReadDir(filepath.Dir(d.db))
	require.NoError(t, err)
	require.Empty(t, left)
}

func TestWhoStopsReadingIsNoError(t *testing.T) {
	r := &run{Environment: System(), language: "en"}
	require.Equal(t, codeDone, r.exit(nil, &os.PathError{Op: "write", Path: "pipe", Err: syscall.EPIPE}))
	require.Equal(t, codeDone, r.exit(nil, errors.Join(syscall.EPIPE, nil)))
}

func TestPlacesTakeOnlyTables(t *testing.T) {
	d := newDesk(t)
	d.done("import", file(t, "accounts.csv", accountsCSV), "--create-missing")
	for path, want := range map[string]string{
		t.TempDir():                             "Ordner",
		filepath.Join(t.TempDir(), "none"):      "gibt es nicht",
		file(t, "empty.txt", ""):                "ist leer",
		file(t, "kunden.csv", "Kd-Nr.;Firma\n"): "Postleitzahlentabelle",
	} {
		require.Contains(t, d.refused(codeFailed, "--lang", "de", "places", "add", path), want)
	}
}

func TestAFailedImportLeavesNoStoreBehind(t *testing.T) {
	d := newDesk(t)
	d.refused(codeFailed, "import", file(t, "odd.csv", "Farbe,Form\nrot,rund\n"))
	require.NoFileExists(t, d.db)
	d.refused(codeProblems, "import", file(t, "accounts.csv", "code,name,class\nK1,Eins,Q\n"), "--strict")
	require.NoFileExists(t, d.db)
	accounts := file(t, "accounts.csv", accountsCSV)
	d.done("import", accounts, "--create-missing")
	d.refused(codeFailed, "import", file(t, "odd.csv", "Farbe,Form\nrot,rund\n"))
	require.FileExists(t, d.db)
}

func TestExportSaysWhyItCannotWrite(t *testing.T) {
	d := newDesk(t)
	d.done("import", file(t, "accounts.csv", accountsCSV), "--create-missing")
	require.Contains(t, d.refused(codeFailed, "--lang", "de", "export", "accounts", "-o", filepath.Join(t.TempDir(), "nicht", "da.csv")), "den Ordner")
	require.Contains(t, d.refused(codeFailed, "--lang", "de", "export", "accounts", "--format", "csv", "-o", t.TempDir()), "Ordner, keine Datei")
}
