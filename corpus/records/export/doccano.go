package export

// A doccanoTask is an example. What doccano does not know becomes its meta data.
type doccanoTask struct {
	Text      string            `json:"text"`
	Entities  []doccanoEntity   `json:"entities"`
	Relations []doccanoRelation `json:"relations"`
	doccanoMeta
	Notes []string `json:"notes"`
}

// doccanoMeta has all keys in all lines: doccano reads them as a table, and fills holes with NaN.
type doccanoMeta struct {
	DocID string `json:"doc_id"`
	Path  string `json:"path"`
	Title string `json:"title"`
	Date  string `json:"date"`
	URL   string `json:"url"`
	Start int    `json:"start"`
}

type doccanoEntity struct {
	ID          int    `json:"id"`
	StartOffset int    `json:"start_offset"`
	EndOffset   int    `json:"end_offset"`
	Label       string `json:"label"`
}

type doccanoRelation struct {
	ID     int    `json:"id"`
	FromID int    `json:"from_id"`
	ToID   int    `json:"to_id"`
	Type   string `json:"type"`
}

type doccanoSequenceTask struct {
	Text  string   `json:"text"`
	Label [][3]any `json:"label"`
	doccanoMeta
}

// doccano returns a line for a project of relations. The ids are integers, and different within the line.
func doccano(a *article) (encoded, error) {
	task := doccanoTask{Text: a.text, Entities: make([]doccanoEntity, len(a.marks)), Relations: make([]doccanoRelation, len(a.links)),
		doccanoMeta: doccanoMeta(a.origin()), Notes: []string{}}
	for i, m := range a.marks {
		task.Entities[i] = doccanoEntity{i, a.at(m.start), a.at(m.end), m.label}
		if m.quote != nil && m.part == 0 {
			task.Notes = append(task.Notes, note(m.fields()))
		}
	}
	for i, l := range a.links {
		// Ids of relations go on after those of marks, so that no reader can take one for the other.
		task.Relations[i] = doccanoRelation{len(a.marks) + i, l.from, l.to, l.label}
	}
	return jsonLine(task)
}

// doccanoSequence returns a line for a project of sequence labelling.
func doccanoSequence(a *article) (encoded, error) {
	task := doccanoSequenceTask{Text: a.text, Label: make([][3]any, len(a.marks)), doccanoMeta: doccanoMeta(a.origin())}
	for i, m := range a.marks {
		task.Label[i] = [3]any{a.at(m.start), a.at(m.end), m.label}
	}
	return jsonLine(task)
}
