package demo

// How the signals around today were answered: every state of a case, for a reason
// that can be told.

import "doppelpass/model"

// salesLead and marketingLead answer in the demo.
const (
	salesLead     = "Heike Lindner"
	marketingLead = "Lena Neumann"
)

// answers are given once the campaigns are there.
func (m *maker) answers() error {
	today := m.o.Today
	back := func(workdays int) model.Date { // the working day so many before today
		day := today
		for workdays > 0 || model.WorkingDays(day, day) == 0 {
			if day--; model.WorkingDays(day, day) == 1 {
				workdays--
			}
		}
		return day
	}
	c := m.campaigns
	for n := range m.copies {
		visits := func(place int, campaign model.Campaign, a model.Answer) model.Answer {
			a.Kind, a.Territory, a.Campaign, a.By = model.StepUpVisits, m.territoryCode(n, place), campaign.Code, salesLead
			if a.Says == model.SaysAccept {
				a.Until = campaign.End
			}
			return a
		}
		calls := func(place int, a model.Answer) model.Answer {
			a.Kind, a.Territory, a.By = model.AddTelemarketing, m.territoryCode(n, place), marketingLead
			return a
		}
		list := []model.Answer{
			// Nobody looks after Allgäu: sales asks for the A accounts alone.
			visits(allgaeu, c.mailing, model.Answer{Says: model.SaysCounter, Date: back(1), Short: 26, Classes: []model.Class{model.ClassA},
				Note: "Das Gebiet ist unbesetzt; die A-Kunden übernimmt das Nachbargebiet."}),
			// Rhein-Main asked for the A accounts alone and was refused: sales has to say more.
			visits(rheinMain, c.mailing, model.Answer{Says: model.SaysCounter, Date: back(2), Short: 24, Classes: []model.Class{model.ClassA},
				Note: "Lange Wege von Köln aus; B-Kunden nur im Januar."}),
			func() model.Answer {
				a := visits(rheinMain, c.mailing, model.Answer{Says: model.SaysRefuse, Date: back(1), Short: 24, Note: "Die B-Kunden haben die Antwortkarte schon."})
				a.By = marketingLead
				return a
			}(),
			// Leipzig had no room for it at first; the refusal is over.
			visits(leipzig, c.mailing, model.Answer{Says: model.SaysDecline, Date: back(6), Until: back(2), Reason: model.DeclinedNoRoom, Short: 9}),
			// Dresden asked for another date before it began, and heard nothing.
			visits(dresden, c.trial, model.Answer{Says: model.SaysCounter, Date: c.trial.Start - 4, Short: 40, Start: c.trial.Start + 21, End: c.trial.End + 21,
				Note: "Die Musterkoffer sind noch beim Händler."}),
			// Hamburg has promised the winter campaign, and begun with nothing yet.
			visits(hamburg, c.winter, model.Answer{Says: model.SaysAccept, Date: back(4), Short: 23}),
			// Berlin cannot before the trade fair is over.
			visits(berlin, c.winter, model.Answer{Says: model.SaysDecline, Date: back(2), Until: back(2) + 14, Reason: model.DeclinedDate, Short: 24, Worse: 10,
				Note: "erst nach der Fachmesse"}),
			// The talks with the A accounts were taken on early, and are done.
			visits(stuttgart, c.talks, model.Answer{Says: model.SaysAccept, Date: c.talks.Start - 18, Short: 11}),
			visits(bremen, c.talks, model.Answer{Says: model.SaysAccept, Date: c.talks.Start - 18, Short: 9}),
			calls(rheinMain, model.Answer{Says: model.SaysAccept, Date: back(1), Until: today + 14, Short: 16}),
			// Calls were promised in Dresden, and nobody has called yet.
			calls(dresden, model.Answer{Says: model.SaysAccept, Date: back(4), Until: today + 14, Short: 10}),
			calls(leipzig, model.Answer{Says: model.SaysDecline, Date: back(3), Until: back(3) + 21, Reason: model.DeclinedHandled, Short: 11,
				Note: "Messeeinladung geht an alle"}),
		}
		for i, place := range []int{stuttgart, ulm, leipzig, dresden} { // what became of these, the visits say
			a := visits(place, c.mailingBefore, model.Answer{Says: model.SaysAccept, Date: c.mailingBefore.Start - 10, Short: 12 + i})
			list = append(list, a)
		}
		for i, a := range list {
			a.ID = model.DeriveRowID(a.Territory, a.Date, 0, a.By, a.Campaign, i)
			if err := m.sink.Put(a); err != nil {
				return err
			}
		}
	}
	return nil
}
