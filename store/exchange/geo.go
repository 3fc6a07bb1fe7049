package exchange

// The week for maps and satnavs: GeoJSON (RFC 7946) and GPX 1.1.

import (
	"encoding/json"
	"encoding/xml"
	"fmt"
	"io"
	"time"
)

// feature and geometry are the members of GeoJSON that are used. Positions are
// longitude, latitude.
type feature struct {
	Type       string         `json:"type"`
	Geometry   geometry       `json:"geometry"`
	Properties map[string]any `json:"properties"`
}

type geometry struct {
	Type        string `json:"type"`
	Coordinates any    `json:"coordinates"` // a position, or a list of them
}

type position [2]float64

func newFeature(kind string, coordinates any, properties map[string]any) feature {
	return feature{"Feature", geometry{kind, coordinates}, properties}
}

// WriteGeoJSON writes itineraries as a collection of features: a point for every
// visit that has a place, and a line through each day's places. Lines are drawn
// from place to place as the crow flies.
func WriteGeoJSON(w io.Writer, itineraries ...Itinerary) error {
	features := []feature{}
	for _, it := range itineraries {
		for _, day := range it.Days {
			var line []position
			if it.At.Valid() {
				line = append(line, position{it.At.Lon, it.At.Lat})
			}
			for order, v := range day.Visits {
				at := v.Account.At
				if !at.Valid() {
					continue
				}
				point := position{at.Lon, at.Lat}
				line = append(line, point)
				features = append(features, newFeature("Point", point, map[string]any{
					"rep": it.Rep.Code, "date": day.Date.String(), "order": order + 1, "account": v.Account.Code, "name": v.Account.Name,
					"class": string(v.Account.Class), "start": v.Start.String(), "end": v.End.String(), "why": v.Why,
					"address": v.place(), "phone": v.Account.Phone,
				}))
			}
			if it.At.Valid() {
				line = append(line, line[0])
			}
			if len(line) > 1 {
				features = append(features, newFeature("LineString", line, map[string]any{
					"rep": it.Rep.Code, "date": day.Date.String(), "visits": len(day.Visits),
					"kilometres": float64(day.Metres/100) / 10, "driving_minutes": int(day.Driving / time.Minute),
				}))
			}
		}
	}
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", " ")
	if err := encoder.Encode(map[string]any{"type": "FeatureCollection", "features": features}); err != nil {
		return fmt.Errorf("writing the map: %w", err)
	}
	return nil
}

// gpx and below are the elements of GPX 1.1 that are used; a route is a list of
// places to be visited, which a satnav leads along.
type gpx struct {
	XMLName xml.Name   `xml:"http://www.topografix.com/GPX/1/1 gpx"`
	Version string     `xml:"version,attr"`
	Creator string     `xml:"creator,attr"`
	Name    string     `xml:"metadata>name"`
	Routes  []gpxRoute `xml:"rte"`
}

type gpxRoute struct {
	Name   string     `xml:"name"`
	Number int        `xml:"number"`
	Points []gpxPoint `xml:"rtept"`
}

type gpxPoint struct {
	Lat         string `xml:"lat,attr"`
	Lon         string `xml:"lon,attr"`
	Name        string `xml:"name"`
	Description string `xml:"desc,omitempty"`
}

// WriteGPX writes itineraries as routes, one a day, from where the day starts and
// back. Visits without a place are not in them.
func WriteGPX(w io.Writer, itineraries ...Itinerary) error {
	file := gpx{Version: "1.1", Creator: "Doppelpass", Name: titleOf(itineraries)}
	for _, it := range itineraries {
		for _, day := range it.Days {
			route := gpxRoute{Name: it.rep() + " · " + day.Title, Number: len(file.Routes) + 1}
			start := gpxPoint{Lat: sixPlaces(it.At.Lat), Lon: sixPlaces(it.At.Lon), Name: it.Start}
			if it.At.Valid() {
				route.Points = append(route.Points, start)
			}
			for _, v := range day.Visits {
				if at := v.Account.At; at.Valid() {
					route.Points = append(route.Points, gpxPoint{
						Lat: sixPlaces(at.Lat), Lon: sixPlaces(at.Lon),
						Name: v.Start.String() + " " + v.Account.Name, Description: description(v),
					})
				}
			}
			if it.At.Valid() {
				route.Points = append(route.Points, start)
			}
			file.Routes = append(file.Routes, route)
		}
	}
	if _, err := io.WriteString(w, xml.Header); err != nil {
		return fmt.Errorf("writing the route: %w", err)
	}
	encoder := xml.NewEncoder(w)
	encoder.Indent("", "  ")
	if err := encoder.Encode(file); err != nil {
		return fmt.Errorf("writing the route: %w", err)
	}
	_, err := io.WriteString(w, "\n")
	return err
}

func sixPlaces(value float64) string { return fmt.Sprintf("%.6f", value) }
