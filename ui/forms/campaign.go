package forms

// The form of a campaign.

import (
	"cmp"
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"doppelpass/model"
	"doppelpass/model/double"
	"doppelpass/store"
	"doppelpass/ui/kit"
	"doppelpass/ui/session"
	"doppelpass/ui/text"
	"doppelpass/ui/words"
)

// campaignKinds are suggested; a team may use words of its own.
var campaignKinds = [...]string{"mailing", "fair", "advert", "promotion", model.KindTelemarketing}

// Campaign edits a campaign or begins one; start holds what is known already.
func Campaign(s *session.Session, start model.Campaign, isNew bool) tea.Cmd {
	look := s.Look
	var before model.Record
	title, suggested := look.T("forms.campaign.new"), ""
	var fields []kit.Field
	if isNew {
		suggested = cmp.Or(start.Code, nextCampaignCode(s.Book, start.Kind))
		start.Owner = cmp.Or(start.Owner, s.Actor.Name)
		fields = append(fields, codeField(s, model.TableCampaigns, suggested, func(code string) bool { _, ok := s.Book.Campaign(code); return ok }))
	} else {
		before = start
		title = look.T("forms.edit", text.Args{"Name": cmp.Or(start.Name, start.Code), "Code": start.Code})
	}
	name := textField("name", "forms.name", start.Name, 40)
	name.Required = true
	goal := textField("goal", "forms.goal", start.Goal, 60)
	goal.Adds = true
	first, last := dayField(s, "start", "forms.start", start.Start, text.Ahead), dayField(s, "end", "forms.end", start.End, text.Ahead)
	first.Required, last.Required = true, true
	first.Hint, last.Hint = "forms.date.ahead", "forms.date.ahead"
	first.Warn = campaignDays(s, isNew)
	last.Warn = campaignOverlaps(s, func(v kit.Values) string { return cmp.Or(v.Text("code"), start.Code) })
	counted := dayField(s, "review", "forms.review", start.Review, text.Ahead)
	counted.Hint = "forms.review.hint"
	classes := make([]string, len(start.Classes))
	for i, c := range start.Classes {
		classes[i] = string(c)
	}
	fields = append(fields, name, kindField(s, start.Kind), first, last, placesField(s, start.Territories),
		kit.Field{Name: "classes", Label: "forms.classes", Hint: "forms.classes.hint", Kind: kit.FieldMulti, Start: classes,
			Options: classOptions(s)},
		choiceField("status", "forms.status", "campaign.status", string(cmp.Or(start.Status, model.CampaignPlanned)), "draft", "planned", "cancelled"),
		textField("owner", "forms.owner", start.Owner, 30),
		goal, counted,
		linesField("note", "forms.note", start.Note),
	)
	f := newForm(s, title, before, fields...)
	f.begins(start, isNew)
	meets := func(c model.Campaign) {
		f.Form.SetNotice(words.CampaignDoubles(look.Text, s.Book, double.Planning(s.Day(), c), s.Today)...)
	}
	f.changed = func(v kit.Values) tea.Cmd {
		// The code follows the kind until somebody types another one.
		if next := nextCampaignCode(s.Book, kindOf(s, v.Text("kind"))); isNew && v.Text("code") == suggested && next != suggested {
			suggested = next
			f.Form.Set("code", next)
			v = f.Form.Values()
		}
		meets(campaignOf(s, v, start))
		return nil
	}
	f.Form.Check = func(v kit.Values) (string, string) {
		if v.Day("end") < v.Day("start") {
			return "end", look.T("forms.end.wrong")
		}
		switch day := v.Day("review"); {
		case !isNew && start.End < s.Today && day != start.Review: // nobody chooses afterwards what it is measured by
			return "review", look.T("forms.review.fixed", text.Args{"Day": look.Text.DayOf(start.ReviewDay(), s.Today)})
		case day != 0 && day < v.Day("end"):
			return "review", look.T("forms.review.wrong")
		}
		return "", ""
	}
	f.request = func(v kit.Values, before model.Record) (store.Request, string) {
		c, action := campaignOf(s, v, start), "campaign.edit"
		if before == nil {
			action = "campaign.add"
		} else {
			c.Code = start.Code
		}
		return store.Request{Action: action, Subject: c.Name, Puts: []store.Put{put(c, before)}}, look.T("forms.saved", text.Args{"Name": c.Name})
	}
	meets(campaignOf(s, f.Form.Values(), start))
	return f.show(model.Edit{Before: before, After: start})
}

// campaignOf is the campaign as the form has it; what the form does not show stays.
func campaignOf(s *session.Session, v kit.Values, c model.Campaign) model.Campaign {
	c.Code = cmp.Or(v.Text("code"), c.Code)
	c.Name, c.Kind = v.Text("name"), kindOf(s, v.Text("kind"))
	c.Territories, _ = placesOf(s, v.Text("territories"))
	c.Classes = nil
	for _, class := range v.Texts("classes") {
		c.Classes = append(c.Classes, model.Class(class))
	}
	c.Start, c.End, c.Review, c.Status = v.Day("start"), v.Day("end"), v.Day("review"), model.CampaignStatus(v.Text("status"))
	c.Owner, c.Goal, c.Note = v.Text("owner"), v.Text("goal"), v.Text("note")
	return c
}

