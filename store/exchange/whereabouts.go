package exchange

// Where somebody was when they wrote a row: mobile apps for the field write the place of
// each visit beside it. No record here keeps it, and the report says that it stays out.

import (
	"strings"

	"doppelpass/model"
)

// ColumnWhereabouts is what a column that is kept out looks like where it says where
// somebody was.
const ColumnWhereabouts = "whereabouts"

// rowsOfPeople are the tables whose rows somebody wrote at a place.
var rowsOfPeople = map[model.Table]bool{model.TableVisits: true, model.TableCalls: true, model.TablePlan: true, model.TableAbsences: true}

var (
	// tracks are headings that speak of nothing else.
	tracks = pattern(`(?i)gps|geo.?(loc|pos|punkt|point|tag|koord|coord|data|daten|fence)|check.?(in|out).{0,4}(ort|location|position|address|adresse|place|lat|lon|lng)`)
	// placesOf are headings that may, where the cells are coordinates.
	placesOf = pattern(`(?i)(^|[^a-z])(lat|lon|lng|long|geo)([^a-z]|$)|latitude|longitude|latitud|breitengrad|längengrad|laengengrad|ko?ordinat|coordinat|position|standort|location|aufenthalt|whereabouts`)
	// coordinate is a degree with decimals, alone or in a pair, or a point as maps write it.
	coordinate = pattern(`(?i)^\W*(point\W*)?[-+]?\d{1,3}[.,]\d{2,}\W*([NSEWO]\W*)?([,;/ ]\W*[-+]?\d{1,3}[.,]\d{2,}\W*([NSEWO]\W*)?)?$|[?&@=/](q=)?[-+]?\d{1,3}\.\d{3,},[-+]?\d{1,3}\.\d{3,}`)
)

// saysWhere reports whether a column of rows of people says where they were.
func saysWhere(table model.Table, header string, values []string) bool {
	if !rowsOfPeople[table] {
		return false
	}
	if tracks().MatchString(header) {
		return true
	}
	if !placesOf().MatchString(header) || len(values) == 0 {
		return false
	}
	for _, value := range values {
		if !coordinate().MatchString(strings.TrimSpace(value)) {
			return false
		}
	}
	return true
}
