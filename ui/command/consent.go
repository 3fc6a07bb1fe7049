package command

// Consent and opt-outs: who may be called, since when, and how that is known.

import (
	"cmp"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"doppelpass/model"
	"doppelpass/store"
	"doppelpass/store/exchange"
	"doppelpass/ui/text"
	"doppelpass/ui/words"
)

func (r *run) optOutCommand() *cobra.Command {
	c := &cobra.Command{
		Use: "optout", Short: "command.optout.short", Long: "command.optout.long", Args: r.noArgs,
		RunE: func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	var evidence, file string
	add := &cobra.Command{
		Use: "add NUMBER | add --file FILE", Short: "command.optout.add.short", Long: "command.optout.add.long",
		Args: func(c *cobra.Command, args []string) error {
			if file != "" {
				return r.noArgs(c, args)
			}
			return r.oneArg("NUMBER")(c, args)
		},
		Example: "  doppelpass optout add \"+49 711 5550142\"\n  doppelpass optout add --file sperrliste.csv", DisableFlagsInUseLine: true,
		RunE: func(_ *cobra.Command, args []string) error {
			if file != "" {
				return r.addOptOutList(file, evidence)
			}
			return r.addOptOut(args[0], evidence)
		},
	}
	add.Flags().StringVar(&file, "file", "", "command.optout.flag.file")
	add.Flags().StringVar(&evidence, "evidence", "", "command.optout.flag.evidence")
	c.AddCommand(&cobra.Command{
		Use: "check NUMBER", Short: "command.optout.check.short", Long: "command.optout.check.long", Args: r.oneArg("NUMBER"),
		Example: "  doppelpass optout check \"0711 5550142\"", DisableFlagsInUseLine: true,
		RunE: func(_ *cobra.Command, args []string) error { return r.checkOptOut(args[0]) },
	}, add)
	return c
}

func (r *run) addOptOut(number, evidence string) error {
	normal, _, accounts, err := r.optOut([]exchange.ListedPhone{{Number: number}}, evidence)
	if err != nil {
		return err
	}
	if len(normal) == 0 {
		return plainError{r.t("command.optout.no-number", text.Args{"Number": number}), codeFailed}
	}
	_, err = fmt.Fprintln(r.Output, r.words().N("command.optout.added", len(accounts), text.Args{"Number": normal[0], "Accounts": strings.Join(accounts, ", ")}))
	return err
}

// optOut opts numbers out and gives them in their one form, what of them is no number, and
// the accounts that have them.
func (r *run) optOut(listed []exchange.ListedPhone, evidence string) (normal []string, none []exchange.ListedPhone, accounts []string, err error) {
	s, err := r.changing()
	if err != nil {
		return nil, nil, nil, err
	}
	defer func() { err = errors.Join(err, r.close(s)) }()
	settings, err := s.Settings()
	if err != nil {
		return nil, nil, nil, err
	}
	for _, row := range listed {
		if number := store.NormalNumber(row.Number, settings.Country); number != "" {
			normal = append(normal, number)
		} else {
			none = append(none, row)
		}
	}
	if len(normal) > 0 {
		accounts, err = s.AddOptOuts(r.actor(), normal, evidence)
	}
	return normal, none, accounts, err
}

// addOptOutList opts out every number of a file. Rows that are none are named, and the
// others are taken all the same: a wish not to be called is not lost to another row.
func (r *run) addOptOutList(path, evidence string) error {
	if err := r.files(&path); err != nil {
		return err
	}
	list, err := exchange.Phones(path, exchange.Options{})
	if err != nil {
		return err
	}
	if evidence == "" {
		evidence = filepath.Base(path)
	}
	numbers, none, accounts, err := r.optOut(list.Numbers, evidence)
	if err != nil {
		return err
	}
	for _, row := range none {
		list.Unread = append(list.Unread, exchange.Problem{Line: row.Line, Value: row.Number, Reason: exchange.ReasonNoPhone})
	}
	p := r.words()
	slices.SortStableFunc(list.Unread, func(a, b exchange.Problem) int { return cmp.Compare(a.Line, b.Line) })
	for i, problem := range list.Unread {
		if i == unreadNamed {
			fmt.Fprintln(r.Errors, p.N("command.optout.unread-more", len(list.Unread)-i))
			break
		}
		fmt.Fprintln(r.Errors, p.T("command.optout.unread", text.Args{"Line": problem.Line, "Value": problem.Value}))
	}
	if _, err := fmt.Fprintln(r.Output, p.N("command.optout.added-list", len(numbers), text.Args{
		"File": words.FileName(path), "Columns": strings.Join(list.Columns, ", "), "Accounts": p.N("history.count.accounts", len(accounts)),
	})); err != nil {
		return err
	}
	if len(list.Unread) > 0 {
		return plainError{"", codeProblems}
	}
	return nil
}

// unreadNamed is how many rows without a number are named.
const unreadNamed = 20

// checkOptOut says whether a number, or an account named by its code, is in the book.
func (r *run) checkOptOut(number string) error {
	return r.read(func(s *store.Store) error {
		hash, err := s.NumberHash()
		if err != nil {
			return err
		}
		asked := hash(number, "")
		lines, err := s.OptOuts(number, asked)
		if err != nil {
			return err
		}
		p := r.words()
		standing := 0
		for _, line := range lines {
			key := "command.optout.line"
			if line.Lifted != 0 {
				key = "command.optout.lifted"
			} else {
				standing++
			}
			if _, err := fmt.Fprintln(r.Output, p.T(key, text.Args{"Since": p.Date(line.Since), "Lifted": p.Date(line.Lifted), "Account": line.Account})); err != nil {
				return err
			}
		}
		key := "command.optout.callable"
		if standing > 0 {
			key = "command.optout.opted-out"
		}
		_, err = fmt.Fprintln(r.Output, p.T(key, text.Args{"Number": number}))
		return err
	})
}

func (r *run) consentCommand() *cobra.Command {
	c := &cobra.Command{
		Use: "consent", Short: "command.consent.short", Long: "command.consent.long", Args: r.noArgs,
		RunE: func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	c.AddCommand(&cobra.Command{
		Use: "proof ACCOUNT", Short: "command.consent.proof.short", Long: "command.consent.proof.long", Args: r.oneArg("ACCOUNT"),
		Example: "  doppelpass consent proof K-0247", DisableFlagsInUseLine: true,
		RunE: func(_ *cobra.Command, args []string) error { return r.proveConsent(args[0]) },
	})
	return c
}

// proveConsent prints an account's lines of the consent book, oldest first, and what
// the record says today.
func (r *run) proveConsent(code string) error {
	return r.read(func(s *store.Store) error {
		lines, err := s.Consents(code)
		if err != nil {
			return err
		}
		p := r.words()
		var b strings.Builder
		record, err := s.Get(model.Key{Table: model.TableAccounts, Code: code})
		var missing store.NotFound
		if errors.As(err, &missing) && len(lines) == 0 {
			return err
		}
		if account, ok := record.(model.Account); ok {
			fmt.Fprintln(&b, p.T("command.consent.now", text.Args{
				"Code": account.Code, "Name": account.Name, "Consent": r.consentWord(account.Consent), "Basis": orDash(account.ConsentBasis),
			}))
		} else {
			fmt.Fprintln(&b, p.T("command.consent.gone", text.Args{"Code": code}))
		}
		g := grid{}
		for _, line := range lines {
			g.add(p.Date(line.Date), p.T("consent.event."+string(line.Event)), orDash(line.Evidence),
				p.T("command.consent.by", text.Args{"Name": orDash(line.By), "How": p.T("history.action." + line.How)}))
		}
		if len(lines) == 0 {
			fmt.Fprintln(&b, p.T("command.consent.none"))
		}
		g.write(&b, "  ", g.widths(nil))
		_, err = fmt.Fprint(r.Output, b.String())
		return err
	})
}

func (r *run) consentWord(c model.Consent) string {
	if c == model.ConsentNone {
		return r.t("consent.none")
	}
	return r.t("consent." + string(c))
}

func orDash(s string) string {
	if s == "" {
		return "–"
	}
	return s
}
