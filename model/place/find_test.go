// Tests of finding towns by name.

package place

import (
	"strings"
	"sync"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func TestFindForgivesSpelling(t *testing.T) {
	var towns Towns
	for _, c := range []struct {
		country, called, region, postcode string
		want                              string // name, region
	}{
		{"DE", "München", "", "", "Munich, Bavaria"},
		{"DE", "MUENCHEN", "", "", "Munich, Bavaria"},
		{"DE", "munchen", "", "", "Munich, Bavaria"},
		{"DE", "Mu\u0308nchen", "", "", "Munich, Bavaria"},
		{"DE", "Munich", "", "", "Munich, Bavaria"},
		{"DE", "Cologne", "", "", "Köln, North Rhine-Westphalia"},
		{"DE", "Koeln", "", "", "Köln, North Rhine-Westphalia"},
		{"DE", "Nuremberg", "", "", "Nuremberg, Bavaria"},
		{"DE", "Nürnberg", "", "", "Nuremberg, Bavaria"},
		{"DE", "Giessen", "", "", "Gießen, Hesse"},
		{"DE", "GIEẞEN", "", "", "Gießen, Hesse"},
		{"DE", "St. Augustin", "", "", "Sankt Augustin, North Rhine-Westphalia"},
		{"DE", "St.Augustin", "", "", "Sankt Augustin, North Rhine-Westphalia"},
		{"DE", "Saint Augustin", "", "", "Sankt Augustin, North Rhine-Westphalia"},
		{"DE", "Castrop Rauxel", "", "", "Castrop-Rauxel, North Rhine-Westphalia"},
		{"DE", "Gr. Gerau", "", "", "Groß-Gerau, Hesse"},
		{"DE", "Bad Homburg v.d.H.", "", "", "Bad Homburg vor der Höhe, Hesse"},
		{"DE", "Frankfurt", "", "", "Frankfurt am Main, Hesse"},
		{"DE", "Frankfurt am Main", "", "", "Frankfurt am Main, Hesse"},
		{"DE", "Frankfurt/Main", "", "", "Frankfurt am Main, Hesse"},
		{"DE", "Frankfurt / M.", "", "", "Frankfurt am Main, Hesse"},
		{"DE", "Frankfurt a. M.", "", "", "Frankfurt am Main, Hesse"},
		{"DE", "Frankfurt a.M.", "", "", "Frankfurt am Main, Hesse"},
		{"DE", "Frankfurt (Main)", "", "", "Frankfurt am Main, Hesse"},
		{"DE", "Frankfurt-Höchst", "", "", "Frankfurt am Main, Hesse"},
		{"DE", "Frankfurt (Oder)", "", "", "Frankfurt (Oder), Brandenburg"},
		{"DE", "Frankfurt/O.", "", "", "Frankfurt (Oder), Brandenburg"},
		{"DE", "Frankfurt an der Oder", "", "", "Frankfurt (Oder), Brandenburg"},
		{"DE", "Frankfurt", "", "15230", "Frankfurt (Oder), Brandenburg"},
		{"DE", "Frankfurt", "Brandenburg", "", "Frankfurt (Oder), Brandenburg"},
		{"DE", "Halle", "", "", "Halle (Saale), Saxony-Anhalt"},
		{"DE", "Halle (Saale)", "", "", "Halle (Saale), Saxony-Anhalt"},
		{"DE", "Halle/Saale", "", "", "Halle (Saale), Saxony-Anhalt"},
		{"DE", "Halle Saale", "", "", "Halle (Saale), Saxony-Anhalt"},
		{"DE", "Halle a.d. Saale", "", "", "Halle (Saale), Saxony-Anhalt"},
		{"DE", "Halle (Westf.)", "", "", "Halle, North Rhine-Westphalia"},
		{"DE", "Halle", "Nordrhein-Westfalen", "", "Halle, North Rhine-Westphalia"},
		{"DE", "Rothenburg ob der Tauber", "", "", "Rothenburg ob der Tauber, Bavaria"},
		{"DE", "Rothenburg o.d.T.", "", "", "Rothenburg ob der Tauber, Bavaria"},
		{"DE", "Rothenburg o. d. Tauber", "", "", "Rothenburg ob der Tauber, Bavaria"},
		{"DE", "Neustadt a.d. Weinstraße", "", "", "Neustadt an der Weinstraße, Rheinland-Pfalz"},
		{"DE", "Neustadt/Weinstr.", "", "", "Neustadt an der Weinstraße, Rheinland-Pfalz"},
		{"DE", "Neustadt an der Aisch", "", "", "Neustadt an der Aisch, Bavaria"},
		{"DE", "Vaihingen/Enz", "", "", "Vaihingen an der Enz, Baden-Wurttemberg"},
		{"DE", "Stuttgart-Vaihingen", "", "", "Stuttgart, Baden-Wurttemberg"},
		{"DE", "Stuttgart Bad Cannstatt", "", "", "Stuttgart, Baden-Wurttemberg"},
		{"DE", "Ulm (Wiblingen)", "", "", "Ulm, Baden-Wurttemberg"},
		{"DE", "Hamburg Winterhude", "", "", "Hamburg, Hamburg"},
		{"DE", "Mülheim a.d.R.", "", "", "Mülheim, North Rhine-Westphalia"},
		{"DE", "Muelheim an der Ruhr", "", "", "Mülheim, North Rhine-Westphalia"},
		{"DE", "Freiburg i. Br.", "", "", "Freiburg, Baden-Wurttemberg"},
		{"DE", "Lutherstadt Wittenberg", "", "", "Wittenberg, Saxony-Anhalt"},
		{"DE", "Stade", "", "", "Hansestadt Stade, Lower Saxony"},
		{"DE", "Zinnowitz", "", "", "Ostseebad Zinnowitz, Mecklenburg-Vorpommern"},
		{"DE", "Munster", "", "", "Munster, Lower Saxony"},
		{"DE", "Munster", "", "48143", "Münster, North Rhine-Westphalia"},
		{"DE", "Münster", "", "", "Münster, North Rhine-Westphalia"},
		{"DE", "Neunburg vorm Wald", "", "", "Neunburg vorm Wald, Bavaria"},
		{"DE", "70173 Stuttgart", "", "", "Stuttgart, Baden-Wurttemberg"},
		{"DE", "  stuttgart ", "", "", "Stuttgart, Baden-Wurttemberg"},
		{"AT", "Wien", "", "", "Vienna, Vienna"},
		{"AT", "1030 Wien", "", "", "Vienna, Vienna"},
		{"AT", "Klagenfurt", "", "", "Klagenfurt am Wörthersee, Carinthia"},
		{"AT", "St. Pölten", "", "", "Sankt Pölten, Lower Austria"},
		{"CH", "Genf", "", "", "Geneva, Geneva"},
		{"CH", "Zurich", "", "", "Zürich, Zurich"},
		{"CH", "St.Gallen", "", "", "Sankt Gallen, Saint Gallen"},
		{"FR", "Paris Cedex 08", "", "", "Paris, Île-de-France"},
		{"FR", "Paris La Défense", "", "", "Paris, Île-de-France"},
		{"FR", "St-Etienne", "", "", "Saint-Étienne, Auvergne-Rhône-Alpes"},
		{"IT", "Mailand", "", "", "Milan, Lombardy"},
		{"IT", "Bozen", "", "", "Bolzano, Trentino-Alto Adige"},
		{"NL", "'s-Gravenhage", "", "", "The Hague, South Holland"},
		{"NL", "Alphen a/d Rijn", "", "", "Alphen aan den Rijn, South Holland"},
		{"BE", "Brüssel", "", "", "Brussels, Brussels Capital"},
		{"DK", "Kobenhavn", "", "", "Copenhagen, Capital Region"},
		{"DK", "Aarhus", "", "", "Århus, Central Jutland"},
		{"PL", "Breslau", "", "", "Wrocław, Lower Silesia"},
		{"CZ", "Praha 4", "", "", "Prague, Prague"},
		{"MX", "México D.F.", "", "", "Mexico City, Mexico City"},
		{"BR", "Sao Paulo", "", "", "São Paulo, São Paulo"},
		{"GB", "London SW7", "", "", "London, England"},
		{"GB", "Newcastle", "", "", "Newcastle upon Tyne, England"},
		{"US", "New York", "", "", "New York City, New York"},
		{"US", "St Louis", "", "", "St. Louis, Missouri"},
		{"US", "Springfield, IL", "", "", "Springfield, Illinois"},
		{"US", "Springfield", "Oregon", "", "Springfield, Oregon"},
		{"US", "Portland", "", "", "Portland, Oregon"},
		{"US", "Portland", "", "04101", "Portland, Maine"},
		{"US", "Portland", "ME", "", "Portland, Maine"},
		{"US", "Anchorage", "", "99508", "Anchorage, Alaska"},
		{"CA", "Vancouver", "BC", "", "Vancouver, British Columbia"},
	} {
		town, ok := towns.Find(c.country, c.called, Hint{Region: c.region, Postcode: c.postcode})
		require.Truef(t, ok, "%s %q", c.country, c.called)
		require.Equalf(t, c.want, town.Name+", "+town.Region, "%s %q %q %q", c.country, c.called, c.region, c.postcode)
		require.Equal(t, c.country, town.Country)
	}
}

func TestFindRatherFindsNothing(t *testing.T) {
	var towns Towns
	for _, c := range []struct{ country, called, postcode string }{
		{"DE", "", ""}, {"DE", " - ", ""}, {"DE", "Nirgendwo", ""}, {"DE", "Bad Nirgendwo", ""},
		{"DE", "Kissingen", ""},             // it is Bad Kissingen
		{"DE", "Neustadt an der Nidda", ""}, // many a Neustadt, but none there
		{"DE", "Hägen", ""},                 // nobody adds an umlaut to Hagen
		{"DE", "Kiel", "80331"},             // no Kiel in Upper Bavaria
		{"GB", "Stoke on Nowhere", ""},
		{"US", "Newtown Nowhere", ""},
		{"DE", strings.Repeat("Berlin ", 10_000), ""}, // and quickly
		{"ZZ", "Stuttgart", ""}, {"", "Stuttgart", ""},
	} {
		town, ok := towns.Find(c.country, c.called, Hint{Postcode: c.postcode})
		require.Falsef(t, ok, "%s %q → %v", c.country, c.called, town)
	}
}

func TestRegionThatIsWrongRulesNothingOut(t *testing.T) {
	town, ok := new(Towns).Find("DE", "Berlin", Hint{Region: "Hessen"})
	require.True(t, ok)
	require.Equal(t, "Berlin", town.Name)
}

func TestFindFromManyGoroutines(t *testing.T) {
	var towns Towns
	var wait sync.WaitGroup
	for _, country := range []string{"LI", "LU", "LI", "MC", "LU", "LI"} {
		wait.Go(func() {
			_, ok := towns.Find(country, map[string]string{"LI": "Vaduz", "LU": "Luxemburg", "MC": "Monaco"}[country], Hint{})
			require.True(t, ok)
		})
	}
	wait.Wait()
}

// Every country unpacks, every town lies on the earth and is found by its own name, and the tables of other names name what exists.
func TestAllTowns(t *testing.T) {
	var codes []string
	_, err := eachSection(func(code string, _, _, _ int) { codes = append(codes, code) })
	require.NoError(t, err)
	require.Len(t, codes, len(countryRows))
	total := 0
	named, regions := map[string]bool{}, map[string]bool{}
	for _, code := range codes {
		require.NotEqual(t, code, CountryName(code, "en"))
		c, err := unpack(code)
		require.NoError(t, err)
		total += len(c.names)
		for i, called := range c.names {
			require.NotEmpty(t, called)
			require.True(t, utf8.ValidString(called))
			require.Truef(t, c.location(int32(i)).Valid(), "%s, %s", called, code)
			named[code+called] = true
			var n name
			n.parse(called)
			_, entered := c.first[string(looseHead(&n, nil))]
			require.Truef(t, entered, "%s, %s", called, code)
		}
		for _, r := range c.regions {
			regions[code+r.code] = true
		}
	}
	require.Equal(t, 171075, total)
	var towns Towns
	for _, o := range otherNames {
		assert.Truef(t, named[o.country+o.name], "no %s, %s with other names", o.name, o.country)
		for other := range strings.SplitSeq(o.others, "|") {
			town, ok := towns.Find(o.country, other, Hint{})
			assert.Truef(t, ok, "%s, %s", other, o.country)
			assert.Equalf(t, o.name, town.Name, "%s, %s", other, o.country)
		}
	}
	for _, r := range regionNames {
		assert.Truef(t, regions[r.country+r.code], "no region %s.%s with other names", r.country, r.code)
	}
}

func TestLooseFolding(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.StringOf(rapid.RuneFrom([]rune("aeouäöüßåøAEOUÄÖÜ éç-'n"))).Draw(t, "text")
		var n name
		n.split(s)
		folded := appendWords(nil, n.words)
		for _, c := range folded {
			require.Less(t, c, byte(utf8.RuneSelf))
		}
		loose := appendLoose(nil, folded)
		require.True(t, loosens(folded, folded))
		require.True(t, loosens(loose, folded))
		require.Equal(t, len(loose) == len(folded), loosens(folded, loose))
	})
}

func FuzzFind(f *testing.F) {
	for _, s := range []string{"Frankfurt a. M.", "Halle (Saale)", "St.-Gallen/", "((((", "a.d.d.d.", "ß", "\xff\xfe", "1 2 3", "Mu\u0308nchen", ""} {
		f.Add(s, "Hessen", "60311")
	}
	var towns Towns
	f.Fuzz(func(t *testing.T, called, region, postcode string) {
		for _, country := range []string{"DE", "US"} {
			if town, ok := towns.Find(country, called, Hint{Region: region, Postcode: postcode}); ok {
				require.True(t, town.Valid())
				_, ok := towns.Find(country, town.Name, Hint{Region: town.Region})
				require.Truef(t, ok, "%q is not found by its own name", town.Name)
			}
		}
	})
}

func BenchmarkFirstLookup(b *testing.B) {
	for _, country := range []string{"DE", "US"} {
		b.Run(country, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := unpack(country); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkFind(b *testing.B) {
	var towns Towns
	for _, called := range []string{"Stuttgart", "Frankfurt a. M.", "Neukirchen", "Stuttgart-Vaihingen", "Nirgendwo"} {
		b.Run(called, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				towns.Find("DE", called, Hint{Postcode: "70173"})
			}
		})
	}
}
