package exchange

import (
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/stretchr/testify/require"
)

// detectedOf is what is found out about a text in an encoding.
func detectedOf(t *testing.T, e Encoding, text string) Detected {
	t.Helper()
	data, err := charmaps[e].NewEncoder().String(text)
	require.NoError(t, err)
	path := filepath.Join(t.TempDir(), "x.csv")
	require.NoError(t, os.WriteFile(path, []byte(data), 0o600))
	f, err := Open(path, Options{})
	require.NoError(t, err)
	defer f.Close()
	return f.Detected()
}

func TestPlainTextInOldEncodingsIsNotDoubted(t *testing.T) {
	for _, c := range []struct {
		encoding Encoding
		text     string
	}{
		{Windows1252, "Kd-Nr.;Firma;Ort\n1;Müller & Söhne;Köln\n"}, {Windows1252, "Kd-Nr.;Firma;Umsatz\n1;Weiß;12 €\n"},
		{Windows1252, "Code;Société;Ville\n1;Crème brûlée à l’été;Besançon\n2;Hôtel;Orléans\n"}, {Windows1252, "Kd-Nr.;Firma;Ort\n1;MÜLLER;KÖLN\n"},
		{Windows1252, "Código;Empresa;Ciudad\n1;Muñoz;Logroño\n"}, {Windows1252, "Kd-Nr.;Firma\n1;Kühlung 4 °C\n"},
		{CP850, "Kd-Nr.;Firma;Ort\n1;Bäckerei Müller;Köln\n"}, {MacRoman, "Kd-Nr.;Firma;Ort\n1;Bäckerei Müller;Köln\n"},
		{Windows1250, "Numer;Nazwa;Miasto\n1;Łukasz Żak;Łódź\n2;Świętek;Kraków\n"}, {Windows1254, "No;Müşteri;Şehir\n1;Yıldız Işık;İstanbul\n"},
		{Windows1252, "Nr;Firma\n1;Forêt de la Crèche\n2;Hôtel à la Fenêtre\n"}, {Windows1252, "Nr;Firma\n1;São João\n2;Ações\n"},
		{Windows1252, "Nr;Firma\n1;København\n2;Sørensen\n"}, {Windows1250, "Nr;Firma\n1;Dvořák\n2;Plzeň\n3;Nový\n4;Škoda\n"},
		{Windows1252, "Nr;Firma\n1;Smørrebrød Åse\n2;Ångström\n"},
	} {
		d := detectedOf(t, c.encoding, c.text)
		require.Empty(t, d.Doubt, "%s in %s", c.text, c.encoding)
		require.Equal(t, c.encoding, d.Encoding, c.text)
	}
}

func TestAnEncodingInDoubtShowsTheCells(t *testing.T) {
	for text, want := range map[string][2]string{
		"Nr;Name\n1;Zi\xeaba\n": {"Ziêba", "Zięba"}, "Nr;Name\n1;\x8dx\n": {"çx", "ìx"},
	} {
		path := filepath.Join(t.TempDir(), "x.csv")
		require.NoError(t, os.WriteFile(path, []byte(text), 0o600))
		f, err := Open(path, Options{})
		require.NoError(t, err)
		defer f.Close()
		doubt := f.Detected().Doubt
		require.GreaterOrEqual(t, len(doubt), 2, text)
		require.Equal(t, f.Detected().Encoding, doubt[0].Encoding, "the one that was taken stands first")
		require.Equal(t, []string{want[0]}, doubt[0].Cells)
		require.Equal(t, []string{want[1]}, doubt[1].Cells)
		said, err := Open(path, Options{Encoding: Windows1250})
		require.NoError(t, err)
		defer said.Close()
		require.Empty(t, said.Detected().Doubt, "the person has said")
	}
}

// A reader may be asked for a few bytes at a time, and characters lie across any of
// its borders.
func TestLettersAreReadWhateverTheSizeOfTheBuffer(t *testing.T) {
	for _, text := range []string{strings.Repeat("Hauptstraße;Müller & Söhne\n", 60), strings.Repeat("Hauptstra\xdfe;Müller\n", 60), "ß", ""} {
		whole, err := io.ReadAll(decoded(iotest.OneByteReader(strings.NewReader(text)), UTF8))
		require.NoError(t, err)
		require.Equal(t, strings.ReplaceAll(text, "\xdf", "ß"), string(whole))
		for size := 1; size < 20; size++ {
			var got []byte
			in := decoded(strings.NewReader(text), UTF8)
			for {
				p := make([]byte, size)
				n, err := in.Read(p)
				got = append(got, p[:n]...)
				if err == io.EOF {
					break
				}
				require.NoError(t, err)
			}
			require.Equal(t, string(whole), string(got), "%d bytes at a time", size)
		}
	}
	// A file of any length, as a list of addresses has it.
	for rows := 1; rows < 400; rows += 7 {
		path := filepath.Join(t.TempDir(), "x.csv")
		require.NoError(t, os.WriteFile(path, []byte("code;name;street\n"+strings.Repeat("K1;Größe & Söhne;Hauptstraße 1\n", rows)), 0o600))
		f, err := Open(path, Options{})
		require.NoError(t, err, "%d rows", rows)
		require.NoError(t, f.Close())
	}
}
