package output

// Offsets converts byte offsets of a text to another unit and back, as records do. It is immutable and safe for
// concurrent use.
type Offsets struct{ t *table }

// NewOffsets returns the conversion for the text. It takes one pass over it; each look-up takes a bounded time.
func NewOffsets(text string, unit Unit) *Offsets { return &Offsets{newTable(text, unit)} }

// Of returns the offset in units of a byte offset, which must lie on a boundary of code points within the text.
func (o *Offsets) Of(byteOffset int) int { return o.t.offset(byteOffset) }

// Byte returns the byte offset of an offset in units; false if it lies outside the text or within a code point. The end
// of the text lies inside.
func (o *Offsets) Byte(offset int) (int, bool) { return o.t.byteOffset(offset) }
