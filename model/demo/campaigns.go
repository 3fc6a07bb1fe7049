package demo

// Ten campaigns around today: running, about to begin, ready, drafts, cancelled
// and over.

import (
	"fmt"
	"time"

	"doppelpass/model"
)

// campaigns are those of a company with so many copies of the twelve sites.
type campaigns struct {
	list         []model.Campaign
	fair         model.Campaign // the one that Cologne books its visits for
	phoneNow     model.Campaign
	phoneEarlier model.Campaign
	// Those whose signals were answered: the mailing that runs and the one before it,
	// the winter campaign, the trial weeks in Dresden, and the talks with A accounts.
	mailing, mailingBefore, winter, trial, talks model.Campaign
}

// monday is the first Monday on or after d, friday the first Friday.
func monday(d model.Date) model.Date { return (d + 6).Monday() }
func friday(d model.Date) model.Date { return (d + 2).Monday() + 4 }

// season names the part of the year in which a campaign starts.
func season(d model.Date) string {
	switch d.Time().Month() {
	case time.March, time.April, time.May:
		return "Frühjahr"
	case time.June, time.July, time.August:
		return "Sommer"
	case time.September, time.October, time.November:
		return "Herbst"
	}
	return "Winter"
}

var monthsOfTheYear = [...]string{
	"Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November", "Dezember",
}

func monthName(d model.Date) string { return monthsOfTheYear[d.Time().Month()-1] }

// planCampaigns lays the campaigns around today. in names the territories that
// stand at sites.
func planCampaigns(today model.Date, in func(places ...int) []string) campaigns {
	ab := []model.Class{model.ClassA, model.ClassB}
	onlyA := []model.Class{model.ClassA}

	var c campaigns
	add := func(code string, m model.Campaign) model.Campaign {
		m.Code = fmt.Sprintf("%s-%s", code, m.Start.Time().Format("0601"))
		c.list = append(c.list, m)
		return m
	}
	start := monday(today - 14)
	c.mailing = add("MAIL", model.Campaign{
		Name: season(start) + "mailing", Kind: "mailing", Territories: in(allgaeu, rheinMain, leipzig), Classes: ab,
		Start: start, End: friday(start + 25), Status: model.CampaignPlanned, Owner: "Lena Neumann",
		Goal: "Neuer Katalog liegt bei jedem A- und B-Kunden auf dem Tisch", Note: "Brief mit Antwortkarte, Außendienst fasst nach.",
	})
	start = monday(today+7) + 1
	c.fair = add("MESSE", model.Campaign{
		Name: "Fachmesse Köln", Kind: "fair", Territories: []string{"West"}, Classes: onlyA,
		Start: start, End: start + 2, Status: model.CampaignPlanned, Owner: "Oliver Brehm",
		Goal: "A-Kunden persönlich an den Stand einladen", Note: "Halle 7, Stand B 12. Eintrittskarten beim Besuch übergeben.",
	})
	start = monday(today + 32)
	c.winter = add("AKTION", model.Campaign{
		Name: season(start) + "aktion", Kind: "promotion", Territories: in(hamburg, berlin), Classes: ab,
		Start: start, End: friday(start + 11), Status: model.CampaignPlanned, Owner: "Lena Neumann",
		Goal: "Aktionspakete vorbestellen lassen",
	})
	end := friday(today + 2)
	start = (end - 18).Monday()
	c.trial = add("PROMO", model.Campaign{
		Name: "Testwochen Dresden", Kind: "promotion", Territories: in(dresden),
		Start: start, End: end, Status: model.CampaignPlanned, Owner: "Oliver Brehm",
		Goal: "Jeder Kunde probiert das neue Sortiment", Note: "Musterkoffer im Lager Dresden.",
	})
	start = monday(today - 8)
	c.talks = add("AKUNDEN", model.Campaign{
		Name: "A-Kunden-Gespräche " + monthName(start), Kind: "promotion", Territories: in(stuttgart, bremen), Classes: onlyA,
		Start: start, End: friday(start + 18), Status: model.CampaignPlanned, Owner: "Lena Neumann",
		Goal: "Rahmenverträge für das nächste Jahr",
	})
	start = monday(today + 24)
	add("ANZEIGE", model.Campaign{
		Name: "Anzeigen im Handwerksblatt", Kind: "advert", Territories: []string{"Nord"},
		Start: start, End: friday(start + 25), Status: model.CampaignDraft, Owner: "Oliver Brehm",
		Goal: "Bekannter werden zwischen Weser und Ostsee", Note: "Budget noch nicht frei.",
	})
	start = monday(today+7) + 3
	add("ABEND", model.Campaign{
		Name: "Kundenabend Berlin", Kind: "fair", Territories: in(berlin), Classes: ab,
		Start: start, End: start, Status: model.CampaignCancelled, Owner: "Lena Neumann",
		Note: "Abgesagt: Der Saal steht nicht zur Verfügung. Ersatz im nächsten Halbjahr.",
	})
	start = monday(today - 20)
	c.phoneNow = add("TEL", model.Campaign{
		Name: "Telefonaktion Allgäu", Kind: model.KindTelemarketing, Territories: in(allgaeu),
		Start: start, End: friday(start + 32), Status: model.CampaignPlanned, Owner: "Lena Neumann",
		Goal: "Kontakt halten, bis das Gebiet wieder besetzt ist",
	})
	start = monday(today - 130)
	c.mailingBefore = add("MAIL", model.Campaign{
		Name: season(start) + "mailing", Kind: "mailing", Territories: []string{"Süd", "Ost"}, Classes: ab,
		Start: start, End: friday(start + 25), Status: model.CampaignPlanned, Owner: "Lena Neumann",
		Goal: "Katalog vorstellen",
	})
	start = monday(today - 130)
	c.phoneEarlier = add("TEL", model.Campaign{
		Name: "Telefonaktion Ruhrgebiet", Kind: model.KindTelemarketing, Territories: in(ruhr),
		Start: start, End: friday(start + 32), Status: model.CampaignPlanned, Owner: "Oliver Brehm",
		Goal: "Ruhende C-Kunden wecken",
	})
	return c
}
