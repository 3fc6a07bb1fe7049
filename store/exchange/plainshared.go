package exchange

// The texts that the cells of a workbook share. Up to a size excelize holds them; beyond it
// puts them into a file, in which every cell is looked up: held here, in one piece, they cost
// their bytes and no more.

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

// sharedTexts are those of the workbook, read once; nil where they are not plain.
func (w *workbook) sharedTexts(archive *zip.Reader) sharedTexts {
	if w.holdsShared() {
		return heldByExcelize{w.File}
	}
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
		if held, err := readShared(in, int(part.UncompressedSize64)); err == nil {
			w.shared = held
		}
	})
	if w.shared == nil {
		return nil
	}
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
		name, _, empty := named(tag)
		switch {
		case first && plainDeclaration.Match(tag):
		case !begun && string(name) == "sst" && !empty:
			begun = true
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
