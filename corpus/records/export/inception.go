package export

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// The types of UIMA that an export uses: DKPro's, which INCEpTION has built in, and ours, which Config defines.
const (
	casAnnotation = "uima.tcas.Annotation"
	casString     = "uima.cas.String"
	casSentence   = "de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Sentence"
	casToken      = "de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Token"
	casEntity     = "de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity"
	casQuote      = "webanno.custom.Quote"
	casLink       = "webanno.custom.QuoteLinksLink"
)

// A casType is a type of UIMA with its features, whose range [] stands for an array.
type casType struct {
	name, super string
	features    [][2]string
}

var casTypes = []casType{
	{casSentence, casAnnotation, nil},
	{casToken, casAnnotation, nil},
	{casEntity, casAnnotation, [][2]string{{"value", casString}, {"identifier", casString}}},
	{casQuote, casAnnotation, [][2]string{{"part", casString}, {"quoteId", casString}, {"speaker", casString}, {"kind", casString}, {"status", casString},
		{"note", casString}, {"links", casLink + "[]"}}},
	{casLink, "uima.cas.TOP", [][2]string{{"role", casString}, {"target", casQuote}}},
}

// A structure is a feature structure of UIMA; its keys are written in their order.
type structure []pair

type pair struct {
	key   string
	value any
}

// MarshalJSON writes an object.
func (s structure) MarshalJSON() ([]byte, error) { return s.append(nil) }

// append appends the object to b. There are many, so what most of them hold is written without detours.
func (s structure) append(b []byte) ([]byte, error) {
	b = append(b, '{')
	for i, p := range s {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(strconv.AppendQuote(b, p.key), ':') // keys are plain ASCII
		switch v := p.value.(type) {
		case int:
			b = strconv.AppendInt(b, int64(v), 10)
		case structure:
			var err error
			if b, err = v.append(b); err != nil {
				return nil, err
			}
		default:
			data, err := jsonOf(v)
			if err != nil {
				return nil, err
			}
			b = append(b, data...)
		}
	}
	return append(b, '}'), nil
}

// xmlText returns s with U+FFFD for what XML cannot hold, in which INCEpTION writes what it exports. All of that is one
// code unit long, as U+FFFD is, so that offsets stay right.
func xmlText(s string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' && r != '\t' && r != '\n' || r == '\ufffe' || r == '\uffff' {
			return utf8.RuneError
		}
		return r
	}, s)
}

// inception returns X.json, a CAS.
func inception(a *article) ([]File, error) {
	tokens, err := a.tokens()
	if err != nil {
		return nil, err
	}
	c := &cas{}
	sofa := c.add(structure{{"%TYPE", "uima.cas.Sofa"}, {"sofaNum", 1}, {"sofaID", "_InitialView"}, {"mimeType", "text/plain"}, {"sofaString", xmlText(a.text)}})
	span := func(typ string, start, end int, more ...pair) int {
		id := c.add(append(structure{{"%TYPE", typ}, {"@sofa", sofa}, {"begin", a.at(start)}, {"end", a.at(end)}}, more...))
		c.members = append(c.members, id)
		return id
	}
	span("uima.tcas.DocumentAnnotation", 0, len(a.text), pair{"language", "en"})
	for _, s := range a.r.Sentences {
		if s.Start < s.End { // an edited record may have an empty one
			span(casSentence, s.Start, s.End)
		}
	}
	for _, tok := range tokens {
		span(casToken, tok[0], tok[1])
	}
	a.casMarks(c, span)
	var b []byte
	b = append(b, "{\"%TYPES\":"...)
	if b, err = casTypesJSON().append(b); err != nil {
		return nil, err
	}
	b = append(b, ",\n\"%FEATURE_STRUCTURES\":[\n"...)
	for i, s := range c.all {
		if i > 0 {
			b = append(b, ",\n"...)
		}
		if b, err = s.append(b); err != nil {
			return nil, err
		}
	}
	b = append(b, "\n],\n\"%VIEWS\":"...)
	if b, err = (structure{{"_InitialView", structure{{"%SOFA", sofa}, {"%MEMBERS", c.members}}}}).append(b); err != nil {
		return nil, err
	}
	b = append(b, "}\n"...)
	return []File{{fileName(a.r) + ".json", b}}, nil
}

// casMarks adds the marks. What links lead from and to are marks of the one layer of quotes, and its slots are the links.
func (a *article) casMarks(c *cas, span func(string, int, int, ...pair) int) {
	ids := make([]int, len(a.marks))
	for i, m := range a.marks {
		if m.mention != nil {
			ids[i] = span(casEntity, m.start, m.end, pair{"value", m.label})
			continue
		}
		more := []pair{{"part", m.label}}
		if m.quote != nil {
			more = append(more, pair{"quoteId", m.quote.QuoteID})
		}
		if list := m.fields(); m.quote != nil && len(list) > 0 {
			if s := m.quote.Speaker; s != nil && s.Name != nil {
				more = append(more, pair{"speaker", xmlText(*s.Name)})
			}
			more = append(more, pair{"kind", m.quote.Kind}, pair{"status", m.quote.Status}, pair{"note", xmlText(note(list))})
		}
		ids[i] = span(casQuote, m.start, m.end, more...)
	}
	for i := 0; i < len(a.links); {
		from := a.links[i].from
		var elements []int
		for ; i < len(a.links) && a.links[i].from == from; i++ {
			elements = append(elements, c.add(structure{{"%TYPE", casLink}, {"role", a.links[i].label}, {"@target", ids[a.links[i].to]}}))
		}
		array := c.add(structure{{"%TYPE", "uima.cas.FSArray"}, {"%ELEMENTS", elements}})
		quote := &c.all[ids[from]-1]
		*quote = append(*quote, pair{"@links", array})
	}
}

// A cas holds feature structures; the one with %ID n is all[n-1].
type cas struct {
	all     []structure
	members []int
}

func (c *cas) add(s structure) int {
	id := len(c.all) + 1
	c.all = append(c.all, append(structure{{"%ID", id}}, s...))
	return id
}

func casTypesJSON() structure {
	var types structure
	for _, t := range casTypes {
		s := structure{{"%NAME", t.name}, {"%SUPER_TYPE", t.super}}
		for _, f := range t.features {
			s = append(s, pair{f[0], structure{{"%NAME", f[0]}, {"%RANGE", f[1]}}})
		}
		types = append(types, pair{t.name, s})
	}
	return types
}
