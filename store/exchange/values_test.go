package exchange

// Days, numbers and texts as people write them.

import (
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"doppelpass/model"
)

func TestDays(t *testing.T) {
	day := date(2026, 3, 4)
	for _, test := range []struct {
		cell  string
		order DateOrder
		want  model.Date
		clock model.Clock
	}{
		{"2026-03-04", "", day, 0},
		{"2026-03-04", DayFirst, day, 0},
		{"2026/3/4", "", day, 0},
		{"20260304", "", day, 0},
		{"04.03.2026", "", day, 0},
		{"4.3.26", "", day, 0},
		{"4. 3. 2026", "", day, 0},
		{"04.03.2026 14:30", "", day, model.NewClock(14, 30)},
		{"04.03.2026, 14:30 Uhr", "", day, model.NewClock(14, 30)},
		{"2026-03-04 10:00", "", day, model.NewClock(10, 0)},
		{"2026-03-04T10:00:00.000Z", "", day, model.NewClock(10, 0)},
		{"2026-03-04T10:00:00+01:00", "", day, model.NewClock(9, 0)},
		{"2026-03-04T23:30:00-05:00", "", day + 1, model.NewClock(4, 30)},
		{"2026-03-04 10:00:00 UTC", "", day, model.NewClock(10, 0)},
		{"2026-03-04T00:00:00Z", "", day, 0},
		{"20260304T101500Z", "", day, model.NewClock(10, 15)},
		{"1772582400000", "", day, 0},
		{"1772582400", "", day, 0},
		{"1772618400", "", day, model.NewClock(10, 0)},
		{"4 mars 2026", "", day, 0},
		{"4 de marzo de 2026", "", day, 0},
		{"4 marzo 2026", "", day, 0},
		{"4 de março de 2026", "", day, 0},
		{"4 maart 2026", "", day, 0},
		{"4 marca 2026", "", day, 0},
		{"4 Mart 2026 Çarşamba", "", 0, 0},
		{"4 března 2026", "", day, 0},
		{"mercredi 4 mars 2026", "", day, 0},
		{"mar 4 marzo 2026", "", day, 0},
		{"4 mar 2026", "", day, 0},
		{"29 lutego 2024", "", date(2024, 2, 29), 0},
		{"1er août 2026", "", date(2026, 8, 1), 0},
		{"Wednesday, March 4, 2026", "", day, 0},
		{"Mittwoch, 4. März 2026", "", day, 0},
		{"March 4th, 2026", "", day, 0},
		{"KW 10 2026", "", date(2026, 3, 2), 0},
		{"2026-W10", "", date(2026, 3, 2), 0},
		{"2026-W10-3", "", day, 0},
		{"10. KW 2026", "", date(2026, 3, 2), 0},
		{"KW 54 2026", "", 0, 0},
		{"4 Blub 2026", "", 0, 0},
		{"1900-01-01", "", 0, 0},
		{"01.01.1970", "", 0, 0},
		{"2026-03-04 00:00:00.000", "", day, 0},
		{"3/4/2026", MonthFirst, day, 0},
		{"4/3/2026", DayFirst, day, 0},
		{"3/4/26 2:05 PM", MonthFirst, day, model.NewClock(14, 5)},
		{"03/04/2026 12:10am", MonthFirst, day, model.NewClock(0, 10)},
		{"26-03-04", YearFirst, day, 0},
		{"04-03-2026", DayFirst, day, 0},
		{"03.04.2026", MonthFirst, day, 0},
		{"46085", "", day, 0},
		{"46085.0", "", day, 0},
		{"46085.604166666664", "", day, model.NewClock(14, 30)},
		{"46085,5", "", day, model.NewClock(12, 0)},
		{"4. März 2026", "", day, 0},
		{"04-Mar-2026", "", day, 0},
		{"Mar 4, 2026", "", day, 0},
		{"Mi 04.03.2026", "", day, 0},
		{"Wed, 4 Mar 2026 09:15", "", day, model.NewClock(9, 15)},
		{"29.02.2024", "", date(2024, 2, 29), 0},
		{"1.1.69", "", date(1969, 1, 1), 0},
		{"1.1.68", "", date(2068, 1, 1), 0},
		{"31.12.2199", "", date(2199, 12, 31), 0},

		{"29.02.2026", "", 0, 0},
		{"13.13.2026", "", 0, 0},
		{"03.25.2026", "", 0, 0},
		{"3/25/2026", DayFirst, 0, 0},
		{"2026-13-01", "", 0, 0},
		{"2026-3", "", 0, 0},
		{"04.03.", "", 0, 0},
		{"04.03-2026", "", 0, 0},
		{"4.3.026", "", 0, 0},
		{"01.01.2200", "", 0, 0},
		{"31.12.1899", "", 0, 0},
		{"today", "", 0, 0},
		{"12345678901234567890", "", 0, 0},
		{"9999", "", 0, 0},
		{"2026-03-04 25:00", "", 0, 0},
		{"04.03.2026 and more", "", 0, 0},
	} {
		t.Run(test.cell+" "+string(test.order), func(t *testing.T) {
			in := &input{order: test.order, row: &rowState{plan: &plan{zone: time.UTC}}}
			got, wrong := readDay(in, test.cell)
			require.Equal(t, test.want, got)
			require.Equal(t, test.want == 0, wrong.reason != "")
			require.Equal(t, test.clock, in.row.clock)
			if test.want != 0 {
				in.row.clock = 0
				again, _ := readDay(in, test.cell)
				require.Equal(t, test.want, again)
				require.Equal(t, test.clock, in.row.clock, "the memory of the last cell knows its time")
			}
		})
	}
}

