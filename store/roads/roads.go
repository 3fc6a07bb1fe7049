// Package roads asks a routing server for drives by road, in place of estimates. It
// speaks the table service of OSRM's HTTP interface
// (project-osrm.org/docs/v5.24.0/api, "Table service") and keeps the answers in the
// store, so that a rep's places are asked about once.
package roads

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"doppelpass/model"
	"doppelpass/model/route"
	"doppelpass/store"
	"doppelpass/store/exchange"
)

// MostPlaces is how many places a table is asked for; with more, those named first
// count and the others keep their estimates.
const MostPlaces = 300

// block is how many places a request has on either side: servers take at most a
// hundred in all.
const block = 50

// patience is how long all the answers together may take.
const patience = 30 * time.Second

// mostBytes bounds an answer.
const mostBytes = 4 << 20

// Server is a routing server.
type Server struct {
	URL    string       // of the server, such as https://router.example:5000
	Store  *store.Store // where answers are kept; nil, or open for reading only: nowhere
	Client *http.Client // nil: the usual one
}

// Travel gives the drives between places: by road between those that which names
// (all when it is nil; at most MostPlaces), by estimate where the server knows no way
// and for the rest. The error says what the server did wrong; there is no Travel then.
func (s Server) Travel(ctx context.Context, places []model.Coordinates, which []int) (*route.Travel, error) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	if which == nil {
		for i := range places {
			which = append(which, i)
		}
	}
	which = which[:min(len(which), MostPlaces)]
	points := make([]route.Point, len(places))
	for i, at := range places {
		points[i] = route.Point{Lat: at.Lat, Lon: at.Lon}
	}
	travel := route.NewTravel(points)
	if len(which) == 0 {
		return travel, nil
	}
	wanted := make([]spot, len(which))
	for i, place := range which {
		wanted[i] = spotOf(places[place])
	}
	known := newTable(wanted)
	address := s.address()
	name := "roads " + address + " " + wanted[0].String()
	if s.Store != nil {
		kept, err := s.Store.Recall(name)
		if err != nil {
			return nil, fmt.Errorf("reading the drives kept from %s: %w", address, err)
		}
		known.take(kept)
	}
	asked, err := s.fill(ctx, known)
	if err != nil {
		trouble := Trouble{Kind: TroubleSilent}
		if !errors.As(err, &trouble) {
			trouble.Err = err
		}
		trouble.Address = address
		return nil, trouble
	}
	if asked && s.Store != nil && !s.Store.ReadOnly() {
		if err := s.Store.Remember(name, known.pack()); err != nil {
			return nil, fmt.Errorf("keeping the drives from %s: %w", address, err)
		}
	}
	for i, from := range which {
		for j, to := range which {
			if leg, ok := known.leg(i, j); ok && i != j {
				travel.Set(from, to, leg)
			}
		}
	}
	return travel, nil
}

// address is the server's, without a name and password in it: it is shown and kept.
func (s Server) address() string {
	u, err := url.Parse(s.URL)
	if err != nil {
		return "the server"
	}
	u.User = nil
	return exchange.Clean(u.String())
}

// Trouble is why a server gave no drives.
type Trouble struct {
	Kind    TroubleKind
	Address string // as it may be shown
	Said    string // what the server says of it, where it says anything
	Err     error  // nil: there is no more to it
}

// TroubleKind is a kind of trouble.
type TroubleKind string

// The kinds: no address of a server; nothing there that answers; it sends the question on to
// another, who is not to learn where customers are; an answer that is none; and it refuses.
const (
	TroubleAddress    TroubleKind = "address"
	TroubleSilent     TroubleKind = "silent"
	TroubleElsewhere  TroubleKind = "elsewhere"
	TroubleUnreadable TroubleKind = "unreadable"
	TroubleRefused    TroubleKind = "refused"
)

// Error implements error.
func (t Trouble) Error() string {
	return fmt.Sprintf("asking %s for drives: %s %s: %v", t.Address, t.Kind, t.Said, t.Err)
}

// Unwrap is for errors.Is.
func (t Trouble) Unwrap() error { return t.Err }

// errElsewhere says that a server sent the question on to another: the places of
// customers are for the server that was named, and no other.
var errElsewhere = errors.New("it sends the question on to another server")

