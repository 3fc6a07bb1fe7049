package exchange

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"
)

// sheetsAreLarge has every sheet taken for one that excelize would put into a file.
func sheetsAreLarge(t *testing.T) {
	before := largeSheet
	largeSheet = 0
	t.Cleanup(func() { largeSheet = before })
}

// sheetToItsEnd is a sheet of some rows and a last one.
func sheetToItsEnd(row string) string {
	var sheet strings.Builder
	sheet.WriteString(sheetHead + headRow)
	const rows = 400
	for n := 2; n < rows; n++ {
		fmt.Fprintf(&sheet, `<row r="%d"><c r="A%[1]d"><v>%[1]d</v></c><c r="B%[1]d" t="s"><v>0</v></c><c r="C%[1]d" t="inlineStr"><is><t>spoke to the buyer</t></is></c></row>`, n)
	}
	fmt.Fprintf(&sheet, row, rows)
	sheet.WriteString(sheetFoot)
	return sheet.String()
}

const (
	plainRow   = `<row r="%d"><c r="A%[1]d"><v>7</v></c><c r="B%[1]d" t="s"><v>0</v></c></row>`
	unplainRow = `<row r="%d"><c r="A%[1]d"><v>7</v></c><c r="B%[1]d" t="str"><v><![CDATA[Holz]]></v></c></row>`
	plainTexts = `<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" count="1" uniqueCount="1"><si><t>Holz</t></si></sst>`
	richTexts  = `<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><r><t>Ho</t></r><r><t>lz</t></r></si></sst>`
)

// Excelize gets the large sheets of a workbook only where it has to read them; the rows are the
// same.
func TestALargeSheetIsReadPastExcelizeAndWhereItIsNotPlainWithIt(t *testing.T) {
	sheetsAreLarge(t)
	for _, test := range []struct {
		row, texts string
		apart      bool // at first
		needed     bool // at the end
	}{{plainRow, plainTexts, true, false}, {unplainRow, plainTexts, true, true}, {plainRow, richTexts, false, false}} {
		path := bookIn(t, sheetPart, sheetToItsEnd(test.row), test.texts)
		f, err := Open(path, Options{})
		require.NoError(t, err)
		defer f.Close()
		require.Equal(t, test.apart, f.book.apart)
		rows, _ := readSheet(t, f)
		require.Equal(t, test.needed, f.book.withSheets != nil)
		require.Equal(t, ofExcelize(t, path), rows)
		require.Equal(t, "Holz", rows[399][1])
		require.NoError(t, f.Close())
	}
}

func TestALargeSheetThatIsAnotherByNowIsSaidToBe(t *testing.T) {
	sheetsAreLarge(t)
	path := bookIn(t, sheetPart, sheetToItsEnd(unplainRow), plainTexts)
	f, err := Open(path, Options{})
	require.NoError(t, err)
	defer f.Close()
	source, err := f.openSheet()
	require.NoError(t, err)
	defer source.close()
	other, err := os.ReadFile(bookIn(t, sheetPart, sheetToItsEnd(plainRow), plainTexts))
	require.NoError(t, err)
	moved := path + ".new"
	require.NoError(t, os.WriteFile(moved, other, 0o600))
	require.NoError(t, os.Rename(moved, path))
	for err == nil {
		_, err = source.next()
	}
	require.Equal(t, ReasonDamaged, reasonOf(t, err))
	require.ErrorContains(t, err, errWorkbookChanged.Error())
	_, err = f.openSheet()
	require.Equal(t, ReasonDamaged, reasonOf(t, err))
}

// Nobody looks at pictures, but one that is packed in a way nobody knows was always said.
func TestAPictureThatIsPackedStrangelyIsMetBesideALargeSheet(t *testing.T) {
	sheetsAreLarge(t)
	data, err := os.ReadFile(bookIn(t, sheetPart, sheetToItsEnd(plainRow), plainTexts))
	require.NoError(t, err)
	archive, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	require.NoError(t, err)
	for _, method := range []uint16{zip.Store, 99} {
		var b bytes.Buffer
		z := zip.NewWriter(&b)
		for _, part := range archive.File {
			require.NoError(t, z.Copy(part))
		}
		w, err := z.CreateRaw(&zip.FileHeader{Name: "xl/media/image1.png", Method: method, CRC32: 0x352441c2, CompressedSize64: 3, UncompressedSize64: 3})
		require.NoError(t, err)
		_, err = io.WriteString(w, "abc")
		require.NoError(t, err)
		require.NoError(t, z.Close())
		f, err := Open(inFile(t, "book.xlsx", b.String()), Options{})
		_, want := excelize.OpenReader(bytes.NewReader(b.Bytes()))
		if method == zip.Store {
			require.NoError(t, want)
			require.NoError(t, err)
			require.True(t, f.book.apart)
			require.NoError(t, f.Close())
			continue
		}
		require.Equal(t, ReasonDamaged, reasonOf(t, err))
		require.ErrorContains(t, err, want.Error())
	}
}

// What excelize does not have to unpack may be larger than what it may.
func TestSheetsThatAreReadRowByRowMayBeLarge(t *testing.T) {
	sheetsAreLarge(t)
	before := largestUnzipped
	largestUnzipped = 32 << 10
	t.Cleanup(func() { largestUnzipped = before })
	for _, test := range []struct {
		sheet, texts string
		opens, reads Reason
	}{
		{sheetToItsEnd(plainRow), plainTexts, "", ""},
		{sheetToItsEnd(unplainRow), plainTexts, "", ReasonTooBig},
		{sheetToItsEnd(plainRow), richTexts, ReasonTooBig, ""},
		{strings.Replace(sheetToItsEnd(plainRow), "</row>", "</row><!-- -->", 1), plainTexts, ReasonTooBig, ""},
		{sheetToItsEnd(plainRow) + strings.Repeat(" ", 4<<20), plainTexts, ReasonTooBig, ""}, // a hundred times its file
	} {
		f, err := Open(bookIn(t, sheetPart, test.sheet, test.texts), Options{})
		if test.opens != "" {
			require.Equal(t, test.opens, reasonOf(t, err))
			continue
		}
		require.NoError(t, err)
		defer f.Close()
		source, err := f.openSheet()
		require.NoError(t, err)
		defer source.close()
		rows := 0
		for err == nil {
			if _, err = source.next(); err == nil {
				rows++
			}
		}
		if test.reads == "" {
			require.ErrorIs(t, err, io.EOF)
			require.Equal(t, 400, rows)
		} else {
			require.Equal(t, test.reads, reasonOf(t, err))
		}
	}
}
