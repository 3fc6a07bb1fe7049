package exchange

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

// Every number of a list is read, whatever stands around it, and what is none is named.
func TestListsOfTelephoneNumbers(t *testing.T) {
	for _, c := range []struct {
		name, file      string
		numbers, unread []string
	}{
		{"bare", "+49 711 123456\n0711/222333\n0049-30-5556667\n", []string{"+49 711 123456", "0711/222333", "0049-30-5556667"}, nil},
		{"with a header", "Telefon\n0711 1234567\n\n0711 7654321\n", []string{"0711 1234567", "0711 7654321"}, nil},
		{"below a title", "Sperrliste 2026\n\nRufnummer;Grund\n0711 1234567;Brief\n", []string{"0711 1234567"}, nil},
		{"two columns of numbers", "Name;Telefon;Mobil\nEins;0711 11111;0170 222222\nZwei;;0170 333333\n", []string{"0711 11111", "0170 222222", "0170 333333"}, nil},
		{"columns without telling names", "a;b\nEins;0711 11111\nZwei;0711 22222\n", []string{"0711 11111", "0711 22222"}, nil},
		{"destroyed by a spreadsheet", "Telefon\n\"4,91718E+11\"\n0711 1234567\n", []string{"0711 1234567"}, []string{"4,91718E+11"}},
		{"torn apart", "+49 711 123456\nunbekannt\n4,91718E+11\n0049-30-5556667\n", []string{"+49 711 123456", "0049-30-5556667"}, []string{"4, 91718E+11"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "list.csv")
			require.NoError(t, os.WriteFile(path, []byte(c.file), 0o600))
			list, err := Phones(path, Options{})
			require.NoError(t, err)
			var numbers, unread []string
			for _, n := range list.Numbers {
				numbers = append(numbers, n.Number)
			}
			for _, p := range list.Unread {
				unread = append(unread, p.Value)
			}
			require.Equal(t, c.numbers, numbers)
			require.Equal(t, c.unread, unread)
		})
	}
	path := filepath.Join(t.TempDir(), "none.csv")
	require.NoError(t, os.WriteFile(path, []byte("Name;Ort\nEins;Ulm\n"), 0o600))
	_, err := Phones(path, Options{})
	require.Equal(t, ReasonNoPhones, reasonOf(t, err))
}

// A list of nothing but numbers is no table of customers: it is said what can be done.
func TestNothingButNumbersIsNoTable(t *testing.T) {
	for _, c := range []struct {
		header []string
		rows   [][]string
	}{
		{[]string{"+49 711 123456"}, [][]string{{"0711/222333"}}},
		{[]string{"Telefon"}, [][]string{{"0711/222333"}, {"0711/222334"}}},
	} {
		_, err := Recognise(c.header, c.rows, Options{})
		require.Equal(t, ReasonOnlyPhones, reasonOf(t, err))
	}
}

func TestWordsForClassesAreProposedAndTaken(t *testing.T) {
	for _, c := range []struct {
		words []string
		want  string
	}{
		{[]string{"Silber", "Bronze", "Gold"}, "Gold=A,Silber=B,Bronze=C"},
		{[]string{"niedrig", "hoch"}, "hoch=A,niedrig=B"},
		{[]string{"2", "1", "3", "4"}, "1=A,2=B,3=C,4=C"},
		{[]string{"Neu", "Alt"}, "Neu=A,Alt=B"},
	} {
		require.Equal(t, c.want, classesFor(c.words, nil))
	}
	header, rows := []string{"Kd-Nr.", "Firma", "Klasse"}, [][]string{{"1", "Eins", "Gold"}, {"2", "Zwei", "Silber"}}
	m, err := Recognise(header, rows, Options{})
	require.NoError(t, err)
	require.Equal(t, -1, m.Target("class"))
	m, err = Recognise(header, rows, Options{ClassWords: map[string]string{"Gold": "A", "Silber": "b"}})
	require.NoError(t, err)
	require.Equal(t, 2, m.Target("class"))
	require.NoError(t, CheckClassWords(nil, map[string]string{"Gold": "a"}))
	require.Equal(t, ReasonBadClass, reasonOf(t, CheckClassWords(nil, map[string]string{"Gold": "Z"})))
}
