package ui_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// business is a small one in a file: Katrin Sommer with twelve accounts in Ulm and seven
// confirmed visits in two weeks of December, Timo Brandt with six in the Allgäu, and a
// mailing in Ulm.
func business(t *testing.T) string {
	t.Helper()
	folder := t.TempDir()
	db := filepath.Join(folder, "data.db")
	accounts, visits := "code,name,territory,class,street,postcode,city,lat,lon,since\n", "account,date,time,rep\n"
	for i := range 12 {
		accounts += fmt.Sprintf("K%02d,Kunde %02d,T1,%c,Weg %d,89073,Ulm,%.3f,%.3f,2024-01-01\n", i, i, "ABC"[i%3], i, 48.40+0.01*float64(i%4), 9.98+0.01*float64(i/4))
		visits += fmt.Sprintf("K%02d,2026-0%d-1%d,09:00,R1\n", i, 3+i%3, i%9)
	}
	for i := range 6 {
		accounts += fmt.Sprintf("L%02d,Laden %02d,T2,B,Gasse %d,87435,Kempten,%.3f,10.31,2024-01-01\n", i, i, i, 47.72+0.01*float64(i))
		visits += fmt.Sprintf("L%02d,2026-10-1%d,09:00,R2\n", i, i)
	}
	plan := "account,date,time,minutes,rep\n"
	for i, day := range []string{"07", "08", "09", "10", "11", "14", "15"} {
		plan += fmt.Sprintf("K%02d,2026-12-%s,%02d:00,30,R1\n", i, day, 10+i%3)
	}
	for _, table := range []struct{ name, content string }{
		{"reps", "code,name,home_city,home_postcode\nR1,Katrin Sommer,Ulm,89073\nR2,Timo Brandt,Kempten,87435\n"},
		{"territories", "code,name,rep,region\nT1,Ulm,R1,Süd\nT2,Allgäu,R2,Süd\n"},
		{"accounts", accounts}, {"visits", visits}, {"plan", plan},
		{"campaigns", "code,name,kind,territories,start,end,status\nC1,Wintermailing,mailing,T1,2026-12-08,2026-12-22,planned\n"},
	} {
		path := filepath.Join(folder, table.name+".csv")
		require.NoError(t, os.WriteFile(path, []byte(table.content), 0o600))
		run(t, "import", path, "--as", table.name, "--db", db, "--today", "2026-11-24")
	}
	return db
}

// whose counts the planned visits of each rep.
func whose(t *testing.T, db string) map[string]int {
	t.Helper()
	count := map[string]int{}
	for _, line := range strings.Split(run(t, "export", "plan", "--db", db, "-o", "-"), "\n")[1:] {
		for _, rep := range []string{"R1", "R2"} {
			if strings.HasPrefix(line, rep+",") {
				count[rep]++
			}
		}
	}
	return count
}

func TestALeavingRepHandsOnTerritoryAndVisits(t *testing.T) {
	for _, size := range sizes {
		t.Run(fmt.Sprintf("%dx%d", size.width, size.height), func(t *testing.T) {
			db := business(t)
			require.Equal(t, map[string]int{"R1": 7}, whose(t, db))
			w := open(t, size.width, size.height, "--db", db, "--today", "2026-11-24", "--lang", "de", "--theme", "dark")
			w.sees(`Wintermailing`)
			w.types("2")
			w.sees(`Katrin Somm`)
			w.types("down", "ctrl+p")
			w.sees(`Befehle`)
			w.types("Außendienst löschen")
			w.sees(`▸ Außendienst löschen`)
			w.types("enter")
			w.sees(`Katrin Sommer geht: wer übernimmt\?`)
			w.sees(`1 Gebiet, 7 bestätigte`)
			w.sees(`▸ doch nicht löschen`)
			w.waits()
			w.types("down")
			w.sees(`▸ Timo Brandt übernimmt`)
			w.types("enter")
			w.sees(`Gelöscht: Katrin Sommer`)
			require.NotContains(t, w.text(), "  Katrin Sommer ")
			w.types("6", ".", ".")
			w.sees(`Timo Brandt · KW 51`)
			w.sees(`Kunde 05`)
			w.types("2", "z")
			w.sees(`Rückgängig gemacht`)
			w.sees(`Ulm +Katrin Somm`)
			w.types("q")
			w.quits()
			require.Equal(t, map[string]int{"R1": 7}, whose(t, db), "one step back brings all of it back")
		})
	}
}

func TestAHolidayOfTwoWeeksWithAStandIn(t *testing.T) {
	for _, size := range sizes {
		t.Run(fmt.Sprintf("%dx%d", size.width, size.height), func(t *testing.T) {
			db := business(t)
			w := open(t, size.width, size.height, "--db", db, "--today", "2026-11-24", "--lang", "de", "--theme", "dark")
			w.sees(`Wintermailing`)
			w.types("6")
			w.sees(`Katrin Sommer · KW 49`)
			w.types("ctrl+p")
			w.sees(`Befehle`)
			w.types("Abwesenheiten")
			w.sees(`▸ Abwesenheiten`)
			w.types("enter")
			w.sees(`Neue Abwesenheit`)
			w.waits()
			w.types("enter")
			w.sees(`Vertretung`)
			w.types("7.12.", "tab", "18.12.", "tab", "tab", "timo", "ctrl+s")
			w.sees(`Katrin Sommer: in dieser Zeit 7 bestätigte`)
			w.sees(`▸ an Timo Brandt übergeben`)
			w.waits()
			w.types("enter")
			w.sees(`Gespeichert: Urlaub, 07\.12\. – 18\.12\., Vertretung Timo Brandt`)
			w.types(".")
			w.sees(`Katrin Sommer · KW 50`)
			w.sees(`Nicht da 07\.12\. – 18\.12\. \(Urlaub\); Timo Brandt vertritt`)
			w.types("r")
			w.sees(`Anderer Außendienstler`)
			w.waits()
			w.types("down", "enter")
			w.sees(`Timo Brandt · KW 50`)
			w.sees(`Vertritt Katrin Sommer \(Ulm\) von Mo 07\.12\.`)
			w.types("2")
			w.sees(`Ulm +weg ab 07\.12\.`)
			w.types("1", "enter")
			w.sees(`Urlaub\); Timo Brandt vertritt`)
			w.types("esc", "q")
			w.quits()

			require.Equal(t, map[string]int{"R2": 7}, whose(t, db))
			var out struct {
				Signals []struct {
					Kind string
					Away struct{ To, Cover string }
				}
			}
			require.NoError(t, json.Unmarshal([]byte(run(t, "signals", "--json", "--db", db, "--today", "2026-12-09")), &out))
			require.Equal(t, "R2", out.Signals[0].Away.Cover)
			require.Equal(t, "2026-12-18", out.Signals[0].Away.To)
			require.Contains(t, run(t, "plan", "--rep", "R2", "--week", "2026-W51", "--ics", "-", "--db", db, "--today", "2026-11-24", "--lang", "de"), "vertritt Katrin Sommer")

			run(t, "undo", "--db", db)
			require.Equal(t, map[string]int{"R1": 7}, whose(t, db), "the holiday and what it moved go back in one step")
		})
	}
}
