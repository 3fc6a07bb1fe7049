package calling_test

// What of the other department is said before a call, and that nothing of it is lost on
// a small screen.

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"doppelpass/model"
	"doppelpass/ui/calling"
	"doppelpass/ui/session"
	"doppelpass/ui/text"
	"doppelpass/ui/uitest"
)

var today = uitest.Today

// crowded is an account of which everything is known, promised a call now, visited last
// week, with a visit planned.
func crowded() []model.Record {
	a := account("K1")
	a.ConsentBasis, a.Consent = "Kunde seit 2019, Auftrag vom 12.3.2024", model.ConsentPresumed
	a.Note, a.Hours = "Einkauf sitzt im Nebengebäude, bitte am Tor anrufen; nimmt nur Muster mit Preisliste.", "Mo-Fr 07:00-16:00"
	return []model.Record{
		a, model.Territory{Code: "T1", Name: "Ulm", Rep: "R1", MarketingNote: "Handwerkskammer lädt im Dezember ein."},
		model.Contact{Account: "K1", Name: "Ines Lang", Function: "Einkauf", Phone: "0711 5550155"},
		model.Contact{Account: "K1", Name: "Rolf Aumann", Function: "Geschäftsführung"},
		model.Visit{Account: "K1", Date: today - 5, Rep: "R1", Outcome: "order", Value: 120000, Note: "Muster bestellt"},
		model.Visit{Account: "K1", Date: today - 80, Rep: "R1", Outcome: "none", Note: "wenig Zeit"},
		model.Call{Account: "K1", Date: today - 2, Agent: "Lena Neumann", Outcome: model.CallBack, Note: "Rückfrage zum Katalog"},
		model.PlannedVisit{Rep: "R1", Account: "K1", Date: today + 3, Time: model.NewClock(10, 0)},
		model.FollowUp{ID: model.RowID{1}, Account: "K1", Kind: model.FollowCall, Date: today - 2, Due: today, At: model.NewClock(8, 0), By: "Lena Neumann", Note: "will Preise hören"},
		model.Campaign{Code: "TEL-1", Name: "Telefonaktion Ulm", Kind: model.KindTelemarketing, Territories: []string{"T1"}, Start: today - 9, End: today + 20,
			Status: model.CampaignPlanned, Goal: "Kontakt halten, bis das Gebiet wieder besetzt ist"},
	}
}

func crowdedDesk(t *testing.T, language text.Language, width, height int) *desk {
	records := append([]model.Record{model.Rep{Code: "R1", Name: "K. Sommer"}}, crowded()...)
	d := &desk{Stage: uitest.New(t, language, records...), t: t, time: time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)}
	d.Session.Time = func() time.Time { return d.time }
	d.Show(calling.New(d.Session), width, height)
	d.Stage.Do(d.Page.Open(session.CallsTarget(session.CallsOfCampaign, "TEL-1")))
	return d
}

// Whoever calls is told before that the rep was here and will be, with name and day.
func TestWhoCallsIsToldThatSalesWasHereAndWillBe(t *testing.T) {
	d := crowdedDesk(t, text.English, 160, 45)
	require.Contains(t, d.View(), "▲ K. Sommer visited this customer on Thu 19 Nov.")
	require.Contains(t, d.View(), "▲ K. Sommer has planned a visit for Fri 27 Nov.")
	require.NotContains(t, d.View(), "4 Sep", "what is long past is no double work")
}

// Whether the customer really wants no more calls is asked without hiding what either
// department last had to do with them.
func TestTheQuestionHidesNeitherDepartmentsLine(t *testing.T) {
	for _, language := range text.Languages {
		for _, size := range [][2]int{{80, 24}, {100, 24}, {160, 45}} {
			t.Run(fmt.Sprint(language, size), func(t *testing.T) {
				d := crowdedDesk(t, language, size[0], size[1])
				for _, asked := range []bool{false, true} {
					if asked {
						d.press("o")
					}
					view := d.View()
					if testing.Verbose() {
						fmt.Println(view)
					}
					require.Contains(t, view, "Lena Neumann · ", "marketing's line")
					require.Contains(t, view, "K. Sommer · ", "sales' line")
					require.Contains(t, view, "0711 555011", "the number")
					require.Equal(t, size[1]-4, len(strings.Split(view, "\n")))
				}
			})
		}
	}
}
