package export

import (
	"fmt"
	"strconv"
)

type studioTask struct {
	Data        studioData         `json:"data"`
	Predictions []studioPrediction `json:"predictions"`
}

type studioData struct {
	Text string `json:"text"`
	origin
}

type studioPrediction struct {
	ModelVersion string  `json:"model_version"`
	Score        float64 `json:"score"`
	Result       []any   `json:"result"`
}

type studioRegion struct {
	ID       string      `json:"id"`
	FromName string      `json:"from_name"`
	ToName   string      `json:"to_name"`
	Type     string      `json:"type"`
	Value    studioValue `json:"value"`
	Score    *float64    `json:"score,omitempty"`
	Meta     *studioMeta `json:"meta,omitempty"`
}

type studioValue struct {
	Start  int      `json:"start"`
	End    int      `json:"end"`
	Text   string   `json:"text"`
	Labels []string `json:"labels"`
}

// studioMeta is what Label Studio shows as the notes of a region.
type studioMeta struct {
	Text []string `json:"text"`
}

type studioRelation struct {
	Type      string   `json:"type"`
	FromID    string   `json:"from_id"`
	ToID      string   `json:"to_id"`
	Direction string   `json:"direction"`
	Labels    []string `json:"labels"`
}

// labelStudio returns a task with one prediction, whose score is the lowest confidence of its quotes or, without quotes,
// of its mentions, so that sorting by score brings up what to look at first.
func labelStudio(a *article) (encoded, error) {
	p := studioPrediction{ModelVersion: a.r.Tool.Name + " " + a.r.Tool.Version, Score: 1, Result: []any{}}
	scored := false
	for i, m := range a.marks {
		region := studioRegion{ID: studioID(i), FromName: "label", ToName: "text", Type: "labels",
			Value: studioValue{a.at(m.start), a.at(m.end), a.textOf(m), []string{m.label}}}
		if list := m.fields(); len(list) > 0 {
			region.Meta = &studioMeta{}
			for _, f := range list {
				region.Meta.Text = append(region.Meta.Text, f.key+": "+oneLine(f.value))
			}
		}
		switch {
		case m.quote != nil:
			region.Score = &m.quote.Confidence
			if !scored || m.quote.Confidence < p.Score {
				p.Score = m.quote.Confidence
			}
			scored = true
		case m.mention != nil:
			region.Score = &m.mention.Confidence
			if !scored {
				p.Score = min(p.Score, m.mention.Confidence)
			}
		}
		p.Result = append(p.Result, region)
	}
	for _, l := range a.links {
		p.Result = append(p.Result, studioRelation{"relation", studioID(l.from), studioID(l.to), "right", []string{l.label}})
	}
	data, err := jsonOf(studioTask{studioData{a.text, a.origin()}, []studioPrediction{p}})
	if err != nil {
		return encoded{}, fmt.Errorf("as a task: %w", err)
	}
	return encoded{data, 1}, nil
}

func studioID(mark int) string { return "m" + strconv.Itoa(mark+1) }
