package entities

import (
	"testing"

	"github.com/quoth-nlp/quoth/extractors/entities/gazetteer"
	"github.com/quoth-nlp/quoth/rules"
)

// What was proposed is in brackets; an exclamation mark says that a user's list has it.
func TestBounds(t *testing.T) {
	table, err := gazetteer.Default()
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct{ text, want string }{
		// words in small letters around a place
		{"It rained in [LOC southern Norway].", "LOC Norway"},
		{"A bar in [LOC downtown Orrin] burnt.", "LOC Orrin"},
		{"It rained in [LOC South Orrin].", "LOC South Orrin"},
		{"Farms in [LOC Chubut province] dried up.", "LOC Chubut"},
		{"Farms in [LOC western Chubut province] dried up.", "LOC Chubut"},
		{"They met at [LOC Orrin prison].", "LOC Orrin prison"},
		{"It rained in [LOC! southern Norway].", "LOC southern Norway"},
		// governments
		{"The [ORG Government of Fiji] agreed.", "LOC Fiji"},
		{"The [ORG Fijian Government] agreed.", ""},
		{"The [ORG Orrin County Government] agreed.", "ORG Orrin County Government"},
		// campaigns
		{"The [PER Rusk] campaign said no.", "ORG Rusk campaign"},
		{"The [PER Rusk] campaign ad ran.", "PER Rusk"},
		{"[PER Rusk] campaigned.", "PER Rusk"},
		{"The [PER Rusk] Campaign ended.", "PER Rusk"},
		{"[PER Ida Rusk]’s campaign won. The [PER Rusk] campaign said so.", "PER Ida Rusk; PER Rusk"},
		// a person, a party or an outlet before a body
		{"[PER Ida Rusk] won. The [ORG Rusk White House] agreed.", "PER Ida Rusk; PER Rusk; ORG White House"},
		{"The [ORG Rusk White House] agreed.", "ORG Rusk White House"},
		{"[PER Ida Rusk] won. Her [ORG Rusk Foundation] grew.", "PER Ida Rusk; ORG Rusk Foundation"},
		{"The [ORG Republican Senate] voted.", "ORG Senate"},
		{"The [ORG Republican National Committee] met.", "ORG Republican National Committee"},
		{"A [ORG CNN White House] reporter asked.", "ORG CNN; ORG White House"},
		{"The [ORG Florida House] voted.", "ORG Florida House"},
		// a place that ends the name of a body
		{"The University of [LOC Orrin] is in [LOC Orrin].", "ORG University of Orrin; LOC Orrin"},
		{"The university of [LOC Orrin] is old.", "LOC Orrin"},
		{"The [ORG Universidad] of [LOC Orrin] is old.", "ORG Universidad; LOC Orrin"},
		{"At Universität of [LOC Orrin].", "ORG Universität of Orrin"},
		// parts of other names
		{"The State of the [ORG Union] address was long.", "MISC Union"},
		{"The [LOC Paris] Agreement held.", "MISC Paris"},
		{"The [ORG Student Union] met.", "ORG Student Union"},
		// the kind by the last word
		{"She won the [ORG Orrin Medal].", "MISC Orrin Medal"},
		{"She won the [ORG Orrin Medal for Letters].", "MISC Orrin Medal for Letters"},
		{"He watched [ORG Fox & Friends].", "MISC Fox & Friends"},
		{"She left the [ORG Orrin Airport].", "LOC Orrin Airport"},
		{"The [LOC Orrin Precinct] answered.", "ORG Orrin Precinct"},
		{"The [LOC Court] was empty.", "LOC Court"},
	} {
		v, ms := proposed(t, test.text)
		if got := shown(v.D, bounds(v, rules.MustEnglish(), table, ms)); got != test.want {
			t.Errorf("%s: want %q, got %q", test.text, test.want, got)
		}
	}
}

func TestJoined(t *testing.T) {
	table, err := gazetteer.Default()
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct{ text, want string }{
		{"The [ORG Board of Control for Cricket] in [LOC India] met.", "ORG Board of Control for Cricket in India"},
		{"The [ORG University of California], [LOC Santa Cruz], grew.", "ORG University of California, Santa Cruz"},
		{"The [ORG New York] [ORG Times] wrote.", "ORG New York Times"},
		{"She left [LOC Paris], [LOC Texas].", "LOC Paris; LOC Texas"},
		{"The [ORG Board of Control for Cricket] in [LOC India Gate] met.", "ORG Board of Control for Cricket; LOC India Gate"},
		{"The [ORG Board of Control for Cricket] in [LOC! India] met.", "ORG Board of Control for Cricket; LOC India"},
		{"The [ORG! Board of Control for Cricket] in [LOC India] met.", "ORG Board of Control for Cricket; LOC India"},
		{"The [ORG Orrin Board] in [LOC India] met.", "ORG Orrin Board; LOC India"},
	} {
		v, ms := proposed(t, test.text)
		if got := shown(v.D, joined(v, table, ms)); got != test.want {
			t.Errorf("%s: want %q, got %q", test.text, test.want, got)
		}
	}
}
