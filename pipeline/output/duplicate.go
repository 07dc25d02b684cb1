package output

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
)

// SetDuplicateOf returns the line of JSON of a record with another value of duplicate_of. The line itself is not changed.
func SetDuplicateOf(line []byte, id *string) ([]byte, error) {
	value, err := json.Marshal(id)
	if err != nil {
		return nil, err
	}
	start, end, err := topValue(line, "duplicate_of")
	if err != nil {
		return nil, err
	}
	return bytes.Join([][]byte{line[:start], value, line[end:]}, nil), nil
}

// topValue returns where the value of a key is that is neither an object nor a list. It reads no further than that.
func topValue(line []byte, key string) (start, end int, err error) {
	want := []byte(`"` + key + `":`)
	depth := 0
	for i := 0; i < len(line); i++ {
		switch line[i] {
		case '{', '[':
			depth++
		case '}', ']':
			depth--
		case '"':
			if depth == 1 && bytes.HasPrefix(line[i:], want) && (line[i-1] == '{' || line[i-1] == ',') {
				start = i + len(want)
				if start < len(line) && line[start] == '"' {
					end = skipString(line, start)
				} else if n := bytes.IndexAny(line[start:], ",}[{"); n >= 0 && line[start+n] != '{' && line[start+n] != '[' {
					end = start + n
				}
				if end > start {
					return start, end, nil
				}
			}
			if i = skipString(line, i) - 1; i < 0 {
				return 0, 0, errors.New("the record is cut off")
			}
		}
	}
	return 0, 0, fmt.Errorf("the record has no %s", key)
}

// skipString returns the offset after the string that starts at i, or 0.
func skipString(line []byte, i int) int {
	for i++; i < len(line); i++ {
		switch line[i] {
		case '\\':
			i++
		case '"':
			return i + 1
		}
	}
	return 0
}

// SetDuplicateOf says which earlier document the record is a copy of, in a record that was prepared too.
func (r *Record) SetDuplicateOf(id string) error {
	r.DuplicateOf = Optional(id)
	if r.encoded == nil {
		return nil
	}
	line, err := SetDuplicateOf(r.encoded, r.DuplicateOf)
	if err != nil {
		return recordError(r, err)
	}
	r.encoded = line
	return nil
}

// Line returns the record as a line of JSON, with its line end.
func (r *Record) Line() ([]byte, error) {
	if r.encoded == nil {
		if err := r.Prepare(); err != nil {
			return nil, err
		}
	}
	return r.encoded, nil
}
