package store

// Results of call lists that were out with a call centre: whose wishes not to be called
// come first, whatever becomes of the rest of the file, and what was called that should not
// have been is told.

import (
	"cmp"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"doppelpass/model"
	"doppelpass/store/exchange"
)

// ActionObjections is the action of the step that takes wishes not to be called out of a
// file before anything else of it.
const ActionObjections = "optout.results"

// NewListCode is a number for a list, which nobody can mistake for another store's: the
// day, and four letters drawn by lot.
func NewListCode(today model.Date) string {
	const letters = "ABCDEFGHJKLMNPQRSTUVWXYZ"
	drawn := make([]byte, 4)
	_, _ = rand.Read(drawn)
	for i := range drawn {
		drawn[i] = letters[int(drawn[i])%len(letters)]
	}
	return "L-" + today.Time().Format("060102") + "-" + string(drawn)
}

// LateCall is a call that was made though the customer had objected since the list left, or
// after the list's last day.
type LateCall struct {
	Account string
	Name    string
	Called  model.Date
	// Objected is the day since which the customer wants no calls; 0: the list was over.
	Objected model.Date
	List     model.OutList
}

// ObjectionsTaken says that an import failed, and that wishes not to be called were taken
// out of its files all the same.
type ObjectionsTaken struct {
	Count int
	Err   error
}

func (e ObjectionsTaken) Error() string {
	return fmt.Sprintf("%v (%d wishes not to be called were taken before)", e.Err, e.Count)
}

// Unwrap implements errors.
func (e ObjectionsTaken) Unwrap() error { return e.Err }

// objections are since when accounts, by code, and numbers, hashed, want no calls.
type objections map[string]model.Date

func (w *writer) objections() (objections, error) {
	since := objections{}
	err := eachRecord(w.tx, docOptOuts, (*codec).optOut, func(o model.OptOut) {
		if o.Lifted != 0 {
			return
		}
		for _, who := range [...]string{o.Account, o.Number} {
			if day, known := since[who]; who != "" && (!known || o.Since < day) {
				since[who] = o.Since
			}
		}
	})
	return since, err
}

// objectionsFirst takes the wishes not to be called out of files that come back for a call
// list, each file as far as it can be read, as a step of its own. It gives how many came in
// by file, and what was known before.
func (s *Store) objectionsFirst(ctx context.Context, actor model.Actor, sources []Source, o ImportOptions) (counts map[string]int, before objections, err error) {
	counts = map[string]int{}
	found := map[string][]exchange.Objection{}
	listed := false
	for _, source := range sources {
		if !source.Mapping.OfList() {
			continue
		}
		listed = true
		if found[source.File.Path()], err = objectionsIn(ctx, source); err != nil {
			return nil, nil, err
		}
	}
	if !listed {
		return counts, nil, nil
	}
	_, err = s.update(func(w *writer) error {
		if err := w.admit(&actor); err != nil {
			return err
		}
		if before, err = w.objections(); err != nil {
			return err
		}
		if o.DryRun || actor.May(model.Edit{After: model.OptOut{Account: "any"}}) != nil { // the import says why not
			return errDryRun
		}
		w.begin(actor, ActionObjections)
		settings, err := settingsIn(reader{w.tx, w.coder})
		if err != nil {
			return err
		}
		name := ""
		for _, source := range sources {
			list := found[source.File.Path()]
			if len(list) == 0 {
				continue
			}
			i := importer{writer: w, settings: settings, options: o, report: newReport(source, sources), index: &accountIndex{},
				home: source.File.HomeCountry(source.Mapping, settings.Country)}
			for _, objection := range list {
				known := i.report.OptOuts
				if err := i.objection(objection); err != nil {
					return err
				}
				if i.report.OptOuts > known { // of the account and of its number: one wish
					counts[source.File.Path()]++
				}
			}
			name = exchange.Clean(filepath.Base(source.File.Path()))
		}
		return w.record(actor, ActionObjections, name)
	})
	if errors.Is(err, errDryRun) {
		err = nil
	}
	return counts, before, err
}

// TakeObjections takes the wishes not to be called out of files that come back for a call
// list and that are not imported, and gives how many came in.
func (s *Store) TakeObjections(ctx context.Context, actor model.Actor, sources []Source) (taken int, err error) {
	counts, _, err := s.objectionsFirst(ctx, actor, sources, ImportOptions{})
	for _, count := range counts {
		taken += count
	}
	return taken, err
}

