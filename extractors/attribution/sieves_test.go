package attribution

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"
)

// Every sieve has its row filled in, and there is a bit for each.
func TestSieves(t *testing.T) {
	seen := map[string]bool{}
	for _, pass := range sieves {
		for _, sv := range pass {
			if sv.name == "" || sv.attribute == nil || sv.example == "" || sv.declines == "" || sv.confidence <= 0 || sv.confidence >= 1 || seen[sv.name] {
				t.Errorf("the row of the sieve %q is incomplete, or there are two", sv.name)
			}
			seen[sv.name] = true
		}
	}
	if sieveCount > byCue {
		t.Errorf("%d sieves do not fit below bit %d", sieveCount, byCue)
	}
	if want := byTitle - byCue + 1; len(collected) != want {
		t.Errorf("collected has %d entries for %d ways to collect candidates", len(collected), want)
	}
}

const tableHead = "| pass | sieve | example | confidence |\n|---|---|---|---|\n"

// The table of docs/architecture.md is made of the rows; go test -update writes it.
func TestSieveTable(t *testing.T) {
	const file = "../../docs/architecture.md"
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	before, rest, ok := strings.Cut(string(data), tableHead)
	have, after, ok2 := strings.Cut(rest, "\n\n")
	if !ok || !ok2 {
		t.Fatalf("%s has no table that begins with\n%s", file, tableHead)
	}
	var want strings.Builder
	for n, pass := range sieves {
		for _, sv := range pass {
			fmt.Fprintf(&want, "| %d | `%s` | %s | %.2f |\n", n+1, sv.name, sv.example, sv.confidence)
		}
	}
	table := strings.TrimSuffix(want.String(), "\n")
	if have == table {
		return
	}
	if flag.Lookup("update").Value.String() != "true" {
		t.Fatalf("the table of sieves in %s differs from the sieves; run go test -update ./extractors/attribution\nwant\n%s\ngot\n%s", file, table, have)
	}
	if err := os.WriteFile(file, []byte(before+tableHead+table+"\n\n"+after), 0o644); err != nil {
		t.Fatal(err)
	}
}
