package export

import (
	"bytes"
	"encoding/json"
)

// jsonOf returns v as JSON on one line, without a line ending and with < and & as they are.
func jsonOf(v any) ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return nil, err
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), nil
}

// jsonLine returns v as a line of JSON Lines.
func jsonLine(v any) (encoded, error) {
	data, err := jsonOf(v)
	return encoded{append(data, '\n'), 1}, err
}

// origin is what exports say of where an article came from.
type origin struct {
	DocID string `json:"doc_id"`
	Path  string `json:"path"`
	Title string `json:"title,omitempty"`
	Date  string `json:"date,omitempty"`
	URL   string `json:"url,omitempty"`
	// Start is where the text of a task begins in that of the record, in code points.
	Start int `json:"start,omitempty"`
}

func (a *article) origin() origin {
	return origin{a.r.DocID, a.r.Source.Path, value(a.r.Meta.Title), value(a.r.Meta.Date), value(a.r.Meta.URL), a.offset}
}