// objectionsIn are the wishes not to be called of a file, up to where it breaks.
func objectionsIn(ctx context.Context, source Source) (list []exchange.Objection, err error) {
	m := source.Mapping // when somebody objected does not matter: no layout of days is asked for
	m.Columns = slices.Clone(m.Columns)
	for i := range m.Columns {
		m.Columns[i].Dates = cmp.Or(m.Columns[i].Dates, exchange.DayFirst)
	}
	if m.Target("date") < 0 {
		m.Day = model.FirstDate
	}
	r, err := source.File.Read(m)
	if err != nil {
		return nil, nil // the import says why
	}
	defer r.Close()
	for {
		batch, err := r.Next(ctx)
		if err != nil {
			batch = r.BeforeBreak()
		}
		if batch != nil {
			list = append(list, batch.Objections...)
			for _, row := range batch.Rows {
				if call, ok := row.Record.(model.Call); ok && call.Outcome == model.CallOptOut {
					o := exchange.Objection{Line: row.Line, Account: row.Account}
					if row.Beside != nil && row.Beside.Phones != "" {
						o.Phones = strings.Split(row.Beside.Phones, "\n")
					}
					list = append(list, o)
				}
			}
		}
		if err != nil {
			return list, ctx.Err()
		}
	}
}

// fromList takes in what a call that comes back for a list says beside itself: whether it
// should have been made, and what it left to be done. ok is false for a list that was never
// handed out here.
func (i *importer) fromList(row *exchange.Row, account string, call *model.Call) (ok bool, err error) {
	if row.Beside == nil || row.Beside.List == "" {
		return true, nil
	}
	list, known := i.outLists[row.Beside.List]
	if !known {
		record, err := i.get(model.Key{Table: model.TableOutLists, Code: row.Beside.List})
		if err != nil && !errors.As(err, &NotFound{}) {
			return false, err
		}
		list, _ = record.(model.OutList)
		if i.outLists == nil {
			i.outLists = map[string]model.OutList{}
		}
		i.outLists[row.Beside.List] = list
	}
	if list.Code == "" {
		i.skip(exchange.Problem{Line: row.Line, Column: "list", Value: row.Beside.List, Reason: ReasonForeignList})
		return false, nil
	}
	if call.Agent == "" {
		call.Agent = list.Centre
	}
	if call.Campaign == "" {
		call.Campaign = list.Campaign
	}
	named := false
	for _, code := range list.Accounts {
		named = named || code == account
	}
	if !named {
		i.report.OffList++
	}
	if err := i.lateCall(account, *call, list); err != nil {
		return false, err
	}
	return true, i.leave(row, account, *call)
}

// lateCall tells of a call that should not have been made.
func (i *importer) lateCall(account string, call model.Call, list model.OutList) error {
	late := LateCall{Account: account, Called: call.Date, List: list}
	number, err := i.numberOf(account)
	if err != nil {
		return err
	}
	for _, who := range [...]string{account, number} {
		since, objected := i.objected[who]
		if who != "" && objected && call.Outcome != model.CallOptOut && since >= list.Date && call.Date >= since {
			late.Objected = since
		}
	}
	if late.Objected != 0 || call.Date > list.Until {
		a, _, err := i.accountNow(account)
		if err != nil {
			return err
		}
		late.Name = a.Name
		i.report.Late = append(i.report.Late, late)
	}
	return nil
}

// leave keeps what a call left to be done: a visit that sales confirms, another call that
// was promised, a number that is wrong. The same row read once more leaves nothing new.
func (i *importer) leave(row *exchange.Row, account string, call model.Call) error {
	left := model.FollowUp{Account: account, Date: call.Date, Time: call.Time, By: call.Agent, Campaign: call.Campaign, Note: call.Note,
		Due: row.Beside.WishedDay, At: row.Beside.WishedTime}
	switch call.Outcome {
	case model.CallAppointment:
		left.Kind = model.FollowVisit
	case model.CallBack:
		left.Kind = model.FollowCall
		left.Due = max(left.Due, call.Date)
	case model.CallWrongNumber:
		a, there, err := i.accountNow(account)
		if err != nil || !there || a.Phone == "" {
			return err
		}
		left.Kind, left.Number, left.Due, left.At = model.FollowNumber, a.Phone, 0, 0
	default:
		return nil
	}
	if left.Due != 0 && left.Due < call.Date {
		i.lose(exchange.Problem{Line: row.Line, Column: "wished_day", Value: left.Due.String(), Reason: exchange.ReasonEndBeforeStart,
			Args: []string{call.Date.String(), left.Due.String()}, Kept: true})
		left.Due, left.At = 0, 0
	}
	left.ID = model.DeriveRowID(account, left.Date, left.Time, left.By, string(left.Kind)+" "+row.Beside.List, 0)
	there, err := i.exists(left.Key())
	if err != nil || there {
		return err
	}
	i.report.Promises++
	return i.putRecord(Put{Record: left, New: true})
}
