// Tests of postcodes and their tables.

package place

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// tableLine is a line as GeoNames writes it.
func tableLine(country, postcode string, lat, lon float64) string {
	return fmt.Sprintf("%s\t%s\tPlace\tState\t01\tProvince\t011\tCommunity\t01111\t%.4f\t%.4f\t4\n", country, postcode, lat, lon)
}

func read(tb testing.TB, lines ...string) *Postcodes {
	tables, report, err := ReadPostcodes(strings.NewReader(strings.Join(lines, "")))
	require.NoError(tb, err)
	require.Empty(tb, report.Bad)
	require.Len(tb, tables, 1)
	return tables[0]
}

func TestNormalizePostcode(t *testing.T) {
	for _, c := range []struct{ country, postcode, want string }{
		{"DE", "1067", "01067"}, {"DE", "01067", "01067"}, {"DE", " 1067 ", "01067"}, {"DE", "1067.0", "01067"}, {"DE", "70173.0", "70173"},
		{"DE", "D-70173", "70173"}, {"DE", "d - 1067", "D - 1067"}, {"DE", "DE-1067", "01067"}, {"DE", "106", "106"}, {"DE", "", ""},
		{"AT", "1067", "1067"}, {"CH", "8001", "8001"}, {"AT", "A-1010", "1010"}, {"CH", "A-1010", "A-1010"},
		{"", "1067", "1067"}, {"GB", "sw1a  1aa", "SW1A 1AA"}, {"NL", "1012 ab", "1012 AB"}, {"SE", "S-958 22", "958 22"},
		{"BR", "05432-043", "05432-043"}, {"PL", "01-012", "01-012"},
	} {
		require.Equalf(t, c.want, NormalizePostcode(c.country, c.postcode), "%s %q", c.country, c.postcode)
	}
}

func TestFindPostcodeOfOtherCountries(t *testing.T) {
	for _, c := range []struct {
		line, asked string
		want        Source
	}{
		{tableLine("GB", "SW1A", 51.5, -0.1), "SW1A 1AA", FromPostcode},
		{tableLine("GB", "SW1A", 51.5, -0.1), "sw1a1aa", FromPostcode},
		{tableLine("GB", "SW1A 1AA", 51.5, -0.1), "SW1A1AA", FromPostcode},
		{tableLine("GB", "SW1A", 51.5, -0.1), "SW1V 4AB", FromPostcodeArea},
		{tableLine("GB", "M1", 53.5, -2.2), "M1 1AE", FromPostcode},
		{tableLine("US", "98052", 47.7, -122.1), "98052-6399", FromPostcode},
		{tableLine("US", "98052", 47.7, -122.1), "98073", FromPostcodeArea},
		{tableLine("NL", "1012", 52.4, 4.9), "1012 AB", FromPostcode},
		{tableLine("NL", "1012", 52.4, 4.9), "1012AB", FromPostcode},
		{tableLine("NL", "1012 AB", 52.4, 4.9), "1012 ab", FromPostcode},
		{tableLine("CA", "K1A", 45.4, -75.7), "K1A 0B1", FromPostcode},
		{tableLine("FR", "75008", 48.9, 2.3), "F-75008", FromPostcode},
		{tableLine("FR", "75008", 48.9, 2.3), "75382", FromNothing},
		{tableLine("AT", "1010", 48.2, 16.4), "A-1010", FromPostcode},
		{tableLine("AT", "1010", 48.2, 16.4), "1015", FromPostcodeArea},
		{tableLine("CH", "8001", 47.4, 8.5), "CH-8001", FromPostcode},
		{tableLine("SE", "111 22", 59.3, 18.1), "SE-11122", FromPostcode},
		{tableLine("PL", "00-001", 52.2, 21.0), "00001", FromPostcode},
		{tableLine("LV", "LV-1010", 56.9, 24.1), "1010", FromPostcode},
		{tableLine("BR", "05432-043", -23.6, -46.7), "05432043", FromPostcode},
		{tableLine("DE", "01067", 51.1, 13.7), "1067", FromPostcode},
		{tableLine("DE", "01067", 51.1, 13.7), "01060", FromPostcodeArea},
		{tableLine("DE", "01067", 51.1, 13.7), "02060", FromNothing},
		{tableLine("DE", "01067", 51.1, 13.7), "01", FromNothing},
		{tableLine("DE", "01067", 51.1, 13.7), "", FromNothing},
		{tableLine("DE", "01067", 51.1, 13.7), "01067; DROP", FromNothing},
		{tableLine("DE", "01067", 51.1, 13.7), strings.Repeat("0", 100), FromNothing},
	} {
		_, source := read(t, c.line).Find(c.asked)
		require.Equalf(t, c.want, source, "%q in %q", c.asked, c.line)
	}
}

