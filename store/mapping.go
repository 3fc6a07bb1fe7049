package store

// How a person reads a file's columns, kept for the next file with the same header.

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"

	"doppelpass/model"
	"doppelpass/store/exchange"
)

func mappingName(fingerprint string) string { return "mapping/" + fingerprint }

// Mapping is how a file is read: as a file with the same header was read before,
// where a person had a say in that, else as the header says. With an error of the
// file comes the best guess, so that a person can complete it.
func (s *Store) Mapping(f *exchange.File) (exchange.Mapping, error) {
	settings, err := s.Settings()
	if err != nil {
		return exchange.Mapping{}, err
	}
	f.UseClasses(settings.ClassList())
	data, err := s.Recall(mappingName(f.Fingerprint()))
	if err != nil {
		return exchange.Mapping{}, err
	}
	var kept exchange.Mapping
	if data == nil || json.Unmarshal(data, &kept) != nil { // of another version: find out anew
		return f.Mapping()
	}
	return f.MappingAfter(kept)
}

// RememberMapping keeps a mapping for the next file with the same header, without whoever
// was erased.
func (s *Store) RememberMapping(m exchange.Mapping) error {
	m.Columns = slices.Clone(m.Columns)
	for i := range m.Columns {
		m.Columns[i].Dates = cmp.Or(m.Columns[i].Dates, m.Columns[i].Before)
	}
	data, err := json.Marshal(m)
	if err == nil {
		data, err = s.forgetIn(data)
	}
	if err == nil {
		err = s.Remember(mappingName(m.Fingerprint), data)
	}
	if err != nil {
		return fmt.Errorf("remembering the columns of a file: %w", err)
	}
	return nil
}

// forgetIn is JSON without whoever was erased.
func (s *Store) forgetIn(data []byte) ([]byte, error) {
	x, err := s.redactor()
	var kept any
	if x == nil || err != nil || json.Unmarshal(data, &kept) != nil {
		return data, err
	}
	return json.Marshal(mapJSON(kept, func(s string) string { return x.text(anywhere, model.TellsText, s) }))
}
