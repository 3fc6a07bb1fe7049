package place

// The large towns of a part of the earth, for whoever wants to know where they are looking.

import (
	"cmp"
	"slices"
	"strings"
)

// Largest are the towns of countries with at least some 20,000 people, the largest first, of each
// country at most so many. Parts of towns are none. Nothing of it is kept: it takes some
// milliseconds a country.
func Largest(most int, countries ...string) (towns []Town) {
	type ranked struct {
		Town
		rank byte
	}
	var found []ranked
	for _, code := range countries {
		c, err := unindexed(code)
		if err != nil {
			continue // a country without towns
		}
		var own []int32
		for i, rank := range c.rank {
			if rank >= rank20k {
				own = append(own, int32(i))
			}
		}
		slices.SortFunc(own, func(x, y int32) int {
			return cmp.Or(cmp.Compare(c.rank[y], c.rank[x]), strings.Compare(c.names[x], c.names[y]), cmp.Compare(x, y))
		})
		for _, i := range own[:min(len(own), most)] {
			found = append(found, ranked{c.town(i), c.rank[i]})
		}
	}
	slices.SortStableFunc(found, func(x, y ranked) int { return cmp.Compare(y.rank, x.rank) })
	for _, town := range found {
		towns = append(towns, town.Town)
	}
	return towns
}

// germanNames are what a German reader calls large towns that the list has under another name.
var germanNames = map[string]string{
	"DE Munich": "München", "DE Nuremberg": "Nürnberg", "DE Frankfurt am Main": "Frankfurt", "AT Vienna": "Wien", "CH Geneva": "Genf",
	"CH Biel/Bienne": "Biel", "CH Fribourg": "Freiburg", "CH Neuchâtel": "Neuenburg", "CH Sankt Gallen": "St. Gallen", "LU Luxembourg": "Luxemburg",
	"FR Strasbourg": "Straßburg", "FR Mulhouse": "Mülhausen", "FR Nice": "Nizza", "IT Rome": "Rom", "IT Milan": "Mailand", "IT Naples": "Neapel",
	"IT Genoa": "Genua", "IT Florence": "Florenz", "IT Venice": "Venedig", "IT Trieste": "Triest", "IT Trento": "Trient", "IT Bolzano": "Bozen",
	"CZ Prague": "Prag", "CZ Brno": "Brünn", "PL Warsaw": "Warschau", "PL Kraków": "Krakau", "PL Wrocław": "Breslau",
	"PL Gdańsk": "Danzig", "PL Poznań": "Posen", "PL Szczecin": "Stettin", "BE Brussels": "Brüssel", "BE Liège": "Lüttich",
	"NL The Hague": "Den Haag", "NL Nijmegen": "Nimwegen", "DK Copenhagen": "Kopenhagen",
}

// Called is what a reader of a language calls the town.
func (t Town) Called(lang string) string {
	if german := germanNames[t.Country+" "+t.Name]; german != "" && lang == "de" {
		return german
	}
	return t.Name
}
