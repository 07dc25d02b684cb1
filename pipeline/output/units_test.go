package output_test

import (
	"testing"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/quoth-nlp/quoth/pipeline/output"
)

// Each boundary of characters leads to its offset and back, in every unit, and nothing else leads anywhere.
func TestOffsets(t *testing.T) {
	const text = "“Añé 𝄞,” said e\u0301. Plain words, and more than one stretch of the table: “𝄞𝄞”."
	for _, unit := range []output.Unit{output.Codepoint, output.Byte, output.UTF16} {
		o := output.NewOffsets(text, unit)
		n := 0
		for i, r := range text {
			if got := o.Of(i); got != n {
				t.Errorf("%s: byte %d is at %d, want %d", unit, i, got, n)
			}
			if got, ok := o.Byte(n); !ok || got != i {
				t.Errorf("%s: offset %d is byte %d (%v), want %d", unit, n, got, ok, i)
			}
			size := map[output.Unit]int{output.Codepoint: 1, output.Byte: utf8.RuneLen(r), output.UTF16: utf16.RuneLen(r)}[unit]
			for k := 1; k < size; k++ {
				if got, ok := o.Byte(n + k); ok {
					t.Errorf("%s: offset %d is within a character, but leads to byte %d", unit, n+k, got)
				}
			}
			n += size
		}
		if got, ok := o.Byte(n); !ok || got != len(text) {
			t.Errorf("%s: the end %d is byte %d (%v)", unit, n, got, ok)
		}
		for _, outside := range []int{-1, n + 1} {
			if _, ok := o.Byte(outside); ok {
				t.Errorf("%s: %d leads into the text", unit, outside)
			}
		}
	}
}
