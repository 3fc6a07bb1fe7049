package exchange

// Rows of totals and of groups: spreadsheets and pivot tables write them between and
// below the rows of a table, and nobody called "Gesamtergebnis" is a customer.

import (
	"strings"
	"sync"
)

// totals are whole folded cells that begin a row of totals.
var totals = foldedSet("Summe", "Summen", "Gesamt", "Gesamtsumme", "Gesamtergebnis", "Gesamtumsatz", "Zwischensumme", "Teilergebnis", "Total", "Totals", "Grand Total", "Sub-total", "Subtotal", "Sum",
	"Total general", "Total général", "Sous-total", "Totale", "Totale complessivo", "Total geral", "Totaal", "Eindtotaal", "Subtotaal", "Suma", "Suma końcowa", "Razem", "Toplam", "Genel Toplam",
	"Durchschnitt", "Mittelwert", "Average")

// counters are folded beginnings of cells that stand alone below a table and count it.
var counters = [...]string{"summe", "gesamt", "anzahl", "total", "count", "records", "datensatze", "nombrede", "toplam", "razem"}

// isTotal reports a row that adds up others: its first cell says so, and what stands
// beside it are numbers only.
func isTotal(cells []string, unclean bool) bool {
	first := 0
	for first < len(cells) && cells[first] == "" {
		first++
	}
	if first == len(cells) || len(cells[first]) > 32 || !totalLike()[cells[first][0]|0x20] {
		return false
	}
	if key := fold(tidied(cells[first], unclean, false)); !totals()[strings.TrimRight(key, "0123456789")] {
		return false
	}
	for _, cell := range cells[first+1:] {
		if cell = tidied(cell, unclean, false); cell == "" {
			continue
		}
		if _, _, ok := plainNumber(strings.TrimSuffix(cell, "%"), '.'); !ok {
			return false
		}
	}
	return true
}

// totalLike are the first letters, small, of what totals holds: it spares most rows
// the folding.
var totalLike = sync.OnceValue(func() *[256]bool {
	var is [256]bool
	for word := range totals() {
		is[word[0]] = true
	}
	return &is
})

// countsRows reports "Anzahl: 12" and "Summe Besuche: 2", which stand alone in a row.
func countsRows(cell string) bool {
	if len(cell) > 48 || !strings.ContainsAny(cell, "0123456789") || !strings.ContainsAny(cell, ":=") {
		return false
	}
	key := fold(cell)
	for _, word := range counters {
		if strings.HasPrefix(key, word) {
			return true
		}
	}
	return false
}
