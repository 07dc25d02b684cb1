package output

import (
	"bytes"
	"encoding/json"
	"fmt"
)

// Meta is what the input said about the article. Extra holds the fields that the input had besides; they are written
// after the others, sorted by key. A key of Extra that is the name of another field is left out. Values of Extra are
// those of encoding/json; numbers should be json.Number, so that they pass through digit by digit.
type Meta struct {
	ID      *string
	Title   *string
	Date    *string
	URL     *string
	Authors []string
	Extra   map[string]any
}

// metaFields is the part of Meta with fixed keys.
type metaFields struct {
	ID      *string  `json:"id"`
	Title   *string  `json:"title"`
	Date    *string  `json:"date"`
	URL     *string  `json:"url"`
	Authors []string `json:"authors"`
}

// metaKey reports whether key is one of the fixed keys of meta.
func metaKey(key string) bool {
	switch key {
	case "id", "title", "date", "url", "authors":
		return true
	}
	return false
}

// MarshalJSON writes the fixed keys first, then Extra sorted by key.
func (m Meta) MarshalJSON() ([]byte, error) {
	if m.Authors == nil {
		m.Authors = []string{}
	}
	fixed, err := marshal(metaFields{m.ID, m.Title, m.Date, m.URL, m.Authors})
	if err != nil {
		return nil, err
	}
	extra := make(map[string]any, len(m.Extra))
	for k, v := range m.Extra {
		if !metaKey(k) {
			extra[k] = v
		}
	}
	if len(extra) == 0 {
		return fixed, nil
	}
	rest, err := marshal(extra)
	if err != nil {
		return nil, err
	}
	fixed[len(fixed)-1] = ','
	return append(fixed, rest[1:]...), nil
}

// UnmarshalJSON reads what MarshalJSON writes; numbers of Extra become json.Number.
func (m *Meta) UnmarshalJSON(data []byte) error {
	// A map keeps apart what struct fields would not: an Extra of "Title" is not the title.
	var all map[string]json.RawMessage
	if err := json.Unmarshal(data, &all); err != nil {
		return err
	}
	*m = Meta{}
	for key, to := range map[string]any{"id": &m.ID, "title": &m.Title, "date": &m.Date, "url": &m.URL, "authors": &m.Authors} {
		if value, ok := all[key]; ok {
			if err := json.Unmarshal(value, to); err != nil {
				return fmt.Errorf("meta %s: %w", key, err)
			}
			delete(all, key)
		}
	}
	for key, value := range all {
		dec := json.NewDecoder(bytes.NewReader(value))
		dec.UseNumber()
		var v any
		if err := dec.Decode(&v); err != nil {
			return fmt.Errorf("meta %s: %w", key, err)
		}
		if m.Extra == nil {
			m.Extra = make(map[string]any, len(all))
		}
		m.Extra[key] = v
	}
	return nil
}

// marshal is json.Marshal without the escapes for HTML.
func marshal(v any) ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return nil, err
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), nil
}
