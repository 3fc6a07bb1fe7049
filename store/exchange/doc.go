// Package exchange reads tables out of files and writes them into files: CSV in
// every dialect that CRMs and spreadsheets produce, and XLSX. It knows the
// trade's records and nothing of the store.
//
// Reading goes in steps, so that a face can show each and a person correct it:
//
//	f, err := exchange.Open(path, exchange.Options{As: "visits", Dates: exchange.DayFirst})
//	defer f.Close()
//	f.Detected(), f.Header(), f.Rows()   // what the file looks like
//	m, err := f.Mapping()                // the table, and which column is which; a stored Mapping serves as well
//	days, err := f.Dates(m)              // how days are read, or the question that only a person can answer
//	r, err := f.Read(m)
//	defer r.Close()
//	for {
//		batch, err := r.Next(ctx)
//		if err == io.EOF {
//			break
//		}
//		for _, row := range batch.Rows {
//			record := row.Record // defaults are filled in: good for a new record
//			if exists {
//				record = exchange.Merge(existing, row.Record, row.Present, overwriteEmpty)
//			}
//			// Where row.Account.Code is empty the file names the account instead:
//			// record = exchange.WithAccount(record, codeOf(row.Account.Name))
//		}
//		// batch.Problems are the rows that cannot be taken, batch.Read of batch.Size is the progress
//	}
//	r.Counts() // also the rows left out in silence: footers, activities that are no visits
//
// Errors of a file are *FileError, of a row Problem: both carry a stable Reason
// with arguments for translation, and an English sentence. Memory is bounded
// whatever the file holds.
//
// Writing takes typed cells, of any view or of a canonical table:
//
//	err := exchange.Write(w, exchange.CSV, exchange.German, exchange.Records(model.TableVisits, records))
//	err := exchange.WriteXLSX(w, exchange.Sheet{Title: "Anrufe", Header: header, Rows: rows})
//
// A canonical table that was written reads back as the same records.
package exchange
