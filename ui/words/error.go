package words

// What went wrong, as a sentence that says what to do.

import (
	"cmp"
	"errors"
	"io/fs"
	"strings"
	"syscall"

	"doppelpass/model"
	"doppelpass/store"
	"doppelpass/ui/text"
)

// Error is an error as a sentence that says what to do. The Book, which may be nil,
// names the records.
func Error(p *text.Printer, b *model.Book, err error) string {
	var (
		forbidden model.Forbidden
		missing   store.NotFound
		exists    store.AlreadyExists
		invalid   store.Invalid
		locked    store.Locked
		displaced store.Displaced
		newer     store.NewerSchema
		older     store.OlderSchema
		loose     store.LooseLink
		unsaved   store.NoBackup
		conflict  store.Conflict
		left      store.NothingLeft
		damaged   store.Damaged
		dismissed store.Dismissed
		taken     store.KeyTaken
		share     store.OnShare
		held      store.Held
		several   store.Ambiguous
		one       store.SameWithoutName
		due       store.ErasureDue
		unseen    model.Unseen
		book      store.BookUnwritten
	)
	switch {
	case err == nil:
		return ""
	case errors.As(err, &held):
		return p.T("person.held", text.Args{"Account": KeyName(p, b, model.Key{Table: model.TableAccounts, Code: held.Account})})
	case errors.As(err, &several):
		who := several.Accounts
		if several.House {
			who = append([]string{p.T("person.house")}, who...)
		}
		return p.T("person.several", text.Args{"Name": several.Name, "Who": List(p, who, len(who)), "Account": several.Accounts[0]})
	case errors.As(err, &one):
		return p.T("person.one-code", text.Args{"Table": p.T("table." + string(one.Table))})
	case errors.As(err, &due):
		return p.N("person.due", due.Names, text.Args{"Path": due.Path})
	case errors.As(err, &book):
		return p.T("person.book-unwritten", text.Args{"Path": book.Path, "Why": cause(book.Err)})
	case errors.Is(err, store.ErrNobody):
		return p.T("person.nobody")
	case errors.Is(err, store.ErrTooShort):
		return p.T("person.too-short")
	case errors.Is(err, store.ErrAsideFirst):
		return p.T("error.aside-first")
	case errors.Is(err, store.ErrHomeAway):
		return p.T("error.hub-away")
	case errors.Is(err, store.ErrOnServer):
		return p.T("person.on-server")
	case errors.As(err, &unseen):
		return p.T("figures.unseen", text.Args{"Rep": KeyName(p, b, model.Key{Table: model.TableReps, Code: unseen.Rep})})
	case errors.Is(err, store.ErrNotYet):
		return p.T("retention.not-yet")
	case errors.Is(err, store.ErrOwnErasure):
		return p.T("person.own")
	case errors.As(err, &dismissed):
		return p.T("error.dismissed")
	case errors.As(err, &taken):
		return p.T("error.key-taken", text.Args{"Name": cmp.Or(taken.Person.Name, taken.Person.Code)})
	case errors.As(err, &forbidden) && forbidden.Own:
		return p.T("error.own")
	case errors.As(err, &forbidden):
		return refusal(p, b, forbidden)
	case errors.As(err, &missing):
		return p.T("error.missing", text.Args{"Table": p.T("table." + string(missing.Key.Table)), "Code": missing.Key.Code})
	case errors.As(err, &exists):
		return p.T("error.exists", text.Args{"Table": p.T("table." + string(exists.Key.Table)), "Code": exists.Key.Code})
	case errors.As(err, &unsaved):
		return p.T("backup.before.failed", text.Args{"Folder": unsaved.Folder, "Problem": Error(p, b, unsaved.Err)})
	case errors.As(err, &invalid):
		return p.T("error.invalid."+invalid.Reason, text.Args{"Field": invalid.Field, "Code": invalid.Key.Code, "Most": p.Int(model.MaximumNote)})
	case errors.As(err, &locked):
		if locked.Holder.PID == 0 {
			return p.T("error.locked", text.Args{"Path": locked.Path})
		}
		return p.T("error.locked.by", text.Args{
			"Path": locked.Path, "User": locked.Holder.User, "Host": locked.Holder.Host,
			"PID": locked.Holder.PID, "Since": locked.Holder.Since.Local().Format("2006-01-02 15:04"),
		})
	case errors.As(err, &share):
		return p.T("error.share", text.Args{"Path": share.Path, "Kind": share.Kind})
	case errors.As(err, &damaged):
		return p.T("error.damaged", text.Args{"Path": damaged.Path, "Detail": damaged.Detail})
	case errors.As(err, &newer):
		return p.T("error.newer", text.Args{"Found": newer.Found, "Known": newer.Known})
	case errors.As(err, &older) && (errors.Is(err, fs.ErrPermission) || errors.Is(err, syscall.EROFS)):
		return p.T("error.older.permission", text.Args{"Path": refusedAt(err), "Found": older.Found})
	case errors.As(err, &loose):
		return p.T("error.loose-link", text.Args{"Path": loose.Path, "Target": loose.Target})
	case errors.As(err, &displaced):
		return p.T(map[bool]string{true: "error.deleted", false: "error.displaced"}[displaced.Deleted], text.Args{"Path": displaced.Path})
	case errors.As(err, &older):
		return p.T("error.older", text.Args{"Found": older.Found})
	case errors.As(err, &conflict):
		return p.T("error.conflict", text.Args{"Name": conflict.By, "Changes": Aside(p, conflict.Key.Table, conflict.Aside)})
	case errors.As(err, &left) && len(left.Kept) == 1 && left.Kept[0].Reason == model.KeptReplied: // that says it all
		return p.T("kept.replied")
	case errors.As(err, &left):
		return strings.TrimSpace(p.T("error.nothing-left", text.Args{"Kept": Kept(p, b, left.Kept)}))
	case errors.Is(err, store.ErrOthersStep):
		return p.T("error.others-step")
	case errors.Is(err, store.ErrNoStep):
		return p.T("error.no-step")
	case errors.Is(err, store.ErrNothingToUndo):
		return p.T("error.nothing-to-undo")
	case errors.Is(err, store.ErrNothingToRedo):
		return p.T("error.nothing-to-redo")
	case errors.Is(err, store.ErrReadOnly):
		return p.T("error.read-only")
	case errors.Is(err, store.ErrNotAStore):
		return p.T("error.not-a-store", text.Args{"Detail": err.Error()})
	case errors.Is(err, store.ErrNoStore):
		return p.T("error.no-store", text.Args{"Detail": err.Error()})
	case errors.Is(err, store.ErrNotEmpty):
		return p.T("error.not-empty")
	}
	if said, is := (Import{Printer: p, App: true}).Error(err); is {
		return said
	}
	if said := disk(p, err); said != "" {
		return said
	}
	return p.T("error.other", text.Args{"Detail": err.Error()})
}

