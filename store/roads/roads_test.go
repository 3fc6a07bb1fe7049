package roads

import (
	"context"
	"encoding/json"
	"fmt"
	"math"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"doppelpass/model"
	"doppelpass/model/route"
	"doppelpass/store"
)

// server answers like OSRM on a plane: a degree is 100,000 metres and takes an hour.
// Nothing leads to a place north of 60 degrees.
func server(t *testing.T) (url string, requests *int) {
	requests = new(int)
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		*requests++
		list, ok := strings.CutPrefix(r.URL.Path, "/table/v1/driving/")
		require.True(t, ok, r.URL.Path)
		var at [][2]float64
		for place := range strings.SplitSeq(list, ";") {
			var lon, lat float64
			_, err := fmt.Sscanf(place, "%f,%f", &lon, &lat)
			require.NoError(t, err)
			at = append(at, [2]float64{lon, lat})
		}
		require.LessOrEqual(t, len(at), 100)
		// The separators are semicolons, which net/url does not take for a query's.
		pick := func(name string) (list []int) {
			for pair := range strings.SplitSeq(r.URL.RawQuery, "&") {
				if value, ok := strings.CutPrefix(pair, name+"="); ok {
					for n := range strings.SplitSeq(value, ";") {
						i, err := strconv.Atoi(n)
						require.NoError(t, err)
						list = append(list, i)
					}
				}
			}
			return list
		}
		durations, distances := [][]any{}, [][]any{}
		for _, i := range pick("sources") {
			var d, m []any
			for _, j := range pick("destinations") {
				if at[j][1] > 60 || at[i][1] > 60 {
					d, m = append(d, nil), append(m, nil)
					continue
				}
				degrees := math.Hypot(at[i][0]-at[j][0], at[i][1]-at[j][1])
				d, m = append(d, degrees*3600), append(m, degrees*100_000)
			}
			durations, distances = append(durations, d), append(distances, m)
		}
		_ = json.NewEncoder(w).Encode(map[string]any{"code": "Ok", "durations": durations, "distances": distances})
	}))
	t.Cleanup(s.Close)
	return s.URL, requests
}

func places(n int) []model.Coordinates {
	list := make([]model.Coordinates, n)
	for i := range list {
		list[i] = model.Coordinates{Lat: 48 + float64(i)*0.01, Lon: 9}
	}
	return list
}

func TestDrivesByRoadAreAskedForOnceAndKept(t *testing.T) {
	url, requests := server(t)
	s, err := store.Open(filepath.Join(t.TempDir(), "x.db"), store.Options{Fast: true})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, s.Close()) })
	all := places(120)
	roads := Server{URL: url + "/", Store: s}
	travel, err := roads.Travel(context.Background(), all, nil)
	require.NoError(t, err)
	require.Equal(t, 9, *requests, "blocks of 50 by 50")
	require.Equal(t, route.Leg{Time: route.Minutes(60), Metres: 100_000}, travel.Between(3, 103))

	again, err := roads.Travel(context.Background(), all, nil)
	require.NoError(t, err)
	require.Equal(t, 9, *requests, "known already")
	require.Equal(t, travel.Between(7, 99), again.Between(7, 99))

	more := append(places(120), model.Coordinates{Lat: 49, Lon: 10})
	_, err = roads.Travel(context.Background(), more, nil)
	require.NoError(t, err)
	require.Greater(t, *requests, 9, "a new place is asked about")
}

func TestWhereThereIsNoWayTheEstimateStays(t *testing.T) {
	url, _ := server(t)
	list := []model.Coordinates{{Lat: 48, Lon: 9}, {Lat: 61, Lon: 9}, {Lat: 48.5, Lon: 9}}
	travel, err := Server{URL: url}.Travel(context.Background(), list, nil)
	require.NoError(t, err)
	estimate := route.Estimate(route.Point{Lat: 48, Lon: 9}, route.Point{Lat: 61, Lon: 9})
	require.Equal(t, estimate, travel.Between(0, 1))
	require.Equal(t, route.Minutes(30), travel.Between(0, 2).Time)

	travel, err = Server{URL: url}.Travel(context.Background(), list, []int{1})
	require.NoError(t, err)
	require.Equal(t, route.Estimate(route.Point{Lat: 48, Lon: 9}, route.Point{Lat: 48.5, Lon: 9}), travel.Between(0, 2), "not asked for")
}

func TestAServerThatErrsIsTold(t *testing.T) {
	for name, handler := range map[string]http.HandlerFunc{
		"no JSON": func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "<html>") },
		"refuses": func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(http.StatusBadRequest)
			fmt.Fprint(w, `{"code":"TooBig","message":"Too many table coordinates"}`)
		},
		"too few": func(w http.ResponseWriter, _ *http.Request) {
			fmt.Fprint(w, `{"code":"Ok","durations":[[0]],"distances":[[0]]}`)
		},
	} {
		s := httptest.NewServer(handler)
		_, err := Server{URL: s.URL}.Travel(context.Background(), places(3), nil)
		require.Error(t, err, name)
		s.Close()
	}
	for wrong, kind := range map[string]TroubleKind{"": TroubleAddress, "ftp://x": TroubleAddress, "no address": TroubleAddress, "http://127.0.0.1:1": TroubleSilent} {
		_, err := Server{URL: wrong}.Travel(context.Background(), places(2), nil)
		var trouble Trouble
		require.ErrorAs(t, err, &trouble, wrong)
		require.Equal(t, kind, trouble.Kind, wrong)
	}
}

func FuzzKeptDrives(f *testing.F) {
	t := newTable([]spot{{1, 2}, {3, 4}})
	f.Add(t.pack())
	f.Fuzz(func(_ *testing.T, packed []byte) { newTable([]spot{{1, 2}, {5, 6}}).take(packed) })
}

// Where customers are is told to the server that was named and to no other, and what
// it answers is shown as text.
func TestAServerIsNotTrusted(t *testing.T) {
	elsewhere := 0
	other := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { elsewhere++ }))
	defer other.Close()
	first := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, other.URL+r.URL.Path, http.StatusFound)
	}))
	defer first.Close()
	places := []model.Coordinates{{Lat: 48, Lon: 9}, {Lat: 48.5, Lon: 9}}
	_, err := Server{URL: strings.Replace(first.URL, "://", "://me:secret@", 1)}.Travel(context.Background(), places, nil)
	require.ErrorIs(t, err, errElsewhere)
	require.NotContains(t, err.Error(), "secret")
	require.Zero(t, elsewhere)

	rude := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(http.StatusBadRequest)
		_ = json.NewEncoder(w).Encode(answer{Code: "No", Message: "\x1b]0;PWN\x07sorry"})
	}))
	defer rude.Close()
	_, err = Server{URL: rude.URL}.Travel(context.Background(), places, nil)
	require.ErrorContains(t, err, "sorry")
	require.NotContains(t, err.Error(), "\x1b")
}
