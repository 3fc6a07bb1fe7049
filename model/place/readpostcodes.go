// Reading postcode tables in the format of GeoNames' postal code export.

package place

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"sort"
	"strconv"
	"strings"
)

// BadLineReason says why a line of a postcode table was left out; a stable word that screens translate.
type BadLineReason string

const (
	TooFewColumns  BadLineReason = "too-few-columns" // GeoNames has 12, the first 11 are needed
	BadCountry     BadLineReason = "bad-country"     // column 1 is no ISO code of a country
	BadPostcode    BadLineReason = "bad-postcode"    // column 2 is empty, too long, or has signs no postcode has
	BadCoordinates BadLineReason = "bad-coordinates" // columns 10 and 11 are no place on the earth, or 0/0
	LineTooLong    BadLineReason = "line-too-long"   // more than 64 kB
)

// BadLine is a line that was left out, counted from 1.
type BadLine struct {
	Line   int
	Reason BadLineReason
}

// TableReport says how reading went. Lines counts all lines but empty ones, Used those that count, Bad lists the others (the
// first 1000; BadCount has them all).
type TableReport struct {
	Lines, Used, BadCount int
	Bad                   []BadLine
}

const mostBadLines = 1000

const longestLine = 64 << 10

// ReadPostcodes reads a table of tab-separated columns: country, postcode, place, three pairs of name and code, latitude,
// longitude, accuracy. Bad lines are reported and left out. It returns a table a country, sorted by its code; the error is the
// reader's, or says that no line was of use (the report says why).
func ReadPostcodes(r io.Reader) ([]*Postcodes, TableReport, error) {
	var report TableReport
	byCountry := map[string][]codePoint{}
	buffered := bufio.NewReaderSize(r, longestLine)
	for number := 1; ; number++ {
		line, err := buffered.ReadSlice('\n')
		tooLong := errors.Is(err, bufio.ErrBufferFull)
		for errors.Is(err, bufio.ErrBufferFull) {
			_, err = buffered.ReadSlice('\n')
		}
		if err != nil && !errors.Is(err, io.EOF) {
			return nil, report, fmt.Errorf("read line %d of the postcode table: %w", number, err)
		}
		if number == 1 {
			line = bytes.TrimPrefix(line, []byte("\ufeff"))
		}
		if line = bytes.TrimRight(line, "\r\n"); tooLong || len(bytes.TrimSpace(line)) > 0 {
			report.Lines++
			country, point, reason := readLine(line)
			if tooLong {
				reason = LineTooLong
			}
			report.add(number, reason)
			if reason == "" {
				byCountry[country] = append(byCountry[country], point)
			}
		}
		if err != nil {
			break
		}
	}
	if report.Used == 0 {
		return nil, report, errors.New("no line of the file is one of a postcode table")
	}
	var tables []*Postcodes
	for country, points := range byCountry {
		tables = append(tables, makePostcodes(country, points))
	}
	sort.Slice(tables, func(i, j int) bool { return tables[i].country < tables[j].country })
	return tables, report, nil
}

func (r *TableReport) add(line int, reason BadLineReason) {
	if reason == "" {
		r.Used++
		return
	}
	r.BadCount++
	if len(r.Bad) < mostBadLines {
		r.Bad = append(r.Bad, BadLine{line, reason})
	}
}

const (
	columnCountry   = 0
	columnPostcode  = 1
	columnLatitude  = 9
	columnLongitude = 10
	columnsNeeded   = 11
)

func readLine(line []byte) (country string, point codePoint, reason BadLineReason) {
	var columns [columnsNeeded][]byte
	for i := range columns {
		column, rest, more := bytes.Cut(line, []byte{'\t'})
		columns[i], line = bytes.TrimSpace(column), rest
		if !more && i < columnsNeeded-1 {
			return "", codePoint{}, TooFewColumns
		}
	}
	country = strings.ToUpper(string(columns[columnCountry]))
	if len(country) != 2 || CountryName(country, "") == country {
		return "", codePoint{}, BadCountry
	}
	var space [longestCode + 4]byte
	code := appendCode(space[:0], NormalizePostcode(country, string(columns[columnPostcode])))
	if len(code) == 0 {
		return "", codePoint{}, BadPostcode
	}
	lat, errLat := strconv.ParseFloat(string(columns[columnLatitude]), 64)
	lon, errLon := strconv.ParseFloat(string(columns[columnLongitude]), 64)
	if errLat != nil || errLon != nil || !(Location{lat, lon}).Valid() {
		return "", codePoint{}, BadCoordinates
	}
	return country, codePoint{string(code), toSteps(lat), toSteps(lon)}, ""
}

func toSteps(degrees float64) int32 {
	if degrees < 0 {
		return -int32(-degrees*codeStepsPerDegree + 0.5)
	}
	return int32(degrees*codeStepsPerDegree + 0.5)
}