func TestOneLayoutForAColumn(t *testing.T) {
	visits := func(days ...string) string { return "account;date\nK-1;" + strings.Join(days, "\nK-1;") + "\n" }
	read := func(order DateOrder, days ...string) ([]model.Date, readTable, error) {
		got, err := tryFile(t, inFile(t, "t.csv", visits(days...)), Options{Dates: order})
		var list []model.Date
		for _, r := range got.records {
			list = append(list, r.(model.Visit).Date)
		}
		return list, got, err
	}
	got, _, err := read("", "03/04/2026", "25/04/2026")
	require.NoError(t, err)
	require.Equal(t, []model.Date{date(2026, 4, 3), date(2026, 4, 25)}, got)

	got, _, err = read("", "03/04/2026", "04/25/2026")
	require.NoError(t, err)
	require.Equal(t, []model.Date{date(2026, 3, 4), date(2026, 4, 25)}, got)

	_, _, err = read("", "05/05/2026", "03/04/2026", "06/07/2026")
	require.Equal(t, ReasonDatesAmbiguous, reasonOf(t, err))
	require.Equal(t, []string{"date", "03/04/2026", "2026-04-03", "2026-03-04"}, err.(*FileError).Args)

	got, _, err = read(MonthFirst, "05/05/2026", "03/04/2026")
	require.NoError(t, err)
	require.Equal(t, date(2026, 3, 4), got[1])

	got, _, err = read("", "05/05/2026", "06/06/2026")
	require.NoError(t, err, "either reading is the same")
	require.Equal(t, []model.Date{date(2026, 5, 5), date(2026, 6, 6)}, got)

	_, _, err = read("", "25/04/2026", "04/26/2026")
	require.Equal(t, ReasonDatesMixed, reasonOf(t, err))

	got, table, err := read(DayFirst, "25/04/2026", "04/26/2026")
	require.NoError(t, err)
	require.Len(t, got, 1)
	require.Equal(t, ReasonNoDate, table.problems[0].Reason)

	_, _, err = read("", "01-02-03")
	require.Equal(t, ReasonDatesAmbiguous, reasonOf(t, err))

	got, _, err = read("", "03.04.2026", "2026-04-05", "no date")
	require.NoError(t, err, "cells with one reading each need no order")
	require.Equal(t, []model.Date{date(2026, 4, 3), date(2026, 4, 5)}, got)

	// What settles or raises the question may stand far below the sample.
	many := make([]string, 30000)
	for i := range many {
		many[i] = "03/04/2026"
	}
	got, _, err = read("", append(many, "25/04/2026")...)
	require.NoError(t, err)
	require.Equal(t, date(2026, 4, 3), got[0])
	_, _, err = read("", append(many, "25/04/2026", "04/25/2026")...)
	require.Equal(t, ReasonDatesMixed, reasonOf(t, err))
	for i := range many {
		many[i] = "2026-04-03"
	}
	_, _, err = read("", append(many, "03/04/2026")...)
	require.Equal(t, ReasonDatesAmbiguous, reasonOf(t, err))
}

func TestDatesShowsAnExample(t *testing.T) {
	f, err := Open(inFile(t, "t.csv", "code,name,start,end\nC1,Mailing,3/4/2026,\nC2,Fair,3/25/2026,04.05.2026\n"), Options{})
	require.NoError(t, err)
	defer f.Close()
	m, err := f.Mapping()
	require.NoError(t, err)
	days, err := f.Dates(m)
	require.NoError(t, err)
	require.Equal(t, []DateReading{
		{Header: "start", Column: "start", Order: MonthFirst, Example: "3/4/2026", Day: date(2026, 3, 4)},
		{Header: "end", Column: "end", Order: "", Example: "04.05.2026", Day: date(2026, 5, 4)},
	}, days)
	m.Columns[2].Dates = DayFirst // as a person may choose
	days, err = f.Dates(m)
	require.NoError(t, err)
	require.Equal(t, date(2026, 4, 3), days[0].Day)
}

