package tables_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"doppelpass/model"
	"doppelpass/ui/tables"
	"doppelpass/ui/text"
)

func TestANumberStandsOnACallListOnce(t *testing.T) {
	book := model.NewBook()
	account := func(code, phone, country string) model.Edit {
		return model.Edit{After: model.Account{Code: code, Name: "Firma " + code, Phone: phone, Address: model.Address{Country: country}}}
	}
	book.Apply(model.Change{Edits: []model.Edit{
		account("1", "0711 555123", ""), account("2", "+49 711 55 51 23", ""), account("3", "0711 555123", "AT"), account("4", "", ""), account("5", "", ""), account("6", "0049-711-555123", "DE"),
	}})
	var list []*model.Customer
	for _, code := range []string{"1", "2", "3", "4", "5", "6"} {
		list = append(list, book.Account(code))
	}
	view := tables.View{Text: text.New(text.German), Day: book.On(model.NewDate(2026, 11, 24))}
	var got []string
	for a := range tables.CallRows(view, list) {
		row := a.Code
		for _, other := range a.Same {
			row += "+" + other.Code
		}
		got = append(got, row)
	}
	require.Equal(t, []string{"1+2+6", "3", "4", "5"}, got, "the same figures in another country are another number")
	a := tables.AccountOn(view, list[0])
	a.Same = list[1:2]
	require.Contains(t, tables.CallList.Printed(view, a)[0], "auch Firma 2")
}
