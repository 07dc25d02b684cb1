package validate

import "io/fs"

// PackageName is the file that describes a data set.
const PackageName = "datapackage.json"

// Dataset is to come.
func Dataset(folder fs.FS, report func(Finding) error) (rows int, err error) {
	return 0, nil
}
