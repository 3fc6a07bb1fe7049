package exchange

// Where in the archive a sheet lies: excelize does not tell, so it is looked up as excelize
// does, and only where there is one answer.

import (
	"archive/zip"
	"cmp"
	"encoding/xml"
	"io"
	"path"
	"strings"
)

// plainSheet opens a sheet of the workbook for reading, below its header or to look for that; nil
// where it has to be excelize.
func (w *workbook) plainSheet(sheet string, below bool) *plainRows {
	in, archive := w.archive()
	if archive == nil {
		return nil // another file than was checked
	}
	shared, readable := w.sharedTexts(archive, below)
	var part io.ReadCloser
	if readable {
		part = w.sheetPart(archive, sheet)
	}
	if part == nil {
		_ = in.Close()
		return nil
	}
	return newPlainRows(partOfFile{part, in}, shared)
}

// partOfFile is a part of an archive that is closed with it.
type partOfFile struct {
	io.ReadCloser
	file io.Closer
}

func (p partOfFile) Close() error { return cmp.Or(p.ReadCloser.Close(), p.file.Close()) }

// sheetPart is the part of the archive that holds a sheet, found as excelize finds it; nil
// where it is not where spreadsheets put it.
func (w *workbook) sheetPart(archive *zip.Reader, sheet string) io.ReadCloser {
	if w.WorkBook == nil {
		return nil
	}
	id := ""
	for _, s := range w.WorkBook.Sheets.Sheet {
		if strings.EqualFold(s.Name, sheet) {
			if id != "" {
				return nil
			}
			id = s.ID
		}
	}
	target := func(rels string, is func(relation) bool) (found string) {
		for _, r := range relationsIn(archive, rels) {
			if is(r) {
				if found != "" {
					return ""
				}
				found = r.Target
			}
		}
		return found
	}
	main := target("_rels/.rels", func(r relation) bool { return strings.HasSuffix(r.Type, "/officeDocument") })
	if id == "" || strings.TrimPrefix(main, "/") != "xl/workbook.xml" {
		return nil
	}
	name := target("xl/_rels/workbook.xml.rels", func(r relation) bool { return r.ID == id })
	if name == "" {
		return nil
	}
	if !strings.HasPrefix(name, "/") {
		name = "/xl/" + name
	}
	name = strings.TrimPrefix(path.Clean(name), "/")
	if !isRead(strings.ToLower(name)) { // nobody has held it to the grammar
		return nil
	}
	if _, changed := w.Sheet.Load(name); changed {
		// Whoever asks excelize for merged cells makes it sort the rows, and it reads those then.
		return nil
	}
	part := onlyPart(archive, name)
	if part == nil {
		return nil
	}
	opened, err := part.Open()
	if err != nil {
		return nil
	}
	if part.UncompressedSize64 < aheadFrom {
		return opened
	}
	return partAhead{newAheadReader(opened), opened}
}

// partAhead is a part that is unpacked ahead of whoever reads it.
type partAhead struct {
	*aheadReader
	part io.Closer
}

func (p partAhead) Close() error { return cmp.Or(p.aheadReader.Close(), p.part.Close()) }

// relation is what one part of a workbook is to another.
type relation struct {
	ID     string `xml:"Id,attr"`
	Type   string `xml:"Type,attr"`
	Target string `xml:"Target,attr"`
}

func relationsIn(archive *zip.Reader, name string) []relation {
	part := onlyPart(archive, name)
	if part == nil {
		return nil
	}
	in, err := part.Open()
	if err != nil {
		return nil
	}
	defer in.Close()
	var all struct {
		Relations []relation `xml:"Relationship"`
	}
	if xml.NewDecoder(io.LimitReader(in, 1<<20)).Decode(&all) != nil {
		return nil
	}
	return all.Relations
}

// onlyPart is the part of a name, however that is written; nil where there are two.
func onlyPart(archive *zip.Reader, name string) (found *zip.File) {
	for _, part := range archive.File {
		if !strings.EqualFold(strings.ReplaceAll(part.Name, "\\", "/"), name) {
			continue
		}
		if found != nil || part.Name != name {
			return nil
		}
		found = part
	}
	return found
}
