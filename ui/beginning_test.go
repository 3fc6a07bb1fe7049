package ui_test

// The first three minutes: from an empty store and the list that everybody has to
// signals one can believe, by the keys of somebody who has read nothing.

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/text/encoding/charmap"

	"doppelpass/model"
)

// fromExcel is a list of 60 customers as German Excel saves it. Frau Sommer visits
// hers regularly; Herr Häußler has been at 4 of his 20 within half a year.
func fromExcel(t *testing.T, folder string) (path string) {
	t.Helper()
	trades := []string{"Metallbau", "Bäckerei", "Gärtnerei", "Autohaus", "Schreinerei"}
	names := []string{"Müller", "Groß", "König", "Schäfer", "Weiß", "Vogt"}
	towns := []string{"70173;Stuttgart", "89073;Ulm", "73430;Aalen", "1067;Dresden"}
	rows := []string{"Kd-Nr.;Firma;Straße;PLZ;Ort;Telefon;Betreuer;Letzter Besuch;Umsatz"}
	today := model.NewDate(2026, 11, 24)
	for i := range 60 {
		owner, ago := "Katrin Sommer", model.Date(3+2*i)
		if i%3 == 2 {
			owner, ago = "Jörg Häußler", model.Date(190+i)
			if i%15 == 2 {
				ago = model.Date(2 + i)
			}
		}
		last := today - ago
		rows = append(rows, fmt.Sprintf("%d;%s %s %d;Hauptstraße %d;%s;0711 555%04d;%s;%s;%d.%03d,50 €", 10001+i, trades[i%5], names[i%6], i, i+1,
			towns[i%4], i, owner, last.Time().Format("02.01.2006"), 1+i*2, (i*37)%1000))
	}
	encoded, err := charmap.Windows1252.NewEncoder().String(strings.Join(rows, "\r\n") + "\r\n")
	require.NoError(t, err)
	path = filepath.Join(folder, "Kunden 2026.csv")
	require.NoError(t, os.WriteFile(path, []byte(encoded), 0o600))
	return path
}

// mostPresses is how many keys the way may take, without the letters of the path.
const mostPresses = 10

func TestAListBecomesSignalsWithinTenKeys(t *testing.T) {
	for _, size := range sizes {
		t.Run(fmt.Sprintf("%dx%d", size.width, size.height), func(t *testing.T) {
			folder := t.TempDir()
			path := fromExcel(t, folder)
			db := filepath.Join(folder, "new.db")
			w := open(t, size.width, size.height, "--db", db, "--today", "2026-11-24", "--lang", "de", "--theme", "dark")
			presses := 0
			press := func(keys ...string) {
				presses += len(keys)
				w.types(keys...)
			}
			w.sees(`Drei Wege anzufangen`)
			press("down", "enter")
			w.sees(`Welche Dateien|Datei`)
			w.types(path) // a path is typed or pasted, not counted
			press("enter")
			w.sees(`✓ erkannt`)
			w.sees(`Bäckerei Groß 1`) // as it was meant, whatever the encoding
			press("c")
			w.sees(`60 würden hinzugefügt`)
			w.sees(`60 Besuche aus „Letzter Besuch“`)
			press("enter")
			w.sees(`Den Signalen fehlt noch:`)
			w.sees(`60 von 60 Kunden sind in keinem Gebiet`)
			press("enter")
			w.sees(`▸ Ein Gebiet für jeden Betreuer +2 neue Gebiete · 60 Kunden`)
			press("enter")
			w.sees(`Jörg Häußler \(neu, 20 Kunden\)`)
			w.waits()
			press("j")
			w.sees(`✓ Erledigt: 2 neue Gebiete · 60 Kunden`)
			press("1")
			// Marketing should call where Herr Häußler rarely comes; Frau Sommer's customers are all in contact.
			w.sees(`Jörg Häußler.*4/20|Jörg Häußler.*4 von 20`)
			require.NotRegexp(t, `Katrin Sommer +`, strings.ReplaceAll(w.text(), "Am wenigsten Kontakt hat Katrin Sommer", ""))
			require.LessOrEqual(t, presses, mostPresses)

			// What else the list knows comes in as many keys again.
			w.types(":", "Was Signalen", "enter")
			w.sees(`▸ Klassen nach Rang des Potenzials +60 Kunden`)
			w.types("enter")
			w.sees(`A \(12 Kunden, ab 97\.`)
			w.waits()
			w.types("j")
			w.sees(`✓ Erledigt`)
			w.types("z")
			w.sees(`Rückgängig gemacht: Klassen nach Rang`)
			w.types("g")
			w.sees(`○ 60 von 60 Kunden sind in der letzten Klasse`)
			w.types("q")
			w.quits()
		})
	}
}
