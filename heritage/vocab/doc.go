// Package vocab holds the code lists of the catalogue as data: categories,
// grades and materials of relics, classes and levels of sites, and the smaller
// lists of forms.
//
// Ideas:
//
//   - A list is a file in data/. A code is stable for ever: it is stored in
//     records. A label may be mended, a term may be added, none is removed.
//   - Every list says where it is from and whether that was verified against the
//     standard's own text; every term has a label in Chinese and in English.
//   - List.Find reads a term from what people write: code, label or alias, in
//     either language, whatever the width and the case of the letters.
//
// Standards: WW/T 0017-2013 and the forms of the first national census of
// movable relics (relic-*, material, completeness, preservation, acquisition,
// accession-range, number-kind, mass-range), the third census of immovable
// relics (site-*, protection-level, ownership).
//
// What is not here: periods and eras (package dating).
//
// Reading order: vocab.go, parse.go.
package vocab
