package exchange

// A look at all parts of a workbook before anything of it is read.

import (
	"archive/zip"
	"bufio"
	"cmp"
	"encoding/xml"
	"fmt"
	"io"
	"os"
	"strings"
)

// checkArchive bounds a workbook before anything of it is unpacked: the size of
// all parts, whose sum a hostile file may let overflow, their number, and how much larger
// than the file they are. Then it
// holds the parts that are read to their sizes, their checksums and the grammar of
// XML, since excelize takes the start of a damaged sheet for all of it.
func checkArchive(path string) (*archiveScan, error) {
	scan := &archiveScan{}
	archive, err := zip.OpenReader(path)
	if err != nil {
		return scan, workbookError(err)
	}
	defer archive.Close()
	size, err := os.Stat(path)
	if err != nil {
		return scan, systemError(path, err)
	}
	var rest, sheets uint64
	found := false
	for _, part := range archive.File {
		of := &rest
		if isSheet(part) {
			of = &sheets
		}
		*of += min(part.UncompressedSize64, largestStreamed+1)
		found = found || partName(part) == "xl/workbook.xml"
	}
	switch total := rest + sheets; {
	case rest > largestUnzipped || total > largestUnzipped && total/mostUnfolded > uint64(size.Size()) || len(archive.File) > mostParts:
		return scan, tooBig(largestUnzipped)
	case total > largestStreamed:
		return scan, tooBig(largestStreamed)
	case !found:
		return scan, fileError("", ReasonNoTable)
	default:
		scan.streamed = total > largestUnzipped
	}
	unpacksQuickly(&archive.Reader)
	streamed := scan.streamed
	if scan, err = checkParts(&archive.Reader); err != nil {
		scan, err = checkPartsAgain(path) // what is wrong is said as it always was
	}
	scan.streamed = streamed
	return scan, err
}

// checkPartsAgain unpacks the parts with the standard library, whose word is the last.
func checkPartsAgain(path string) (*archiveScan, error) {
	archive, err := zip.OpenReader(path)
	if err != nil {
		return &archiveScan{}, workbookError(err)
	}
	defer archive.Close()
	return checkParts(&archive.Reader)
}

// checkParts is the look at each part.
func checkParts(archive *zip.Reader) (*archiveScan, error) {
	scan, names := &archiveScan{}, make(map[string]bool)
	for _, part := range archive.File {
		name := partName(part)
		strange := !isRead(name)
		if strange && !startsSheet(part) {
			continue
		}
		if names[name] {
			return scan, workbookError(fmt.Errorf("%s stands in it twice", part.Name))
		}
		names[name] = true
		var cells *sheetScan
		if strange || strings.HasPrefix(name, "xl/worksheets/") || name == strings.ToLower(sharedPart) {
			cells = &scan.sheetScan
			cells.begin(name == strings.ToLower(sharedPart))
			scan.largest = max(scan.largest, int64(part.UncompressedSize64))
		}
		if err := checkPart(part, cells); err != nil {
			return scan, workbookError(fmt.Errorf("%s: %w", part.Name, err))
		}
	}
	if scan.asked > scan.texts {
		return scan, workbookError(errSharedMissing)
	}
	return scan, nil
}

// archiveScan is what a look at all parts finds.
type archiveScan struct {
	sheetScan
	largest  int64 // part that holds cells, bytes
	streamed bool  // all together is more than excelize is to unpack
}

// partName is the name by which excelize finds a part, in small letters.
func partName(part *zip.File) string {
	return strings.ToLower(strings.ReplaceAll(part.Name, "\\", "/"))
}

// isSheet reports a part where sheets are kept.
func isSheet(part *zip.File) bool { return strings.HasPrefix(partName(part), "xl/worksheets/") }

// isRead reports whether something of a part, its name in small letters, gets into
// what is imported.
func isRead(name string) bool {
	if !strings.HasSuffix(name, ".xml") && !strings.HasSuffix(name, ".rels") {
		return false
	}
	folder, _, _ := strings.Cut(strings.TrimPrefix(name, "xl/"), "/")
	return name == "[content_types].xml" || strings.HasPrefix(name, "_rels/") ||
		strings.HasPrefix(name, "xl/") && (strings.HasSuffix(folder, ".xml") || folder == "worksheets" || folder == "_rels")
}

// longestPrologue is how far into a part the name of its first element may stand, bytes.
const longestPrologue = 1 << 20

// startsSheet reports whether the first element of a part is that of a sheet: a workbook may
// keep its sheets under any name, behind any comment. What does not say it for that long is
// held to the grammar, too.
func startsSheet(part *zip.File) bool {
	in, err := part.Open()
	if err != nil {
		return false
	}
	defer in.Close()
	start := &counted{Reader: io.LimitReader(in, longestPrologue)}
	buffered := bufio.NewReader(start)
	var text io.Reader = buffered
	if head, _ := buffered.Peek(4); xmlOfUTF16(head) != "" {
		text = decoded(buffered, xmlOfUTF16(head))
	}
	decoder := xml.NewDecoder(text)
	decoder.CharsetReader = func(_ string, in io.Reader) (io.Reader, error) { return in, nil }
	for {
		token, err := decoder.RawToken()
		if element, is := token.(xml.StartElement); is {
			return element.Name.Local == "worksheet"
		}
		if err != nil {
			return start.bytes == longestPrologue
		}
	}
}

// checkPart reads a part to its end, and not beyond what it claims to hold; sheet, which may
// be nil, sees its elements.
func checkPart(part *zip.File, sheet *sheetScan) error {
	in, err := part.Open()
	if err != nil {
		return err
	}
	defer in.Close()
	var unpacked io.Reader = io.LimitReader(in, int64(part.UncompressedSize64)+1)
	if part.UncompressedSize64 >= aheadFrom {
		ahead := newAheadReader(unpacked)
		defer ahead.Close()
		unpacked = ahead
	}
	limited := bufio.NewReader(unpacked)
	start, _ := limited.Peek(longestDeclaration)
	if xmlOfUTF16(start) != "" {
		return errXMLWideCharacters
	}
	whole := &counted{Reader: limited}
	if label := declaredEncoding(start); label != "" {
		err = readXML(whole, label, cmp.Or(sheet, new(sheetScan)))
	} else {
		scan := xmlScan{sheet: sheet}
		_, err = io.Copy(&scan, whole)
		err = cmp.Or(err, scan.Close())
	}
	if err == nil && whole.bytes > int64(part.UncompressedSize64) {
		return zip.ErrFormat
	}
	return err
}

// counted counts the bytes read through it.
type counted struct {
	io.Reader
	bytes int64
}

func (c *counted) Read(b []byte) (int, error) {
	n, err := c.Reader.Read(b)
	c.bytes += int64(n)
	return n, err
}