// staying is a client that follows no redirection to another server.
func staying(client *http.Client) *http.Client {
	if client == nil {
		client = http.DefaultClient
	}
	c := *client
	c.CheckRedirect = func(next *http.Request, before []*http.Request) error {
		first := before[0].URL
		if next.URL.Host != first.Host || first.Scheme == "https" && next.URL.Scheme != "https" {
			return errElsewhere
		}
		if len(before) >= 10 {
			return errElsewhere // around in circles
		}
		return nil
	}
	return &c
}

// fill asks for what the table lacks, block by block.
func (s Server) fill(ctx context.Context, t *table) (asked bool, err error) {
	for from := 0; from < len(t.spots); from += block {
		for to := 0; to < len(t.spots); to += block {
			sources, destinations := t.spots[from:min(from+block, len(t.spots))], t.spots[to:min(to+block, len(t.spots))]
			if !t.lacks(from, len(sources), to, len(destinations)) {
				continue
			}
			a, err := s.ask(ctx, sources, destinations)
			if err != nil {
				return asked, err
			}
			asked = true
			for i := range sources {
				for j := range destinations {
					t.set(from+i, to+j, a.Durations[i][j], a.Distances[i][j])
				}
			}
		}
	}
	return asked, nil
}

// answer is what the table service says. A drive that is not possible is null.
type answer struct {
	Code      string       `json:"code"`
	Message   string       `json:"message"`
	Durations [][]*float64 `json:"durations"` // seconds
	Distances [][]*float64 `json:"distances"` // metres
}

func (s Server) ask(ctx context.Context, sources, destinations []spot) (a answer, err error) {
	var places, from, to []string
	for i, p := range sources {
		places, from = append(places, p.String()), append(from, strconv.Itoa(i))
	}
	for i, p := range destinations {
		places, to = append(places, p.String()), append(to, strconv.Itoa(len(sources)+i))
	}
	base, err := url.Parse(strings.TrimRight(s.URL, "/"))
	if err != nil || (base.Scheme != "http" && base.Scheme != "https") || base.Host == "" {
		return a, Trouble{Kind: TroubleAddress}
	}
	address := base.String() + "/table/v1/driving/" + strings.Join(places, ";") + "?annotations=duration,distance&sources=" +
		strings.Join(from, ";") + "&destinations=" + strings.Join(to, ";")
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return a, err
	}
	request.Header.Set("User-Agent", "doppelpass")
	response, err := staying(s.Client).Do(request)
	switch {
	case errors.Is(err, errElsewhere):
		return a, Trouble{Kind: TroubleElsewhere, Err: errElsewhere}
	case err != nil:
		return a, Trouble{Kind: TroubleSilent, Err: shortened(err)}
	}
	defer response.Body.Close()
	if err := json.NewDecoder(io.LimitReader(response.Body, mostBytes)).Decode(&a); err != nil {
		return a, Trouble{Kind: TroubleUnreadable, Said: exchange.Clean(response.Status), Err: err}
	}
	if a.Code != "Ok" {
		return a, Trouble{Kind: TroubleRefused, Said: strings.TrimSpace(exchange.Clean(a.Code) + " " + exchange.Clean(a.Message))}
	}
	if !shaped(a.Durations, len(sources), len(destinations)) || !shaped(a.Distances, len(sources), len(destinations)) {
		return a, Trouble{Kind: TroubleUnreadable, Said: exchange.Clean(response.Status)}
	}
	return a, nil
}

// shortened leaves out the address, which names every place.
func shortened(err error) error {
	if wrapped, ok := err.(*url.Error); ok {
		return wrapped.Err
	}
	return err
}

func shaped(rows [][]*float64, height, width int) bool {
	if len(rows) != height {
		return false
	}
	for _, row := range rows {
		if len(row) != width {
			return false
		}
	}
	return true
}

// legOf is a drive as the planner takes it: whole minutes, rounded up, so that times
// shown in minutes add up. ok is false for what is no drive.
func legOf(seconds, metres *float64) (leg route.Leg, ok bool) {
	if seconds == nil || metres == nil || !(*seconds >= 0 && *seconds < 1e6) || !(*metres >= 0 && *metres < 2e9) {
		return route.Leg{}, false
	}
	return route.Leg{Time: route.Minutes(int(math.Ceil(*seconds / 60))), Metres: int32(math.Round(*metres))}, true
}
