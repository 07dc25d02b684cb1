package gold

import (
	"os"
	"testing"
)

func TestAllArticlesLoad(t *testing.T) {
	articles, err := Load(os.DirFS("../../gold"))
	if err != nil {
		t.Error(err)
	}
	built, err := Embedded()
	if err != nil || len(built) != len(articles) {
		t.Errorf("%d articles are built in, %d are in the folder; error %v", len(built), len(articles), err)
	}
	for _, a := range articles {
		if len(a.Mentions) == 0 {
			t.Errorf("%s has no mention marked", a.Name)
		}
	}
}
