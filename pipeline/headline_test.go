package pipeline_test

import (
	"testing"

	"github.com/quoth-nlp/quoth/pipeline/annot"
)

// A headline’s quote is linked to the one of the body that it repeats, whole or cut off, and takes its speaker from there if
// the headline leads to none; words that are met within others only are no repetition.
func TestHeadlineRepeats(t *testing.T) {
	const text = "Miners’ leader: ‘We will not sign’ as strike enters third week\n\nSTAFF REPORT\n\n“They want us to sign. We will not sign before May,” Ana Quispe told a crowd. She called the offer ‘mean’.\n\n" +
		"Union says ‘not sign befor’"
	d := annot.New("", text)
	if err := defaultPipeline(t).Process(d); err != nil {
		t.Fatal(err)
	}
	head := d.Quotes[0]
	if head.Zone != annot.Headline || head.Parent == 0 || d.Slice(d.Quotes[head.Parent-1].Parts[0]) != "“They want us to sign. We will not sign before May,”" {
		t.Fatalf("headline quote: %+v", head)
	}
	if head.Speaker.Name != "Ana Quispe" || head.Speaker.ResolvedBy != "repetition" || !head.Flags.Has(annot.ByRedundancy) || d.Slice(head.Speaker.Mention) != "Miners’ leader" {
		t.Errorf("speaker %+v, flags %v", head.Speaker, head.Flags.Names())
	}
	if err := d.Validate(); err != nil {
		t.Error(err)
	}
	for _, q := range d.Quotes[1:] {
		if q.Parent != 0 {
			t.Errorf("%q has a parent", d.Slice(q.Parts[0]))
		}
	}
}

// A headline without words for the speaker inherits those of the body.
func TestHeadlineInherits(t *testing.T) {
	d := annot.New("", "‘A long and lonely winter’: a village without a road\n\nSTAFF REPORT\n\n“It was a long and lonely winter,” Ana Quispe said.")
	if err := defaultPipeline(t).Process(d); err != nil {
		t.Fatal(err)
	}
	if err := d.Validate(); err != nil {
		t.Error(err)
	}
	head := d.Quotes[0]
	if head.Speaker.Name != "Ana Quispe" || d.Slice(head.Speaker.Mention) != "Ana Quispe" || !head.Flags.Has(annot.ByRedundancy|annot.InheritedSpeaker) {
		t.Errorf("speaker %+v, flags %v", head.Speaker, head.Flags.Names())
	}
}