// nextCampaignCode is the next free code in the style of the campaigns of a kind: after
// TEL-07 comes TEL-08. Of a kind without campaigns it is that of all.
func nextCampaignCode(b *model.Book, kind string) string {
	prefixOf := func(code string) string { return strings.TrimRight(code, "0123456789") }
	codes := func(wanted func(model.Campaign) bool) func(func(string) bool) {
		return func(yield func(string) bool) {
			for _, c := range b.Campaigns() {
				if wanted(c) && !yield(c.Code) {
					return
				}
			}
		}
	}
	const first = "C1"
	like := nextCode(codes(func(c model.Campaign) bool { return kind != "" && strings.EqualFold(c.Kind, kind) }), "")
	if like == "" {
		return nextCode(codes(func(model.Campaign) bool { return true }), first)
	}
	return nextCode(codes(func(c model.Campaign) bool { return prefixOf(c.Code) == prefixOf(like) }), first)
}

func kindField(s *session.Session, start string) kit.Field {
	f := kit.Field{Name: "kind", Label: "forms.kind", Hint: "forms.kind.hint", Kind: kit.FieldSearch, Free: true, Start: start, Width: 24}
	known := campaignKinds[:]
	for _, kind := range known {
		f.Options = append(f.Options, kit.Option{Value: kind, Label: "campaigns.kind." + kind})
	}
	for _, c := range s.Book.Campaigns() {
		if c.Kind != "" && !slices.ContainsFunc(f.Options, func(o kit.Option) bool { return strings.EqualFold(o.Value, c.Kind) }) {
			f.Options = append(f.Options, kit.Option{Value: c.Kind})
		}
	}
	return f
}

// kindOf is the stable word of a kind as typed in the person's language.
func kindOf(s *session.Session, typed string) string {
	for _, kind := range campaignKinds {
		if Fold(typed) == Fold(s.Look.T("campaigns.kind."+kind)) || strings.EqualFold(typed, kind) {
			return kind
		}
	}
	return typed
}

// placesField names several territories and regions one after the other; the one
// being typed is completed.
func placesField(s *session.Session, start []string) kit.Field {
	var known []kit.Option
	meant := knownPlaces(s)
	called := func(code string) string { // by its name, where that means nothing else
		area := s.Book.Area(code)
		if area == nil || area.Name == "" || strings.ContainsAny(area.Name, placesSeparators) || meant[Fold(area.Name)] != code {
			return code
		}
		return area.Name
	}
	for _, path := range RegionPaths(s.Book) {
		known = append(known, kit.Option{Value: path, Detail: s.Look.T("forms.places.region")})
	}
	for _, area := range s.Book.Areas() {
		if name := called(area.Code); name != area.Code {
			known = append(known, kit.Option{Value: name, Detail: area.Code})
		} else {
			known = append(known, kit.Option{Value: area.Code, Detail: area.Name})
		}
	}
	names := make([]string, len(start))
	for i, place := range start {
		names[i] = called(place)
	}
	finder := kit.NewFinder(known)
	return kit.Field{
		Name: "territories", Label: "forms.territories", Hint: "forms.territories.hint", Kind: kit.FieldSearch, Free: true, Required: true, Adds: true, Parts: ", ",
		Start: strings.Join(names, ", "), Width: 60,
		Find: func(typed string, limit int) []kit.Option {
			done, typing := "", typed
			if i := strings.LastIndexAny(typed, placesSeparators); i >= 0 {
				done, typing = strings.TrimSpace(typed[:i])+", ", strings.TrimSpace(typed[i+1:])
			}
			found := finder.Find(typing, limit)
			options := make([]kit.Option, len(found))
			for i, o := range found {
				options[i] = kit.Option{Value: done + o.Value, Detail: o.Detail}
			}
			return options
		},
		Named: func(string) (kit.Option, bool) { return kit.Option{}, false },
		Check: func(value any) string {
			typed, _ := value.(string)
			if _, unknown := placesOf(s, typed); unknown != "" {
				return s.Look.T("forms.territories.unknown", text.Args{"Name": unknown})
			}
			return ""
		},
	}
}

const placesSeparators = ",;|"

// knownPlaces are the codes and region paths by what they may be called.
func knownPlaces(s *session.Session) map[string]string {
	known := map[string]string{}
	for _, area := range s.Book.Areas() {
		known[Fold(area.Name)] = area.Code
	}
	for _, path := range RegionPaths(s.Book) {
		known[Fold(path)] = path
	}
	for _, area := range s.Book.Areas() {
		known[Fold(area.Code)] = area.Code
	}
	return known
}

// placesOf reads codes, names and region paths; unknown is the first that is none.
// Blanks part them too where that makes each one known.
func placesOf(s *session.Session, typed string) (places []string, unknown string) {
	known := knownPlaces(s)
	add := func(place string) bool {
		found, ok := known[Fold(place)]
		if ok && !slices.Contains(places, found) {
			places = append(places, found)
		}
		return ok
	}
	for _, part := range list(typed, placesSeparators) {
		if add(part) {
			continue
		}
		for _, word := range strings.Fields(part) {
			if !add(word) {
				return places, part
			}
		}
	}
	return places, ""
}
