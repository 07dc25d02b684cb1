package dataset

import (
	"encoding/json"
	"strconv"
)

// MissingForCroissant lists the keys without which there is no croissant.json, since the format demands them.
func (a *About) MissingForCroissant() []string {
	var missing []string
	for _, need := range []struct {
		key string
		has bool
	}{
		{"title", a.Title != ""}, {"description", a.Description != ""}, {"url", a.URL != ""}, {"published", a.Published != ""},
		{"licenses", len(a.Licenses) > 0}, {"creators", len(a.Creators) > 0},
	} {
		if !need.has {
			missing = append(missing, need.key)
		}
	}
	return missing
}

type object = map[string]any // encoding/json sorts the keys

// croissantContext is the context of Croissant 1.1, which readers expect word for word.
const croissantContext = `{
  "@language": "en", "@vocab": "https://schema.org/", "arrayShape": "cr:arrayShape", "citeAs": "cr:citeAs", "column": "cr:column", "conformsTo": "dct:conformsTo",
  "containedIn": "cr:containedIn", "cr": "http://mlcommons.org/croissant/", "data": {"@id": "cr:data", "@type": "@json"}, "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
  "dct": "http://purl.org/dc/terms/", "equivalentProperty": "cr:equivalentProperty", "examples": {"@id": "cr:examples", "@type": "@json"}, "extract": "cr:extract",
  "field": "cr:field", "fileObject": "cr:fileObject", "fileProperty": "cr:fileProperty", "fileSet": "cr:fileSet", "format": "cr:format", "includes": "cr:includes",
  "isArray": "cr:isArray", "isLiveDataset": "cr:isLiveDataset", "jsonPath": "cr:jsonPath", "key": "cr:key", "md5": "cr:md5", "parentField": "cr:parentField",
  "path": "cr:path", "prov": "http://www.w3.org/ns/prov#", "rai": "http://mlcommons.org/croissant/RAI/", "recordSet": "cr:recordSet", "references": "cr:references",
  "regex": "cr:regex", "repeated": "cr:repeated", "replace": "cr:replace", "samplingRate": "cr:samplingRate", "sc": "https://schema.org/", "separator": "cr:separator",
  "source": "cr:source", "subField": "cr:subField", "transform": "cr:transform"
}`

var croissantTypes = map[Type]string{String: "sc:Text", Integer: "sc:Integer", Number: "sc:Float"}

// croissant returns croissant.json, or nil if too little is known of the data set or it has no file for each table.
func (b *Builder) croissant(resources []resource) ([]byte, error) {
	a := b.opt.About
	list := firstTables(resources)
	if a == nil || len(a.MissingForCroissant()) > 0 || list == nil {
		return nil, nil
	}
	var files, sets []any
	for _, r := range list {
		files = append(files, object{"@type": "cr:FileObject", "@id": r.Path, "name": r.Path, "description": r.Description, "contentUrl": r.Path,
			"contentSize": strconv.FormatInt(r.Bytes, 10) + " B", "encodingFormat": r.MediaType, "sha256": r.sha256})
		if r.rows > 0 {
			sets = append(sets, recordSet(r))
		}
	}
	license := make([]string, len(a.Licenses))
	for i, l := range a.Licenses {
		if license[i] = l.Path; l.Path == "" {
			license[i] = l.Name
		}
	}
	var creators []any
	for _, c := range a.Creators {
		creator := object{"@type": "sc:Person", "name": c.Name}
		if c.Type == "organization" {
			creator["@type"] = "sc:Organization"
		}
		if c.Path != "" {
			creator["url"] = c.Path
		}
		creators = append(creators, creator)
	}
	doc := object{"@context": json.RawMessage(croissantContext), "@type": "sc:Dataset", "conformsTo": "http://mlcommons.org/croissant/1.1",
		"name": a.Title, "description": a.Description, "url": a.URL, "datePublished": a.Published, "license": license, "creator": creators,
		"inLanguage": "en", "distribution": files, "recordSet": sets}
	if a.Version != "" {
		doc["version"] = a.Version
	}
	if a.Citation != "" {
		doc["citeAs"] = a.Citation
	}
	if len(a.Keywords) > 0 {
		doc["keywords"] = a.Keywords
	}
	return indented(doc)
}

// recordSet describes the rows of a table.
func recordSet(r resource) object {
	t := r.table
	var fields []any
	for _, c := range t.Columns {
		f := object{"@type": "cr:Field", "@id": t.Name + "/" + c.Name, "name": c.Name, "description": c.Description, "dataType": croissantTypes[c.Type],
			"source": object{"fileObject": object{"@id": r.Path}, "extract": object{"column": c.Name}}}
		for _, k := range t.Foreign {
			if len(k.Columns) == 1 && k.Columns[0] == c.Name && k.Table != t.Name {
				f["references"] = object{"field": object{"@id": k.Table + "/" + k.References[0]}}
			}
		}
		fields = append(fields, f)
	}
	var key []any
	for _, c := range t.Key {
		key = append(key, object{"@id": t.Name + "/" + c})
	}
	return object{"@type": "cr:RecordSet", "@id": t.Name, "name": t.Name, "description": t.Description, "key": key, "field": fields}
}
