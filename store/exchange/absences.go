package exchange

// Absences in files: holidays, illness, the Friday that is always free.

import (
	"strings"

	"doppelpass/model"
	"doppelpass/model/hours"
)

var absences = &tableOf[model.Absence]{
	table: model.TableAbsences,
	fields: []column[model.Absence]{
		field("rep", func(a *model.Absence) *string { return &a.Rep }, code).needed().like("R1"),
		field("from", func(a *model.Absence) *model.Date { return &a.From }, day).needed().like("2026-12-21"),
		field("to", func(a *model.Absence) *model.Date { return &a.To }, day).telling().like("2027-01-08"),
		field("from_time", func(a *model.Absence) *model.Clock { return &a.FromTime }, clock).like("13:00"),
		field("to_time", func(a *model.Absence) *model.Clock { return &a.ToTime }, clock).like("17:00"),
		list("weekdays", func(a *model.Absence) *[]string { return &a.Weekdays }, splitWeekdays, joinWeekdays).telling().like("Fr"),
		field("kind", func(a *model.Absence) *string { return &a.Kind }, absenceWord).like("holiday"),
		field("cover", func(a *model.Absence) *string { return &a.Cover }, code).like("R2"),
		field("note", func(a *model.Absence) *string { return &a.Note }, note).multiline(),
		field("id", func(a *model.Absence) *string { return &a.Ref }, ownID).like("A-17"),
	},
	finish: func(row *rowState, a *model.Absence) (string, fault) {
		switch {
		case a.To != 0 && a.To < a.From:
			return "to", faulty(ReasonEndBeforeStart, a.From.String(), a.To.String())
		case a.To == 0 && len(a.Weekdays) == 0:
			a.To = a.From // a single day
			row.fill("to")
		}
		if a.ToTime != 0 && a.ToTime <= a.FromTime && (len(a.Weekdays) > 0 || a.To == a.From) {
			return "to_time", faulty(ReasonEndBeforeStart, a.FromTime.String(), a.ToTime.String())
		}
		if a.Kind == "" {
			a.Kind = model.AwayOther
		}
		return "", fault{}
	},
}

// absenceWords are what people call the kinds.
var absenceWords = foldedWords(map[string]string{
	model.AwayHoliday:  "holiday holidays vacation leave annualleave pto urlaub ferien jahresurlaub erholungsurlaub abwesendurlaub congé congés vacaciones ferie férias vakantie urlop izin",
	model.AwaySick:     "sick sickness sickleave illness krank krankheit krankgemeldet arbeitsunfähig au maladie enfermedad malattia doença ziekte choroba hastalık",
	model.AwayTraining: "training seminar course schulung fortbildung weiterbildung kurs lehrgang formation curso corso opleiding szkolenie eğitim",
	model.AwayOther:    "other sonstiges sonstige anderes away absent abwesend elternzeit teilzeit frei parttime",
})

// absenceWord is the kind of an absence: a known word, or the team's own.
var absenceWord = form[string]{width: 12, show: TextCell, read: func(in *input, cell string) (string, fault) {
	if kind, ok := absenceWords[foldedWord(shortCell(cell))]; ok {
		return kind, fault{}
	}
	return repeated.read(in, cell)
}}

// splitWeekdays reads days of the week as opening hours name them: Fr, Mo-Mi, Freitag.
func splitWeekdays(cell string) ([]string, fault) {
	h, err := hours.Parse(strings.TrimSpace(cell) + " 00:00-24:00")
	if err != nil || h == nil || len(h.Rules) != 1 || len(h.Rules[0].Days.Names()) == 0 {
		return nil, faulty(ReasonNoWord, "Mo, Tu, We, Th, Fr, Sa, Su")
	}
	return h.Rules[0].Days.Names(), fault{}
}

func joinWeekdays(days []string) string { return strings.Join(days, ",") }
