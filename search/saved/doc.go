// Package saved keeps the searches that members of staff want to come back to: a
// name and a question, for oneself or for all of an organisation who may read
// there.
//
// Ideas:
//
//   - A saved search is a question, never its answer: whoever opens it asks anew,
//     within what he may read.
//   - It belongs to its owner, who alone changes it. One that is shared is seen by
//     those who may read records or areas of the organisation; whoever rules the
//     accounts there may remove it, for people leave and their searches stay.
//     To everybody else it does not exist.
//   - It is a convenience and keeps no history. What others see of it is written
//     into the audit trail: sharing it, changing and removing one that is shared.
//
// What is not here: asking the question (search/index), HTTP (search/searchhttp).
//
// Reading order: search.go, check.go, service.go.
package saved
