package crf

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestRejoin(t *testing.T) {
	const in = `U.S B-LOC
. I-LOC
envoys O

From O
the O
U.S B-LOC
. O

In O
Rye B-LOC
, I-LOC
N.Y I-LOC
. I-LOC
, I-LOC
U.S I-LOC
. I-LOC
, O
Moor B-ORG
. I-ORG
`
	const want = `U.S. B-LOC
envoys O

From O
the O
U.S B-LOC
. O

In O
Rye B-LOC
, I-LOC
N.Y. I-LOC
, I-LOC
U.S. I-LOC
, O
Moor B-ORG
. I-ORG
`
	read := func(s string) Dataset {
		set, err := ReadCoNLL(strings.NewReader(s), "names")
		if err != nil {
			t.Fatal(err)
		}
		set.Weight, set.NoMISC = 2, true
		return set
	}
	if diff := cmp.Diff(read(want), Rejoin(read(in))); diff != "" {
		t.Error(diff)
	}
}