func TestAmounts(t *testing.T) {
	for _, test := range []struct {
		cell  string
		point byte
		want  model.Money
		ok    bool
	}{
		{"12", 0, 1200, true}, {"12.5", 0, 1250, true}, {"12,5", 0, 1250, true}, {"20565.6000", 0, 2056560, true},
		{"20565.6049", 0, 2056560, true}, {"20565.605", '.', 2056561, true}, {"1.234,50 €", 0, 123450, true}, {"€ 1.234,50", 0, 123450, true},
		{"1,234.50", 0, 123450, true}, {"1'234.50", 0, 123450, true}, {"1 234,50", 0, 123450, true}, {"1.234.567", 0, 123456700, true},
		{"1.234", '.', 123, true}, {"1.234", ',', 123400, true}, {"1,234", ',', 123, true}, {"1,234", '.', 123400, true},
		{"0.125", ',', 13, true}, {"-5", 0, -500, true}, {"-5,25", 0, -525, true}, {"5,25-", 0, -525, true}, {"(5.25)", 0, -525, true},
		{"−3", 0, -300, true}, {"+3", 0, 300, true}, {"1.5E+3", 0, 150000, true}, {"USD 12.30", 0, 1230, true}, {"12,30 EUR", 0, 1230, true},
		{".5", 0, 50, true}, {"5.", 0, 500, true}, {"0", 0, 0, true},
		{"", 0, 0, false}, {"much", 0, 0, false}, {"12 apples", 0, 0, false}, {"1,2,3.4.5", 0, 0, false}, {"€", 0, 0, false}, {"-", 0, 0, false},
		{"1e999", 0, 0, false}, {"99999999999999999999", 0, 0, false}, {"NaN", 0, 0, false}, {"0x10", 0, 0, false},
	} {
		t.Run(test.cell, func(t *testing.T) {
			in := &input{point: test.point, row: &rowState{plan: &plan{}}, sort: ofAmounts}
			got, wrong := readMoney(in, test.cell)
			require.Equal(t, test.ok, wrong.reason == "", wrong)
			require.Equal(t, test.want, got)
		})
	}
}

func TestDecimalSignOfAColumn(t *testing.T) {
	values := func(text string, o Options) (list []model.Money, problems []Problem) {
		got := readText(t, text, o)
		for _, r := range got.records {
			list = append(list, r.(model.Visit).Value)
		}
		return list, got.problems
	}
	list, _ := values("account|date|value\nK|2026-03-04|1.234\nK|2026-03-04|0,5\n", Options{})
	require.Equal(t, []model.Money{123400, 50}, list, "the column's other cells tell")
	list, _ = values("account|date|value\nK|2026-03-04|1.234\nK|2026-03-04|0.5\n", Options{})
	require.Equal(t, []model.Money{123, 50}, list)
	list, _ = values("account;date;value\nK;2026-03-04;1.234\n", Options{})
	require.Equal(t, []model.Money{123400}, list, "the delimiter tells")
	list, _ = values("account;date;value\nK;2026-03-04;1.234\n", Options{Point: '.'})
	require.Equal(t, []model.Money{123}, list, "the person tells")
	list, problems := values("account;date;value\nK;2026-03-04;1.234\nK;2026-03-04;0.5\nK;2026-03-04;0,5\n", Options{})
	require.Equal(t, []model.Money{0, 50, 50}, list)
	require.Equal(t, ReasonNumberAmbiguous, problems[0].Reason)
	require.True(t, problems[0].Kept)
}

func TestClean(t *testing.T) {
	for give, want := range map[string]string{
		"Müller & Söhne, 5 €": "Müller & Söhne, 5 €",
		"":                    "",
		"a\x00b\x07c\x7f":     "abc",
		"\x1b[31mred\x1b[0m":  "red",
		"\x1b]0;title\x07x":   "x",
		"\x1b]8;;http://example.com\x1b\\link\x1b]8;;\x1b\\": "link",
		"\x1bPq#0;2\x1b\\x":      "x",
		"\u009b31mred":           "red",
		"\u009d0;t\u009cx":       "x",
		"\x1b]unfinished":        "unfinished",
		"\x1b(B\x1bcx":           "x",
		"\x1b":                   "",
		"a\u202eb\u2066c\u200bd": "abcd",
		"a\tb\r\nc\rd\ne":        "a b c d e",
		"a\u00a0b\u2009c":        "a b c",
		"\ufeffa\xffb\xc3":       "ab",
		"\xc3\x1b[m\xbc":         "",
		"'+49":                   "'+49",
		"e\u0301":                "e\u0301",
	} {
		require.Equal(t, want, Clean(give), "%q", give)
	}
	require.Equal(t, "a\nb\n\nc d", clean("a\r\nb\n\rc\td", true))
	require.Zero(t, testing.AllocsPerRun(10, func() { Clean("Müller & Söhne GmbH, Straße 5") }))
}

