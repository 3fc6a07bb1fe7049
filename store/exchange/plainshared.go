package exchange

// The texts that the cells of a workbook share. Excelize holds each of them with all that may be
// said of its letters, or beyond a size puts them into a file, in which every cell is looked up:
// held here, in one piece, they cost their bytes and no more.

import (
	"archive/zip"
	"bufio"
	"io"
	"slices"

	"github.com/xuri/excelize/v2"
)

// sharedPart is where excelize looks for them, whatever the workbook says.
const sharedPart = "xl/sharedStrings.xml"

// largestShared bounds their part of the workbook, bytes: what is larger is left to excelize.
const largestShared = 96 << 20

// sharedTexts adds the text of a number to others; false where excelize has to.
type sharedTexts interface {
	add(to []byte, n int) ([]byte, bool)
}

// heldByExcelize are those of an open workbook.
type heldByExcelize struct{ *excelize.File }

func (h heldByExcelize) add(to []byte, n int) ([]byte, bool) {
	if h.SharedStrings == nil || n >= len(h.SharedStrings.SI) {
		return to, false
	}
	return append(to, h.SharedStrings.SI[n].String()...), true
}

// heldHere are those of a part that excelize does not hold.
type heldHere struct {
	text []byte
	ends []uint32 // of each in text
	rich []int    // the numbers of those that are more than a text
	// usual says that excelize reads the part into memory without an error.
	usual bool
}

func (h *heldHere) add(to []byte, n int) ([]byte, bool) {
	if n >= len(h.ends) {
		return to, false
	}
	if _, rich := slices.BinarySearch(h.rich, n); rich {
		return to, false
	}
	from := uint32(0)
	if n > 0 {
		from = h.ends[n-1]
	}
	return append(to, h.text[from:h.ends[n]]...), true
}

// holdsShared reports whether excelize holds the shared texts in memory.
func (w *workbook) holdsShared() bool {
	_, held := w.Pkg.Load(sharedPart)
	return held
}

// sharedTexts are those of the workbook, nil where there are none that are plain; false where
// excelize has to read the start of the sheet, and with it what cells share.
func (w *workbook) sharedTexts(archive *zip.Reader, below bool) (texts sharedTexts, readable bool) {
	if held := w.sharedHere(archive); held != nil {
		return held, true
	}
	if w.holdsShared() {
		return heldByExcelize{w.File}, below
	}
	return nil, true
}

// sharedHere are those of the workbook, read past excelize, and once; nil where that has to be
// excelize. What it holds in memory it reads in all their forms, and what it puts into a file is
// not worth that: there only the texts of several forms are left to it.
func (w *workbook) sharedHere(archive *zip.Reader) *heldHere {
	w.readShared.Do(func() {
		part := onlyPart(archive, sharedPart)
		if part == nil || part.UncompressedSize64 > largestShared {
			return
		}
		in, err := part.Open()
		if err != nil {
			return
		}
		defer in.Close()
		held, err := readShared(in, int(part.UncompressedSize64))
		if err == nil && (part.UncompressedSize64 > excelize.StreamChunkSize || held.usual && len(held.rich) == 0) {
			w.shared = held
		}
	})
	return w.shared
}

// readShared reads a part of so many bytes to its end.
func readShared(in io.Reader, size int) (*heldHere, error) {
	x := &plainXML{in: bufio.NewReaderSize(in, plainPiece), text: make([]byte, 0, size)}
	h := &heldHere{}
	begun := false
	for first := true; ; first = false {
		if begun {
			h.usualItems(x)
		}
		tag, err := x.tag(onlyBlanks)
		if err != nil {
			return nil, err
		}
		name, rest, empty := named(tag)
		switch {
		case first && plainDeclaration.Match(tag):
		case !begun && string(name) == "sst" && !empty:
			begun, h.usual = true, usualShared(rest)
		case begun && string(name) == "/sst":
			h.text = x.text
			_, err := io.Copy(io.Discard, x.in) // the checksum stands at the end
			return h, err
		case begun && string(name) == "si":
			plain := true
			if !empty {
				if plain, err = x.sharedItem(); err != nil {
					return nil, err
				}
			}
			if !plain {
				h.rich = append(h.rich, len(h.ends))
			}
			h.ends = append(h.ends, uint32(len(x.text)))
		default:
			return nil, errNotPlain
		}
	}
}

// usualShared looks at the attributes of the part's first element: excelize takes it into memory
// only where it is one of workbooks, and its numbers are some.
func usualShared(rest []byte) bool {
	ours := false
	for {
		name, value, behind, err := attribute(rest)
		if err != nil || len(name) == 0 {
			return ours && err == nil
		}
		switch rest = behind; string(name) {
		case "xmlns":
			ours = string(value) == "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
		case "count", "uniqueCount":
			if sheetNumber(value) < 0 {
				return false
			}
		default:
			return false
		}
	}
}

// sharedItem reads one behind its tag, and says whether it was a text and nothing else.
func (x *plainXML) sharedItem() (plain bool, err error) {
	start, beside := len(x.text), onlyBlanks
	plain = true
	for first := true; ; first = false {
		tag, err := x.tag(beside)
		if err != nil {
			return false, err
		}
		name, _, empty := named(tag)
		switch string(name) {
		case "/si":
			if !plain {
				x.text = x.text[:start]
			}
			x.cellText(start)
			return plain, nil
		case "si":
			return false, errNotPlain
		case "t":
			if plain = plain && first; plain && !empty {
				if tag, err = x.tag(keptText); err != nil {
					return false, err
				}
				plain = string(tag) == "/t"
			}
		default:
			plain = false
		}
		if !plain {
			beside = anyText
		}
	}
}
