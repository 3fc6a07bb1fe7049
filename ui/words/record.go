package words

// What a record is called: by its name where people gave it one, else by the
// account it belongs to and its day.

import (
	"cmp"

	"doppelpass/model"
	"doppelpass/ui/text"
)

// One is what one record of a table is: "account", where Table says "accounts".
func One(p *text.Printer, table model.Table) string { return p.T("record." + string(table)) }

// RecordName is a record as people call it; the Book, which may be nil, names what
// the record refers to.
func RecordName(p *text.Printer, b *model.Book, record model.Record) string {
	switch r := record.(type) {
	case model.Rep:
		return cmp.Or(r.Name, r.Code)
	case model.Territory:
		return cmp.Or(r.Name, r.Code)
	case model.Account:
		return cmp.Or(r.Name, r.Code)
	case model.Campaign:
		return cmp.Or(r.Name, r.Code)
	case model.Person:
		return cmp.Or(r.Name, r.Code)
	}
	return keyName(p, b, record.Key(), false)
}

// KeyName is a record that may be gone by its key, with its code: "Metallbau Falk
// (K-0017)".
func KeyName(p *text.Printer, b *model.Book, key model.Key) string { return keyName(p, b, key, true) }

func keyName(p *text.Printer, b *model.Book, key model.Key, withCode bool) string {
	if b == nil {
		b = model.NewBook()
	}
	var name string
	switch key.Table {
	case model.TableReps:
		name = b.RepName(key.Code)
	case model.TableTerritories:
		name = AreaName(p, b, key.Code)
	case model.TableCampaigns:
		name = CampaignName(b, key.Code)
	case model.TablePeople:
		name = PersonName(b, key.Code)
	case model.TableSettings:
		return ""
	case model.TableAnswers:
		name = AreaName(p, b, key.Code)
	default:
		name = AccountName(b, key.Code)
	}
	if withCode && name != key.Code {
		name = p.T("record.coded", text.Args{"Name": name, "Code": key.Code})
	}
	switch {
	case key.Table == model.TableContacts:
		return p.T("record.of", text.Args{"Name": key.By, "Account": name})
	case key.Date != 0:
		return p.T("record.dated", text.Args{"Name": name, "Day": p.Date(key.Date)})
	}
	return name
}
