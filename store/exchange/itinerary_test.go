package exchange_test

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	ics "github.com/arran4/golang-ical"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"doppelpass/model"
	"doppelpass/store/exchange"
)

func itinerary() exchange.Itinerary {
	monday := model.NewDate(2026, 11, 30)
	return exchange.Itinerary{
		Rep: model.Rep{Code: "R 1", Name: "K. Sommer"}, Title: "K. Sommer · KW 49", Start: "Zuhause", At: model.Coordinates{Lat: 48.78, Lon: 9.18},
		Days: []exchange.ItineraryDay{{
			Date: monday, Title: "Mo 30.11.2026", Leave: model.NewClock(8, 0), Return: model.NewClock(16, 0), Driving: 80 * time.Minute, Metres: 61234,
			Visits: []exchange.ItineraryVisit{
				{
					Account: model.Account{
						Code: "K-17", Name: "Müller, Söhne; & Co. \\ GmbH", Class: model.ClassA, At: model.Coordinates{Lat: 48.8, Lon: 9.2}, Phone: "0711 555",
						Address: model.Address{Street: "Hauptstraße 1", Postcode: "70734", City: "Fellbach"}, Note: "Hintereingang\nbenutzen <laut>",
					},
					Start: model.NewClock(8, 30), End: model.NewClock(9, 0), Why: "62 Tage überfällig · Kampagne Frühjahrsmailing mit sehr vielen Wörtern, die eine Zeile sprengen",
				},
				{Account: model.Account{Code: "K-18", Name: "Ohne Ort"}, Start: model.NewClock(10, 0), End: model.NewClock(10, 30)},
			},
		}},
	}
}

func TestTheWeekGoesOutAsACalendarThatReadsBack(t *testing.T) {
	berlin, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Skip("no table of time zones on this machine")
	}
	stamp := time.Date(2026, 11, 27, 15, 0, 0, 0, time.UTC)
	var out bytes.Buffer
	require.NoError(t, exchange.WriteCalendar(&out, stamp, berlin, itinerary()))
	for line := range strings.SplitSeq(strings.TrimSuffix(out.String(), "\r\n"), "\r\n") {
		require.LessOrEqual(t, len(line), 75, "folded at 75 octets: %q", line)
		require.True(t, utf8.ValidString(line), "no letter cut in two: %q", line)
		require.NotContains(t, line, "\n")
	}
	calendar, err := ics.ParseCalendar(bytes.NewReader(out.Bytes()))
	require.NoError(t, err)
	require.Len(t, calendar.Events(), 2)
	event, it := calendar.Events()[0], itinerary()
	start, err := event.GetStartAt()
	require.NoError(t, err)
	require.Equal(t, time.Date(2026, 11, 30, 7, 30, 0, 0, time.UTC), start.UTC(), "half past eight in Berlin's winter")
	end, err := event.GetEndAt()
	require.NoError(t, err)
	require.Equal(t, 30*time.Minute, end.Sub(start))
	text := func(p ics.ComponentProperty) string { return event.GetProperty(p).Value }
	require.Equal(t, it.Days[0].Visits[0].Account.Name, text(ics.ComponentPropertySummary))
	require.Equal(t, "Hauptstraße 1, 70734 Fellbach", text(ics.ComponentPropertyLocation))
	require.Equal(t, "48.800000;9.200000", text(ics.ComponentPropertyGeo))
	require.Contains(t, text(ics.ComponentPropertyDescription), "62 Tage überfällig")
	require.Contains(t, text(ics.ComponentPropertyDescription), "0711 555\nHintereingang\nbenutzen")
	require.NotEmpty(t, text(ics.ComponentPropertyDtstamp))

	// Moved to another day and exported anew, it is the same event, only newer.
	it.Days[0].Date++
	var again bytes.Buffer
	require.NoError(t, exchange.WriteCalendar(&again, stamp.Add(time.Hour), berlin, it))
	calendar, err = ics.ParseCalendar(&again)
	require.NoError(t, err)
	require.Equal(t, event.Id(), calendar.Events()[0].Id())
	require.NotEqual(t, event.GetProperty(ics.ComponentPropertySequence).Value, calendar.Events()[0].GetProperty(ics.ComponentPropertySequence).Value)
}

