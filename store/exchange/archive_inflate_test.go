package exchange

import (
	"archive/zip"
	"bytes"
	"io"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// packed is an archive of parts, and what is in them.
func packed(t testing.TB, random *rand.Rand, parts int) (data []byte, texts []string) {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for range parts {
		var text strings.Builder
		for range random.IntN(4000) {
			text.WriteString([]string{"<c r=", "A", "17", "spoke to the buyer", string(rune('a' + random.IntN(26)))}[random.IntN(5)])
		}
		w, err := z.Create("part")
		require.NoError(t, err)
		_, err = io.WriteString(w, text.String())
		require.NoError(t, err)
		texts = append(texts, text.String())
	}
	require.NoError(t, z.Close())
	return b.Bytes(), texts
}

// Both libraries unpack the same of what is whole, and neither takes for whole what the other does
// not.
func TestPartsAreUnpackedQuicklyAsTheStandardLibraryDoes(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 5))
	for round := range 300 {
		data, texts := packed(t, random, 3)
		for range round % 3 {
			data[random.IntN(len(data))] ^= 1 << random.IntN(8)
		}
		quick, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
		if err != nil {
			continue
		}
		standard, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
		require.NoError(t, err)
		unpacksQuickly(quick)
		for i := range quick.File {
			got, err := unpackedPart(quick.File[i])
			want, wantErr := unpackedPart(standard.File[i])
			require.Equal(t, wantErr == nil, err == nil, "%v, %v", wantErr, err)
			if err == nil {
				require.Equal(t, want, got)
			}
			if round%3 == 0 {
				require.Equal(t, texts[i], got)
			}
		}
	}
}

func unpackedPart(part *zip.File) (string, error) {
	in, err := part.Open()
	if err != nil {
		return "", err
	}
	defer in.Close()
	text, err := io.ReadAll(in)
	return string(text), err
}

// What unpacks is used again, by one at a time: whoever closes a part twice, or reads on, gets
// nothing of another's.
func TestAPartThatIsClosedIsReadNoMore(t *testing.T) {
	data, texts := packed(t, rand.New(rand.NewPCG(1, 2)), 8)
	archive, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	require.NoError(t, err)
	unpacksQuickly(archive)
	closed, err := archive.File[0].Open()
	require.NoError(t, err)
	_, err = closed.Read(make([]byte, 3))
	require.NoError(t, err)
	for range 2 {
		_ = closed.Close()
	}
	var open []io.ReadCloser
	for _, part := range archive.File {
		in, err := part.Open()
		require.NoError(t, err)
		open = append(open, in)
	}
	_, err = closed.Read(make([]byte, 3))
	require.Error(t, err)
	_ = closed.Close()
	for i, in := range open {
		text, err := io.ReadAll(in)
		require.NoError(t, err)
		require.Equal(t, texts[i], string(text))
		require.NoError(t, in.Close())
	}
}
