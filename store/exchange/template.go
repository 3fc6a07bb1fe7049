package exchange

// Empty canonical tables for people to fill in.

import (
	"fmt"
	"os"
	"path/filepath"

	"doppelpass/model"
)

// WriteTemplates writes each canonical table as an empty CSV file into a folder,
// which is made if need be, and returns the files' paths. The row below the
// header is an example in the form of a comment: rows that start with "# " are
// skipped when the file is read. Files that exist are not overwritten: that is
// an error, and nothing is written.
func WriteTemplates(dir string, locale Locale) ([]string, error) {
	_, missing := os.Stat(dir)
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return nil, placeError(dir, err)
	}
	var paths []string
	for _, t := range model.Tables {
		path := filepath.Join(dir, string(t)+".csv")
		if _, err := os.Lstat(path); err == nil {
			return nil, fileError(path, ReasonExists)
		}
		paths = append(paths, path)
	}
	for i, t := range model.Tables {
		if err := os.WriteFile(paths[i], template(t, locale), 0o666); err != nil {
			for _, path := range paths[:i+1] {
				_ = os.Remove(path)
			}
			if missing != nil {
				_ = os.Remove(dir)
			}
			return nil, fmt.Errorf("writing %s: %w", paths[i], err)
		}
	}
	return paths, nil
}

func template(t model.Table, locale Locale) []byte {
	out := &csvWriter{delimiter: ','}
	if locale == German {
		out.delimiter = ';'
		out.text = append(out.text, "\ufeff"...)
	}
	for i, name := range HeaderIn(t, locale) {
		if i > 0 {
			out.text = append(out.text, out.delimiter)
		}
		out.text = append(out.text, name...)
	}
	out.text = append(out.text, "\r\n# "...)
	for i, example := range tables[t].examples(locale) {
		if i > 0 {
			out.text = append(out.text, out.delimiter)
		}
		out.field(example, false)
	}
	return append(out.text, "\r\n"...)
}
