package exchange

// Lists of telephone numbers: what a company keeps of those who do not want to be
// called often is no more than that, with or without a header.

import (
	"errors"
	"io"
)

// PhoneList are the telephone numbers of a file.
type PhoneList struct {
	Numbers []ListedPhone
	Unread  []Problem // rows in whose columns of numbers something stands that is none
	Columns []string  // that were read; of a file without a header its first numbers
}

// ListedPhone is a number as it stands in a row.
type ListedPhone struct {
	Line   int
	Number string
}

// mostNumbers bounds a list.
const mostNumbers = 2_000_000

// Phones reads every telephone number of a file: of the columns that are called so, or
// else of those that look so. A first row that is a number itself is one. Errors are
// *FileError, ReasonNoPhones where the file has no such column.
func Phones(path string, o Options) (list PhoneList, err error) {
	f, err := Open(path, o)
	if err != nil {
		return list, err
	}
	defer f.Close()
	columns := f.phoneColumns()
	if len(columns) == 0 {
		return list, fileError(path, ReasonNoPhones, someOf(f.header, columnsShown))
	}
	for _, at := range columns {
		list.Columns = append(list.Columns, f.header[at])
	}
	rows, err := f.source()
	if err != nil {
		return list, err
	}
	defer rows.close()
	for {
		row, err := rows.next()
		if errors.Is(err, io.EOF) {
			return list, nil
		}
		if err != nil {
			return list, atPath(path, err)
		}
		if row.comment {
			continue
		}
		if row.line <= f.detected.HeaderLine {
			list.above(row)
			continue
		}
		for _, at := range columns {
			if at >= len(row.cells) {
				continue
			}
			cell := tidied(row.cells[at], row.unclean, false)
			number, wrong := phoneNumber.read(nil, cell)
			switch wrong.reason {
			case "":
				list.Numbers = append(list.Numbers, ListedPhone{row.line, number})
			case reasonEmpty:
			default:
				list.Unread = append(list.Unread, Problem{Line: row.line, Header: f.header[at], Value: shortened(cell), Reason: wrong.reason, Args: wrong.args})
			}
		}
		if len(list.Numbers) > mostNumbers {
			return list, fileError(path, ReasonTooManyItems, "2000000")
		}
	}
}

// above takes what stands down to the header: a title, names of columns, or in a file
// without any the first numbers.
func (list *PhoneList) above(row row) {
	var cells []string
	found := false
	for _, cell := range row.cells {
		if cell = tidied(cell, row.unclean, false); cell == "" {
			continue
		}
		cells = append(cells, cell)
		if looksLikePhone(cell) {
			list.Numbers = append(list.Numbers, ListedPhone{row.line, cell})
			found = true
		}
	}
	if !found && valued(cells) {
		list.Unread = append(list.Unread, Problem{Line: row.line, Value: someOf(cells, columnsShown), Reason: ReasonNoPhone})
	}
}

// phoneColumns are the columns of numbers.
func (f *File) phoneColumns() (named []int) {
	var like []int
	for at, name := range f.header {
		c, _ := dictionaryOnce().concept(name)
		if c.attr == "phone" || c.attr == "mobile" {
			named = append(named, at)
		}
		l := lookAtColumn(f.rows, at, false)
		if looksLikePhone(name) || l.filled > 0 && l.phones > 0.5 {
			like = append(like, at)
		}
	}
	if len(named) > 0 {
		return named
	}
	return like
}
