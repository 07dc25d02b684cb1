package export

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
)

// Config returns the files with which the tool is set up for the format's labels, in the order of their names; none for
// formats whose tools need no such file. They have no folders in their names.
//
//   - brat: annotation.conf and visual.conf, which belong beside the annotations
//   - prodigy: prodigy-labels.txt and prodigy-relations.txt, for --label and --relation-label of its recipes
//   - labelstudio: labelstudio.xml, the labeling interface
//   - doccano, doccano-sequence: label types, and relation types, to be imported
//   - inception: layers.xml, a type system to be imported as layers
func Config(f Format, opt Options) []File {
	l := opt.Layers
	if l == 0 {
		l = Entities | Quotes
	}
	var links []string
	if l&Quotes != 0 {
		links = linkLabels
	}
	switch f {
	case Brat:
		return []File{{"annotation.conf", bratConf(l)}, {"visual.conf", bratVisual(l)}}
	case Prodigy:
		files := []File{{"prodigy-labels.txt", []byte(strings.Join(labels(l), "\n") + "\n")}}
		if len(links) > 0 {
			files = append(files, File{"prodigy-relations.txt", []byte(strings.Join(links, "\n") + "\n")})
		}
		return files
	case LabelStudio:
		return []File{{"labelstudio.xml", studioConfig(l, links)}}
	case Doccano:
		files := []File{{"doccano-labels.json", doccanoLabels(labels(l))}}
		if len(links) > 0 {
			files = append(files, File{"doccano-relations.json", doccanoLabels(links)})
		}
		return files
	case DoccanoSequence:
		return []File{{"doccano-labels.json", doccanoLabels(labels(l))}}
	case INCEpTION:
		return []File{{"layers.xml", casLayers()}}
	}
	return nil
}

// colors are the backgrounds of labels, light enough for black text.
var colors = map[string]string{
	"PER": "#a6cee3", "LOC": "#b2df8a", "ORG": "#fdbf6f", "MISC": "#d9d9d9",
	content: "#ffff99", source: "#cab2d6", cue: "#fb9a99",
	spokenBy: "#8968a8", cuedBy: "#d95f57", continues: "#b8a400", within: "#8c8c8c",
}

// The values of the attributes of quotes.
var (
	kinds    = []string{"direct", "mixed", "transcript", "block", "indirect"}
	statuses = []string{"attributed", "ambiguous", "unattributed"}
)

// bratConf has all four sections, without which brat refuses it.
func bratConf(l Layers) []byte {
	var b bytes.Buffer
	b.WriteString("[entities]\n" + strings.Join(labels(l), "\n") + "\n\n[relations]\n")
	if l&Quotes != 0 {
		fmt.Fprintf(&b, "%s\tArg1:%s, Arg2:%s\n%s\tArg1:%s, Arg2:%s\n%s\tArg1:%s, Arg2:%s\n", spokenBy, content, source, cuedBy, content, cue, within, content, content)
	}
	b.WriteString("<OVERLAP>\tArg1:<ENTITY>, Arg2:<ENTITY>, <OVL-TYPE>:<ANY>\n\n[events]\n\n[attributes]\n")
	if l&Quotes != 0 {
		fmt.Fprintf(&b, "Kind\tArg:%s, Value:%s\nStatus\tArg:%s, Value:%s\n", content, strings.Join(kinds, "|"), content, strings.Join(statuses, "|"))
	}
	return b.Bytes()
}

func bratVisual(l Layers) []byte {
	var b bytes.Buffer
	b.WriteString("[labels]\n\n[drawing]\nSPAN_DEFAULT\tfgColor:black, bgColor:lightgreen, borderColor:darken\nARC_DEFAULT\tcolor:black, arrowHead:triangle-5\n")
	for _, label := range labels(l) {
		fmt.Fprintf(&b, "%s\tbgColor:%s\n", label, colors[label])
	}
	if l&Quotes != 0 {
		for _, label := range []string{spokenBy, cuedBy, within} {
			fmt.Fprintf(&b, "%s\tcolor:%s\n", label, colors[label])
		}
		b.WriteString("Kind\tglyph:[direct]|[mixed]|[transcript]|[block]|[indirect]\nStatus\tglyph:+|?|-\n")
	}
	return b.Bytes()
}

// studioConfig keeps the lines of the text apart, as offsets do.
func studioConfig(l Layers, links []string) []byte {
	var b bytes.Buffer
	b.WriteString("<View>\n  <Style>.htx-text{white-space:pre-wrap;}</Style>\n")
	if len(links) > 0 {
		b.WriteString("  <Relations>\n")
		for _, label := range links {
			fmt.Fprintf(&b, "    <Relation value=%q/>\n", label)
		}
		b.WriteString("  </Relations>\n")
	}
	b.WriteString("  <Labels name=\"label\" toName=\"text\">\n")
	for _, label := range labels(l) {
		fmt.Fprintf(&b, "    <Label value=%q background=%q/>\n", label, colors[label])
	}
	b.WriteString("  </Labels>\n  <Text name=\"text\" value=\"$text\"/>\n</View>\n")
	return b.Bytes()
}

func doccanoLabels(list []string) []byte {
	var lines []string
	for _, label := range list {
		lines = append(lines, fmt.Sprintf("  {\"text\": %q, \"background_color\": %q, \"text_color\": \"#000000\"}", label, colors[label]))
	}
	return []byte("[\n" + strings.Join(lines, ",\n") + "\n]\n")
}

// casLayers is a type system of UIMA with the types that INCEpTION does not have built in. INCEpTION takes it for one by
// its first bytes.
func casLayers() []byte {
	var b bytes.Buffer
	b.WriteString("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<typeSystemDescription xmlns=\"http://uima.apache.org/resourceSpecifier\">\n  <name>quoth</name>\n  <types>\n")
	for _, t := range casTypes[slices.IndexFunc(casTypes, func(t casType) bool { return t.name == casQuote }):] {
		fmt.Fprintf(&b, "    <typeDescription>\n      <name>%s</name>\n      <description/>\n      <supertypeName>%s</supertypeName>\n      <features>\n", t.name, t.super)
		for _, f := range t.features {
			ranges := "<rangeTypeName>" + f[1] + "</rangeTypeName>"
			if element, ok := strings.CutSuffix(f[1], "[]"); ok {
				ranges = "<rangeTypeName>uima.cas.FSArray</rangeTypeName><elementType>" + element + "</elementType>"
			}
			fmt.Fprintf(&b, "        <featureDescription><name>%s</name><description/>%s</featureDescription>\n", f[0], ranges)
		}
		b.WriteString("      </features>\n    </typeDescription>\n")
	}
	b.WriteString("  </types>\n</typeSystemDescription>\n")
	return b.Bytes()
}