func TestBadLinesAreReportedAndLeftOut(t *testing.T) {
	file := "\ufeff" + tableLine("DE", "70173", 48.77, 9.18) +
		"\r\n" +
		"DE\t70174\ttoo short\n" +
		tableLine("Deutschland", "70175", 48, 9) +
		tableLine("DE", "", 48, 9) +
		tableLine("DE", "70 173 is a rather long one", 48, 9) +
		strings.Replace(tableLine("DE", "70176", 48, 9), "48.0000", "north", 1) +
		strings.Replace(tableLine("DE", "70176", 48, 9), "48.0000", "NaN", 1) +
		tableLine("DE", "70177", 91, 9) +
		tableLine("DE", "70178", 0, 0) +
		strings.Repeat("x", 3*longestLine) + "\n" +
		"\x00\x00\x00\n" +
		strings.TrimSuffix(tableLine("at", "1010", 48.2, 16.4), "\n")
	tables, report, err := ReadPostcodes(strings.NewReader(file))
	require.NoError(t, err)
	require.Equal(t, []BadLine{
		{3, TooFewColumns}, {4, BadCountry}, {5, BadPostcode}, {6, BadPostcode}, {7, BadCoordinates}, {8, BadCoordinates},
		{9, BadCoordinates}, {10, BadCoordinates}, {11, LineTooLong}, {12, TooFewColumns},
	}, report.Bad)
	require.Equal(t, 12, report.Lines)
	require.Equal(t, 2, report.Used)
	require.Equal(t, 10, report.BadCount)
	require.Len(t, tables, 2)
	require.Equal(t, "AT", tables[0].Country())
	require.Equal(t, "DE", tables[1].Country())
	require.Equal(t, 1, tables[1].Len())
}

func TestReadPostcodesFails(t *testing.T) {
	_, report, err := ReadPostcodes(strings.NewReader("code,name\nA,B\n"))
	require.Error(t, err)
	require.Equal(t, 2, report.BadCount)
	_, _, err = ReadPostcodes(strings.NewReader(""))
	require.Error(t, err)
	broken := errors.New("the disk is gone")
	_, _, err = ReadPostcodes(io.MultiReader(strings.NewReader(tableLine("DE", "70173", 48, 9)), iotest.ErrReader(broken)))
	require.ErrorIs(t, err, broken)
	_, report, err = ReadPostcodes(strings.NewReader(strings.Repeat("bad\n", 3*mostBadLines)))
	require.Error(t, err)
	require.Equal(t, 3*mostBadLines, report.BadCount)
	require.Len(t, report.Bad, mostBadLines)
}

func TestCentreWithstandsStrangers(t *testing.T) {
	berlin := func(i int) string { return tableLine("DE", fmt.Sprintf("101%02d", i), 52.5, 13.4) }
	lines := []string{berlin(15), berlin(17), berlin(19), berlin(78)}
	for range 10 { // one building, many customers
		lines = append(lines, tableLine("DE", "10115", 52.54, 13.4))
	}
	lines = append(lines, tableLine("DE", "10117", 48.7, 9.2), tableLine("DE", "10117", 48.8, 9.2)) // seats in Stuttgart
	table := read(t, lines...)
	at, source := table.Find("10115")
	require.Equal(t, FromPostcode, source)
	require.InDelta(t, 52.52, at.Lat, 0.001)
	at, _ = table.Find("10117")
	require.InDelta(t, 52.5, at.Lat, 0.001)
	at, source = table.Find("10199")
	require.Equal(t, FromPostcodeArea, source)
	require.InDelta(t, 52.5, at.Lat, 0.02)
}

