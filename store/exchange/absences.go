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
		field(model.AbsenceFields, "rep", code).needed().like("R1"),
		field(model.AbsenceFields, "from", day).needed().like("2026-12-21"),
		field(model.AbsenceFields, "to", day).telling().like("2027-01-08"),
		field(model.AbsenceFields, "from_time", clock).like("13:00"),
		field(model.AbsenceFields, "to_time", clock).like("17:00"),
		list(model.AbsenceFields, "weekdays", splitWeekdays, joinWeekdays).telling().like("Fr"),
		field(model.AbsenceFields, "kind", absenceWord).like("holiday"),
		field(model.AbsenceFields, "cover", code).like("R2"),
		field(model.AbsenceFields, "note", note).multiline(),
		field(model.AbsenceFields, "id", ownID).like("A-17"),
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
	if kind, ok := absenceWords()[foldedWord(shortCell(cell))]; ok {
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
