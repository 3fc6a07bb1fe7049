package tables

// The canonical tables: records as import reads them back. Their columns are
// described in store/exchange.

import (
	"doppelpass/model"
	"doppelpass/store/exchange"
	"doppelpass/ui/text"
)

// Locale is the language that files are written for.
func Locale(l text.Language) exchange.Locale {
	if l == text.German {
		return exchange.German
	}
	return exchange.English
}

// Records is a canonical table of some records in the reader's language, with the
// classes as people call them.
func Records[T model.Record](v View, table model.Table, records []T) exchange.Sheet {
	settings := v.Book().Settings()
	return exchange.RecordsIn(table, Locale(v.Text.Language), exchange.Records(table, func(yield func(model.Record) bool) {
		for _, r := range records {
			if !yield(settings.WithClassNames(r)) {
				return
			}
		}
	}))
}