func drawTable(t *rapid.T) *Postcodes {
	points := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) codePoint {
		return codePoint{
			code: rapid.StringMatching(`[A-Z0-9]{1,12}`).Draw(t, "code"),
			lat:  rapid.Int32Range(-90*codeStepsPerDegree, 90*codeStepsPerDegree).Draw(t, "lat"),
			lon:  rapid.Int32Range(-180*codeStepsPerDegree, 180*codeStepsPerDegree).Draw(t, "lon"),
		}
	}), 1, 60).Draw(t, "points")
	return makePostcodes("GB", points)
}

func TestTablesSurviveEncoding(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		table := drawTable(t)
		decoded, err := DecodePostcodes(table.Encode())
		require.NoError(t, err)
		require.Equal(t, table.Encode(), decoded.Encode())
		for i := range table.exact.ends {
			at, source := decoded.Find(table.exact.code(i))
			require.Equal(t, FromPostcode, source)
			require.Equal(t, table.exact.at(i), at)
		}
	})
}

func TestDecodeRefusesDamage(t *testing.T) {
	good := read(t, tableLine("DE", "70173", 48.77, 9.18), tableLine("DE", "70174", 48.78, 9.17)).Encode()
	_, err := DecodePostcodes(good)
	require.NoError(t, err)
	for cut := range good {
		_, err := DecodePostcodes(good[:cut])
		require.Errorf(t, err, "cut to %d bytes", cut)
	}
	_, err = DecodePostcodes(append(bytes.Clone(good), 0))
	require.Error(t, err)
	newer := bytes.Clone(good)
	newer[0] = 9
	_, err = DecodePostcodes(newer)
	require.ErrorContains(t, err, "version 9")
	huge := append([]byte{postcodesVersion, 'D', 'E'}, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f)
	_, err = DecodePostcodes(huge)
	require.Error(t, err)
}

func FuzzReadPostcodes(f *testing.F) {
	f.Add([]byte(tableLine("DE", "70173", 48.77, 9.18)+tableLine("GB", "SW1A", 51.5, -0.1)), "70173")
	f.Add([]byte("DE\t1067\t\t\t\t\t\t\t\t-0.00001\t1e2\t\r\n\n\xff"), "SW1A 1AA")
	f.Add([]byte("\ufeffDE\tD-1067.0\t\t\t\t\t\t\t\t1\t1"), "D-1067")
	f.Fuzz(func(t *testing.T, file []byte, asked string) {
		tables, report, err := ReadPostcodes(bytes.NewReader(file))
		require.Equal(t, report.Lines, report.Used+report.BadCount)
		if err != nil {
			return
		}
		for _, table := range tables {
			if at, source := table.Find(asked); source != FromNothing {
				require.True(t, at.Lat >= -90 && at.Lat <= 90 && at.Lon >= -180 && at.Lon <= 180)
			}
			decoded, err := DecodePostcodes(table.Encode())
			require.NoError(t, err)
			require.Equal(t, table.Encode(), decoded.Encode())
		}
	})
}

func FuzzDecodePostcodes(f *testing.F) {
	f.Add(read(f, tableLine("DE", "70173", 48.77, 9.18), tableLine("DE", "80331", 48.1, 11.6)).Encode())
	f.Add([]byte{postcodesVersion, 'D', 'E', 0, 0})
	f.Fuzz(func(t *testing.T, data []byte) {
		table, err := DecodePostcodes(data)
		if err != nil {
			return
		}
		again, err := DecodePostcodes(table.Encode())
		require.NoError(t, err)
		require.Equal(t, table.Encode(), again.Encode())
		table.Find("70173")
		for i := range table.exact.ends {
			at, _ := table.Find(table.exact.code(i))
			require.True(t, at.Lat >= -90 && at.Lat <= 90 && at.Lon >= -180 && at.Lon <= 180)
		}
	})
}

func BenchmarkDecodePostcodes(b *testing.B) {
	data := germanTable(b).Encode()
	b.ReportAllocs()
	for b.Loop() {
		if _, err := DecodePostcodes(data); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkReadPostcodes(b *testing.B) {
	file, err := io.ReadAll(sample(b, "places", "DE.txt"))
	require.NoError(b, err)
	b.SetBytes(int64(len(file)))
	for b.Loop() {
		if _, _, err := ReadPostcodes(bytes.NewReader(file)); err != nil {
			b.Fatal(err)
		}
	}
}
