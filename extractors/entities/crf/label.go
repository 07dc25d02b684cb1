package crf

import "github.com/quoth-nlp/quoth/pipeline/annot"

// A Label says what part of a mention a token is. The zero Label is O.
type Label uint8

// O is the label of a token outside of all mentions. The other labels are made by Make.
const O Label = 0

// labels is the number of labels: O, and four parts of a mention of each of four types.
const labels = 17

// Unlabelled is the label of a token of which the annotation says nothing. Training lets it be anything; no model gives it.
const Unlabelled Label = labels

// A Part is the part of a mention that a token is.
type Part uint8

// The parts. Outside is that of O only.
const (
	Outside Part = iota
	Begin        // the first of several tokens
	Inside       // neither the first nor the last
	Last         // the last of several
	Unit         // the only one
)

// Make returns the label for a part of a mention of type t; it is O for Outside and for NoType.
func Make(p Part, t annot.Type) Label {
	if p == Outside || p > Unit || t == annot.NoType || t > annot.MISC {
		return O
	}
	return Label(4*(t-1)) + Label(p)
}

// Part returns the part of a mention that l stands for, Outside for O and Unlabelled.
func (l Label) Part() Part {
	if l == O || l >= labels {
		return Outside
	}
	return Part((l-1)%4) + 1
}

// Type returns the type of the mention, or NoType for O and Unlabelled.
func (l Label) Type() annot.Type {
	if l == O || l >= labels {
		return annot.NoType
	}
	return annot.Type((l-1)/4) + 1
}

// String returns O, ? for Unlabelled, or the part's letter, a hyphen and the type: B-PER, I-PER, L-PER, U-PER.
func (l Label) String() string {
	switch {
	case l == Unlabelled:
		return "?"
	case l.Part() == Outside:
		return "O"
	}
	return "-BILU"[l.Part():l.Part()+1] + "-" + l.Type().String()
}

// The labels that may follow a finished mention, and those that finish one or are outside of all.
var (
	openers = [9]Label{0, 1, 4, 5, 8, 9, 12, 13, 16}  // O, B, U
	closers = [9]Label{0, 3, 4, 7, 8, 11, 12, 15, 16} // O, L, U
)

// starts and finishes are the same as sets of bits.
const (
	starts   = 1<<0 | 1<<1 | 1<<4 | 1<<5 | 1<<8 | 1<<9 | 1<<12 | 1<<13 | 1<<16
	finishes = 1<<0 | 1<<3 | 1<<4 | 1<<7 | 1<<8 | 1<<11 | 1<<12 | 1<<15 | 1<<16
	allSet   = 1<<labels - 1
	miscSet  = 1<<13 | 1<<14 | 1<<15 | 1<<16
)