func TestACalendarOfSeveralRepsTellsThemApart(t *testing.T) {
	one, two := itinerary(), itinerary()
	two.Rep, two.Title = model.Rep{Code: "R2", Name: "Bo Süd"}, "Bo Süd · W49"
	var out bytes.Buffer
	require.NoError(t, exchange.WriteCalendar(&out, time.Unix(0, 0), time.UTC, one, two))
	calendar, err := ics.ParseCalendar(&out)
	require.NoError(t, err)
	require.Len(t, calendar.Events(), 4)
	ids := map[string]bool{}
	for i, event := range calendar.Events() {
		ids[event.Id()] = true
		rep := []string{one.Rep.Name, one.Rep.Name, "Bo Süd", "Bo Süd"}[i]
		require.Contains(t, event.GetProperty(ics.ComponentPropertySummary).Value, rep+": ")
		require.Equal(t, rep, event.GetProperty(ics.ComponentPropertyCategories).Value)
	}
	require.Len(t, ids, 4)
	for _, p := range calendar.CalendarProperties {
		if p.IANAToken == string(ics.PropertyXWRCalName) {
			require.Contains(t, p.Value, "Bo Süd")
			require.Contains(t, p.Value, one.Title)
		}
	}
	out.Reset()
	require.NoError(t, exchange.WriteGPX(&out, one, two))
	require.Contains(t, out.String(), "<name>"+one.Title+", Bo Süd · W49</name>")
}

func TestAnEmptyWeekIsAValidCalendar(t *testing.T) {
	empty := itinerary()
	empty.Days = nil
	var out bytes.Buffer
	require.NoError(t, exchange.WriteCalendar(&out, time.Unix(0, 0), time.UTC, empty))
	calendar, err := ics.ParseCalendar(&out)
	require.NoError(t, err)
	require.Len(t, calendar.Components, 1, "RFC 5545 wants at least one component")
	require.Empty(t, calendar.Events())
}

func TestAnyTextSurvivesTheCalendar(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		it := itinerary()
		// Control characters never get this far: they are cleaned where text enters.
		name := rapid.StringMatching(`[ -~äöüß€\p{Greek}]{1,120}`).Draw(t, "name")
		it.Days[0].Visits[0].Account.Name = name
		it.Days[0].Visits[0].Account.Code = rapid.StringMatching(`[ -~ä]{1,30}`).Draw(t, "code")
		var out bytes.Buffer
		require.NoError(t, exchange.WriteCalendar(&out, time.Unix(0, 0), time.UTC, it))
		calendar, err := ics.ParseCalendar(&out)
		require.NoError(t, err)
		require.Equal(t, name, calendar.Events()[0].GetProperty(ics.ComponentPropertySummary).Value)
	})
}

func TestTheWeekGoesOutAsMapAndRoute(t *testing.T) {
	var out bytes.Buffer
	require.NoError(t, exchange.WriteGeoJSON(&out, itinerary()))
	var collection struct {
		Type     string
		Features []struct {
			Geometry struct {
				Type        string
				Coordinates any
			}
			Properties map[string]any
		}
	}
	require.NoError(t, json.Unmarshal(out.Bytes(), &collection))
	require.Equal(t, "FeatureCollection", collection.Type)
	require.Len(t, collection.Features, 2, "one visit has no place; the other, and the day's line")
	require.Equal(t, []any{9.2, 48.8}, collection.Features[0].Geometry.Coordinates, "longitude first")
	require.Equal(t, "08:30", collection.Features[0].Properties["start"])
	require.Equal(t, "LineString", collection.Features[1].Geometry.Type)
	require.Len(t, collection.Features[1].Geometry.Coordinates, 3, "from home, there, and back")

	out.Reset()
	require.NoError(t, exchange.WriteGPX(&out, itinerary()))
	var file struct {
		Routes []struct {
			Name   string `xml:"name"`
			Points []struct {
				Lat  float64 `xml:"lat,attr"`
				Name string  `xml:"name"`
				Desc string  `xml:"desc"`
			} `xml:"rtept"`
		} `xml:"http://www.topografix.com/GPX/1/1 rte"`
	}
	require.NoError(t, xml.Unmarshal(out.Bytes(), &file))
	require.Len(t, file.Routes, 1)
	require.Len(t, file.Routes[0].Points, 3)
	require.Equal(t, "08:30 Müller, Söhne; & Co. \\ GmbH", file.Routes[0].Points[1].Name)
	require.Contains(t, file.Routes[0].Points[1].Desc, "<laut>")
}
