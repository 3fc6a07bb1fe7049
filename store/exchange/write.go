package exchange

// Tables on their way out, as text or JSON. Rows come one by one, so that a
// store of any size can be written.

import (
	"bufio"
	"encoding/json"
	"io"
	"iter"
	"strings"

	"doppelpass/model"
)

// Sheet is one table to be written: a title (a workbook's sheet), a header in
// the reader's words, and rows of as many cells.
type Sheet struct {
	Title  string
	Header []string
	Keys   []string // names of the columns for JSON; nil: the header
	Widths []int    // in characters, for workbooks; nil: from the first rows
	Rows   iter.Seq[[]Cell]
}

// Records is the canonical table of records of one kind. What it writes reads
// back as the same records.
func Records(t model.Table, records iter.Seq[model.Record]) Sheet {
	return Sheet{
		Title: string(t), Header: Header(t), Widths: tables[t].widths(),
		Rows: func(yield func([]Cell) bool) {
			for r := range records {
				if !yield(Cells(r)) {
					return
				}
			}
		},
	}
}

// Write writes sheets in a format. CSV and JSON take one sheet.
func Write(w io.Writer, format Format, locale Locale, sheets ...Sheet) error {
	if format == XLSX {
		return WriteXLSX(w, sheets...)
	}
	if len(sheets) != 1 {
		return fileError("", ReasonBadOption, "--format", string(format))
	}
	switch format {
	case CSV:
		return WriteCSV(w, locale, sheets[0])
	case JSON:
		return WriteJSON(w, sheets[0])
	}
	return fileError("", ReasonBadOption, "--format", string(format))
}

// WriteCSV writes a table as text. German spreadsheets open the German form with
// umlauts and columns right: byte order mark, ";", decimal comma, 24.11.2026;
// English has ",", a point, ISO days and no mark. Rows end with CR LF.
func WriteCSV(w io.Writer, locale Locale, s Sheet) error {
	out := bufio.NewWriterSize(w, 64<<10)
	delimiter := byte(',')
	if locale == German {
		delimiter = ';'
		out.WriteString("\ufeff")
	}
	for i, h := range s.Header {
		if i > 0 {
			out.WriteByte(delimiter)
		}
		writeField(out, guarded(h), delimiter, i == 0)
	}
	out.WriteString("\r\n")
	for row := range s.Rows {
		alone := len(row) == 1 // an empty row would not count as one
		for i, c := range row {
			if i > 0 {
				out.WriteByte(delimiter)
			}
			text := c.String(locale)
			if c.kind == textCell {
				text = guarded(text)
			}
			if text == "" && alone {
				out.WriteString(`""`)
				continue
			}
			writeField(out, text, delimiter, i == 0)
		}
		if _, err := out.WriteString("\r\n"); err != nil {
			return err // bufio keeps the first error; the rest of the rows need not be made
		}
	}
	return out.Flush()
}

// writeField writes one cell, in quotation marks where it needs them: at a
// row's start also before "#", so that no row reads as a comment.
func writeField(out *bufio.Writer, s string, delimiter byte, first bool) {
	special := strings.IndexByte(s, delimiter) >= 0 || strings.ContainsAny(s, "\"\r\n") ||
		s != "" && (s[0] == ' ' || s[len(s)-1] == ' ' || first && s[0] == '#')
	if !special {
		out.WriteString(s)
		return
	}
	out.WriteByte('"')
	out.WriteString(strings.ReplaceAll(s, `"`, `""`))
	out.WriteByte('"')
}

// WriteJSON writes a table as an array of objects: days in ISO form, amounts and
// numbers as numbers, yes and no as true and false, empty cells left out.
func WriteJSON(w io.Writer, s Sheet) error {
	keys := s.Keys
	if keys == nil {
		keys = s.Header
	}
	names := make([]string, len(keys))
	for i, k := range keys {
		name, err := json.Marshal(k)
		if err != nil {
			return err
		}
		names[i] = string(name) + ": "
	}
	out := bufio.NewWriterSize(w, 64<<10)
	out.WriteByte('[')
	firstRow := true
	for row := range s.Rows {
		if !firstRow {
			out.WriteByte(',')
		}
		firstRow = false
		out.WriteString("\n {")
		firstCell := true
		for i, c := range row {
			if c.kind == emptyCell || i >= len(names) {
				continue
			}
			if !firstCell {
				out.WriteString(", ")
			}
			firstCell = false
			out.WriteString(names[i])
			switch c.kind {
			case intCell, decimalCell:
				out.WriteString(c.String(English))
			case boolCell:
				if c.whole == 1 {
					out.WriteString("true")
				} else {
					out.WriteString("false")
				}
			default:
				c.said = "" // scripts read the stable words
				text, err := json.Marshal(c.String(English))
				if err != nil {
					return err
				}
				out.Write(text)
			}
		}
		if _, err := out.WriteString("}"); err != nil {
			return err
		}
	}
	out.WriteString("\n]\n")
	return out.Flush()
}
