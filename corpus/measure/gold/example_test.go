package gold_test

import (
	"fmt"

	"github.com/quoth-nlp/quoth/corpus/measure/gold"
)

func ExampleParse() {
	a, err := gold.Parse("strike", []byte(`A short one.
-- text --
“We stay out,” said {PER:Ada Moor|Moor}.
-- quotes --
- parts: ["“We stay out,”"]
  kind: direct
  status: attributed
  speaker: {mention: Moor, name: Ada Moor, type: person}
  cue: said
`))
	if err != nil {
		fmt.Println(err)
		return
	}
	q := a.Quotes[0]
	fmt.Println(a.Slice(q.Parts[0]), a.Slice(q.Cue), a.Slice(q.Speaker.Mention), q.Speaker.Name)

	_, err = gold.Parse("typo", []byte("-- text --\nSo {PERS:Moor} said.\n"))
	fmt.Println(err)
	// Output:
	// “We stay out,” said Moor Ada Moor
	// typo.txtar: unknown entity type "PERS" in "{PERS:Moor} said."; use PER, LOC, ORG or MISC
}
