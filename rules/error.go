package rules

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
)

// An Error is one fault in a rule file. Load and With report all faults of all files at once, joined by errors.Join
// in the order of file, line and column; errors.As finds the first.
type Error struct {
	// File is the name of the file inside the folder that was loaded.
	File string
	// Line and Column, both from 1, are where the fault is.
	Line, Column int
	// Rule is the id of the rule at fault, empty when the fault lies outside a rule or the rule has no id.
	Rule string
	// Msg says the cause and then the fix.
	Msg string
}

// Error returns "file:line:column: rule "id": message", without the rule when there is none.
func (e *Error) Error() string {
	if e.Rule == "" {
		return fmt.Sprintf("%s:%d:%d: %s", e.File, e.Line, e.Column, e.Msg)
	}
	return fmt.Sprintf("%s:%d:%d: rule %q: %s", e.File, e.Line, e.Column, e.Rule, e.Msg)
}

// join sorts faults by place and joins them; it is nil when there are none.
func join(faults []*Error) error {
	slices.SortStableFunc(faults, func(a, b *Error) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
	})
	errs := make([]error, len(faults))
	for i, fault := range faults {
		errs[i] = fault
	}
	return errors.Join(errs...)
}
