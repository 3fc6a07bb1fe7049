package exchange

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/text/encoding/charmap"
)

// Special characters that come late decide as those do that come early, and what they
// leave open is told as well.
func TestTheEncodingIsFoundHoweverLateItShows(t *testing.T) {
	plain := "Kundennummer;Firma;Ort\r\n" + strings.Repeat("4711;Firma ohne Besonderes;Stuttgart\r\n", 10_000)
	require.Greater(t, len(plain), sampleSize)
	for _, c := range []struct {
		encoding Encoding
		charmap  *charmap.Charmap
	}{{Windows1252, charmap.Windows1252}, {CP850, charmap.CodePage850}, {MacRoman, charmap.Macintosh}, {UTF8, nil}} {
		for _, early := range []bool{true, false} {
			t.Run(fmt.Sprintf("%s, early %v", c.encoding, early), func(t *testing.T) {
				special := "1;Müller & Söhne;Köln\r\n2;Bäckerei Größe;Düren\r\n"
				if c.charmap != nil {
					var err error
					special, err = c.charmap.NewEncoder().String(special)
					require.NoError(t, err)
				}
				file := plain + special
				if early {
					file = plain[:24] + special + plain[24:]
				}
				path := filepath.Join(t.TempDir(), "accounts.csv")
				require.NoError(t, os.WriteFile(path, []byte(file), 0o600))
				f, err := Open(path, Options{})
				require.NoError(t, err)
				defer f.Close()
				require.Equal(t, c.encoding, f.Detected().Encoding)
				require.Empty(t, f.Detected().Doubt)
			})
		}
	}
	t.Run("nothing special", func(t *testing.T) {
		path := filepath.Join(t.TempDir(), "accounts.csv")
		require.NoError(t, os.WriteFile(path, []byte(plain), 0o600))
		f, err := Open(path, Options{})
		require.NoError(t, err)
		defer f.Close()
		require.Equal(t, UTF8, f.Detected().Encoding)
	})
}
