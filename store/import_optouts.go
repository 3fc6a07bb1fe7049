package store

// Wishes not to be called that stand in files: nothing of a file, and nothing that is
// wrong with a row, takes them back.

import (
	"strings"

	"doppelpass/model"
	"doppelpass/store/exchange"
)

// staysForbidden keeps a customer's no although a file says otherwise: only a new
// consent with its evidence, by hand, ends it.
func (i *importer) staysForbidden(old model.Account, now *model.Account) {
	if old.DoNotCall && !now.DoNotCall {
		now.DoNotCall = true
		i.report.StillNo++
	}
}

// object takes numbers into the book of opt-outs.
func (i *importer) object(numbers []string, country string) error {
	for _, number := range numbers {
		hash, err := i.numberHash(number, country)
		if err != nil {
			return err
		}
		if hash == "" {
			continue
		}
		if err := i.optOut(model.OptOut{Number: hash}); err != nil {
			return err
		}
	}
	return nil
}

// optOut adds a line to the book of opt-outs if it does not have it.
func (i *importer) optOut(line model.OptOut) error {
	t := tableIn[docOptOuts]
	at := t.at(i.reader, line.Key())
	if i.bucket(docOptOuts).Get(at) != nil {
		return nil
	}
	i.report.OptOuts++
	line.Since = model.DateOf(i.store.now())
	return i.put(docOptOuts, at, t.pack(line))
}

// objection takes the no out of a row that cannot be taken as a whole.
func (i *importer) objection(o exchange.Objection) error {
	country := i.home
	code, err := i.knownAccount(o.Account)
	if err != nil {
		return err
	}
	if code != "" {
		a, there, err := i.accountNow(code)
		if err != nil {
			return err
		}
		if there {
			country = i.countryOf(a)
		}
		number, err := i.numberOf(code)
		if err != nil {
			return err
		}
		if err := i.optOut(model.OptOut{Account: code, Number: number}); err != nil {
			return err
		}
	}
	return i.object(o.Phones, country)
}

// knownAccount is the code of the account that a row means, "" where it means none or
// several.
func (i *importer) knownAccount(ref exchange.AccountRef) (string, error) {
	known, err := i.named()
	if err != nil {
		return "", err
	}
	if ref.Code != "" {
		if _, there, err := i.accountNow(ref.Code); there || err != nil {
			return ref.Code, err
		}
		if found := known.called(ref.Code); found != "" {
			return found, nil
		}
		if found, _ := known.names.one(foldName(ref.Code)); found != "" {
			return found, nil
		}
	}
	if ref.Name == "" {
		return "", nil
	}
	found, _ := known.names.one(foldName(ref.Name))
	return found, nil
}

// objectBeside takes in what a row of contacts or calls says of its own numbers.
func (i *importer) objectBeside(row *exchange.Row, account string) error {
	if row.Beside == nil || row.Beside.Phones == "" {
		return nil
	}
	country := i.home
	if account != "" {
		if a, there, err := i.accountNow(account); err != nil {
			return err
		} else if there {
			country = i.countryOf(a)
		}
	}
	return i.object(strings.Split(row.Beside.Phones, "\n"), country)
}
