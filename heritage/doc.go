// Package heritage is the catalogue: relics (可移动文物), sites (不可移动文物),
// museums, places and exhibitions, with the register's three lives. It is the lowest domain
// and imports no other.
//
// Ideas:
//
//   - A Record has an editable content (Fields), three lives that never mix
//     (Lives), and the content that tourists see (Shown). Shown is a copy made
//     when the record is published; nothing public is ever made from Fields, so
//     a draft cannot leak and an edit cannot blank the public view.
//   - Changing what a reviewed record says sends it back to draft. Where a relic
//     stands and what is noted about it inside the house are no part of what the
//     record says: changing only them keeps the review.
//   - Unknown is not zero: what may be unknown is a pointer or an empty text.
//   - One check for form, import and protocol: Register.Check normalises and
//     validates without saving and names each bad field by its JSON path.
//   - What a tourist may see is decided in one file, public.go, and asked by the
//     search documents, the manifests and the HTTP views alike.
//   - Code lists are data (package vocab); a field holds the code.
//   - A movement order (出入库) is asked for by one person, approved by others as
//     grade and quantity demand, and handed over by two, of whom one keeps the
//     store. From the second confirmation until that of the return it covers the
//     relic (Movements.Covering); nothing of it is ever rewritten. While it is open
//     the ledger of its relics takes its steps and no others, and the register
//     keeps the home of what is Away.
//   - Whether an exhibition is on follows from its days and the calendar of its
//     museum. Views ask the clock; search asks the stored calendar, which the
//     program turns (TurnDays), since an entry of an index depends on no clock.
//   - Years are counted without a year zero: -670 is 670 BCE, 1 is 1 CE.
//
// Standards: WW/T 0017-2013 馆藏文物登录规范 (the items of a relic), the forms of
// the first national census of movable relics and the third of immovable ones,
// WW/T 0018-2008 馆藏文物出入库规范 (movements and their vouchers; its text was not
// seen, see docs/standards.md).
//
// What is not here: parsing of periods (dating), file formats (tabular),
// pictures (media), full text (search), HTTP (heritagehttp), the paper of a
// voucher (voucher), where tags were seen (package sensors).
//
// Reading order: record.go, lives.go, relic.go, site.go, museum.go, place.go,
// exhibition.go, register.go, review.go, publication.go, ledger.go, revision.go, public.go,
// searchdoc.go; movement.go, movement_request.go, movement_approval.go,
// handover.go, away.go, cover.go, voucher.go.
package heritage