// asked is how many of those who may are named.
const asked = 3

// refusal says whose it is what somebody may not change, and whom to ask: of a team by
// name, alone by the key that changes the role.
func refusal(p *text.Printer, b *model.Book, f model.Forbidden) string {
	args := text.Args{"Role": Role(p, f.Role), "Table": Table(p, f.Table)}
	who, key := f.Who, "error.may.lead"
	switch {
	case f.Role == model.RoleLook:
		who, key = model.LeadOnly, "error.looks"
	case who == model.Sales:
		key = "error.may.sales"
	case who == model.Marketing:
		key = "error.may.marketing"
	}
	return strings.TrimSpace(p.T(key, args) + " " + WhomToAsk(p, b, f.Person, who))
}

// WhomToAsk says how what one of the departments may comes about for a person who may
// not: whom of the team to ask, or, of somebody who works alone (person is ""), the way to
// another role. "" where nobody is known. The Book is nil on the command line.
func WhomToAsk(p *text.Printer, b *model.Book, person string, who model.Departments) string {
	switch {
	case person == "" && b == nil:
		return p.T("error.may.switch.command")
	case person == "":
		return p.T("error.may.switch")
	case b == nil:
		return ""
	}
	var names []string
	for _, other := range b.ToAsk(who) {
		names = append(names, cmp.Or(other.Name, other.Code))
	}
	if len(names) == 0 {
		return ""
	}
	return p.T("error.may.ask", text.Args{"Names": List(p, names, asked)})
}
