package exchange

// Tables on their way out as a workbook: numbers and days are real cells, the
// header is bold and stays in sight, columns are as wide as their content.

import (
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"

	"doppelpass/model"
)

// Widths of columns in characters, and the rows that are looked at for them.
const (
	narrowest = 6
	widest    = 50
	widthRows = 200
)

// askEvery is after how many rows it is asked whether the workbook is still wanted.
const askEvery = 1000

// WriteXLSX writes each sheet as a sheet of one workbook. Text is a text cell, which
// no spreadsheet runs, and needs no guard.
func WriteXLSX(w io.Writer, sheets ...Sheet) error {
	book := excelize.NewFile()
	defer book.Close()
	styles, err := newCellStyles(book)
	if err != nil {
		return fmt.Errorf("making the workbook's styles: %w", err)
	}
	for i, s := range sheets {
		title := sheetTitle(s.Title, i)
		if i == 0 {
			err = book.SetSheetName("Sheet1", title)
		} else {
			_, err = book.NewSheet(title)
		}
		if err != nil {
			return fmt.Errorf("making the sheet %q: %w", title, err)
		}
		if err := writeSheet(book, title, s, styles, w); err != nil {
			return fmt.Errorf("writing the sheet %q: %w", title, err)
		}
	}
	return book.Write(w)
}

// sheetTitle is a title that workbooks allow: up to 31 characters, some of which
// are forbidden.
func sheetTitle(title string, i int) string {
	title = strings.Map(func(r rune) rune {
		if strings.ContainsRune(`:\/?*[]`, r) {
			return '-'
		}
		return r
	}, strings.Trim(Clean(title), "' "))
	if runes := []rune(title); len(runes) > 31 {
		title = string(runes[:31])
	}
	if title == "" {
		title = fmt.Sprintf("%d", i+1)
	}
	return title
}

// cellStyles are the number formats of cells by kind.
type cellStyles struct{ head, date, clock, money int }

func newCellStyles(book *excelize.File) (s cellStyles, err error) {
	day, hours, cents := "yyyy-mm-dd", "hh:mm", "#,##0.00"
	for _, style := range []struct {
		id    *int
		style excelize.Style
	}{
		{&s.head, excelize.Style{Font: &excelize.Font{Bold: true}}},
		{&s.date, excelize.Style{CustomNumFmt: &day}},
		{&s.clock, excelize.Style{CustomNumFmt: &hours}},
		{&s.money, excelize.Style{CustomNumFmt: &cents}},
	} {
		if *style.id, err = book.NewStyle(&style.style); err != nil {
			return s, err
		}
	}
	return s, nil
}

// writeSheet writes a sheet into the book. It ends once to, which gets the whole book later, takes nothing
// any more: see Until.
func writeSheet(book *excelize.File, title string, s Sheet, styles cellStyles, to io.Writer) error {
	out, err := book.NewStreamWriter(title)
	if err != nil {
		return err
	}
	// Widths and panes must be set before the first row, so the first rows are
	// kept back to be measured.
	var ahead [][]Cell
	flushed := false
	line := 1
	begin := func() error {
		flushed = true
		widths := s.Widths
		if widths == nil {
			widths = measuredWidths(s.Header, ahead)
		}
		for i, width := range widths {
			if err := out.SetColWidth(i+1, i+1, float64(min(max(width, narrowest), widest))); err != nil {
				return err
			}
		}
		if err := out.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}); err != nil {
			return err
		}
		head := make([]any, len(s.Header))
		for i, h := range s.Header {
			head[i] = excelize.Cell{StyleID: styles.head, Value: marked(h)}
		}
		return out.SetRow("A1", head)
	}
	values := make([]any, 0, len(s.Header))
	write := func(row []Cell) error {
		line++
		if line > excelize.TotalRows {
			return fmt.Errorf("a workbook holds no more than %d rows", excelize.TotalRows)
		}
		if line%askEvery == 0 {
			if _, err := to.Write(nil); err != nil {
				return err
			}
		}
		values = values[:0]
		for _, c := range row {
			value := c.workbookValue(styles)
			if s, is := value.(string); is && len(s) > longestXLSXCell && utf16Length(s) > longestXLSXCell { // it would be cut off
				return fileError("", ReasonCellTooLong, strconv.Itoa(line), strconv.Itoa(longestXLSXCell))
			}
			values = append(values, value)
		}
		at, err := excelize.CoordinatesToCellName(1, line)
		if err != nil {
			return err
		}
		return out.SetRow(at, values)
	}
	drain := func() error {
		if err := begin(); err != nil {
			return err
		}
		for _, row := range ahead {
			if err := write(row); err != nil {
				return err
			}
		}
		ahead = nil
		return nil
	}
	for row := range s.Rows {
		if !flushed && len(ahead) < widthRows {
			ahead = append(ahead, append([]Cell(nil), row...))
			continue
		}
		if !flushed {
			if err := drain(); err != nil {
				return err
			}
		}
		if err := write(row); err != nil {
			return err
		}
	}
	if !flushed {
		if err := drain(); err != nil {
			return err
		}
	}
	return out.Flush()
}

// utf16Length is how long a text is as spreadsheets count.
func utf16Length(s string) (n int) {
	for _, r := range s {
		n += max(utf16.RuneLen(r), 1)
	}
	return n
}

func (c Cell) workbookValue(styles cellStyles) any {
	switch c.kind {
	case textCell:
		return marked(c.String(English))
	case intCell:
		return c.whole
	case decimalCell:
		if c.decimals == 2 {
			return excelize.Cell{StyleID: styles.money, Value: c.number}
		}
		return c.number
	case dateCell:
		n := serial(model.Date(c.whole))
		if n < firstSerial || n > lastSerial { // not read back as a day: see serialDay
			return c.String(English)
		}
		return excelize.Cell{StyleID: styles.date, Value: n}
	case clockCell:
		return excelize.Cell{StyleID: styles.clock, Value: float64(model.Clock(c.whole).Minutes()) / (24 * 60)}
	case boolCell:
		return c.whole == 1
	}
	return nil
}

// serial is the number that a workbook stores for a day: after February 1900 one
// more than the days since then, for a 29 February 1900 that never was.
func serial(d model.Date) int {
	if d < model.NewDate(1900, 3, 1) {
		return int(d)
	}
	return int(d) + 1
}

func measuredWidths(header []string, rows [][]Cell) []int {
	widths := make([]int, len(header))
	for i, h := range header {
		widths[i] = utf8.RuneCountInString(h) + 2
	}
	for _, row := range rows {
		for i, c := range row {
			if i < len(widths) {
				widths[i] = max(widths[i], utf8.RuneCountInString(c.String(German))+2)
			}
		}
	}
	return widths
}
