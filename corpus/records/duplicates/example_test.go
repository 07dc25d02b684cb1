package duplicates_test

import (
	"fmt"

	"github.com/quoth-nlp/quoth/corpus/records/duplicates"
)

func ExampleIndex() {
	x := duplicates.New("")
	defer x.Close()
	const story = `The council voted on Tuesday to close the old bridge for repairs. “It will take until spring,” said Ana Ruiz, who leads
the works. Buses will cross the river at Mill Street, and the ferry will run until midnight on all days of the week.`
	for _, a := range []struct{ id, text string }{{"wire", story}, {"daily", "Bridge to close\n\n" + story}, {"other", "Snow is expected."}} {
		of, err := x.Add(a.id, duplicates.Of(a.text))
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Printf("%s: %q\n", a.id, of)
	}
	// Output:
	// wire: ""
	// daily: "wire"
	// other: ""
}

func ExampleFingerprint_Likeness() {
	a := duplicates.Of("“We won’t go,” she said.")
	b := duplicates.Of(`"We won't go", she said`)
	fmt.Println(a.Likeness(b), a == b)
	// Output: 1 true
}

func ExampleParse() {
	f := duplicates.Of("Snow is expected.")
	g, err := duplicates.Parse(f.String())
	fmt.Println(g == f, err)
	// Output: true <nil>
}