func TestGuard(t *testing.T) {
	for _, s := range []string{"=1+1", "+49", "-x", "@a", "'=x", "''+x", "'NULL", "NULL", "'s-Hertogenbosch", "'", "''", "", "plain"} {
		if s == "" {
			continue
		}
		require.Equal(t, s, unguarded(guarded(s)), s)
	}
	require.Equal(t, "'=1+1", guarded("=1+1"))
	for _, wide := range []string{"＝1", "＋1", "－1", "＠x", "﹦1", "﹢1", "﹣1", "﹫x"} {
		require.Equal(t, "'"+wide, guarded(wide))
		require.Equal(t, wide, unguarded(guarded(wide)))
	}
	require.Equal(t, "'s-Hertogenbosch", guarded("'s-Hertogenbosch"))
	require.Equal(t, "'\tx", guarded("\tx"))
}

func FuzzClean(f *testing.F) {
	for _, s := range []string{"\x1b[31mred", "\u009b31m", "a\u202eb", "\xc3\x1b[m\xbc", "\x1b]x", "ä\r\n"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for _, lines := range []bool{false, true} {
			got := clean(s, lines)
			if !utf8.ValidString(got) {
				t.Fatalf("%q is no UTF-8", got)
			}
			if again := clean(got, lines); again != got {
				t.Fatalf("%q becomes %q", got, again)
			}
			for _, r := range got {
				if unwanted(r) && (r != '\n' || !lines) {
					t.Fatalf("%q holds %U", got, r)
				}
			}
			if unguarded := tidied(s, true, lines); strings.ContainsRune(unguarded, 0x1b) {
				t.Fatalf("%q", unguarded)
			}
		}
	})
}

func FuzzDay(f *testing.F) {
	for _, s := range []string{"2026-03-04", "4.3.26", "04.03.2026 14:30", "46085.5", "4. März 2026", "Mi 04.03.2026", "Mar 4, 2026", "3/4/26 2:05 PM"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		s = tidied(s, true, false)
		if s == "" {
			return
		}
		for _, order := range []DateOrder{DayFirst, MonthFirst, YearFirst} {
			in := &input{order: order, row: &rowState{plan: &plan{}}}
			d, wrong := readDay(in, s)
			if (wrong.reason == "") != (d >= model.FirstDate && d <= model.LastDate) || in.row.clock > 24*60 {
				t.Fatalf("%q: %v %v %v", s, d, wrong, in.row.clock)
			}
		}
		c, _ := readClock(s, true)
		if m, ok := readDuration(s, true); ok && (m < 0 || m > 24*60) || c > 24*60 {
			t.Fatalf("%q: %d minutes, clock %d", s, m, c)
		}
	})
}

func FuzzAmount(f *testing.F) {
	for _, s := range []string{"1.234,50 €", "(5.25)", "1'234.50", "1.5E+3", "5,25-", "−3"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		in := &input{point: ',', row: &rowState{plan: &plan{}}, sort: ofAmounts}
		if m, wrong := readMoney(in, s); wrong.reason == "" && (m > largestMoney || m < -largestMoney) {
			t.Fatalf("%q: %d", s, m)
		}
		if point := decimalEvidence(s); point != 0 && point != '.' && point != ',' {
			t.Fatalf("%q: %q", s, point)
		}
		whole(100).read(in, s)
		degrees(90).read(in, s)
	})
}

// Files often name only foreign countries; what stands beside them is German, if
// its postcodes look it.
func TestLostZerosBesideForeignCountries(t *testing.T) {
	postcodes := func(text string) (list []string) {
		for _, r := range readText(t, text, Options{}).records {
			list = append(list, r.(model.Account).Address.Postcode)
		}
		return list
	}
	require.Equal(t, []string{"70173", "01067", "1010", "01069"},
		postcodes("Kd-Nr.;Firma;PLZ;Land\n1;A;70173;\n2;B;1067;\n3;C;1010;Österreich\n4;D;1069;DE\n"))
	require.Equal(t, []string{"1010", "8010", "10115", "01067"},
		postcodes("Kd-Nr.;Firma;PLZ;Land\n1;A;1010;\n2;B;8010;\n3;C;10115;Deutschland\n4;D;1067;Deutschland\n"))
}
