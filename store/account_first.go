package store

// The accounts are read whole at every start: most of their fields are taken up
// here without asking the description for each.

import "doppelpass/model"

// firstOfAccount reads the first fields of model.AccountFields, from code to note. A
// test holds it to the description; a field that comes later stands behind them.
func firstOfAccount(c *codec, a *model.Account) {
	text(c, &a.Code)
	text(c, &a.Name)
	text(c, &a.Territory)
	text(c, &a.Class)
	number(c, &a.Interval)
	c.bool(&a.DoNotCall)
	c.bool(&a.Inactive)
	number(c, &a.Since)
	text(c, &a.Phone)
	text(c, &a.Consent)
	text(c, &a.Address.Street)
	text(c, &a.Address.Postcode)
	text(c, &a.Address.City)
	text(c, &a.Address.Country)
	c.sparseFloat(&a.At.Lat)
	c.sparseFloat(&a.At.Lon)
	text(c, &a.Placed)
	text(c, &a.Email)
	number(c, &a.VisitMinutes)
	text(c, &a.Hours)
	signed(c, &a.Potential)
	text(c, &a.Note)
}
