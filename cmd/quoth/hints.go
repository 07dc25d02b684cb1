package main

import "github.com/quoth-nlp/quoth/pipeline/extract"

// advise adds to the message of an error record which option would help.
func advise(r *extract.Result) {
	if r.Err != nil && r.Err.Code == extract.CodeTimeout {
		r.Err.Message += "; raise --timeout, or report the article"
	}
}
