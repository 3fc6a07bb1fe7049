package uitest

// A small company for the tests, with figures one can count in one's head.

import (
	"fmt"

	"doppelpass/model"
)

// Company is three territories of two reps with ten accounts each, visits of the
// last months, and a campaign in every state.
//
// In Ulm everybody was visited within the last two weeks, in Ostalb two accounts
// were, and in Allgäu nobody ever.
func Company() []model.Record {
	day := func(days int) model.Date { return Today + model.Date(days) }
	records := []model.Record{
		model.Rep{Code: "R1", Name: "K. Sommer", Capacity: 20}, model.Rep{Code: "R2", Name: "M. Adler"},
		model.Territory{Code: "T1", Name: "Ulm", Region: "Süd/Baden-Württemberg", Rep: "R1"},
		model.Territory{Code: "T2", Name: "Ostalb", Region: "Süd/Baden-Württemberg", Rep: "R1"},
		model.Territory{Code: "T3", Name: "Allgäu", Region: "Süd/Bayern", Rep: "R2"},
	}
	for t := 1; t <= 3; t++ {
		for n := range 10 {
			code := fmt.Sprintf("K%d%d", t, n)
			records = append(records, model.Account{
				Code: code, Name: fmt.Sprintf("Kunde %d-%d", t, n), Territory: fmt.Sprintf("T%d", t), Class: model.DefaultSettings().Classes[n%3].Code,
				Since: day(-900), Phone: "0711 555 01", Consent: model.ConsentPresumed,
				Address: model.Address{City: []string{"Ulm", "Aalen", "Kempten"}[t-1], Postcode: "7"},
			})
			rep, ago := "R1", n+1
			if t == 3 || t == 2 && n >= 2 {
				continue
			}
			records = append(records, model.Visit{
				Account: code, Date: day(-ago), Time: model.NewClock(9, 0), Rep: rep, Outcome: "order", Value: 125000, Minutes: 45,
				Note: fmt.Sprintf("Muster %d-%d", t, n),
			})
		}
	}
	records = append(records,
		model.Visit{Account: "K30", Date: day(-1), Time: model.NewClock(10, 30), Rep: "R2", Kind: model.VisitNotMet, Note: "niemand da"},
		model.Call{Account: "K30", Date: day(-3), Agent: "M", Outcome: model.CallReached, Campaign: "C2"},
		model.Call{Account: "K31", Date: day(-3), Agent: "M", Outcome: model.CallNotReached, Campaign: "C2"},
		model.Campaign{Code: "C1", Name: "Spring mailing", Kind: "mailing", Territories: []string{"Süd"}, Start: day(15), End: day(24),
			Status: model.CampaignPlanned, Owner: "P. Vogt", Goal: "Everybody has seen the new samples", Note: "Printer needs two weeks"},
		model.Campaign{Code: "C2", Name: "Phone round", Kind: model.KindTelemarketing, Territories: []string{"T3"}, Start: day(-10), End: day(10),
			Status: model.CampaignPlanned},
		model.Campaign{Code: "C3", Name: "Building fair", Kind: "fair", Territories: []string{"T1"}, Start: day(30), End: day(31), Status: model.CampaignDraft},
		model.Campaign{Code: "C4", Name: "Autumn advert", Kind: "advert", Territories: []string{"T1"}, Start: day(5), End: day(6), Status: model.CampaignCancelled},
		model.Campaign{Code: "C5", Name: "Summer promotion", Kind: "promotion", Territories: []string{"Süd"}, Start: day(-30), End: day(-20), Status: model.CampaignPlanned},
	)
	return records
}
