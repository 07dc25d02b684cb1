package corpus

import (
	"encoding/json"
	"fmt"
	"slices"

	"github.com/quoth-nlp/quoth/corpus/html"
)

// leaveOut takes the fields out of Meta.Extra that have the names of those of Meta, where they would hide each other, and
// warns of each that says something.
func (a *Article) leaveOut() {
	for _, field := range MapFields()[1:] {
		v, has := a.Meta.Extra[field]
		if !has {
			continue
		}
		delete(a.Meta.Extra, field)
		if empty(v) {
			continue
		}
		why := "which does not fit"
		if fits(field, v) {
			why = "but " + field + " is mapped to another"
		}
		// The warnings may be those of a whole table.
		a.Warnings = append(slices.Clip(a.Warnings), warn(WarnLeftOut, "the field %s is %s, %s; it is left out", field, describeValue(v), why))
	}
	if len(a.Meta.Extra) == 0 {
		a.Meta.Extra = nil
	}
}

// fits reports whether the value can be that field of Meta.
func fits(field string, v any) bool {
	if field == "authors" {
		return len(html.AuthorNames(v)) > 0
	}
	return scalarOf(v) != nil
}

// empty reports whether a value says nothing.
func empty(v any) bool {
	switch v := v.(type) {
	case nil:
		return true
	case string:
		return v == ""
	case []any:
		return len(v) == 0
	case map[string]any:
		return len(v) == 0
	}
	return false
}

// describeValue tells of what kind a JSON value is.
func describeValue(v any) string {
	switch v := v.(type) {
	case nil:
		return "null"
	case string:
		return "a text"
	case bool:
		return fmt.Sprint(v)
	case json.Number:
		return "a number"
	case []any:
		if len(v) == 0 {
			return "an empty list"
		}
		return "a list"
	}
	return "an object"
}
