package command

// Places: postcode tables, and where the accounts stand.

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"doppelpass/model"
	"doppelpass/model/place"
	"doppelpass/store"
	"doppelpass/store/exchange"
	"doppelpass/ui/text"
)

func (r *run) placesCommand() *cobra.Command {
	c := &cobra.Command{
		Use: "places", Short: "command.places.short", Long: "command.places.long", Args: r.noArgs,
		RunE: func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	c.AddCommand(&cobra.Command{
		Use: "add FILE", Short: "command.places.add.short", Long: "command.places.add.long", Args: r.oneArg("FILE"),
		Example: "  doppelpass places add DE.txt", DisableFlagsInUseLine: true,
		RunE: func(_ *cobra.Command, args []string) error { return r.addPlaces(args[0]) },
	}, &cobra.Command{
		Use: "check", Short: "command.places.check.short", Long: "command.places.check.long", Args: r.noArgs,
		RunE: func(*cobra.Command, []string) error { return r.checkPlaces() },
	})
	return c
}

func (r *run) addPlaces(path string) error {
	if err := r.files(&path); err != nil {
		return err
	}
	file, _, err := exchange.OpenRegular(path)
	if err != nil {
		return err
	}
	defer file.Close()
	s, err := r.changing()
	if err != nil {
		return err
	}
	defer r.close(s)
	report, countries, _, err := s.AddPlaces(r.actor(), file)
	if err != nil && report.Used == 0 && report.BadCount > 0 {
		return &exchange.FileError{Path: path, Reason: exchange.ReasonNoPostcodes, Err: err}
	}
	if err != nil {
		return err
	}
	p := r.words()
	for _, country := range countries {
		if _, err := fmt.Fprintln(r.Output, p.N("command.places.added", country.Len(), text.Args{"Country": place.CountryName(country.Country(), string(r.language))})); err != nil {
			return err
		}
	}
	for i, bad := range report.Bad {
		if i == 10 {
			break
		}
		fmt.Fprintln(r.Errors, r.t("command.places.bad", text.Args{"Line": p.Int(bad.Line)}))
	}
	if report.BadCount > 0 {
		fmt.Fprintln(r.Errors, p.N("command.places.bad.count", report.BadCount))
	}
	return r.tellPlacement(s, false)
}

func (r *run) checkPlaces() error {
	return r.read(func(s *store.Store) error { return r.tellPlacement(s, true) })
}

// tellPlacement says how many accounts are placed how, and lists those that are not.
func (r *run) tellPlacement(s *store.Store, list bool) error {
	placement, err := s.Placement()
	if err != nil {
		return err
	}
	p := r.words()
	g := grid{}
	for _, by := range []model.PlacedBy{model.PlacedFile, model.PlacedPostcode, model.PlacedPostcodeArea, model.PlacedTown, model.PlacedNowhere} {
		name := string(by)
		if name == "" {
			name = "nowhere"
		}
		g.add(r.t("command.places.by."+name), p.Int(placement.By[by]))
	}
	var b strings.Builder
	g.write(&b, "", g.widths(nil))
	if list {
		for _, a := range placement.Nowhere {
			fmt.Fprintf(&b, "  %s  %s  %s\n", a.Code, a.Name, strings.TrimSpace(a.Address.Postcode+" "+a.Address.City+" "+a.Address.Country))
		}
	}
	if len(placement.Tables) == 0 && placement.By[model.PlacedNowhere]+placement.By[model.PlacedTown] > 0 {
		fmt.Fprintln(&b, r.t("command.places.hint"))
	}
	_, err = fmt.Fprint(r.Output, b.String())
	return err
}
