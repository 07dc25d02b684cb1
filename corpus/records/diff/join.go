package diff

import (
	"errors"
	"io"
	"iter"
	"slices"
)

// How two records were found to belong together.
const (
	ByID   = "doc_id"
	ByPath = "path" // and member and index: the article was changed
	ByText = "text" // the file was moved
)

// A Pair is two records of one article, or one that has no partner: then the other is nil, and By empty.
type Pair struct {
	A, B *Entry
	By   string
}

// ahead is how many records of a file wait in memory for their partners. Those beyond wait in a file on disk.
const ahead = 4096

// Join finds the records of two files that belong together: first by doc_id, then by path, member and index, and what is
// left by the text. Pairs come when they are found, which is in the order of the files as far as these agree; what is
// left comes last, in the order of the first file, then of the second. The sequence ends after an error.
//
// Memory is that of a few thousand entries. If the order of the files differs by more, a temporary file in dir, "" for
// the system's place, holds the others.
func Join(a, b *File, dir string) iter.Seq2[Pair, error] { return join(a, b, dir, ahead) }

func join(a, b *File, dir string, ahead int) iter.Seq2[Pair, error] {
	return func(yield func(Pair, error) bool) {
		j := &joiner{files: [2]*File{a, b}, shelf: shelf{dir: dir}, ahead: ahead}
		j.waiting = [2]*window{newWindow(), newWindow()}
		defer j.shelf.close()
		err := j.stream(func(p Pair) bool { return yield(p, nil) })
		if err == nil {
			err = j.rest(func(p Pair) bool { return yield(p, nil) })
		}
		if err != nil && !errors.Is(err, errStop) {
			yield(Pair{}, err)
		}
	}
}

var errStop = errors.New("no more is wanted")

type joiner struct {
	files   [2]*File
	waiting [2]*window
	shelf   shelf
	ahead   int
}

// stream reads both files in turns and pairs each record with one that waits for it.
func (j *joiner) stream(yield func(Pair) bool) error {
	for done := [2]bool{}; !done[0] || !done[1]; {
		for side := range done {
			if done[side] {
				continue
			}
			e, err := j.files[side].next()
			if errors.Is(err, io.EOF) {
				done[side] = true
				continue
			}
			if err != nil {
				return err
			}
			partner, err := j.take(1-side, e)
			if err != nil {
				return err
			}
			if partner == nil {
				if err := j.keep(side, e); err != nil {
					return err
				}
			} else if !yield(paired(side, e, partner)) {
				return errStop
			}
		}
	}
	return nil
}

func paired(side int, e, partner *Entry) Pair {
	p := Pair{A: e, B: partner, By: ByPath}
	if side == 1 {
		p.A, p.B = partner, e
	}
	if e.DocID == partner.DocID {
		p.By = ByID
	}
	return p
}

// take returns the record of the side that belongs with e and waits no longer, or nil.
func (j *joiner) take(side int, e *Entry) (*Entry, error) {
	if partner := j.waiting[side].take(e); partner != nil {
		return partner, nil
	}
	return j.shelf.take(side, e)
}

func (j *joiner) keep(side int, e *Entry) error {
	w := j.waiting[side]
	w.add(e)
	if w.live <= j.ahead {
		return nil
	}
	return j.shelf.put(side, w.oldest())
}

// rest pairs by their texts what has no partner yet.
func (j *joiner) rest(yield func(Pair) bool) error {
	for side, w := range j.waiting {
		for e := w.oldest(); e != nil; e = w.oldest() {
			if err := j.shelf.put(side, e); err != nil {
				return err
			}
		}
	}
	err := j.shelf.each(0, func(e *Entry) error {
		p := Pair{A: e}
		var err error
		if p.B, err = j.shelf.takeText(1, e.Text); err != nil {
			return err
		}
		if p.B != nil {
			p.By = ByText
		}
		if !yield(p) {
			return errStop
		}
		return nil
	})
	if err != nil {
		return err
	}
	return j.shelf.each(1, func(e *Entry) error {
		if !yield(Pair{B: e}) {
			return errStop
		}
		return nil
	})
}

// A window holds the records of one file that wait in memory.
type window struct {
	queue        []*Entry // in order, with some that were taken
	live         int
	byID, byPath map[string]*Entry
}

func newWindow() *window { return &window{byID: map[string]*Entry{}, byPath: map[string]*Entry{}} }

// add adds e. Of several with the same doc_id, which sound files do not have, the last can be found.
func (w *window) add(e *Entry) {
	if len(w.queue) > 2*w.live+64 {
		w.queue = slices.DeleteFunc(w.queue, func(e *Entry) bool { return e.taken })
	}
	w.queue = append(w.queue, e)
	w.live++
	w.byID[e.DocID], w.byPath[e.path()] = e, e
}

func (w *window) take(e *Entry) *Entry {
	partner := w.byID[e.DocID]
	if partner == nil {
		partner = w.byPath[e.path()]
	}
	if partner != nil {
		w.remove(partner)
	}
	return partner
}

func (w *window) remove(e *Entry) {
	e.taken = true
	w.live--
	if w.byID[e.DocID] == e {
		delete(w.byID, e.DocID)
	}
	if path := e.path(); w.byPath[path] == e {
		delete(w.byPath, path)
	}
}

// oldest takes the record that waits longest, or returns nil.
func (w *window) oldest() *Entry {
	for len(w.queue) > 0 {
		e := w.queue[0]
		w.queue = w.queue[1:]
		if !e.taken {
			w.remove(e)
			return e
		}
	}
	return nil
}
